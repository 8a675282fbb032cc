import { Form, Select } from 'antd'
import type { ActField } from '@fengge/domain/events/acts'
import type { EventView } from '@fengge/domain/events/contract/views'
import { basesAt, returnBases, returnsIn } from '@fengge/domain/events/forms/return-bases'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { useNow } from '../../shell/useNow.ts'
import { useEventWords } from '../../words/events.ts'

/** On what ground a matter is handed back: those that apply today. */
export function BasisField({ name }: { name: ActField }) {
  const { t } = useWords()
  const now = useNow()
  return (
    <Form.Item name={name} label={useEventWords().ground} rules={[{ required: true }]}>
      <Select
        options={basesAt(now).map((b) => ({
          value: b.code,
          label: t(`${b.name}（${b.source}）`, `${b.nameEn} (${b.source})`),
        }))}
      />
    </Form.Item>
  )
}

/** The name of a ground, also of one that no longer applies. */
export function useBasisName(): (code: string | null) => string {
  const { t } = useWords()
  return (code) => {
    const basis = returnBases.find((b) => b.code === code)
    return basis === undefined ? '' : t(`${basis.name}（${basis.source}）`, basis.nameEn)
  }
}

/** Who handed the matter back, on what ground, and whom he proposes. */
export function ReturnsList({ event }: { event: EventView }) {
  const say = useEventWords()
  const basisName = useBasisName()
  const names = Object.assign({}, ...event.flow.map((step) => step.names)) as Record<string, string>
  return returnsIn(event.flow).map((r) => {
    const who = (r.departmentId && names[r.departmentId]) ?? r.office ?? ''
    const proposed = names[r.suggestedId] ?? ''
    return (
      <Notice key={r.at} kind={r.answer === null ? 'tip' : 'warn'} title={say.askedReturn(who, proposed)}>
        {[basisName(r.basis), r.note].filter(Boolean).join('；')}
      </Notice>
    )
  })
}

/** At the next dispatch: what was handed back before, and a warning where it would go to the same department. */
export function ReturnsNote({ event, field }: { event: EventView; field: ActField }) {
  const say = useEventWords()
  const chosen = Form.useWatch<unknown>(field)
  const isBack = returnsIn(event.flow).some((r) => r.departmentId === chosen)
  return (
    <>
      <ReturnsList event={event} />
      {isBack && <Notice kind="warn" title={say.handedBack} />}
    </>
  )
}
