/** A record between its values and its columns: plain ones beside sealed ones, and what search is done by. */
import type { FieldChanges } from '@fengge/domain/registry/editing'
import { fieldSpecs, isSealed, specOf, type FieldSpec } from '@fengge/domain/registry/fields'
import { freshDays, readyDaysOf, type DaysOf } from '@fengge/domain/registry/days/ready-days'
import type { Provenance, RecordKind, Value, Values } from '@fengge/domain/registry/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import type { SealedAt, Sealer } from '../kernel/seal.ts'
import { spellForSearch } from './spelling.ts'

export interface Place {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

/** What a record keeps: plain values, and sealed ones as they lie. */
export interface Sealed {
  readonly id: string
  readonly body: Values
  readonly sealed: Readonly<Record<string, string>>
}

/** Where the sealed value of a field stands, whatever kind of record it is. */
export const fieldAt = (recordId: string, code: string): SealedAt => `registry.record.sealed:${recordId}/${code}`
const changeAt = (changeId: string, code: string): SealedAt => `registry.change.fields:${changeId}/${code}`

/** What opens the sealed fields of a record. */
export const openerOf =
  (recordId: string, sealer: Sealer) =>
  (sealed: string, code: string): string =>
    sealer.open(sealed, fieldAt(recordId, code))

/** All values of a record in the clear; only for rules, never for a reply. */
export function openValues(kept: Sealed, sealer: Sealer): Values {
  const open = openerOf(kept.id, sealer)
  return { ...kept.body, ...Object.fromEntries(Object.entries(kept.sealed).map(([k, v]) => [k, open(v, k)])) }
}

const nameFields: Partial<Record<RecordKind, string>> = { building: 'no', house: 'roomNo' }
/** What a person or thing is called by, and what it is sorted by. */
const nameOf = (kind: RecordKind, values: Values) => String(values[nameFields[kind] ?? 'name'] ?? '')
const sortOf = (kind: RecordKind, values: Values) => String(values[kind === 'house' ? 'use' : 'kind'] ?? '')

/**
 * The columns that follow from the values: split into plain and sealed, with indexes for search.
 * @param seal may give back the seal that a value has already
 */
export function columnsOf(
  { kind, id, values }: Pick<Draft, 'kind' | 'id' | 'values'>,
  sealer: Sealer,
  seal = ({ code }: FieldSpec, text: string): string => sealer.seal(text, fieldAt(id, code)),
) {
  const body: Record<string, Value> = {}
  const sealed: Record<string, string> = {}
  for (const spec of fieldSpecs[kind]) {
    const value = values[spec.code] ?? null
    if (value === null) continue
    if (isSealed(spec)) sealed[spec.code] = seal(spec, String(value))
    else body[spec.code] = value
  }
  const name = nameOf(kind, values)
  const spelled = kind === 'person' ? spellForSearch(name) : { full: '', initials: '' }
  return {
    body,
    sealed,
    name,
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
  sealer: Pick<Sealer, 'index'>,
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
  /** Of a house: the micro-grid in which its building stands. */
  readonly microId?: string | null
}

/** A new record as a row of its table, whichever it is: a table that knows no people leaves out what is said of one. */
export type DraftRow = ReturnType<typeof draftRow>
/** @param daysOf the days of its county; without them those that a county starts with */
export function draftRow(d: Draft, sealer: Sealer, daysOf: DaysOf = readyDaysOf) {
  const { body, sealed, ...derived } = columnsOf(d, sealer)
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
    due_at: dueAt(d.kind, d.values, d.now, daysOf),
    batch_id: d.batchId,
    micro_id: d.microId ?? null,
    created_at: at,
    changed_at: at,
  }
}

export const dueAt = (kind: RecordKind, values: Values, confirmedAt: number, daysOf: DaysOf): Date =>
  new Date(confirmedAt + freshDays(kind, values, daysOf) * dayLength)

/** Sealed fields of a change are sealed in the history as well. */
export function sealChanges(change: Change, sealer: Sealer): FieldChanges {
  return mapSealed(change, (v, at) => sealer.seal(v, at))
}

export function openChanges(change: Change, sealer: Sealer): FieldChanges {
  return mapSealed(change, (v, at) => sealer.open(v, at))
}

/** A change of the history, with its fields. */
export interface Change {
  readonly id: string
  readonly kind: RecordKind
  readonly fields: FieldChanges
}

/** Turns the sealed values of a change. */
export function mapSealed({ id, kind, fields }: Change, turn: (text: string, at: SealedAt) => string): FieldChanges {
  return Object.fromEntries(
    Object.entries(fields).map(([code, { from, to }]) => {
      const spec = specOf(kind, code)
      const map = (v: Value) => (v === null || !spec || !isSealed(spec) ? v : turn(String(v), changeAt(id, code)))
      return [code, { from: map(from), to: map(to) }]
    }),
  )
}

/** Where a row lies, as the other rows that follow it say it. */
export const placeOfRow = (row: {
  readonly grid_id: string | null
  readonly village_id: string | null
  readonly town_id: string | null
}): Place => ({ gridId: row.grid_id, villageId: row.village_id, townId: row.town_id })
