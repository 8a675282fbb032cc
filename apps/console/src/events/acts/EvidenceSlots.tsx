import { Form } from 'antd'
import type { Action } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { missingPhases, neededPhases, slotsOf, type EvidencePhase } from '@fengge/domain/events/forms/evidence'
import { useWords } from '@fengge/web/words/language.ts'
import { phaseWords } from '@fengge/web/words/terms.ts'
import { EvidencePicker } from './EvidencePicker.tsx'
import { useCatalogue } from '../useEvents.ts'

/** Files that were sent for an act, by phase. */
export type Picked = { readonly [P in EvidencePhase]?: readonly string[] }

/** What a finish of this event still lacks, with what was picked counted in. */
export function useMissing(event: EventView, action: Action, picked: Picked): readonly EvidencePhase[] {
  const needs = useNeeds(event)
  if (action !== 'finish') return []
  const chosen = slotsOf(action).filter((phase) => (picked[phase] ?? []).length > 0)
  return missingPhases(needs, new Set([...event.evidence.map((e) => e.phase), ...chosen]))
}

function useNeeds(event: EventView): readonly string[] {
  const catalogue = useCatalogue()
  return catalogue.data?.find((c) => c.code === event.categoryCode)?.evidence ?? []
}

/** One slot a phase: what is there already, what the category asks for, and what is added now. */
export function EvidenceSlots({
  event,
  action,
  picked,
  onChange,
}: {
  event: EventView
  action: Action
  picked: Picked
  readonly onChange: (picked: Picked) => void
}) {
  const { t, w } = useWords()
  const needed = neededPhases(useNeeds(event))
  const missing = useMissing(event, action, picked)
  return slotsOf(action).map((phase) => {
    const there = event.evidence.filter((e) => e.phase === phase).length
    const isNeeded = action === 'finish' && needed.includes(phase)
    const name = w(phaseWords, phase)
    return (
      <Form.Item
        key={phase}
        required={isNeeded}
        label={t(`${name}照片或附件`, `${name}: photos or files`)}
        validateStatus={missing.includes(phase) ? 'warning' : ''}
        extra={[
          there > 0 && t(`已有 ${there} 个`, `${there} there already`),
          missing.includes(phase) && t('此类事件须附，请添加', 'This kind needs one'),
        ]
          .filter(Boolean)
          .join(t('；', '; '))}
      >
        <div role="group" aria-label={name}>
          <EvidencePicker
            phase={phase}
            ids={[...(picked[phase] ?? [])]}
            onChange={(ids) => onChange({ ...picked, [phase]: ids })}
          />
        </div>
      </Form.Item>
    )
  })
}
