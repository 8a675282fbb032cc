/** Records in the database: one table for each kind, plain values beside sealed ones, and the columns that search needs. */
import { fieldSpecs, isSealed, specOf } from '@fengge/domain/registry/fields'
import type { FieldChanges } from '@fengge/domain/registry/editing'
import { freshDays, type Provenance, type RecordKind, type Value, type Values } from '@fengge/domain/registry/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import { rowsOf, sql, type RawBuilder, run } from '../../kernel/db/sql.ts'
import type { Tx, Reading } from '../../kernel/db/tx.ts'
import { insertInto, type ColumnType } from '../../kernel/db/sink.ts'
import type { Sealer } from '../../kernel/seal.ts'
import { spellForSearch } from '../spelling.ts'

export interface RecordRow {
  county_code: string
  id: string
  name: string
  sort: string
  parent_id: string | null
  grid_id: string | null
  village_id: string | null
  town_id: string | null
  body: Record<string, Value>
  sealed: Record<string, string>
  origin: Record<string, Provenance>
  version: number
  state: 'live' | 'merged' | 'gone'
  merged_into: string | null
  confirmed_at: Date | null
  due_at: Date | null
  last_asked_at?: Date | null
}
export interface Place {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

const table = (kind: RecordKind) => sql.table(`registry.${kind}`)
const columns = (kind: RecordKind) =>
  sql.raw(
    `r.county_code, r.id, r.name, r.sort, r.parent_id, r.grid_id, r.village_id, r.town_id, r.body, r.sealed, r.origin, r.version, r.state, r.merged_into, r.confirmed_at, r.due_at${kind === 'house' ? ', r.last_asked_at' : ''}`,
  )

export function selectRecords(kind: RecordKind, rest: RawBuilder<unknown>): RawBuilder<RecordRow> {
  return sql<RecordRow>`select ${columns(kind)} from ${table(kind)} r ${rest}`
}
export async function findRecords(
  tx: Reading,
  kind: RecordKind,
  county: string,
  ids: readonly string[],
  isLocked = false,
): Promise<RecordRow[]> {
  return rowsOf(
    tx,
    selectRecords(
      kind,
      sql`
        where r.county_code = ${county} and r.id = any(${ids}::uuid[])
        order by r.id ${isLocked ? sql`for update` : sql``}
      `,
    ),
  )
}

/** Persons with what likeness is judged by. */
export interface PersonRow extends RecordRow {
  id_index: string | null
  phone_index: string | null
  spelled: string
  born: string | null
}
export function selectPersons(rest: RawBuilder<unknown>): RawBuilder<PersonRow> {
  return sql<PersonRow>`
    select ${columns('person')}, r.id_index, r.phone_index, r.spelled, r.born
    from registry.person r ${rest}
  `
}

/** What a person's or thing's name and sort are called by. */
const nameOf = (kind: RecordKind, values: Values) =>
  String(values[kind === 'building' ? 'no' : kind === 'house' ? 'roomNo' : 'name'] ?? '')
const sortOf = (kind: RecordKind, values: Values) => String(values[kind === 'house' ? 'use' : 'kind'] ?? '')

/** All values of a record in the clear; only for rules, never for a reply. */
export function openValues(row: RecordRow, sealer: Sealer): Values {
  return { ...row.body, ...Object.fromEntries(Object.entries(row.sealed).map(([k, v]) => [k, sealer.open(v)])) }
}

export interface Draft {
  readonly id: string
  readonly kind: RecordKind
  readonly county: string
  readonly values: Values
  readonly place: Place
  readonly parentId: string | null
  readonly origin: Record<string, Provenance>
  readonly now: number
  readonly batchId: string | null
}

/** The columns that follow from the values: split into plain and sealed, with indexes for search. */
function derive(
  kind: RecordKind,
  values: Values,
  sealer: Sealer,
  before: Record<string, string> = {},
  kept: ReadonlySet<string> = new Set(),
) {
  const body: Record<string, Value> = {},
    sealed: Record<string, string> = {}
  for (const spec of fieldSpecs[kind]) {
    const value = values[spec.code] ?? null
    if (value === null) continue
    if (isSealed(spec))
      sealed[spec.code] =
        kept.has(spec.code) && before[spec.code] !== undefined ? before[spec.code]! : sealer.seal(String(value))
    else body[spec.code] = value
  }
  const spelled = kind === 'person' ? spellForSearch(nameOf(kind, values)) : { full: '', initials: '' }
  return {
    body,
    sealed,
    name: nameOf(kind, values),
    sort: sortOf(kind, values),
    spelled: spelled.full,
    initials: spelled.initials,
    born: typeof values['born'] === 'string' ? values['born'] : null,
    ...indexColumns(values, sealer),
  }
}

/** Keyed digests of number and phone, whole and of their last four. */
export function indexColumns(
  values: Values,
  sealer: Sealer,
): Record<'id_index' | 'id_tail' | 'phone_index' | 'phone_tail', string | null> {
  const text = (code: string) => (typeof values[code] === 'string' && values[code] !== '' ? values[code] : null)
  const [idNo, phone] = [text('idNo'), text('phone')]
  return {
    id_index: idNo && sealer.index(`id:${idNo}`),
    id_tail: idNo && sealer.index(`id4:${idNo.slice(-4)}`),
    phone_index: phone && sealer.index(`phone:${phone}`),
    phone_tail: phone && sealer.index(`phone4:${phone.slice(-4)}`),
  }
}

const common = {
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
const sinks = Object.fromEntries(
  (Object.keys(fieldSpecs) as RecordKind[]).map((kind) => [
    kind,
    insertInto(
      `registry.${kind}`,
      kind === 'person' ? { ...common, ...personal } : common,
      {},
      'on conflict do nothing',
    ),
  ]),
) as Record<RecordKind, ReturnType<typeof insertInto>>

export function draftRow(d: Draft, sealer: Sealer): object {
  const { body, sealed, ...derived } = derive(d.kind, d.values, sealer)
  const at = new Date(d.now)
  return {
    ...derived,
    county_code: d.county,
    id: d.id,
    parent_id: d.parentId,
    grid_id: d.place.gridId,
    village_id: d.place.villageId,
    town_id: d.place.townId,
    body: JSON.stringify(body),
    sealed: JSON.stringify(sealed),
    origin: JSON.stringify(d.origin),
    confirmed_at: at,
    due_at: dueAt(d.kind, d.values, d.now),
    batch_id: d.batchId,
    created_at: at,
    changed_at: at,
  }
}
export const dueAt = (kind: RecordKind, values: Values, confirmedAt: number): Date =>
  new Date(confirmedAt + freshDays(kind, values) * dayLength)

export function insertDrafts(kind: RecordKind, rows: readonly object[]): RawBuilder<unknown> {
  return sinks[kind].into(rows as never[])
}

/** Writes the values of a record that is locked; a sealed value that did not change keeps its seal. */
export async function updateRecord(
  tx: Tx,
  kind: RecordKind,
  row: RecordRow,
  values: Values,
  changed: ReadonlySet<string>,
  origin: Record<string, Provenance>,
  now: number,
  sealer: Sealer,
  isConfirmed = true,
): Promise<void> {
  const kept = new Set(fieldSpecs[kind].map((f) => f.code).filter((c) => !changed.has(c)))
  const d = derive(kind, values, sealer, row.sealed, kept)
  const extra =
    kind === 'person'
      ? sql`
        ,
        spelled = ${d.spelled},
        initials = ${d.initials},
        born = ${d.born},
        id_index = ${d.id_index},
        id_tail = ${d.id_tail},
        phone_index = ${d.phone_index},
        phone_tail = ${d.phone_tail}
      `
      : sql``
  const fresh = isConfirmed ? sql`, confirmed_at = ${new Date(now)}, due_at = ${dueAt(kind, values, now)}` : sql``
  await run(
    tx,
    sql`
      update ${table(kind)}
      set
        name = ${d.name}, sort = ${d.sort}, body = ${JSON.stringify(d.body)}::jsonb,
        sealed = ${JSON.stringify(d.sealed)}::jsonb, origin = ${JSON.stringify(origin)}::jsonb, version = version + 1,
        changed_at = ${new Date(now)} ${fresh} ${extra}
      where county_code = ${row.county_code} and id = ${row.id}
    `,
  )
}

/** Sealed fields of a change are sealed in the history as well. */
export function sealChanges(kind: RecordKind, changes: FieldChanges, sealer: Sealer): FieldChanges {
  return mapSealed(kind, changes, (v) => sealer.seal(v))
}
export function openChanges(kind: RecordKind, changes: FieldChanges, sealer: Sealer): FieldChanges {
  return mapSealed(kind, changes, (v) => sealer.open(v))
}
function mapSealed(kind: RecordKind, changes: FieldChanges, turn: (text: string) => string): FieldChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([code, { from, to }]) => {
      const spec = specOf(kind, code)
      const map = (v: Value) => (v === null || !spec || !isSealed(spec) ? v : turn(String(v)))
      return [code, { from: map(from), to: map(to) }]
    }),
  )
}

export interface ChangeRow {
  id: string
  kind: RecordKind
  record_id: string
  version: number
  what: string
  at: Date
  account_id: string | null
  by_name: string
  source: string
  reason: string
  fields: FieldChanges
  more: Record<string, unknown>
  undone_by: string | null
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
/** Changes of a county by a condition and what follows it. */
export function findChanges(tx: Reading, county: string, rest: RawBuilder<unknown>): Promise<ChangeRow[]> {
  return rowsOf<ChangeRow>(
    tx,
    sql`
      select id, kind, record_id, version, what, at, account_id, by_name, source, reason, fields, more, undone_by
      from registry.change
      where county_code = ${county} and ${rest}
    `,
  )
}
export const listChanges = (tx: Reading, county: string, recordId: string): Promise<ChangeRow[]> =>
  findChanges(tx, county, sql`record_id = ${recordId} order by version desc, at desc limit 200`)
/** Which kind an id belongs to. */
export async function kindOf(tx: Reading, county: string, id: string): Promise<RecordKind | undefined> {
  const kinds = Object.keys(fieldSpecs) as RecordKind[]
  const [row] = await rowsOf<{ kind: RecordKind }>(
    tx,
    sql`select kind from (${sql.join(
      kinds.map((k) => sql`select ${k} as kind from ${table(k)} where county_code = ${county} and id = ${id}`),
      sql` union all `,
    )}) x`,
  )
  return row?.kind
}
