/** Key populations: one sealed row for each reason of care. */
import type { CareKind } from '@fengge/domain/registry/care/key-populations'
import { dayOf, type Day } from '@fengge/domain/kernel/time'
import { rowOf, rowsOf, rowsWritten, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

type Columns = Pick<
  Row<'registry.overlay'>,
  | 'id'
  | 'person_id'
  | 'sealed'
  | 'values_sealed'
  | 'visit_days'
  | 'visited_at'
  | 'cautions'
  | 'started_on'
  | 'ended_on'
  | 'back_at'
>
export type OverlayRow = Columns & { readonly kind: CareKind }

/** Where the reason of care stands, and the fields of its kind. */
export const careAt = (id: string): SealedAt => `registry.overlay.sealed:${id}`
export const careValuesAt = (id: string): SealedAt => `registry.overlay.values_sealed:${id}`

/** @returns false where the id is another person's, or of another kind: that one stays as it is */
export async function saveOverlayRow(
  tx: Tx,
  county: string,
  row: Omit<OverlayRow, 'visited_at' | 'back_at'>,
): Promise<boolean> {
  const saved = await run(
    tx,
    sql`
      insert into
        registry.overlay (
          county_code, id, person_id, kind, sealed, values_sealed, visit_days, cautions, started_on, ended_on
        )
      values
        (
          ${county}, ${row.id}, ${row.person_id}, ${row.kind}, ${row.sealed}, ${row.values_sealed}, ${row.visit_days},
          ${row.cautions}::text[], ${row.started_on}, ${row.ended_on}
        )
      on conflict (county_code, id) do update
      set
        sealed = excluded.sealed, values_sealed = excluded.values_sealed, visit_days = excluded.visit_days,
        cautions = excluded.cautions, ended_on = excluded.ended_on, end_before = null, back_at = null
      where overlay.person_id = excluded.person_id and overlay.kind = excluded.kind
    `,
  )
  return saved > 0
}

/** What stood there until now is kept as it was sealed, before it is written anew. */
export async function keepFormer(tx: Tx, county: string, row: OverlayRow, by: FormerBy): Promise<void> {
  await run(
    tx,
    sql`
      insert into
        registry.overlay_former (
          county_code, id, overlay_id, sealed, values_sealed, visit_days, cautions, ended_on, replaced_at, replaced_by
        )
      values
        (
          ${county}, ${by.id}, ${row.id}, ${row.sealed}, ${row.values_sealed}, ${row.visit_days},
          ${row.cautions}::text[], ${row.ended_on}, ${new Date(by.at)}, ${by.name}
        )
    `,
  )
}
export interface FormerBy {
  readonly id: string
  readonly at: number
  readonly name: string
}

/** How often an overlay was written anew since an instant. */
export async function countFormer(
  tx: Reading,
  county: string,
  { overlayId, since }: { readonly overlayId: string; readonly since: number },
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from registry.overlay_former
      where county_code = ${county} and overlay_id = ${overlayId} and replaced_at > ${new Date(since)}
    `,
  )
  return row!.n
}

export type FormerRow = Pick<
  Row<'registry.overlay_former'>,
  | 'id'
  | 'overlay_id'
  | 'sealed'
  | 'values_sealed'
  | 'visit_days'
  | 'cautions'
  | 'ended_on'
  | 'replaced_at'
  | 'replaced_by'
> & {
  /** Which it is from the newest, and of how many. */
  readonly n: number
  readonly total: number
}

/** Where a page of one of them ended. */
export interface FormerPage {
  readonly overlayId: string
  readonly at: Date
  readonly id: string
}
export const formerSize = 20
/** Of each, from the newest on or after where a page ended: one more than fits, and the one that was written first. */
export const listFormer = (
  tx: Reading,
  county: string,
  overlays: readonly string[],
  page: FormerPage | undefined,
): Promise<FormerRow[]> =>
  rowsOf<FormerRow>(
    tx,
    sql`
      with ranked as (
        select
          id, overlay_id, replaced_at,
          (count(*) over (partition by overlay_id))::int as total,
          (row_number() over (partition by overlay_id order by replaced_at desc, id desc))::int as n
        from registry.overlay_former
        where county_code = ${county} and overlay_id = any(${overlays}::uuid[])
      ),
      begun as (
        select
          r.id, r.n, r.total,
          row_number() over (partition by r.overlay_id order by r.n) as nth
        from ranked r
        where ${page?.overlayId ?? null}::uuid is distinct from r.overlay_id
          or (r.replaced_at, r.id) < (${page?.at ?? null}::timestamptz, ${page?.id ?? null}::uuid)
      )
      select
        f.id, f.overlay_id, f.sealed, f.values_sealed, f.visit_days, f.cautions, f.ended_on, f.replaced_at,
        f.replaced_by, b.n, b.total
      from begun b
        join registry.overlay_former f on f.county_code = ${county} and f.id = b.id
      where b.nth <= ${formerSize + 1} or b.n = b.total
      order by b.n
    `,
  )

const columns = sql`
  id, person_id, kind, sealed, values_sealed, visit_days, visited_at, cautions, started_on, ended_on, back_at
`

export const lockOverlay = (tx: Tx, county: string, id: string): Promise<OverlayRow | undefined> =>
  rowWritten<OverlayRow>(
    tx,
    sql`select ${columns} from registry.overlay where county_code = ${county} and id = ${id} for update`,
  )

export const listOverlays = (tx: Reading, county: string, personId: string): Promise<OverlayRow[]> =>
  rowsOf<OverlayRow>(
    tx,
    sql`
      select ${columns}
      from registry.overlay
      where county_code = ${county} and person_id = ${personId}
      order by started_on desc
    `,
  )

/** Whether care, `o`, goes on: its end is a day that has not come. */
export const inCare = (today: Day): RawBuilder<unknown> => sql`(o.ended_on is null or o.ended_on > ${today}::date)`

/** Ends what was kept of his care, and remembers the end that was planned. @returns which */
export async function endCare(tx: Tx, county: string, personId: string, onDay: Day): Promise<string[]> {
  const rows = await rowsWritten<Pick<Row<'registry.overlay'>, 'id'>>(
    tx,
    sql`
      update registry.overlay o
      set end_before = ended_on, ended_on = greatest(started_on, ${onDay}::date)
      where county_code = ${county} and person_id = ${personId} and ${inCare(onDay)}
      returning id
    `,
  )
  return rows.map((r) => r.id)
}

/** As if he had never left, or because his keeper goes on. */
export async function reopenCare(tx: Tx, county: string, ids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay
      set ended_on = end_before, end_before = null, back_at = null
      where county_code = ${county} and id = any(${ids}::uuid[])
    `,
  )
}

/** He is back: whose end would not have come by today waits for his keeper. */
export async function bringBefore(
  tx: Tx,
  county: string,
  ids: readonly string[],
  { now, today }: { readonly now: number; readonly today: Day },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay
      set back_at = ${new Date(now)}
      where county_code = ${county}
        and id = any(${ids}::uuid[])
        and ended_on is not null
        and (end_before is null or end_before > ${today}::date)
    `,
  )
}

/** His keeper lets it rest. */
export async function letCareRest(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`update registry.overlay set back_at = null, end_before = null where county_code = ${county} and id = ${id}`,
  )
}

/** A care visit was made: its rhythm counts from there. The overlay itself is not read. */
export async function markCareVisited(tx: Tx, county: string, personId: string, at: number): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay o
      set visited_at = greatest(visited_at, ${new Date(at)})
      where county_code = ${county} and person_id = ${personId} and ${inCare(dayOf(at))}
    `,
  )
}
