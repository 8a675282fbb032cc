/** Badges in the database: one open code a person. */
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

export interface NewBadge {
  readonly id: string
  readonly accountId: string
  readonly postingId: string
  readonly code: string
  readonly issuedAt: number
  readonly issuedBy: string | null
  readonly expiresOn: string
}

export async function saveBadge(tx: Tx, b: NewBadge): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.badge (id, account_id, posting_id, code, issued_at, issued_by, expires_on)
      values
        (
          ${b.id}, ${b.accountId}, ${b.postingId}, ${b.code}, ${new Date(b.issuedAt)}, ${b.issuedBy}, ${b.expiresOn}
        )
    `,
  )
}

/** Ends the code that a person has, for another one. */
export async function endBadgeOf(tx: Tx, accountId: string, now: number): Promise<void> {
  await run(
    tx,
    sql`
      update identity.badge
      set ended_at = ${new Date(now)}, ended_as = 'replaced'
      where account_id = ${accountId} and ended_at is null
    `,
  )
}

export async function endBadge(tx: Tx, id: string, reason: string, now: number): Promise<void> {
  await run(
    tx,
    sql`
      update identity.badge
      set ended_at = ${new Date(now)}, ended_as = 'revoked', reason = ${reason}
      where id = ${id}
    `,
  )
}
