/** Who reported an event, each with a follow code of his own; names and numbers are sealed. */
import type { Heard, Told, Waiter } from '@fengge/domain/events/calling'
import { hasCitizen, sources, type EventCore } from '@fengge/domain/events/terms'
import { insertInto } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export interface FreshReporter {
  readonly id: string
  /** By what his code is found, and the code itself, for when keys are changed. */
  readonly followIndex: string
  readonly followSealed: string
  readonly accountId: string | null
  readonly nameSealed: string | null
  readonly phoneSealed: string | null
  readonly phoneIndex: string | null
  readonly isAnswerWanted: boolean
  readonly at: number
}

/** Where the name, the number and the follow code of a reporter stand. */
export const nameAt = (id: string): SealedAt => `events.reporter.name_sealed:${id}`
export const phoneAt = (id: string): SealedAt => `events.reporter.phone_sealed:${id}`
export const followAt = (id: string): SealedAt => `events.reporter.follow_sealed:${id}`

export function reporterRow(county: string, eventId: string, r: FreshReporter) {
  return {
    county_code: county,
    id: r.id,
    event_id: eventId,
    follow_index: r.followIndex,
    follow_sealed: r.followSealed,
    account_id: r.accountId,
    name_sealed: r.nameSealed,
    phone_sealed: r.phoneSealed,
    phone_index: r.phoneIndex,
    wants_answer: r.isAnswerWanted,
    created_at: new Date(r.at),
  }
}

export const reporterSink = insertInto(
  'events.reporter',
  {
    county_code: 'text',
    id: 'uuid',
    event_id: 'uuid',
    follow_index: 'text',
    follow_sealed: 'text',
    account_id: 'uuid',
    name_sealed: 'text',
    phone_sealed: 'text',
    phone_index: 'text',
    wants_answer: 'boolean',
    created_at: 'timestamptz',
  },
  { origin_event_id: 'r.event_id' },
)

export async function moveReporters(tx: Tx, county: string, from: string, to: string): Promise<void> {
  await run(tx, sql`update events.reporter set event_id = ${to} where county_code = ${county} and event_id = ${from}`)
}
/** The reporters of an event and of all that was joined to it before are its own again. */
export async function returnReporters(tx: Tx, county: string, id: string): Promise<void> {
  await run(
    tx,
    sql`
      with recursive part as (
        select ${id}::uuid as id
        union
        select e.id
        from events.event e join part on e.merged_into = part.id
        where e.county_code = ${county}
      )
      update events.reporter
      set event_id = ${id}
      where county_code = ${county} and origin_event_id in (select id from part) and withdrawn_at is null
    `,
  )
}

/** Marks a reporter as gone: he is back with what he reported himself, and is told nothing more. */
export async function withdrawReporter(tx: Tx, county: string, id: string, at: number): Promise<void> {
  await run(
    tx,
    sql`
      update events.reporter
      set event_id = origin_event_id, withdrawn_at = ${new Date(at)}
      where county_code = ${county} and id = ${id}
    `,
  )
}

/** Marks every reporter of a closed event as told. @returns the accounts among them */
export async function tellReporters(tx: Tx, county: string, id: string, at: number): Promise<string[]> {
  const rows = await rowsWritten<Pick<Row<'events.reporter'>, 'account_id'>>(
    tx,
    sql`
      update events.reporter
      set told_at = ${new Date(at)}
      where county_code = ${county} and event_id = ${id} and withdrawn_at is null
      returning account_id
    `,
  )
  return [...new Set(rows.flatMap((r) => (r.account_id === null ? [] : [r.account_id])))]
}

export type Reporter = Pick<
  Row<'events.reporter'>,
  'id' | 'name_sealed' | 'phone_sealed' | 'account_id' | 'wants_answer'
> & {
  account_name: string | null
}

/** Everybody who reported an event, in the order of reporting. */
export function listReporters(tx: Reading, county: string, eventId: string): Promise<Reporter[]> {
  return rowsOf<Reporter>(
    tx,
    sql`
      select r.id, r.name_sealed, r.phone_sealed, r.account_id, r.wants_answer, a.name as account_name
      from events.reporter r left join identity.public_account a on a.id = r.account_id
      where r.county_code = ${county} and r.event_id = ${eventId} and r.withdrawn_at is null
      order by r.created_at
      limit 100
    `,
  )
}

/** Since when what is heard counts: since the check was passed, or from now where it is not yet. */
export const roundOf = ({ stage, stageStartedAt }: EventCore): number =>
  stage === 'callback' ? stageStartedAt : Infinity

/** Who waits, with what is sealed of him. */
export interface WaiterRow extends Waiter {
  readonly nameSealed: string | null
  readonly isPhoneLeft: boolean
}

/**
 * Citizens who want to be told what came of an event, in the order of reporting.
 * @param since when the check was passed: what was heard before it was done anew counts no more
 */
export async function listWaiters(tx: Reading, county: string, eventId: string, since: number): Promise<WaiterRow[]> {
  const rows = await rowsOf<
    Pick<
      Row<'events.reporter'>,
      'id' | 'name_sealed' | 'phone_sealed' | 'is_solved' | 'score' | 'told_at' | 'heard_as' | 'heard_at' | 'tried_at'
    >
  >(
    tx,
    sql`
      select
        r.id, r.name_sealed, r.phone_sealed, r.is_solved, r.score, r.told_at, r.heard_as, r.heard_at, r.tried_at
      from events.reporter r
        join events.event o on o.county_code = r.county_code
        and o.id = r.origin_event_id
      where r.county_code = ${county}
        and r.event_id = ${eventId}
        and r.withdrawn_at is null
        and r.wants_answer
        and o.source = any(${sources.filter(hasCitizen)}::text[])
      order by r.created_at, r.id
    `,
  )
  return rows.map((r) => {
    const isFresh = r.heard_at !== null && r.heard_at.getTime() >= since
    return {
      id: r.id,
      nameSealed: r.name_sealed,
      isPhoneLeft: r.phone_sealed !== null,
      ownWord: r.is_solved,
      heardAs: isFresh ? (r.heard_as as Heard | null) : null,
      score: r.score,
      tries: r.tried_at.map((at) => at.getTime()).filter((at) => at >= since),
      toldAt: r.told_at?.getTime() ?? null,
    }
  })
}

/** Keeps what was heard of a reporter, or that he was not reached at the number that he left. */
export async function saveTold(
  tx: Tx,
  county: string,
  { reporterId, heardAs, score }: Told,
  now: number,
): Promise<void> {
  const at = new Date(now)
  if (heardAs === null) {
    await run(
      tx,
      sql`
        update events.reporter
        set tried_at = tried_at || ${at}::timestamptz
        where county_code = ${county} and id = ${reporterId}
      `,
    )
    return
  }
  await run(
    tx,
    sql`
      update events.reporter
      set heard_as = ${heardAs}, heard_at = ${at}, score = coalesce(${score}::smallint, score)
      where county_code = ${county} and id = ${reporterId}
    `,
  )
}

/** Keeps that a reporter has had a closed matter opened again: he may once. */
export async function saveReopened(tx: Tx, county: string, reporterId: string, at: number): Promise<void> {
  await run(
    tx,
    sql`update events.reporter set reopened_at = ${new Date(at)} where county_code = ${county} and id = ${reporterId}`,
  )
}

export interface Verdict {
  readonly reporterId: string
  readonly score: number
  readonly isSolved: boolean
}

/** What a reporter thinks of how it was handled. */
export async function saveScore(tx: Tx, county: string, { reporterId, score, isSolved }: Verdict): Promise<void> {
  await run(
    tx,
    sql`
      update events.reporter
      set score = ${score}, is_solved = ${isSolved}
      where county_code = ${county} and id = ${reporterId}
    `,
  )
}

/** Lets an account look one after the other, so that each look is counted before the next is judged. */
export async function holdLooks(tx: Tx, accountId: string | null): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${accountId}::text, 20261128))`)
}

/** How often an account looked at something of a kind since a moment. */
export async function countLooks(
  tx: Reading,
  county: string,
  { accountId, what, since }: { readonly accountId: string | null; readonly what: string; readonly since: number },
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from audit.public_look
      where county_code = ${county} and account_id = ${accountId} and fact = ${what} and at > ${new Date(since)}
    `,
  )
  return row?.n ?? 0
}
