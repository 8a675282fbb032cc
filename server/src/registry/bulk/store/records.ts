/** Records as an import looks for them, live and in a fixed order, and new ones written. */
import { isPartOfAddress, usedAliases } from '@fengge/domain/registry/addresses/aliases'
import type { RecordKind } from '@fengge/domain/registry/terms'
import { rowOf, rowsOf, run, sql } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { dayBook } from '../../days/day-book.ts'
import { draftRow, type Draft } from '../../record-columns.ts'
import { insertChanges, type FreshChange } from '../../store/changes.ts'
import { holds } from '../../queries/patterns.ts'
import { microsOf } from '../../micros.ts'
import { insertDrafts, selectRecords, type RecordRow } from '../../store/records.ts'

export type EstateRow = Pick<Row<'registry.estate'>, 'id' | 'name' | 'grid_id'> & {
  readonly village_id: string | null
  readonly aliases: string | null
  /** A desk knows that it is called so. */
  readonly is_vouched: boolean
}

/** What it is called for sure, and what it is only said to be called. */
export function calledOf({ name, aliases, is_vouched: isVouched }: Omit<EstateRow, 'id' | 'grid_id' | 'village_id'>) {
  const said = usedAliases(aliases ?? '')
  if (isVouched) return { names: [name], said }
  return { names: [], said: isPartOfAddress(name) ? said : [name, ...said] }
}
/** Its name and what else it is called. */
export const namesOf = ({ name, aliases }: Pick<EstateRow, 'name' | 'aliases'>): string[] => [
  name,
  ...usedAliases(aliases ?? ''),
]

/** So many rows are read at a time: more would come in one turn, and hold up whoever else asks. */
const pageOfEstates = 4000

/** In the order of their ids. @param villages null: those of the whole county */
export async function listEstates(
  reading: Reading,
  county: string,
  villages: readonly string[] | null,
): Promise<EstateRow[]> {
  const there = villages === null ? sql`` : sql`and village_id = any(${villages}::uuid[])`
  const all: EstateRow[] = []
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page = await rowsOf<EstateRow>(
      reading,
      sql`
        select id, name, body ->> 'aliases' as aliases, is_vouched, grid_id, village_id
        from registry.estate
        where county_code = ${county} and state = 'live' and id > ${after} ${there}
        order by id
        limit ${pageOfEstates}
      `,
    )
    all.push(...page)
    if (page.length < pageOfEstates) return all
    after = page.at(-1)!.id
  }
}

/** Estates of a county of which a name, or what else they are called, holds one of some texts. */
export function listCalledLike(reading: Reading, county: string, texts: readonly string[]): Promise<EstateRow[]> {
  const like = texts.map(holds)
  return rowsOf<EstateRow>(
    reading,
    sql`
      select id, name, body ->> 'aliases' as aliases, is_vouched, grid_id, village_id
      from registry.estate
      where county_code = ${county}
        and state = 'live'
        and (name like any (${like}::text[]) or body ->> 'aliases' like any (${like}::text[]))
      order by id
      limit 500
    `,
  )
}

/** Another one wherever one of them was written, or is there no more. */
export async function stampEstates(
  reading: Reading,
  county: string,
  villages: readonly string[] | null,
): Promise<string> {
  const there = villages === null ? sql`` : sql`and village_id = any(${villages}::uuid[])`
  const row = await rowOf<{ stamp: string }>(
    reading,
    sql`
      select count(*) filter (where state = 'live') || '/' || coalesce(max(wrote_in)::text, '') as stamp
      from registry.estate
      where county_code = ${county} ${there}
    `,
  )
  return row?.stamp ?? ''
}

export async function countEstates(reading: Reading, county: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`
      select count(*) as n
      from registry.estate
      where county_code = ${county} and state = 'live'
    `,
  )
  return row?.n ?? 0
}

interface Child {
  readonly parent_id: string
  readonly village_id: string | null
}
export type BuildingRow = Pick<Row<'registry.building'>, 'id' | 'name' | 'grid_id'> & Child

export function listBuildings(reading: Reading, county: string, estateIds: readonly string[]): Promise<BuildingRow[]> {
  return rowsOf<BuildingRow>(
    reading,
    sql`
      select id, name, parent_id, grid_id, village_id
      from registry.building
      where county_code = ${county} and parent_id = any(${estateIds}::uuid[]) and state = 'live'
      order by id
    `,
  )
}

export type HouseRow = Pick<Row<'registry.house'>, 'id' | 'name' | 'grid_id'> &
  Child & { readonly unit_no: string | null }

export function listHouses(reading: Reading, county: string, buildingIds: readonly string[]): Promise<HouseRow[]> {
  return rowsOf<HouseRow>(
    reading,
    sql`
      select id, name, body ->> 'unitNo' as unit_no, parent_id, grid_id, village_id
      from registry.house
      where county_code = ${county} and parent_id = any(${buildingIds}::uuid[]) and state = 'live'
      order by id
    `,
  )
}

export function listWholeHouses(reading: Reading, county: string, ids: readonly string[]): Promise<RecordRow[]> {
  return rowsOf(reading, selectRecords('house', sql`where r.county_code = ${county} and r.id = any(${ids}::uuid[])`))
}

/** Units that one of the credit codes or names may mean. */
export function listUnits(
  reading: Reading,
  county: string,
  wanted: { readonly codes: readonly string[]; readonly names: readonly string[] },
): Promise<RecordRow[]> {
  return rowsOf(
    reading,
    selectRecords(
      'unit',
      sql`
        where r.county_code = ${county}
          and r.state = 'live'
          and (r.body ->> 'creditCode' = any(${wanted.codes}::text[]) or r.name = any(${wanted.names}::text[]))
        order by r.id
      `,
    ),
  )
}

/** Live records of a kind that are called so. */
export function listByNames(
  reading: Reading,
  kind: 'facility',
  county: string,
  names: readonly string[],
): Promise<RecordRow[]> {
  return rowsOf(
    reading,
    selectRecords(
      kind,
      sql`where r.county_code = ${county} and r.state = 'live' and r.name = any(${names}::text[]) order by r.id`,
    ),
  )
}

/** New records of one kind. */
export async function addDrafts(
  ctx: Pick<Ctx, 'tx' | 'now' | 'shelf' | 'sealer'>,
  kind: RecordKind,
  drafts: readonly Draft[],
): Promise<void> {
  const [first] = drafts
  if (!first) return
  const daysOf = await dayBook(ctx, first.county)
  const parents = kind === 'house' ? drafts.flatMap((d) => d.parentId ?? []) : []
  const microOf = await microsOf(ctx, first.county, [...new Set(parents)])
  await run(
    ctx.tx,
    insertDrafts(
      kind,
      drafts.map((d) => draftRow({ ...d, microId: microOf(d.parentId, d.place.gridId) }, ctx.sealer, daysOf)),
    ),
  )
}

export async function addChanges(tx: Tx, county: string, changes: readonly FreshChange[]): Promise<void> {
  if (changes.length > 0) await run(tx, insertChanges(county, changes))
}
