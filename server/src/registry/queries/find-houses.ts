/** Houses by estate (name, alias or pinyin), building and room. */
import { estateName } from '@fengge/domain/registry/addresses/estate-name'
import { EstateNames } from '@fengge/domain/registry/addresses/estate-names'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { namesOf } from '../bulk/store/records.ts'
import { spellForSearch } from '../spelling.ts'
import { selectRecords, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { holds } from './patterns.ts'

const most = 20
const mostEstates = 5

export async function findHouses(ctx: Asking, text: string, placeId: string | undefined): Promise<RecordRow[]> {
  const alone = new EstateNames().read(text)
  if (!alone || alone.estate === '') return []
  const scope = within(ctx, 'registry.read', placeId)
  const candidates = await findEstates(ctx, scope, alone.estate)
  const parts = new EstateNames(candidates.flatMap(namesOf)).read(text) ?? alone
  const estates = meant(candidates, parts.name)
  const buildings = await findBuildings(ctx, estates, parts.building)
  if (buildings.length === 0) return []
  const isRoom = parts.room === '' ? sql`` : sql`and upper(r.name) = ${parts.room}`
  const isUnit = parts.unit === '' ? sql`` : sql`and coalesce(upper(r.body ->> 'unitNo'), '') in ('', ${parts.unit})`
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

interface Candidate {
  readonly id: string
  readonly name: string
  readonly aliases: string | null
}

/** The estate of that very name, else those that are like it. */
function meant(candidates: readonly Candidate[], name: string): string[] {
  const same = candidates.filter((e) => namesOf(e).some((known) => estateName(known) === name))
  return (same.length > 0 ? same : candidates).slice(0, mostEstates).map((e) => e.id)
}

/** A name is looked for by what stands before its first number, which is written in many ways: 新和村三组 by 新和. */
async function findEstates(ctx: Asking, scope: RawBuilder<unknown>, estate: string): Promise<Candidate[]> {
  const isLatin = /^[a-z]+$/i.test(estate)
  const like = holds(/^\D{2,}/.exec(estate)?.[0] ?? estate)
  const isNamed = isLatin ? sql`` : sql`and (r.name like ${like} or r.body ->> 'aliases' like ${like})`
  const rows = await rowsOf<Candidate>(
    ctx.tx,
    sql`
      select r.id, r.name, r.body ->> 'aliases' as aliases
      from registry.estate r
      where ${scope} and r.state = 'live' ${isNamed}
      order by length(r.name), r.name
      limit ${isLatin ? 3000 : 200}
    `,
  )
  return isLatin ? rows.filter((e) => soundsLike(e.name, estate.toLowerCase())) : rows
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
