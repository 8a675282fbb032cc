/** Everything that the page of a household shows, in one statement. */
import type { Day } from '@fengge/domain/kernel/time'
import { rowsPrepared, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import type { LinkRow } from './links.ts'
import { inCare } from './overlays.ts'
import { recordColumns, type RecordRow } from './records.ts'

export type Care = Pick<Row<'registry.overlay'>, 'visit_days' | 'visited_at' | 'cautions' | 'started_on'>

/** A link with how he was called when it ended. */
export type RememberedLink = LinkRow & Pick<Row<'registry.link'>, 'ended_name'>
/** Somebody linked with the house, with what there is of care visits. */
export interface Dweller {
  readonly link: RememberedLink
  readonly person: RecordRow
  readonly care: readonly Care[]
}

export interface Household {
  readonly house: RecordRow
  readonly building: RecordRow | undefined
  readonly estate: RecordRow | undefined
  readonly dwellers: readonly Dweller[]
}

/** As JSON has them: moments are texts. */
type Told<T> = { readonly [K in keyof T]: T[K] extends Date | null | undefined ? string | null : T[K] }
interface HouseholdRow {
  readonly house: Told<RecordRow>
  readonly building: Told<RecordRow> | null
  readonly estate: Told<RecordRow> | null
  readonly dwellers: readonly {
    readonly link: RememberedLink
    readonly person: Told<RecordRow>
    readonly care: readonly Told<Care>[] | null
  }[]
}

/** The visits of care that somebody, `l`, is due. */
const careOf = (county: string, today: Day): RawBuilder<unknown> => sql`
  select json_agg(
    json_build_object(
      'visit_days', o.visit_days, 'visited_at', o.visited_at, 'cautions', o.cautions, 'started_on', o.started_on
    )
  ) as care
  from registry.overlay o
  where o.county_code = ${county} and o.person_id = l.person_id and ${inCare(today)}
`

/** A house with its building and estate, and the last two hundred links of people with it, those of today first. */
export async function findHousehold(
  tx: Reading,
  county: string,
  { houseId, today }: { readonly houseId: string; readonly today: Day },
): Promise<Household | undefined> {
  const [row] = await rowsPrepared<HouseholdRow>(
    tx,
    sql`
      select
        to_json(h) as house, to_json(b) as building, to_json(e) as estate,
        coalesce(
          (
            select json_agg(
              json_build_object('link', d.link, 'person', d.person, 'care', d.care)
              order by d.to_on nulls first, d.is_lead desc, d.from_on
            )
            from (
              select l.to_on, l.is_lead, l.from_on, to_json(l) as link, to_json(p) as person, c.care
              from (
                select id, person_id, house_id, role, from_on, to_on, basis, is_lead, ended_name
                from registry.link
                where county_code = ${county} and house_id = h.id
                order by to_on nulls first, is_lead desc, from_on
                limit 200
              ) l
                join lateral (
                  select ${recordColumns('person')}
                  from registry.person r
                  where r.county_code = ${county} and r.id = l.person_id
                ) p on true
                left join lateral (
                  ${careOf(county, today)}
                ) c on true
            ) d
          ),
          '[]'
        ) as dwellers
      from (
        select ${recordColumns('house')}
        from registry.house r
        where r.county_code = ${county} and r.id = ${houseId}
      ) h
        left join lateral (
          select ${recordColumns('building')}
          from registry.building r
          where r.county_code = ${county} and r.id = h.parent_id
        ) b on true
        left join lateral (
          select ${recordColumns('estate')}
          from registry.estate r
          where r.county_code = ${county} and r.id = b.parent_id
        ) e on true
    `,
  )
  return row && readHousehold(row)
}

const moment = (told: string | null | undefined): Date | null =>
  told === null || told === undefined ? null : new Date(told)

const readRecord = (told: Told<RecordRow>): RecordRow => ({
  ...told,
  confirmed_at: moment(told.confirmed_at),
  due_at: moment(told.due_at),
  last_asked_at: moment(told.last_asked_at),
})

const readHousehold = (row: HouseholdRow): Household => ({
  house: readRecord(row.house),
  building: row.building ? readRecord(row.building) : undefined,
  estate: row.estate ? readRecord(row.estate) : undefined,
  dwellers: row.dwellers.map(({ link, person, care }) => ({
    link,
    person: readRecord(person),
    care: (care ?? []).map((c) => ({ ...c, visited_at: moment(c.visited_at) })),
  })),
})
