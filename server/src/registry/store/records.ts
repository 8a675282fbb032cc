/** Records in the database: one table for each kind, plain values beside sealed ones. */
import { recordKinds, type Provenance, type RecordKind, type Value, type Values } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { insertInto, type ColumnType } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowsWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import { dayBook } from '../days/day-book.ts'
import { columnsOf, dueAt, fieldAt, type DraftRow } from '../record-columns.ts'

type Columns = Pick<
  Row<'registry.person'>,
  | 'county_code'
  | 'id'
  | 'name'
  | 'sort'
  | 'parent_id'
  | 'grid_id'
  | 'village_id'
  | 'town_id'
  | 'version'
  | 'merged_into'
  | 'confirmed_at'
  | 'due_at'
>
/** A row of any kind of record; only houses know when their household was asked last. */
export interface RecordRow extends Columns {
  body: Record<string, Value>
  sealed: Record<string, string>
  origin: Record<string, Provenance>
  state: 'live' | 'merged' | 'gone'
  last_asked_at?: Date | null
}

const table = (kind: RecordKind) => sql.table(`registry.${kind}`)
const common = sql`
  r.county_code, r.id, r.name, r.sort, r.parent_id, r.grid_id, r.village_id, r.town_id, r.body, r.sealed, r.origin,
  r.version, r.state, r.merged_into, r.confirmed_at, r.due_at
`
/** The columns of a record as `r`. */
export const recordColumns = (kind: RecordKind): RawBuilder<unknown> =>
  kind === 'house' ? sql`${common}, r.last_asked_at` : common

/** Records of a kind as `r`, by whatever follows: joins, a condition, an order. */
export function selectRecords(kind: RecordKind, rest: RawBuilder<unknown>): RawBuilder<RecordRow> {
  return sql<RecordRow>`select ${recordColumns(kind)} from ${table(kind)} r ${rest}`
}

const byIds = (county: string, ids: readonly string[]) =>
  sql`where r.county_code = ${county} and r.id = any(${ids}::uuid[]) order by r.id`

export const findRecords = (
  tx: Reading,
  kind: RecordKind,
  county: string,
  ids: readonly string[],
): Promise<RecordRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : rowsOf(tx, selectRecords(kind, byIds(county, ids)))

/** Locks them in the order of their ids. */
export const lockRecords = (tx: Tx, kind: RecordKind, county: string, ids: readonly string[]): Promise<RecordRow[]> =>
  rowsWritten(tx, selectRecords(kind, sql`${byIds(county, ids)} for no key update`))

/** Persons with what likeness is judged by. */
export type PersonRow = RecordRow & Pick<Row<'registry.person'>, 'id_index' | 'phone_index' | 'spelled' | 'born'>

export function selectPersons(rest: RawBuilder<unknown>): RawBuilder<PersonRow> {
  return sql<PersonRow>`
    select ${common}, r.id_index, r.phone_index, r.spelled, r.born
    from registry.person r ${rest}
  `
}

/** When a record was written down first, in milliseconds. */
export async function findMade(tx: Reading, kind: RecordKind, county: string, id: string): Promise<number> {
  const row = await rowOf<Pick<Row<'registry.person'>, 'created_at'>>(
    tx,
    sql`select created_at from ${table(kind)} where county_code = ${county} and id = ${id}`,
  )
  return row?.created_at.getTime() ?? 0
}

/** Which kind an id belongs to. */
export async function listKinds(
  tx: Reading,
  county: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly kind: RecordKind }[]> {
  const kinds = recordKinds.map(
    (kind) => sql`
      select id, ${kind} as kind
      from ${table(kind)}
      where county_code = ${county} and id = any(${ids}::uuid[])
    `,
  )
  return rowsOf<{ id: string; kind: RecordKind }>(
    tx,
    sql`select id, kind from (${sql.join(kinds, sql` union all `)}) x`,
  )
}

export async function findKind(tx: Reading, county: string, id: string): Promise<RecordKind | undefined> {
  const kinds = recordKinds.map(
    (kind) => sql`select ${kind} as kind from ${table(kind)} where county_code = ${county} and id = ${id}`,
  )
  const row = await rowOf<{ kind: RecordKind }>(tx, sql`select kind from (${sql.join(kinds, sql` union all `)}) x`)
  return row?.kind
}

const shared = {
  county_code: 'text',
  id: 'uuid',
  name: 'text',
  sort: 'text',
  parent_id: 'uuid',
  grid_id: 'uuid',
  village_id: 'uuid',
  town_id: 'uuid',
  body: 'jsonb',
  sealed: 'jsonb',
  origin: 'jsonb',
  confirmed_at: 'timestamptz',
  due_at: 'timestamptz',
  batch_id: 'uuid',
  created_at: 'timestamptz',
  changed_at: 'timestamptz',
} as const satisfies Record<string, ColumnType>
const personal = {
  spelled: 'text',
  initials: 'text',
  born: 'date',
  id_index: 'text',
  id_tail: 'text',
  phone_index: 'text',
  phone_tail: 'text',
} as const satisfies Record<string, ColumnType>
const ifNew = 'on conflict do nothing'
const sinks = {
  estate: insertInto('registry.estate', shared, {}, ifNew),
  building: insertInto('registry.building', shared, {}, ifNew),
  house: insertInto('registry.house', { ...shared, micro_id: 'uuid' }, {}, ifNew),
  person: insertInto('registry.person', { ...shared, ...personal }, {}, ifNew),
  unit: insertInto('registry.unit', shared, {}, ifNew),
  facility: insertInto('registry.facility', shared, {}, ifNew),
} as const satisfies Record<RecordKind, unknown>

export function insertDrafts(kind: RecordKind, rows: readonly DraftRow[]): RawBuilder<unknown> {
  return sinks[kind].into(rows)
}

export async function saveDraft(tx: Tx, kind: RecordKind, row: DraftRow): Promise<void> {
  await run(tx, insertDrafts(kind, [row]))
}

/** New values of a record. What is confirmed by them is fresh again; an undo confirms nothing. */
export interface Edit {
  readonly values: Values
  readonly changed: ReadonlySet<string>
  readonly origin: Readonly<Record<string, Provenance>>
  readonly isConfirmed: boolean
}

/** Writes the values of a record that is locked; a sealed value that did not change keeps its seal. */
export async function updateRecord(
  ctx: Pick<Ctx, 'tx' | 'now' | 'sealer' | 'shelf'>,
  kind: RecordKind,
  row: Pick<RecordRow, 'county_code' | 'id' | 'sealed'>,
  edit: Edit,
): Promise<void> {
  const now = new Date(ctx.now)
  const daysOf = await dayBook(ctx, row.county_code)
  const { id } = row
  const d = columnsOf({ kind, id, values: edit.values }, ctx.sealer, ({ code }, text) => {
    const known = edit.changed.has(code) ? undefined : row.sealed[code]
    return known ?? ctx.sealer.seal(text, fieldAt(id, code))
  })
  const forSearch = sql`
    , spelled = ${d.spelled}, initials = ${d.initials}, born = ${d.born}, id_index = ${d.id_index},
    id_tail = ${d.id_tail}, phone_index = ${d.phone_index}, phone_tail = ${d.phone_tail}
  `
  const fresh = sql`, confirmed_at = ${now}, due_at = ${dueAt(kind, edit.values, ctx.now, daysOf)}`
  await run(
    ctx.tx,
    sql`
      update ${table(kind)}
      set
        name = ${d.name}, sort = ${d.sort}, body = ${JSON.stringify(d.body)}::jsonb,
        sealed = ${JSON.stringify(d.sealed)}::jsonb, origin = ${JSON.stringify(edit.origin)}::jsonb,
        version = version + 1, changed_at = ${now} ${edit.isConfirmed ? fresh : sql``}
        ${kind === 'person' ? forSearch : sql``}
      where county_code = ${row.county_code} and id = ${row.id}
    `,
  )
}

/** Whether a desk knows that an estate is called as it is. */
export async function saveVouched(
  tx: Tx,
  { county_code: county, id }: Pick<RecordRow, 'county_code' | 'id'>,
  isVouched: boolean,
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.estate
      set is_vouched = ${isVouched}
      where county_code = ${county} and id = ${id} and is_vouched <> ${isVouched}
    `,
  )
}

/** Everything of a record is still so: it is fresh again, and its values come from whoever said so. */
export async function confirmRecord(
  ctx: Pick<Ctx, 'tx' | 'now' | 'shelf'>,
  kind: RecordKind,
  row: Pick<RecordRow, 'county_code' | 'id' | 'body'>,
  mark: Provenance,
): Promise<void> {
  const now = new Date(ctx.now)
  const daysOf = await dayBook(ctx, row.county_code)
  await run(
    ctx.tx,
    sql`
      update ${table(kind)}
      set
        confirmed_at = ${now}, due_at = ${dueAt(kind, row.body, ctx.now, daysOf)},
        origin = ${JSON.stringify({ '*': mark })}::jsonb, version = version + 1, changed_at = ${now}
      where county_code = ${row.county_code} and id = ${row.id}
    `,
  )
}

/** The household of a house was asked now. */
export async function saveAsked(ctx: Pick<Ctx, 'tx' | 'now'>, county: string, houseId: string): Promise<void> {
  await run(
    ctx.tx,
    sql`
      update registry.house
      set last_asked_at = ${new Date(ctx.now)}
      where county_code = ${county} and id = ${houseId}
    `,
  )
}

/** Records of a kind are there no more, or again. */
export async function saveStates(
  tx: Tx,
  kind: RecordKind,
  county: string,
  { ids, state, now }: { readonly ids: readonly string[]; readonly state: 'live' | 'gone'; readonly now: number },
): Promise<void> {
  if (ids.length === 0) return
  await run(
    tx,
    sql`
      update ${sql.table(`registry.${kind}`)}
      set state = ${state}, version = version + 1, changed_at = ${new Date(now)}
      where county_code = ${county} and id = any(${ids}::uuid[]) and state <> ${state}
    `,
  )
}

export async function savePoint(
  ctx: Pick<Ctx, 'tx' | 'now'>,
  county: string,
  id: string,
  point: { lng: number | null; lat: number | null },
): Promise<void> {
  await run(
    ctx.tx,
    sql`
      update registry.building
      set lng = ${point.lng}, lat = ${point.lat}, version = version + 1, changed_at = ${new Date(ctx.now)}
      where county_code = ${county} and id = ${id}
    `,
  )
}
