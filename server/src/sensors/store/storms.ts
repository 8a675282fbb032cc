/** The alarms behind events, in the database. */
import type { SensorKind } from '@fengge/domain/sensors/terms'
import { rowOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Tx } from '../../kernel/db/tx.ts'

/** One alarm of a scope and kind at a time, whatever server it came to. */
export async function holdScope(tx: Tx, county: string, scope: string, kind: SensorKind): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`${county} ${scope} ${kind}`}, 20261127))`)
}

export interface FoundStorm {
  readonly event_id: string
  readonly opened_at: Date
  readonly last_at: Date
  readonly is_own: boolean
}

/** The latest alarms that this one may belong to: of the device itself, or of its scope. Closed events are left out here already. */
export function findStorm(
  tx: Reading,
  county: string,
  of: { readonly deviceId: string; readonly scope: string; readonly kind: SensorKind; readonly since: Date },
): Promise<FoundStorm | undefined> {
  return rowOf<FoundStorm>(
    tx,
    sql`
      select s.event_id, s.opened_at, s.last_at, j.device_id is not null as is_own
      from sensors.storm s
        join events.public_alarm e on e.county_code = s.county_code and e.id = s.event_id
        left join sensors.joined j on j.county_code = s.county_code and j.event_id = s.event_id and j.device_id = ${of.deviceId}
      where s.county_code = ${county}
        and s.kind = ${of.kind}
        and s.opened_at > ${of.since}
        and (e.is_open or e.status = 'merged')
        and (s.scope = ${of.scope} or j.device_id is not null)
      order by is_own desc, s.last_at desc
      limit 1
    `,
  )
}

export interface Alarm {
  readonly eventId: string
  readonly deviceId: string
  /** When it was, and when it was heard. */
  readonly at: Date
  readonly heardAt: Date
  readonly value: number | null
}

export async function openStorm(
  tx: Tx,
  county: string,
  storm: { readonly eventId: string; readonly kind: SensorKind; readonly scope: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`
      insert into sensors.storm (county_code, event_id, kind, scope, opened_at, last_at, alarms, devices)
      values (${county}, ${storm.eventId}, ${storm.kind}, ${storm.scope}, ${storm.at}, ${storm.at}, 0, 0)
    `,
  )
}

/** Counts an alarm on an event: one row a device, however often it calls. */
export async function countAlarm(tx: Tx, county: string, a: Alarm): Promise<void> {
  await run(
    tx,
    sql`
      with
        part as (
          insert into sensors.joined (county_code, event_id, device_id, alarms, first_at, last_at, value)
          values (${county}, ${a.eventId}, ${a.deviceId}, 1, ${a.at}, ${a.at}, ${a.value})
          on conflict (county_code, event_id, device_id) do update
          set
            alarms = sensors.joined.alarms + 1, last_at = greatest(sensors.joined.last_at, excluded.last_at),
            cleared_at = null, value = excluded.value
          returning alarms
        )
      update sensors.storm
      set
        alarms = alarms + 1, last_at = greatest(last_at, ${a.heardAt}),
        devices = devices + (select (alarms = 1)::int from part)
      where county_code = ${county} and event_id = ${a.eventId}
    `,
  )
}

/** Notes with every event that a device has a part in and that is not over that its alarm is. */
export async function noteClear(tx: Tx, county: string, deviceId: string, at: Date): Promise<void> {
  await run(
    tx,
    sql`
      update sensors.joined j
      set cleared_at = ${at}
      from events.public_alarm e
      where j.county_code = ${county}
        and j.device_id = ${deviceId}
        and j.cleared_at is null
        and e.county_code = j.county_code
        and e.id = j.event_id
        and (e.is_open or e.status = 'merged')
    `,
  )
}
