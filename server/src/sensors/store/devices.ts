/** Devices and what they said of themselves, in the database. */
import { readTaken, writeTaken, type Taken } from '@fengge/domain/sensors/remembering'
import type { SensorKind, SensorState } from '@fengge/domain/sensors/terms'
import { insertInto } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Columns = Pick<
  Row<'sensors.device'>,
  | 'id'
  | 'name'
  | 'spot'
  | 'building_id'
  | 'lng'
  | 'lat'
  | 'grid_id'
  | 'village_id'
  | 'town_id'
  | 'department_id'
  | 'valid_to'
  | 'version'
  | 'ended_at'
  | 'heard_at'
>
/** A device as commands read it. */
export interface Device extends Columns {
  readonly kind: SensorKind
  readonly state: SensorState
  readonly taken: readonly Taken[]
}
type Stored = Omit<Device, 'taken'> & { readonly taken: readonly string[] }

const columns = sql`
  id, kind, name, spot, building_id, lng, lat, grid_id, village_id, town_id, department_id, valid_to, version, ended_at,
  heard_at, state, taken
`
const deviceOf = (row: Stored): Device => ({ ...row, taken: row.taken.map(readTaken) })

export async function lockDevice(tx: Tx, county: string, id: string): Promise<Device | undefined> {
  const row = await rowWritten<Stored>(
    tx,
    sql`select ${columns} from sensors.device where county_code = ${county} and id = ${id} for update`,
  )
  return row && deviceOf(row)
}

export async function findDevice(tx: Reading, county: string, id: string): Promise<Device | undefined> {
  const row = await rowOf<Stored>(
    tx,
    sql`select ${columns} from sensors.device where county_code = ${county} and id = ${id}`,
  )
  return row && deviceOf(row)
}

/** Whose key it is. */
export type KeyHolder = Pick<Row<'sensors.device'>, 'county_code' | 'id' | 'name' | 'ended_at' | 'valid_to'>

export const findHolder = (tx: Reading, keyHash: string): Promise<KeyHolder | undefined> =>
  rowOf<KeyHolder>(
    tx,
    sql`select county_code, id, name, ended_at, valid_to from sensors.device where key_hash = ${keyHash}`,
  )

export type Standing = Pick<
  Row<'sensors.device'>,
  'name' | 'spot' | 'building_id' | 'lng' | 'lat' | 'grid_id' | 'village_id' | 'town_id' | 'department_id' | 'valid_to'
> & { readonly kind: SensorKind }

const deviceSink = insertInto('sensors.device', {
  county_code: 'text',
  id: 'uuid',
  kind: 'text',
  name: 'text',
  spot: 'text',
  building_id: 'uuid',
  lng: 'double precision',
  lat: 'double precision',
  grid_id: 'uuid',
  village_id: 'uuid',
  town_id: 'uuid',
  department_id: 'uuid',
  valid_to: 'date',
  key_hash: 'text',
  key_at: 'timestamptz',
  created_at: 'timestamptz',
})

export type FreshDevice = Standing & { readonly id: string; readonly keyHash: string }

export async function addDevices(tx: Tx, county: string, at: Date, devices: readonly FreshDevice[]): Promise<void> {
  const rows = devices.map(({ keyHash, ...row }) => ({
    county_code: county,
    ...row,
    key_hash: keyHash,
    key_at: at,
    created_at: at,
  }))
  await run(tx, deviceSink.into(rows))
}

/** What a device is known by where one is registered that may be there already. */
export type Named = Pick<Row<'sensors.device'>, 'name' | 'spot' | 'building_id'>

/** Devices in use that are called so. */
export const listNamed = (
  tx: Reading,
  county: string,
  names: readonly string[],
): Promise<(Named & { readonly kind: SensorKind })[]> =>
  rowsOf<Named & { readonly kind: SensorKind }>(
    tx,
    sql`
      select kind, name, spot, building_id
      from sensors.device
      where county_code = ${county} and name = any(${names}::text[]) and ended_at is null
    `,
  )

export async function saveStanding(tx: Tx, county: string, id: string, d: Standing): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set
        kind = ${d.kind}, name = ${d.name}, spot = ${d.spot}, building_id = ${d.building_id}, lng = ${d.lng},
        lat = ${d.lat}, grid_id = ${d.grid_id}, village_id = ${d.village_id}, town_id = ${d.town_id},
        department_id = ${d.department_id}, valid_to = ${d.valid_to}, version = version + 1
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function saveKey(tx: Tx, county: string, id: string, key: { hash: string; at: Date }): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set key_hash = ${key.hash}, key_at = ${key.at}, version = version + 1
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function endDevice(tx: Tx, county: string, id: string, end: { reason: string; at: Date }): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set ended_at = ${end.at}, end_reason = ${end.reason}, version = version + 1
      where county_code = ${county} and id = ${id}
    `,
  )
}

export interface Heard {
  readonly state: SensorState
  readonly at: Date
  readonly clockOff: number | null
  readonly battery: number | null
  readonly alarms: number
  readonly taken: readonly Taken[]
}

/** What a device said of itself; a battery that is not told of is as it was. */
export async function saveHeard(tx: Tx, county: string, id: string, h: Heard): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set
        state = ${h.state}, heard_at = ${h.at}, clock_off = ${h.clockOff}, battery = coalesce(${h.battery}, battery),
        alarms = alarms + ${h.alarms}, taken = ${h.taken.map(writeTaken)}::text[]
      where county_code = ${county} and id = ${id}
    `,
  )
}

export async function saveHeartbeat(
  tx: Tx,
  county: string,
  id: string,
  h: Pick<Heard, 'at' | 'clockOff' | 'battery'>,
): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.device
      set
        state = case state when 'new' then 'normal' else state end, heard_at = ${h.at}, clock_off = ${h.clockOff},
        battery = coalesce(${h.battery}, battery)
      where county_code = ${county} and id = ${id}
    `,
  )
}
