import type { Action } from '@fengge/domain/events/acts'
import type { EvidenceRow } from '@fengge/domain/events/contract/views'
import { missingPhases, neededPhases, slotsOf, type EvidencePhase } from '@fengge/domain/events/forms/evidence'
import { useWords } from '@fengge/web/words/language.ts'
import { phaseWords } from '@fengge/web/words/terms.ts'
import { useEventsWords } from '../words/events.ts'
import { PhotoInput, type Photo } from './PhotoInput.tsx'

export type Picked = { readonly [P in EvidencePhase]?: readonly Photo[] }

/** What the form knows of the photos of an event; without a line it does not know what is there already. */
export interface Shown {
  readonly evidence: readonly Pick<EvidenceRow, 'phase'>[] | null
  /** What its category asks for. */
  readonly needs: readonly string[]
}

/** What a finish still lacks; where it is not known what is there, the server judges. */
export function lacking(action: Action, { evidence, needs }: Shown, photos: Picked): readonly EvidencePhase[] {
  if (action !== 'finish' || evidence === null) return []
  const taken = slotsOf(action).filter((phase) => (photos[phase] ?? []).length > 0)
  return missingPhases(needs, new Set([...evidence.map((e) => e.phase), ...taken]))
}

/** One slot a phase: what is there already, what the category asks for, what is taken now. */
export function PhotoSlots({
  event,
  action,
  photos,
  onChange,
}: {
  event: Shown
  action: Action
  photos: Picked
  readonly onChange: (photos: Picked) => void
}) {
  const { w } = useWords()
  const say = useEventsWords()
  const needed = action === 'finish' ? neededPhases(event.needs) : []
  return slotsOf(action).map((phase) => {
    const there = event.evidence?.filter((e) => e.phase === phase).length ?? 0
    const name = w(phaseWords, phase)
    return (
      <fieldset key={phase}>
        <legend>
          {say.photosOf(name)}
          {needed.includes(phase) ? say.photoNeeded : say.photoOptional}
          {there > 0 && say.photosThere(there)}
        </legend>
        <PhotoInput photos={photos[phase] ?? []} onChange={(list) => onChange({ ...photos, [phase]: list })} />
      </fieldset>
    )
  })
}
