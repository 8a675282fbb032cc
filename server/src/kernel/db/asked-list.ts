/** Lists of what was asked for and waits for somebody else: what waits stands first, then the newest. */
import { pageOf, readCursor } from '../cursor.ts'
import { sql, type RawBuilder } from './sql.ts'

/** Whose requests a list shows: one's own, and those at places where one may answer. */
export interface AskedPage {
  readonly county: string
  readonly accountId: string | null
  readonly judgedAt: readonly string[]
  readonly after: string | undefined
}
export interface AskedRow {
  readonly id: string
  readonly state: string
  readonly asked_at: Date
}

/** What every list of requests shows of one. */
export interface ShownRow extends AskedRow {
  readonly account_id: string | null
  readonly account_name: string
  readonly purpose: string
  readonly rows: number
  readonly expires_at: Date | null
}

export const askedAPage = 100
/** So many requests of one account wait at a time. */
export const mostAsked = 20

const rankOf = (state: string) => (state === 'asked' ? 0 : 1)

/** What follows `from`: which requests, where the page before ended, and in what order. */
export function askedPage({ county, accountId, judgedAt, after }: AskedPage): RawBuilder<unknown> {
  const rank = sql`case when state = 'asked' then 0 else 1 end`
  const beyond = () => {
    const [r, at, id] = readCursor(after!, ['number', 'moment', 'id'])
    return sql`
      and (${rank} > ${Number(r)}::int
      or ${rank} = ${Number(r)}::int and (asked_at, id) < (${new Date(at!)}::timestamptz, ${id}::uuid))
    `
  }
  return sql`
    where county_code = ${county}
      and (account_id = ${accountId} or place_id = any(${judgedAt}::uuid[])) ${after === undefined ? sql`` : beyond()}
    order by ${rank}, asked_at desc, id desc
    limit ${askedAPage + 1}
  `
}

export const pageOfAsked = <R extends AskedRow>(rows: readonly R[]) =>
  pageOf(rows, askedAPage, (r) => [rankOf(r.state), r.asked_at, r.id])

/** One of such requests: whoever asked for it does not decide it. @param accountId who looks */
export function viewAsked<R extends ShownRow>(r: R, accountId: string | null) {
  const isMine = r.account_id === accountId
  return {
    id: r.id,
    purpose: r.purpose,
    rows: r.rows,
    state: r.state as R['state'],
    by: r.account_name,
    askedAt: r.asked_at.toISOString(),
    expiresAt: r.expires_at?.toISOString() ?? null,
    isMine,
    canDecide: r.state === 'asked' && !isMine,
  }
}
