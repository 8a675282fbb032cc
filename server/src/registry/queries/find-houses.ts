/** Houses by estate (name, alias or pinyin), building and room. */
import { readAddress } from '@fengge/domain/registry/address'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { spellForSearch } from '../spelling.ts'
import { selectRecords, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { holds } from './patterns.ts'

const most = 20
const mostEstates = 5

export async function findHouses(ctx: Asking, text: string, placeId: string | undefined): Promise<RecordRow[]> {
  const parts = readAddress(text)
  if (!parts || parts.estate === '') return []
  const scope = within(ctx, 'registry.read', placeId)
  const estates = await findEstates(ctx, scope, parts.estate)
  const buildings = await findBuildings(ctx, estates, parts.building)
  if (buildings.length === 0) return []
  const isRoom = parts.room === '' ? sql`` : sql`and upper(r.name) = ${parts.room}`
  const isUnit = parts.unit === '' ? sql`` : sql`and upper(r.body ->> 'unitNo') = ${parts.unit}`
  return rowsOf(
    ctx.tx,
    selectRecords(
      'house',
      sql`
        where ${scope}
          and r.state = 'live'
          and r.parent_id = any(${buildings}::uuid[]) ${isRoom} ${isUnit}
        order by length(r.name), r.name
        limit ${most}
      `,
    ),
  )
}

async function findEstates(ctx: Asking, scope: RawBuilder<unknown>, estate: string): Promise<string[]> {
  const isLatin = /^[a-z]+$/i.test(estate)
  const like = holds(estate)
  const isNamed = isLatin ? sql`` : sql`and (r.name like ${like} or r.body ->> 'aliases' like ${like})`
  const rows = await rowsOf<{ id: string; name: string }>(
    ctx.tx,
    sql`
      select r.id, r.name
      from registry.estate r
      where ${scope} and r.state = 'live' ${isNamed}
      order by length(r.name), r.name
      limit ${isLatin ? 3000 : 50}
    `,
  )
  const found = isLatin ? rows.filter((e) => soundsLike(e.name, estate.toLowerCase())) : rows
  return found.slice(0, mostEstates).map((e) => e.id)
}

function soundsLike(name: string, letters: string): boolean {
  const { full, initials } = spellForSearch(name)
  return full.startsWith(letters) || initials === letters
}

async function findBuildings(ctx: Asking, estates: readonly string[], no: string): Promise<string[]> {
  if (estates.length === 0) return []
  const isNumbered = no === '' ? sql`` : sql`and upper(name) = ${no}`
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`
      select id
      from registry.building
      where county_code = ${ctx.caller.countyCode} and parent_id = any(${estates}::uuid[]) ${isNumbered}
      order by length(name), name
      limit 20
    `,
  )
  return rows.map((b) => b.id)
}
