/** Notices: one sentence for whoever must act. */
import { insertInto } from '../../kernel/db/sink.ts'
import { run, sql } from '../../kernel/db/sql.ts'
import type { Duty } from '@fengge/domain/kernel/duty'
import type { Tx } from '../../kernel/db/tx.ts'

export interface Notice {
  readonly id: string
  readonly kind: string
  readonly accountId?: string | null
  readonly departmentId?: string | null
  readonly placeId?: string | null
  readonly duty?: Duty | null
}
export function noticeRow(county: string, eventId: string, n: Notice, at: number) {
  return {
    county_code: county,
    event_id: eventId,
    at: new Date(at),
    id: n.id,
    kind: n.kind,
    account_id: n.accountId ?? null,
    department_id: n.departmentId ?? null,
    place_id: n.placeId ?? null,
    duty: n.duty ?? null,
  }
}
export const noticeSink = insertInto('events.notice', {
  county_code: 'text',
  event_id: 'uuid',
  at: 'timestamptz',
  id: 'uuid',
  kind: 'text',
  account_id: 'uuid',
  department_id: 'uuid',
  place_id: 'uuid',
  duty: 'text',
})

export async function saveNotices(tx: Tx, notices: readonly ReturnType<typeof noticeRow>[]): Promise<void> {
  if (notices.length > 0) await run(tx, noticeSink.into(notices))
}

/** Marks notices as read by an account. */
export async function saveRead(
  tx: Tx,
  county: string,
  accountId: string | null,
  ids: readonly string[],
): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.notice_read (county_code, notice_id, account_id)
      select county_code, id, ${accountId}
      from events.notice
      where county_code = ${county} and id = any(${ids}::uuid[])
      on conflict do nothing
    `,
  )
}

/** News of an open event that was for whoever serves in a grid that ended is for whoever serves where the event lies. */
export async function followNotices(tx: Tx, county: string, endedIds: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update events.notice n
      set place_id = case when e.is_about_staff then e.desk_place_id else coalesce(e.grid_id, e.village_id) end
      from events.event e
      where n.county_code = ${county}
        and n.place_id = any(${endedIds}::uuid[])
        and e.county_code = n.county_code
        and e.id = n.event_id
        and e.is_open
    `,
  )
}

/** Drops notices from before an instant, with who has read them. @returns how many */
export function dropOldNotices(tx: Tx, before: Date, most: number): Promise<number> {
  return run(
    tx,
    sql`
      with old as (
        select county_code, id
        from events.notice
        where at < ${before}
        limit ${most}
      ),
      seen as (
        delete from events.notice_read r
        using old
        where r.county_code = old.county_code and r.notice_id = old.id
      )
      delete from events.notice n
      using old
      where n.county_code = old.county_code and n.id = old.id
    `,
  )
}
