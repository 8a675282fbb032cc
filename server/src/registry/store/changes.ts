/** The history: every change of a record with the values before it. */
import type { FieldChanges } from '@fengge/domain/registry/editing'
import type { RecordKind } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { insertInto } from '../../kernel/db/sink.ts'
import { rowsOf, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { sealChanges } from '../record-columns.ts'

type Columns = Pick<
  Row<'registry.change'>,
  'id' | 'record_id' | 'version' | 'what' | 'at' | 'account_id' | 'by_name' | 'source' | 'reason' | 'undone_by'
>
export interface ChangeRow extends Columns {
  kind: RecordKind
  fields: FieldChanges
  more: Record<string, unknown>
}

const changeSink = insertInto('registry.change', {
  county_code: 'text',
  id: 'uuid',
  kind: 'text',
  record_id: 'uuid',
  version: 'int',
  what: 'text',
  at: 'timestamptz',
  account_id: 'uuid',
  by_name: 'text',
  source: 'text',
  reason: 'text',
  fields: 'jsonb',
  more: 'jsonb',
  batch_id: 'uuid',
})
export type FreshChange = Omit<ChangeRow, 'undone_by'> & { batch_id?: string | null }

export function insertChanges(county: string, changes: readonly FreshChange[]): RawBuilder<unknown> {
  return changeSink.into(
    changes.map((c) => ({
      ...c,
      county_code: county,
      batch_id: c.batch_id ?? null,
      fields: JSON.stringify(c.fields),
      more: JSON.stringify(c.more),
    })),
  )
}

/** What was done to a record, by whom it is said, and what the history needs to take it back. */
export interface Done {
  readonly kind: RecordKind
  readonly recordId: string
  readonly version: number
  readonly what: string
  readonly fields?: FieldChanges
  readonly source: string
  readonly reason: string
  readonly onBehalfOf?: string
  readonly more?: Readonly<Record<string, unknown>>
}

/** Writes a change into the history; sealed fields are sealed there too. @returns its id */
export async function saveChange(ctx: Ctx, done: Done): Promise<string> {
  const id = freshId(ctx.now)
  const behalf = done.onBehalfOf ? { onBehalfOf: done.onBehalfOf } : {}
  const change: FreshChange = {
    id,
    kind: done.kind,
    record_id: done.recordId,
    version: done.version,
    what: done.what,
    at: new Date(ctx.now),
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    source: done.source,
    reason: done.reason,
    fields: sealChanges({ id, kind: done.kind, fields: done.fields ?? {} }, ctx.sealer),
    more: { ...done.more, ...behalf },
  }
  await run(ctx.tx, insertChanges(ctx.caller.countyCode, [change]))
  return id
}

const selectChanges = sql`
  select id, kind, record_id, version, what, at, account_id, by_name, source, reason, fields, more, undone_by
  from registry.change
`

/** Changes of a county by a condition and what follows it. */
export function findChanges(tx: Reading, county: string, rest: RawBuilder<unknown>): Promise<ChangeRow[]> {
  return rowsOf<ChangeRow>(tx, sql`${selectChanges} where county_code = ${county} and ${rest}`)
}

export const listChanges = (tx: Reading, county: string, recordId: string): Promise<ChangeRow[]> =>
  findChanges(tx, county, sql`record_id = ${recordId} order by version desc, at desc limit 200`)

export function lockChange(ctx: Ctx, id: string): Promise<ChangeRow | undefined> {
  return rowWritten<ChangeRow>(
    ctx.tx,
    sql`${selectChanges} where county_code = ${ctx.caller.countyCode} and id = ${id} for update`,
  )
}

export async function markUndone(ctx: Ctx, changeId: string, by: string): Promise<void> {
  await run(
    ctx.tx,
    sql`
      update registry.change
      set undone_by = ${by}
      where county_code = ${ctx.caller.countyCode} and id = ${changeId}
    `,
  )
}

/** Of these people those whose number or phone the account ever wrote down, by hand or by a file it sent. */
export async function findWrittenBy(
  tx: Reading,
  county: string,
  { accountId, ids }: { readonly accountId: string; readonly ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<Pick<ChangeRow, 'record_id'>>(
    tx,
    sql`
      select record_id
      from registry.change
      where county_code = ${county}
        and kind = 'person'
        and record_id = any(${ids}::uuid[])
        and account_id = ${accountId}
        and fields ?| array['idNo', 'phone']
        and what in ('create', 'edit', 'undo')
      union
      select p.id
      from registry.person p
        join registry.batch b on b.county_code = p.county_code
        and b.id = p.batch_id
      where p.county_code = ${county} and p.id = any(${ids}::uuid[]) and b.account_id = ${accountId}
    `,
  )
  return new Set(rows.map((row) => row.record_id))
}
