/** Visits, what they found, and when each subject was last visited. */
import type { Form } from '@fengge/domain/visits/forms'
import { StoredAnswers } from '@fengge/domain/visits/stored'
import type { Answers } from '@fengge/domain/visits/forms'
import type { Outcome, SubjectKind } from '@fengge/domain/visits/terms'
import { sql, run, rowWritten } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt, Sealer } from '../../kernel/seal.ts'

/** Where something lies. */
export interface GridLine {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}
export interface FreshVisit {
  readonly id: string
  readonly taskId: string | null
  readonly matterId: string
  readonly form: Form
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly line: GridLine
  readonly accountId: string
  readonly byName: string
  readonly onBehalfOf: string
  readonly isSpoken: boolean
  readonly madeAt: number
  readonly receivedAt: number
  readonly outcome: Outcome
  readonly answers: Answers
  readonly note: string
  readonly eventIds: readonly string[]
  readonly hazards: number
}

export async function insertVisit(tx: Tx, county: string, sealer: Sealer, v: FreshVisit): Promise<void> {
  const text = JSON.stringify(StoredAnswers.numbered({ answers: v.answers, note: v.note }))
  const sealed = sealer.seal(text, answersAt(v.id))
  await run(
    tx,
    sql`
      insert into visits.visit (
          county_code, id, task_id, matter_id, form_code, subject_kind, subject_id, grid_id, village_id, town_id,
          account_id, by_name, on_behalf_of, is_spoken, made_at, received_at, outcome, sealed, is_core, event_ids,
          hazards
        )
      values
        (
          ${county}, ${v.id}, ${v.taskId}, ${v.matterId}, ${v.form.code}, ${v.subjectKind}, ${v.subjectId},
          ${v.line.gridId}, ${v.line.villageId}, ${v.line.townId}, ${v.accountId}, ${v.byName}, ${v.onBehalfOf},
          ${v.isSpoken}, ${new Date(v.madeAt)}, ${new Date(v.receivedAt)}, ${v.outcome}, ${sealed}, ${v.form.isCore},
          ${v.eventIds}::uuid[], ${v.hazards}
        )
    `,
  )
}

/** Where the answers of a visit stand. */
export const answersAt = (id: string): SealedAt => `visits.visit.sealed:${id}`

/** What is left of answers that are deleted. */
export const emptyAnswers = JSON.stringify(StoredAnswers.numbered({ answers: {}, note: '' }))

/** Answers and note of a visit as they were sealed. */
export const openAnswers = (sealer: Sealer, { id, sealed }: Pick<Row<'visits.visit'>, 'id' | 'sealed'>) =>
  StoredAnswers.read(JSON.parse(sealer.open(sealed, answersAt(id))))

/** The day counts if none later was known: phones send late. */
export async function rememberVisit(
  tx: Tx,
  county: string,
  visit: { readonly subjectId: string; readonly formCode: string; readonly day: string },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.last (county_code, subject_id, form_code, on_day)
      values (${county}, ${visit.subjectId}, ${visit.formCode}, ${visit.day})
      on conflict (county_code, subject_id, form_code) do update
      set on_day = greatest(visits.last.on_day, excluded.on_day)
    `,
  )
}

export interface FreshHazard {
  readonly id: string
  readonly visitId: string
  readonly matterId: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly line: GridLine
  readonly what: string
  readonly orderedText: string
  readonly fixBy: string
  readonly recheckDays: number
  readonly foundOn: string
  readonly eventId: string | null
}

/** @returns whether it was not known yet */
export async function insertHazard(tx: Tx, county: string, h: FreshHazard): Promise<boolean> {
  const made = await run(
    tx,
    sql`
      insert into visits.hazard (
          county_code, id, visit_id, matter_id, subject_kind, subject_id, grid_id, village_id, town_id, what,
          ordered_text, fix_by, recheck_days, found_on, event_id
        )
      values
        (
          ${county}, ${h.id}, ${h.visitId}, ${h.matterId}, ${h.subjectKind}, ${h.subjectId}, ${h.line.gridId},
          ${h.line.villageId}, ${h.line.townId}, ${h.what}, ${h.orderedText}, ${h.fixBy}, ${h.recheckDays},
          ${h.foundOn}, ${h.eventId}
        )
      on conflict do nothing
    `,
  )
  return made > 0
}

type Rechecked = Pick<Row<'visits.hazard'>, 'matter_id' | 'recheck_days' | 'what' | 'state'>

/** Counts a re-check, and closes the hazard where it was cleared on that day. */
export function recheckHazard(
  tx: Tx,
  county: string,
  id: string,
  clearedOn: string | null,
): Promise<Rechecked | undefined> {
  return rowWritten<Rechecked>(
    tx,
    sql`
      update visits.hazard
      set
        rechecks = rechecks + 1,
        state = case when ${clearedOn}::date is null then state else 'cleared' end,
        cleared_on = coalesce(${clearedOn}::date, cleared_on)
      where county_code = ${county} and id = ${id}
      returning matter_id, recheck_days, what, state
    `,
  )
}
