/** A visit as it is sent: what was found becomes a hazard that is looked at again, and a report where somebody is to act. */
import { useState } from 'react'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { Held } from '@fengge/domain/sync/rows'
import type { Form } from '@fengge/domain/visits/forms'
import type { Outcome as VisitOutcome } from '@fengge/domain/visits/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { askOffers, sureOf } from '../events/offers.ts'
import { photosFor, type Photo } from '../events/PhotoInput.tsx'
import type { Outcome } from '../offline/acts.ts'
import { useActs, useField, usePhone, useSource } from '../offline/usePhone.ts'

/** A task that says whom or what it is for. */
export type Visited = Held['task'] & { readonly subjectId: string }
export type Answers = Readonly<Record<string, string | boolean>>
export interface Found {
  readonly what: string
  readonly fixBy: string
  readonly wantsEvent: boolean
  readonly photos: readonly Photo[]
}
interface Made {
  readonly outcome: VisitOutcome
  readonly answers: Answers
  readonly note: string
  readonly isSpoken: boolean
  readonly found: Found | undefined
}

/** Somebody or something was seen, so that the questions of the form are answered. */
export const wasMet = (outcome: VisitOutcome): boolean => outcome === 'met' || outcome === 'done'

/** What the answers say that is wrong, in words; empty where all is well. */
export const hazardIn = (form: Form, answers: Answers): string =>
  form.fields
    .filter((f) => f.hazardWhen !== '' && String(answers[f.code] ?? '') === f.hazardWhen)
    .map((f) => `${f.name}：${f.choices.find(([c]) => c === f.hazardWhen)?.[1] ?? ''}`)
    .join('；')

export const fixWithin = (now: number): string => addDays(dayOf(now), 7)

/** @param visitId of a visit that was refused and is mended */
export function useVisit(task: Visited, form: Form, visitId?: string): (made: Made) => Promise<Outcome> {
  const { holdings, now } = usePhone()
  const { isOnline } = useField()
  const { doAct } = useActs()
  const source = useSource()
  const [ids] = useState(() => ({ visit: visitId ?? freshId(), event: freshId(), hazard: freshId() }))
  const report = async ({ what, photos }: Found): Promise<void> => {
    const catalogue = holdings.config?.catalogue ?? []
    const offers = await askOffers({ text: what, catalogue, isOnline })
    const ask = {
      id: ids.event,
      title: Array.from(what).slice(0, 50).join(''),
      content: `${what}（走访发现：${task.title}）`,
      categoryCode: sureOf(offers) ?? (form.categoryCode || '3003'),
      gridId: task.gridId,
      placeText: task.address,
      stopNoticeRead: true,
      source,
    }
    const act = { requestId: ids.event, label: what, subject: ids.event, ask }
    await doAct({ ...act, name: 'reportEvent', photos: photosFor(photos, ids.event, 'before') })
  }
  return async ({ outcome, answers, note, isSpoken, found }) => {
    const madeAt = new Date(now()).toISOString()
    if (found?.wantsEvent) await report(found)
    const eventId = found?.wantsEvent ? ids.event : null
    const hazard = found && {
      id: ids.hazard,
      what: found.what,
      orderedText: '',
      fixBy: found.fixBy,
      recheckDays: 7,
      eventId,
    }
    return doAct({
      requestId: ids.visit,
      name: 'recordVisit',
      label: `${task.title} ${task.name ?? ''}`,
      subject: task.id,
      needs: eventId === null ? [] : [eventId],
      ask: {
        id: ids.visit,
        taskId: task.id,
        matterId: task.matterId,
        formCode: form.code,
        subjectKind: task.subjectKind,
        subjectId: task.subjectId,
        outcome,
        answers: wasMet(outcome) ? answers : {},
        note,
        madeAt,
        isSpoken,
        hazards: hazard ? [hazard] : [],
        eventIds: eventId === null ? [] : [eventId],
      },
    })
  }
}
