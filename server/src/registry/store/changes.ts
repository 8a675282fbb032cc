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

interface Writing {
  readonly accountId: string
  readonly ids: readonly string[]
  readonly most: number
}
/** Of these people those whose number or phone the account wrote down, not by a file, on a day when it wrote more than so many. */
export async function findWrittenMuch(tx: Reading, county: string, w: Writing): Promise<ReadonlySet<string>> {
  const numbers = sql`
    kind = 'person'
    and batch_id is null
    and fields ?| array['idNo', 'phone']
    and what in ('create', 'edit', 'undo')
    and county_code = ${county}
    and account_id = ${w.accountId}
  `
  const rows = await rowsOf<Pick<ChangeRow, 'record_id'>>(
    tx,
    sql`
      with
        own as (
          select record_id, date_trunc('day', at, 'Asia/Shanghai') as day
          from registry.change
          where ${numbers} and record_id = any(${w.ids}::uuid[])
        ),
        busy as (
          select o.day
          from (select distinct day from own) o
          where (
              select count(*)
              from registry.change
              where ${numbers} and at >= o.day and at < o.day + interval '1 day'
            ) > ${w.most}::int
        )
      select distinct own.record_id
      from own
        join busy on busy.day = own.day
    `,
  )
  return new Set(rows.map((row) => row.record_id))
}
