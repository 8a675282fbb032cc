/** Statements of the demo that write a whole net and everybody who serves it at once; commands would take minutes. */
import type { Geometry } from '@fengge/domain/places/terms'
import { insertInto } from '@fengge/server/kernel/db/sink'
import { run } from '@fengge/server/kernel/db/sql'
import type { Row, Tx } from '@fengge/server/kernel/db/tx'

export type FreshPlace = Pick<
  Row<'places.place'>,
  | 'id'
  | 'code'
  | 'name'
  | 'level'
  | 'parent_id'
  | 'kind'
  | 'dedicated_kind'
  | 'households'
  | 'people'
  | 'norm_reason'
  | 'terrain'
  | 'valid_from'
>
const placeSink = insertInto('places.place', {
  id: 'uuid',
  code: 'text',
  name: 'text',
  level: 'text',
  parent_id: 'uuid',
  county_code: 'text',
  kind: 'text',
  dedicated_kind: 'text',
  households: 'int',
  people: 'int',
  norm_reason: 'text',
  terrain: 'text',
  valid_from: 'date',
})
const codeSink = insertInto('places.issued_code', { code: 'text', place_id: 'uuid', issued_on: 'date' })
const borderSink = insertInto('places.boundary', {
  place_id: 'uuid',
  valid_from: 'date',
  geometry: 'jsonb',
  area_m2: 'double precision',
})

/** A whole net at once, parents before children. */
export async function addPlaces(tx: Tx, county: string, places: readonly FreshPlace[]): Promise<void> {
  await run(tx, placeSink.into(places.map((p) => ({ ...p, county_code: county }))))
}
export async function addIssuedCodes(
  tx: Tx,
  places: readonly { readonly id: string; readonly code: string }[],
  on: string,
): Promise<void> {
  await run(tx, codeSink.into(places.map((p) => ({ code: p.code, place_id: p.id, issued_on: on }))))
}
export async function addBorders(
  tx: Tx,
  borders: readonly { readonly placeId: string; readonly geometry: Geometry; readonly area: number }[],
  on: string,
): Promise<void> {
  await run(
    tx,
    borderSink.into(
      borders.map((b) => ({
        place_id: b.placeId,
        valid_from: on,
        geometry: JSON.stringify(b.geometry),
        area_m2: b.area,
      })),
    ),
  )
}

export type FreshAccount = Pick<
  Row<'identity.account'>,
  'id' | 'county_code' | 'login' | 'name' | 'password_hash' | 'origin'
>
const accountSink = insertInto('identity.account', {
  id: 'uuid',
  county_code: 'text',
  login: 'text',
  name: 'text',
  kind: 'text',
  password_hash: 'text',
  password_set_at: 'timestamptz',
  is_invented: 'boolean',
  origin: 'text',
  created_at: 'timestamptz',
})
export type FreshPosting = Pick<
  Row<'identity.posting'>,
  'id' | 'account_id' | 'role_code' | 'role_kind' | 'place_id' | 'department_id' | 'from_on'
>
const postingSink = insertInto('identity.posting', {
  id: 'uuid',
  account_id: 'uuid',
  role_code: 'text',
  role_kind: 'text',
  place_id: 'uuid',
  department_id: 'uuid',
  from_on: 'date',
})
export type FreshDepartment = Pick<
  Row<'identity.department'>,
  'id' | 'county_code' | 'place_id' | 'name' | 'kind' | 'status'
>
const departmentSink = insertInto('identity.department', {
  id: 'uuid',
  county_code: 'text',
  place_id: 'uuid',
  name: 'text',
  kind: 'text',
  status: 'text',
})

/** Two thousand invented people with their posts; the commands would open them one by one, each by two administrators. */
export async function addStaff(
  tx: Tx,
  staff: {
    readonly accounts: readonly FreshAccount[]
    readonly departments: readonly FreshDepartment[]
    readonly postings: readonly FreshPosting[]
  },
  at: Date,
): Promise<void> {
  await run(
    tx,
    accountSink.into(
      staff.accounts.map((a) => ({
        ...a,
        kind: 'person',
        is_invented: true,
        created_at: at,
        password_set_at: a.password_hash === null ? null : at,
      })),
    ),
  )
  await run(tx, departmentSink.into(staff.departments))
  await run(tx, postingSink.into(staff.postings))
}
