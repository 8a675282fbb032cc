/**
 * Parts of the one statement that fetches what changed for a phone: each a sub-select that gives a JSON array of
 * arrays, its columns laid by a definition (`row` of domain/src/kernel/row.ts), so that both sides count alike.
 */
import { sql, type RawBuilder } from './sql.ts'

/** Since when: `xmin` and `snapshot` of a cursor; '0' and '1:1:' for everything. */
export interface Since {
  readonly xmin: string
  readonly snapshot: string
  readonly isFirst: boolean
}
/** What a part gives: rows by place, or null where there are none. */
export type Fed = readonly (readonly unknown[])[] | null
export type Part = RawBuilder<unknown>
export type Columns<N extends string> = Readonly<Record<N, string | RawBuilder<unknown>>>

/** Written by a transaction that the cursor's snapshot did not see. */
export function isFresh(since: Pick<Since, 'xmin' | 'snapshot'>, alias: string): Part {
  return sql`
    ${sql.ref(`${alias}.wrote_in`)} >= ${since.xmin}::xid8
    and not pg_visible_in_snapshot(${sql.ref(`${alias}.wrote_in`)}, ${since.snapshot}::pg_snapshot)
  `
}

/**
 * Phones that were told everything up to a snapshot, as rows of a statement that asks for many at once: `a.n`,
 * `a.county`, `a.grids`, `a.account_id`, `a.sees_more`, `a.xmin` and `a.snapshot`.
 */
export interface Told {
  readonly county: string
  readonly grids: readonly string[]
  readonly accountId: string
  /** Whether his reach is wider than his grids and what he reported himself. */
  readonly seesMore: boolean
  /** The snapshot, as its text. */
  readonly snapshot: string
}

export function toldRows(asks: readonly Told[]): Part {
  return sql`
    (
      select
        g.n, g.county::char(6) as county, string_to_array(g.grids, ',')::uuid[] as grids, g.account_id, g.sees_more,
        split_part(g.snapshot, ':', 1)::xid8 as xmin, g.snapshot::pg_snapshot as snapshot
      from
        unnest(
          ${asks.map((_, n) => n)}::int[], ${asks.map((a) => a.county)}::text[],
          ${asks.map((a) => a.grids.join(','))}::text[], ${asks.map((a) => a.accountId)}::uuid[],
          ${asks.map((a) => a.seesMore)}::boolean[], ${asks.map((a) => a.snapshot)}::text[]
        ) as g (n, county, grids, account_id, sees_more, snapshot)
    )
  `
}

/** Written by a transaction that phone `a` has not been told of. */
export const isNews = (alias: string): Part => sql`
  ${sql.ref(`${alias}.wrote_in`)} >= a.xmin
  and not pg_visible_in_snapshot(${sql.ref(`${alias}.wrote_in`)}, a.snapshot)
`

/** A row as an array; every column of the definition is named, in any order. @example jsonRow(link, { id: 'l.id', … }) */
export function jsonRow<N extends string>(row: { readonly columns: readonly N[] }, from: Columns<N>): Part {
  const list = row.columns.map((name) => {
    const expression = from[name]
    return typeof expression === 'string' ? sql.raw(expression) : expression
  })
  return sql`json_build_array(${sql.join(list)})`
}

/** All rows of a source. */
export function jsonRows<N extends string>(
  row: { readonly columns: readonly N[] },
  from: Columns<N>,
  source: RawBuilder<unknown>,
): Part {
  return sql`(select json_agg(${jsonRow(row, from)}) from ${source})`
}
