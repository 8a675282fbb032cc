/** Devices that somebody sees, a page at a time, with what they said and how often it was nothing. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listSensors as promise, SensorRow } from '@fengge/domain/sensors/contract'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { departmentsById } from '../../identity/door.ts'
import { fullName } from '../../places/door.ts'
import { kindBook } from '../kind-book.ts'
import { placeOf } from '../keeping.ts'
import { seenBy } from './within.ts'

type Ask = AskOf<typeof promise>
type Listed = Pick<
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
  | 'key_at'
  | 'version'
  | 'ended_at'
  | 'heard_at'
  | 'clock_off'
  | 'battery'
  | 'alarms'
  | 'created_at'
> &
  Pick<SensorRow, 'kind' | 'state' | 'events' | 'over' | 'untrue'> & { readonly is_silent: boolean }

export async function listSensors(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof promise>> {
  const from = await devices(ctx)
  const rows = await rowsOf<Listed>(ctx.tx, pageQuery(ctx, ask, from))
  const { page, next } = pageOf(rows, ask.size, (r) => [r.created_at, r.id])
  const departments = await departmentsById(ctx.tx, ctx.caller.countyCode)
  const counts = await rowOf<Record<'all' | 'alarm' | 'fault' | 'silent', number>>(
    ctx.tx,
    sql`
      select
        count(*)::int as "all", (count(*) filter (where d.state = 'alarm'))::int as alarm,
        (count(*) filter (where d.state = 'fault'))::int as fault, (count(*) filter (where ${isSilent(ctx)}))::int as silent
      from ${from}
      where ${seenBy(ctx)} and ${inUse(ctx)}
    `,
  )
  return {
    sensors: page.map((row) => {
      const placeId = placeOf(row)
      const owner = row.department_id === null ? null : (departments.get(row.department_id)?.name ?? null)
      return viewOf(row, placeId === null ? '' : fullName(ctx, placeId), owner)
    }),
    next,
    counts: counts ?? { all: 0, alarm: 0, fault: 0, silent: 0 },
    mayManage: postsWith(ctx.caller, 'sensor.manage').some((p) => p.departmentId === null),
  }
}

/** Devices as `d`, each with how long its kind may be silent as `k`. */
async function devices(ctx: Asking): Promise<RawBuilder<unknown>> {
  const rules = [...(await kindBook(ctx, ctx.caller.countyCode)).values()]
  const kinds = rules.map((r) => r.kind)
  const minutes = rules.map((r) => r.silentMinutes)
  return sql`
    sensors.device d join unnest(${kinds}::text[], ${minutes}::int[]) as k (kind, minutes) on k.kind = d.kind
  `
}

const isSilent = ({ now }: Asking) =>
  sql`coalesce(d.heard_at, d.created_at) < ${new Date(now)}::timestamptz - k.minutes * interval '1 minute'`
const inUse = ({ now }: Asking) => sql`d.ended_at is null and (d.valid_to is null or d.valid_to >= ${dayOf(now)}::date)`

/** Often nothing: at least two of its events that are over, and half of them. */
const isNoisy = sql`(o.untrue >= 2 and o.untrue * 2 >= o.over)`

function filtered(ctx: Asking, filter: Ask['filter']): RawBuilder<unknown> {
  switch (filter) {
    case 'alarm':
    case 'fault':
      return sql`${inUse(ctx)} and d.state = ${filter}`
    case 'silent':
      return sql`${inUse(ctx)} and ${isSilent(ctx)}`
    case 'noisy':
      return sql`${inUse(ctx)} and ${isNoisy}`
    case 'ended':
      return sql`not (${inUse(ctx)})`
    case 'all':
      return inUse(ctx)
  }
}

function pageQuery(ctx: Asking, ask: Ask, from: RawBuilder<unknown>): RawBuilder<Listed> {
  const [at, id] = ask.after === undefined ? [] : readCursor(ask.after, ['moment', 'id'])
  const text = ask.text.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)
  const more = [
    ...(ask.kind === undefined ? [] : [sql`d.kind = ${ask.kind}`]),
    ...(ask.departmentId === undefined ? [] : [sql`d.department_id = ${ask.departmentId}`]),
    ...(text === '' ? [] : [sql`(d.name ilike ${`%${text}%`} or d.spot ilike ${`%${text}%`})`]),
    ...(at === undefined ? [] : [sql`(d.created_at, d.id) < (${at}::timestamptz, ${id}::uuid)`]),
  ]
  return sql<Listed>`
    select
      d.id, d.kind, d.name, d.spot, d.building_id, d.lng, d.lat, d.grid_id, d.village_id, d.town_id, d.department_id,
      d.valid_to, d.key_at, d.version, d.ended_at, d.heard_at, d.clock_off, d.battery, d.alarms, d.created_at, d.state,
      ${isSilent(ctx)} as is_silent, o.events, o.over, o.untrue
    from ${from},
      lateral (
        select
          count(*)::int as events, (count(*) filter (where not e.is_open and e.status <> 'merged'))::int as over,
          (count(*) filter (where e.is_untrue))::int as untrue
        from sensors.joined j join events.public_alarm e on e.county_code = j.county_code and e.id = j.event_id
        where j.county_code = d.county_code and j.device_id = d.id
      ) o
    where ${sql.join([seenBy(ctx), filtered(ctx, ask.filter), ...more], sql` and `)}
    order by d.created_at desc, d.id desc
    limit ${ask.size + 1}
  `
}

const isoOf = (at: Date | null) => at?.toISOString() ?? null

function viewOf(row: Listed, placeName: string, departmentName: string | null): SensorRow {
  const { lng, lat } = row
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    spot: row.spot,
    buildingId: row.building_id,
    point: lng === null || lat === null ? null : { lng, lat },
    placeName,
    departmentId: row.department_id,
    departmentName,
    validTo: row.valid_to,
    state: row.state,
    isSilent: row.is_silent,
    heardAt: isoOf(row.heard_at),
    clockOff: row.clock_off,
    battery: row.battery,
    alarms: row.alarms,
    events: row.events,
    over: row.over,
    untrue: row.untrue,
    keyAt: row.key_at.toISOString(),
    endedAt: isoOf(row.ended_at),
    version: row.version,
  }
}
