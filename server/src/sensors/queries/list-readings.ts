/** The alarms behind an event, and behind those that were joined to it: counted whole, devices the latest first. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { mostShown, type listEventReadings as promise } from '@fengge/domain/sensors/contract'
import type { SensorKind } from '@fengge/domain/sensors/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { departmentsById } from '../../identity/door.ts'
import { mustSeeEvent } from '../../events/door.ts'

type Reply = ReplyOf<typeof promise>
interface Sum {
  readonly alarms: number
  readonly devices: number
  readonly cleared: number
  readonly first_at: Date | null
  readonly last_at: Date | null
}
type Part = Pick<Row<'sensors.device'>, 'name' | 'spot' | 'department_id'> &
  Pick<Row<'sensors.joined'>, 'alarms' | 'first_at' | 'last_at' | 'cleared_at' | 'value'> & {
    readonly kind: SensorKind
  }

export async function listEventReadings(ctx: Asking, { eventId }: AskOf<typeof promise>): Promise<Reply> {
  await mustSeeEvent(ctx, eventId)
  const county = ctx.caller.countyCode
  const behind = sql`
    j.county_code = ${county}
      and (
        j.event_id = ${eventId}
        or j.event_id in (
          select e.id from events.public_alarm e where e.county_code = ${county} and e.merged_into = ${eventId}
        )
      )
  `
  const sum = await rowOf<Sum>(
    ctx.tx,
    sql`
      select
        coalesce(sum(j.alarms), 0)::int as alarms, count(distinct j.device_id)::int as devices,
        (count(distinct j.device_id) filter (where j.cleared_at is not null))::int as cleared,
        min(j.first_at) as first_at, max(j.last_at) as last_at
      from sensors.joined j
      where ${behind}
    `,
  )
  const parts = await rowsOf<Part>(
    ctx.tx,
    sql`
      select d.kind, d.name, d.spot, d.department_id, j.alarms, j.first_at, j.last_at, j.cleared_at, j.value
      from sensors.joined j join sensors.device d on d.county_code = j.county_code and d.id = j.device_id
      where ${behind}
      order by j.last_at desc, d.id
      limit ${mostShown}
    `,
  )
  const departments = await departmentsById(ctx.tx, county)
  return {
    alarms: sum?.alarms ?? 0,
    devices: sum?.devices ?? 0,
    cleared: sum?.cleared ?? 0,
    firstAt: sum?.first_at?.toISOString() ?? null,
    lastAt: sum?.last_at?.toISOString() ?? null,
    readings: parts.map(({ department_id: owner, first_at, last_at, cleared_at, ...part }) => ({
      ...part,
      departmentName: owner === null ? null : (departments.get(owner)?.name ?? null),
      firstAt: first_at.toISOString(),
      lastAt: last_at.toISOString(),
      clearedAt: cleared_at?.toISOString() ?? null,
    })),
  }
}
