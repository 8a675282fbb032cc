import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listVisits as promise } from '@fengge/domain/visits/contract/worker'
import type { Answers, Form } from '@fengge/domain/visits/forms'
import type { Outcome, SubjectKind } from '@fengge/domain/visits/terms'
import type { Matter } from '@fengge/domain/matters/terms'
import type { Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { reachRecord } from '../../registry/door.ts'
import type { EventsSeen } from '../events-seen.ts'
import { listForms } from '../store/forms.ts'
import { apartFrom, inReach, knowsPeople, servesPeople } from '../store/reach.ts'
import { openAnswers } from '../store/visits.ts'
import { placeName } from './place-name.ts'

type Ask = AskOf<typeof promise>
type VisitView = ReplyOf<typeof promise>['visits'][number]
type VisitRow = Pick<
  Row<'visits.visit'>,
  | 'id'
  | 'made_at'
  | 'by_name'
  | 'on_behalf_of'
  | 'form_code'
  | 'matter_id'
  | 'subject_id'
  | 'sealed'
  | 'event_ids'
  | 'hazards'
> & {
  readonly subject_kind: SubjectKind
  readonly outcome: Outcome
  readonly name: string | null
  readonly is_known: boolean
  readonly is_served: boolean
}

/** Visits in reach, the newest first; those with forms of the strictest tier for who keeps them there. Looking is written down. */
export async function listVisits(ctx: Asking, ask: Ask, eventsSeen: EventsSeen): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  if (ask.subjectId !== undefined && !placeTree(ctx).get(ask.subjectId))
    await reachRecord(ctx, ask.subjectId, 'registry.read')
  if (ask.eventId !== undefined && !(await eventsSeen(ctx, [ask.eventId])).has(ask.eventId))
    return { visits: [], next: null }
  const { page: rows, next } = pageOf(await findVisits(ctx, ask), ask.size, (v) => [v.made_at, v.id])
  if (rows.length > 0) ctx.look('visits.looked', ask.subjectId ?? ask.eventId ?? county, { visits: rows.length })
  const [forms, matters, seen] = await Promise.all([
    listForms(ctx.tx, county),
    matterNames(ctx.tx, county),
    eventsSeen(
      ctx,
      rows.flatMap((row) => row.event_ids),
    ),
  ])
  const byCode = new Map(forms.map((f) => [f.code, f]))
  return {
    visits: rows.map((row) => {
      const view = viewVisit(ctx, row, byCode.get(row.form_code), matters.get(row.matter_id))
      return asFarAs(row, { ...view, eventIds: view.eventIds.filter((id) => seen.has(id)) })
    }),
    next,
  }
}

/** In place of a name. */
const nobody = '**'

/**
 * Of a person who he is and what he said are read by who reaches his record or serves him; what he was called on for, by who
 * serves him or keeps the overlay. To all others every visit to a person looks like every other, or the one whose form is left
 * out were the one for care. Of houses, firms and things all is read that is in reach.
 */
function asFarAs({ subject_kind, is_known, is_served }: VisitRow, view: VisitView): VisitView {
  if (subject_kind !== 'person') return view
  const known = is_known ? view : { ...view, subjectId: null, subjectName: nobody, answers: [], note: '' }
  return is_served ? known : { ...known, formCode: '', formName: '走访', matterName: '' }
}

function beyond(after: string | undefined) {
  if (after === undefined) return sql``
  const [madeAt, id] = readCursor(after, ['moment', 'id'])
  return sql`and (t.made_at, t.id) < (${new Date(madeAt!)}, ${id}::uuid)`
}

function findVisits(ctx: Asking, ask: Ask): Promise<VisitRow[]> {
  return rowsOf<VisitRow>(
    ctx.tx,
    sql`
      select
        t.id, t.made_at, t.by_name, t.on_behalf_of, t.form_code, t.matter_id, t.subject_kind, t.subject_id, t.outcome,
        t.sealed, t.event_ids, t.hazards,
        ${inReach(ctx, knowsPeople)} as is_known,
        ${inReach(ctx, servesPeople)} as is_served,
        coalesce(
          (select r.name from registry.public_person r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.public_unit r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.public_facility r where r.county_code = t.county_code and r.id = t.subject_id),
          (select r.name from registry.public_house r where r.county_code = t.county_code and r.id = t.subject_id)
        ) as name
      from visits.visit t
      where ${inReach(ctx, ['visit.read', 'visit.write'], ask.placeId)}
        and ${apartFrom(ctx)}
        ${ask.subjectId === undefined ? sql`` : sql`and t.subject_id = ${ask.subjectId}`}
        ${ask.eventId === undefined ? sql`` : sql`and t.event_ids && array[${ask.eventId}::uuid]`}
        and (not t.is_core or ${inReach(ctx, 'overlay.keep')})
        ${beyond(ask.after)}
      order by t.made_at desc, t.id desc
      limit ${ask.size + 1}
    `,
  )
}

function viewVisit(ctx: Asking, row: VisitRow, form: Form | undefined, matter: Matter | undefined): VisitView {
  const { answers, note } = openAnswers(ctx.sealer, row)
  return {
    id: row.id,
    at: row.made_at.toISOString(),
    byName: row.by_name,
    onBehalfOf: row.on_behalf_of,
    formCode: row.form_code,
    formName: form?.name ?? row.form_code,
    matterName: matter?.name ?? '',
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.name ?? placeName(ctx, row.subject_id) ?? '',
    outcome: row.outcome,
    answers: showAnswers(form, answers),
    note,
    eventIds: row.event_ids,
    hazards: row.hazards,
  }
}

/** Answers in words; one whose question is gone stays readable by its code. */
function showAnswers(form: Form | undefined, answers: Answers): VisitView['answers'] {
  return Object.entries(answers).map(([code, given]) => {
    const field = form?.fields.find((f) => f.code === code)
    const [value, valueEn] = showValue(field, given)
    return { name: field?.name ?? code, nameEn: field?.nameEn ?? code, value, valueEn }
  })
}

function showValue(field: Form['fields'][number] | undefined, given: string | boolean): readonly [string, string] {
  if (given === true) return ['是', 'Yes']
  if (given === false) return ['否', 'No']
  const choice = field?.choices.find(([code]) => code === given)
  return choice ? [choice[1], choice[2]] : [given, given]
}
