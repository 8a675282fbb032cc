/** Statements of the demo's last day: tasks, alarms and matters, by which its own commands find what they act on. */
import { rowOf, rowsOf, sql } from '@fengge/server/kernel/db/sql'
import type { Reading, Row } from '@fengge/server/kernel/db/tx'

export type OpenTask = Pick<Row<'visits.task'>, 'id' | 'form_code'> & {
  readonly subject_id: string
  readonly matter_id: string
  readonly subject_kind: 'person' | 'house'
}

/** The next tasks of a grid that are about somebody. */
export function listOpenTasks(reading: Reading, county: string, gridId: string): Promise<OpenTask[]> {
  return rowsOf<OpenTask>(
    reading,
    sql`
      select id, matter_id, form_code, subject_kind, subject_id
      from visits.task
      where county_code = ${county} and grid_id = ${gridId} and state = 'open' and subject_kind <> 'grid'
      order by due_on desc, id
      limit 14
    `,
  )
}

/** Tasks of a campaign in a grid that are still to do. */
export function listCampaignTasks(
  reading: Reading,
  county: string,
  of: { readonly campaignId: string; readonly gridId: string; readonly most: number },
): Promise<OpenTask[]> {
  return rowsOf<OpenTask>(
    reading,
    sql`
      select id, matter_id, form_code, subject_kind, subject_id
      from visits.task
      where county_code = ${county} and grid_id = ${of.gridId} and state = 'open' and origin_id = ${of.campaignId}
      order by id
      limit ${of.most}
    `,
  )
}

/** The events that a device has a part in, the latest first. */
export async function listAlarmed(reading: Reading, county: string, deviceId: string): Promise<string[]> {
  const rows = await rowsOf<{ event_id: string }>(
    reading,
    sql`
      select event_id
      from sensors.joined
      where county_code = ${county} and device_id = ${deviceId}
      order by last_at desc
    `,
  )
  return rows.map((r) => r.event_id)
}

export async function findMatterId(reading: Reading, county: string, code: string): Promise<string | undefined> {
  const row = await rowOf<{ id: string }>(
    reading,
    sql`select id from matters.matter where county_code = ${county} and code = ${code} order by valid_from desc limit 1`,
  )
  return row?.id
}

export async function countOpenTasks(reading: Reading, county: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    reading,
    sql`select count(*) as n from visits.task where county_code = ${county} and state = 'open'`,
  )
  return Number(row?.n)
}
