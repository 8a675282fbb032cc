/** What somebody did in a week, read through what the slices below show of themselves. */
import { addDays, startOf } from '@fengge/domain/kernel/time'
import type { Doings } from '@fengge/domain/worklog/sentences'
import type { Source } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { ruleBook } from '../../events/door.ts'
import { listForms } from '../../visits/door.ts'

export interface Span {
  readonly county: string
  readonly accountId: string | null
  readonly from: string
  readonly to: string
}

export async function gatherDoings(from: Source, span: Span): Promise<Doings> {
  const { tx } = from
  const [visits, reported, checked, confirmed, hazards, services, meetings] = await Promise.all([
    countVisits(tx, span),
    countReports(from, span),
    countChecks(tx, span),
    countConfirmed(tx, span),
    countHazards(tx, span),
    countServices(tx, span),
    countMeetings(tx, span),
  ])
  return { visits, reported, checked, confirmed, hazards, services, meetings }
}

/** From the first moment of the span to the last, over a column of instants. */
function within(at: RawBuilder<unknown>, { from, to }: Span): RawBuilder<unknown> {
  return sql`${at} >= ${new Date(startOf(from))} and ${at} < ${new Date(startOf(addDays(to, 1)))}`
}
const by = ({ county, accountId }: Span) => sql`county_code = ${county} and account_id = ${accountId}`

/** Calls on residents are one line, whatever they were for: the form of a call, beside whom it was made to, tells who is cared for. */
async function countVisits(tx: Reading, span: Span): Promise<Doings['visits']> {
  const rows = await rowsOf<VisitsByForm>(
    tx,
    sql`
      select
        form_code, count(*) filter (where outcome in ('met', 'done')) as met,
        count(*) filter (where outcome in ('not-home', 'refused')) as missed, array_agg(id order by made_at) as ids
      from visits.public_visit
      where ${by(span)} and ${within(sql`made_at`, span)}
      group by form_code
      order by count(*) desc
    `,
  )
  const forms = new Map((await listForms(tx, span.county)).map((f) => [f.code, f]))
  const isToResidents = ({ form_code: code }: VisitsByForm) => (forms.get(code)?.subject ?? 'person') === 'person'
  const toResidents = rows.filter(isToResidents)
  const others = rows.filter((row) => !isToResidents(row))
  const together = {
    formName: '入户走访',
    formNameEn: 'Calls on residents',
    met: toResidents.reduce((n, r) => n + r.met, 0),
    missed: toResidents.reduce((n, r) => n + r.missed, 0),
    ids: toResidents.flatMap((r) => r.ids).toSorted(),
  }
  return [
    ...(toResidents.length === 0 ? [] : [together]),
    ...others.map(({ form_code, ...row }) => ({
      ...row,
      formName: forms.get(form_code)?.name ?? form_code,
      formNameEn: forms.get(form_code)?.nameEn ?? form_code,
    })),
  ]
}

interface VisitsByForm {
  readonly form_code: string
  readonly met: number
  readonly missed: number
  readonly ids: readonly string[]
}

async function countReports(from: Source, span: Span): Promise<Doings['reported']> {
  const rows = await rowsOf<{ category_code: string; count: number; ids: string[] }>(
    from.tx,
    sql`
      select category_code, count(*) as count, array_agg(id) as ids
      from events.public_event
      where county_code = ${span.county}
        and reporter_id = ${span.accountId}
        and ${within(sql`reported_at`, span)}
        and not is_sensitive
      group by category_code
      order by count(*) desc
    `,
  )
  const book = await ruleBook(from, span.county)
  return rows.map(({ category_code, ...row }) => ({
    ...row,
    category: book.category(category_code, from.now)?.name ?? category_code,
    categoryEn: book.category(category_code, from.now)?.nameEn ?? category_code,
  }))
}

async function countChecks(tx: Reading, span: Span): Promise<Doings['checked']> {
  const row = await rowOf<{ passed: number; sentBack: number; ids: string[] }>(
    tx,
    sql`
      select
        count(*) filter (where fact = 'event.passed') as passed,
        count(*) filter (where fact = 'event.failed') as "sentBack",
        coalesce(array_agg(distinct subject::uuid), '{}') as ids
      from audit.public_deed
      where ${by(span)} and ${within(sql`at`, span)} and ${isCheck} and not ${isConfidential}
    `,
  )
  return row!
}

const isCheck = sql`fact in ('event.passed', 'event.failed')`
const isConfidential = sql`
  exists (
    select 1
    from events.public_event e
    where e.county_code = public_deed.county_code and e.id = public_deed.subject::uuid and e.is_sensitive
  )
`

/** What somebody did in a week with what was told in confidence; for himself alone. */
export async function countConfidential(tx: Reading, span: Span): Promise<{ reported: number; checked: number }> {
  const row = await rowOf<{ reported: number; checked: number }>(
    tx,
    sql`
      select
        (
          select count(*)::int
          from events.public_event
          where county_code = ${span.county}
            and reporter_id = ${span.accountId}
            and ${within(sql`reported_at`, span)}
            and is_sensitive
        ) as reported,
        (
          select count(*)::int
          from audit.public_deed
          where ${by(span)} and ${within(sql`at`, span)} and ${isCheck} and ${isConfidential}
        ) as checked
    `,
  )
  return row!
}

async function countConfirmed(tx: Reading, span: Span): Promise<Doings['confirmed']> {
  const row = await rowOf<Doings['confirmed']>(
    tx,
    sql`
      select
        count(distinct record_id) filter (where kind = 'house') as houses,
        count(distinct record_id) filter (where kind = 'person') as people
      from registry.public_deed
      where ${by(span)} and ${within(sql`at`, span)} and what in ('confirm', 'edit', 'create')
    `,
  )
  return row!
}

async function countHazards(tx: Reading, span: Span): Promise<Doings['hazards']> {
  const row = await rowOf<Doings['hazards']>(
    tx,
    sql`
      select
        count(*) filter (where found_on between ${span.from} and ${span.to}) as found,
        count(*) filter (where cleared_on between ${span.from} and ${span.to}) as cleared,
        count(*) filter (where state = 'open') as open
      from visits.public_hazard
      where county_code = ${span.county} and found_by = ${span.accountId}
    `,
  )
  return row!
}

async function countServices(tx: Reading, span: Span): Promise<Doings['services']> {
  const row = await rowOf<Doings['services']>(
    tx,
    sql`
      select
        count(*) filter (where ${within(sql`taken_at`, span)}) as taken,
        count(*) filter (where state = 'told' and ${within(sql`moved_at`, span)}) as told
      from visits.public_service
      where ${by(span)}
    `,
  )
  return row!
}

async function countMeetings(tx: Reading, span: Span): Promise<number> {
  const came = JSON.stringify([{ accountId: span.accountId, state: 'came' }])
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*) as n
      from worklog.meeting
      where county_code = ${span.county}
        and state = 'held'
        and ${within(sql`at`, span)}
        and attendance @> ${came}::jsonb
    `,
  )
  return row!.n
}
