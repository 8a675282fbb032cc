/** Who helps somebody of a key population, and requests to read what is sealed of him. */
import type { helperRoles } from '@fengge/domain/registry/care/key-populations'
import type { carePurposes, careRequestStates } from '@fengge/domain/registry/care/contract'
import { rowsOf, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export type HelperRow = Pick<Row<'registry.overlay_helper'>, 'id' | 'overlay_id' | 'sealed' | 'from_on' | 'to_on'> & {
  readonly role: (typeof helperRoles)[number]
}

/** Where the name of a helper stands, and how to reach him. */
export const helperAt = (id: string): SealedAt => `registry.overlay_helper.sealed:${id}`

/** @returns false where the id is one of another team */
export async function saveHelperRow(tx: Tx, county: string, h: HelperRow): Promise<boolean> {
  const saved = await run(
    tx,
    sql`
      insert into registry.overlay_helper (county_code, id, overlay_id, role, sealed, from_on, to_on)
      values (${county}, ${h.id}, ${h.overlay_id}, ${h.role}, ${h.sealed}, ${h.from_on}, ${h.to_on})
      on conflict (county_code, id) do update
      set role = excluded.role, sealed = excluded.sealed, from_on = excluded.from_on, to_on = excluded.to_on
      where overlay_helper.overlay_id = excluded.overlay_id
    `,
  )
  return saved > 0
}

export const listHelpers = (tx: Reading, county: string, overlays: readonly string[]): Promise<HelperRow[]> =>
  rowsOf<HelperRow>(
    tx,
    sql`
      select id, overlay_id, role, sealed, from_on, to_on
      from registry.overlay_helper
      where county_code = ${county} and overlay_id = any(${overlays}::uuid[])
      order by from_on, id
    `,
  )

type Columns = Pick<
  Row<'registry.overlay_request'>,
  'id' | 'overlay_id' | 'asked_by' | 'asked_by_name' | 'asked_at' | 'note' | 'reason' | 'open_until'
>
export interface CareRequestRow extends Columns {
  readonly purpose: (typeof carePurposes)[number]
  readonly state: (typeof careRequestStates)[number]
  readonly person_id: string
}

const selectRequests = sql`
  select
    q.id, q.overlay_id, q.asked_by, q.asked_by_name, q.asked_at, q.purpose, q.note, q.state, q.reason, q.open_until,
    o.person_id
  from registry.overlay_request q
    join registry.overlay o on o.county_code = q.county_code
    and o.id = q.overlay_id
`

/** @returns false where the account has asked the same already, and waits */
export async function saveCareRequest(
  tx: Tx,
  county: string,
  q: Pick<CareRequestRow, 'id' | 'overlay_id' | 'asked_by' | 'asked_by_name' | 'asked_at' | 'purpose' | 'note'>,
): Promise<boolean> {
  const saved = await run(
    tx,
    sql`
      insert into
        registry.overlay_request (county_code, id, overlay_id, asked_by, asked_by_name, asked_at, purpose, note)
      select
        ${county}, ${q.id}::uuid, ${q.overlay_id}::uuid, ${q.asked_by}::uuid, ${q.asked_by_name}, ${q.asked_at}::timestamptz,
        ${q.purpose}, ${q.note}
      where not exists (
          select 1
          from registry.overlay_request x
          where x.county_code = ${county} and x.overlay_id = ${q.overlay_id}::uuid and x.asked_by = ${q.asked_by}::uuid and x.state = 'open'
        )
    `,
  )
  return saved > 0
}

export const lockCareRequest = (tx: Tx, county: string, id: string): Promise<CareRequestRow | undefined> =>
  rowWritten<CareRequestRow>(
    tx,
    sql`${selectRequests} where q.county_code = ${county} and q.id = ${id} for update of q`,
  )

/** What an account asked for about some reasons of care, the latest first. */
export const listOwnRequests = (
  tx: Reading,
  county: string,
  { accountId, overlays }: { readonly accountId: string | null; readonly overlays: readonly string[] },
): Promise<CareRequestRow[]> =>
  rowsOf<CareRequestRow>(
    tx,
    sql`
      ${selectRequests}
      where q.county_code = ${county} and q.asked_by = ${accountId} and q.overlay_id = any(${overlays}::uuid[])
      order by q.asked_at desc
    `,
  )

/** All that wait about people of some places or of an account, oldest first; then fifty of its own that were decided. */
export const listCareRequestRows = (
  tx: Reading,
  county: string,
  { accountId, people }: { readonly accountId: string | null; readonly people: RawBuilder<unknown> },
): Promise<CareRequestRow[]> =>
  rowsOf<CareRequestRow>(
    tx,
    sql`
      (
        ${selectRequests}
          join registry.person r on r.county_code = o.county_code
          and r.id = o.person_id
        where q.county_code = ${county} and q.state = 'open' and (q.asked_by = ${accountId} or ${people})
        order by q.asked_at
      )
      union all
      (
        ${selectRequests}
        where q.county_code = ${county} and q.state <> 'open' and q.asked_by = ${accountId}
        order by q.asked_at desc
        limit 50
      )
    `,
  )

export interface CareDecision {
  readonly state: 'agreed' | 'refused'
  readonly reason: string
  readonly by: string
  readonly at: Date
  readonly openUntil: Date | null
}

export async function saveCareDecision(tx: Tx, county: string, id: string, d: CareDecision): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay_request
      set
        state = ${d.state}, reason = ${d.reason}, decided_by = ${d.by}, decided_at = ${d.at},
        open_until = ${d.openUntil}
      where county_code = ${county} and id = ${id}
    `,
  )
}
