/**
 * Pairs of a place that may be one person, with the reasons; those found to be two are left out. Of what somebody
 * wrote down himself, or sent in a file, numbers tell him nothing: he would have asked without being counted.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listDoubles as promise } from '@fengge/domain/registry/doubles-contract'
import { reasonsBesideNumbers, reasonsFor } from '@fengge/domain/registry/editing'
import { accountOf, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { fieldBook } from '../field-book.ts'
import { dutiesOver, readerOf, viewRecord } from '../sight.ts'
import { findWrittenBy } from '../store/changes.ts'
import { selectPersons, type PersonRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { likenessOf } from './likeness.ts'

const shown = 50

export async function listDoubles(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const pairs = await findPairs(ctx, within(ctx, 'registry.merge', ask.placeId))
  const ids = [...new Set(pairs.flat())]
  const people = await rowsOf(
    ctx.tx,
    selectPersons(sql`where r.county_code = ${county} and r.id = any(${ids}::uuid[])`),
  )
  const written = await findWrittenBy(ctx.tx, county, { accountId: accountOf(ctx.caller), ids })
  const reader = readerOf(ctx, await fieldBook(ctx, county))
  const byId = new Map(people.filter((p) => canMerge(ctx, p)).map((p) => [p.id, p]))
  const found = pairs.flatMap(([x, y]) => {
    const [a, b] = [byId.get(x), byId.get(y)]
    const judge = written.has(x) || written.has(y) ? reasonsBesideNumbers : reasonsFor
    const reasons = a && b ? judge(likenessOf(a), likenessOf(b)) : []
    if (!a || !b || reasons.length === 0) return []
    return { a: viewRecord(reader, 'person', a), b: viewRecord(reader, 'person', b), reasons }
  })
  if (found.length > 0) ctx.look('registry.doubles-looked', county, { pairs: found.length })
  return { pairs: found.toSorted((p, q) => q.reasons.length - p.reasons.length).slice(0, shown) }
}

const canMerge = (ctx: Asking, row: PersonRow) => dutiesOver(ctx, row).duties.has('registry.merge')

/** What makes a pair worth a look. */
const alike: readonly RawBuilder<unknown>[] = [
  sql`b.id_index = r.id_index`,
  sql`b.phone_index = r.phone_index and b.spelled = r.spelled`,
  sql`b.born = r.born and b.spelled = r.spelled`,
]

async function findPairs(ctx: Asking, scope: RawBuilder<unknown>): Promise<[string, string][]> {
  const pairs = new Map<string, [string, string]>()
  for (const isAlike of alike) {
    const rows = await rowsOf<{ a: string; b: string }>(
      ctx.tx,
      sql`
        select least(r.id, b.id) as a, greatest(r.id, b.id) as b
        from registry.person r
          join registry.person b on b.county_code = r.county_code
          and b.id <> r.id
          and b.state = 'live'
          and ${isAlike}
        where ${scope}
          and r.state = 'live'
          and not exists (
            select 1
            from registry.apart x
            where x.county_code = r.county_code and x.a_id = least(r.id, b.id) and x.b_id = greatest(r.id, b.id)
          )
        limit 200
      `,
    )
    for (const { a, b } of rows) pairs.set(`${a}${b}`, [a, b])
  }
  return [...pairs.values()]
}
