/** What two administrators do together, in the database. */
import type { TwoStepKind } from '@fengge/domain/identity/two-step'
import { rowOf, rowWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export interface NewTwoStep {
  readonly id: string
  readonly county: string
  readonly kind: TwoStepKind
  readonly accountId: string | null
  readonly askedBy: string
  readonly askedAt: number
  readonly expiresAt: number
  readonly firstDigest: string | null
  readonly post: AskedPost | null
  readonly department: AskedDepartment | null
}

/** A post of an administrator that is to be given, or ended. */
export interface AskedPost {
  readonly id: string
  readonly roleCode: string
  readonly placeId: string
  readonly fromOn: string
  readonly toOn: string | null
}

/** What a department is to be. */
export interface AskedDepartment {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly status: string
}

const noPost = { id: null, roleCode: null, placeId: null, fromOn: null, toOn: null } as const
const noDepartment = { id: null, name: null, kind: null, status: null } as const

/** One ask of a kind at a time: those before it, and codes that were not used, hold no longer. */
export async function saveTwoStep(tx: Tx, s: NewTwoStep): Promise<void> {
  await replaceBefore(tx, s)
  const post = s.post ?? noPost
  const department = s.department ?? noDepartment
  await run(
    tx,
    sql`
      insert into identity.two_step (
          id, county_code, kind, account_id, asked_by, asked_at, expires_at, first_digest, posting_id, role_code, place_id,
          from_on, to_on, department_id, department_name, department_kind, department_status
        )
      values
        (
          ${s.id}, ${s.county}, ${s.kind}, ${s.accountId}, ${s.askedBy}, ${new Date(s.askedAt)},
          ${new Date(s.expiresAt)}, ${s.firstDigest}, ${post.id}, ${post.roleCode},
          ${post.placeId}, ${post.fromOn}, ${post.toOn}, ${department.id}, ${department.name}, ${department.kind},
          ${department.status}
        )
    `,
  )
}

async function replaceBefore(tx: Tx, s: NewTwoStep): Promise<void> {
  await run(
    tx,
    sql`
      update identity.two_step
      set state = 'replaced'
      where account_id is not distinct from ${s.accountId}::uuid
        and department_id is not distinct from ${s.department?.id ?? null}::uuid
        and county_code = ${s.county}
        and kind = ${s.kind}
        and state in ('asked', 'confirmed')
    `,
  )
}

export type TwoStepRow = Pick<
  Row<'identity.two_step'>,
  | 'id'
  | 'county_code'
  | 'kind'
  | 'account_id'
  | 'asked_by'
  | 'expires_at'
  | 'state'
  | 'posting_id'
  | 'role_code'
  | 'place_id'
  | 'from_on'
  | 'to_on'
  | 'department_id'
  | 'department_name'
  | 'department_kind'
  | 'department_status'
>

export function lockTwoStep(tx: Tx, id: string): Promise<TwoStepRow | undefined> {
  return rowWritten<TwoStepRow>(
    tx,
    sql`
      select
        id, county_code, kind, account_id, asked_by, expires_at, state, posting_id, role_code, place_id, from_on, to_on,
        department_id, department_name, department_kind, department_status
      from identity.two_step
      where id = ${id}
      for update
    `,
  )
}

export interface Decision {
  readonly id: string
  readonly state: 'confirmed' | 'refused' | 'used'
  readonly by: string
  readonly at: number
  readonly expiresAt: number
  readonly secondDigest: string | null
}

export async function saveDecision(tx: Tx, d: Decision): Promise<void> {
  await run(
    tx,
    sql`
      update identity.two_step
      set
        state = ${d.state}, decided_by = ${d.by}, decided_at = ${new Date(d.at)}, expires_at = ${new Date(d.expiresAt)},
        second_digest = ${d.secondDigest}
      where id = ${d.id}
    `,
  )
}

export type Redeemable = Pick<Row<'identity.two_step'>, 'id' | 'first_digest' | 'second_digest'>

/** A code that both halves of were given out, and that nobody has used. */
export function findRedeemable(reading: Reading, accountId: string, now: number): Promise<Redeemable | undefined> {
  return rowOf<Redeemable>(
    reading,
    sql`
      select id, first_digest, second_digest
      from identity.two_step
      where
        account_id = ${accountId} and kind = 'password' and state = 'confirmed' and expires_at > ${new Date(now)}
    `,
  )
}

/** @returns false when somebody was faster */
export async function useTwoStep(tx: Tx, id: string): Promise<boolean> {
  const used = await run(tx, sql`update identity.two_step set state = 'used' where id = ${id} and state = 'confirmed'`)
  return used > 0
}

/** Forgets what ran out before an instant; the journal keeps what was done. @returns how many */
export function dropTwoSteps(tx: Tx, before: number): Promise<number> {
  return run(tx, sql`delete from identity.two_step where expires_at < ${new Date(before)}`)
}

/** What is asked for at a place that ended is asked for anew. */
export async function dropStepsAt(tx: Tx, endedIds: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`update identity.two_step set state = 'replaced' where place_id = any(${endedIds}::uuid[]) and state = 'asked'`,
  )
}
