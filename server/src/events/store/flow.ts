/** The append-only life of events: no state is reached without a row here (invariant I3). */
import { StoredClock, StoredDetail, type FlowClock } from '@fengge/domain/events/stored'
import { stepsAPage, stepsShown, type FlowRow } from '@fengge/domain/events/contract/views'
import { insertInto } from '../../kernel/db/sink.ts'
import { rowOf, rowsOf, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export interface FlowEntry {
  readonly seq: number
  readonly action: string
  readonly from: string | null
  readonly to: string
  readonly at: number
  readonly accountId: string | null
  readonly postingId: string | null
  readonly actorName: string | null
  readonly actorRole: string | null
  readonly actorOffice: string | null
  readonly reason: string
  readonly detail: Record<string, unknown>
  readonly evidenceIds: readonly string[]
  readonly clock: FlowClock
}

export function flowRow(county: string, eventId: string, f: FlowEntry) {
  return {
    county_code: county,
    event_id: eventId,
    seq: f.seq,
    action: f.action,
    from_status: f.from,
    to_status: f.to,
    at: new Date(f.at),
    account_id: f.accountId,
    posting_id: f.postingId,
    actor_name: f.actorName,
    actor_role: f.actorRole,
    actor_office: f.actorOffice,
    reason: f.reason,
    detail: f.detail,
    evidence_ids: f.evidenceIds,
    clock: StoredClock.numbered(f.clock),
  }
}

export const flowSink = insertInto('events.flow', {
  county_code: 'text',
  event_id: 'uuid',
  seq: 'int',
  action: 'text',
  from_status: 'text',
  to_status: 'text',
  at: 'timestamptz',
  account_id: 'uuid',
  posting_id: 'uuid',
  actor_name: 'text',
  actor_role: 'text',
  actor_office: 'text',
  reason: 'text',
  detail: 'jsonb',
  evidence_ids: 'uuid[]',
  clock: 'jsonb',
})

export const insertFlow = (county: string, eventId: string, f: FlowEntry): RawBuilder<unknown> =>
  flowSink.into([flowRow(county, eventId, f)])

/** A step that changes nothing of the event itself. */
export async function addStep(tx: Tx, county: string, eventId: string, step: FlowEntry): Promise<void> {
  await run(tx, insertFlow(county, eventId, step))
}

/** Who took the steps of an event, in order; who has said or added something alone took none. */
export async function lastDoers(tx: Reading, county: string, eventId: string): Promise<string[]> {
  const rows = await rowsOf<{ by: string }>(
    tx,
    sql`
      select account_id as by
      from events.flow
      where county_code = ${county}
        and event_id = ${eventId}
        and account_id is not null
        and action not in ('note', 'remark', 'urge', 'attach')
      order by seq
    `,
  )
  return rows.map((r) => r.by)
}

export async function nextSeq(tx: Reading, county: string, eventId: string): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select coalesce(max(seq), 0) + 1 as n
      from events.flow
      where county_code = ${county} and event_id = ${eventId}
    `,
  )
  return row?.n ?? 1
}

type Step = Pick<Row<'events.flow'>, 'seq' | 'action' | 'at' | 'reason' | 'detail'> & {
  from: FlowRow['from']
  to: FlowRow['to']
  actorName: string | null
  actorRole: string | null
  actorOffice: string | null
  evidenceIds: string[]
  accountId: string | null
}
export type FlowStep = Omit<FlowRow, 'names'> & { readonly accountId: string | null }

const stepColumns = sql`
  seq, action, from_status as "from", to_status as "to", at, actor_name as "actorName", actor_role as "actorRole",
  actor_office as "actorOffice", reason, detail, evidence_ids as "evidenceIds", account_id as "accountId"
`
const stepsOf = (rows: readonly Step[]): FlowStep[] =>
  rows.map((r) => ({ ...r, at: r.at.toISOString(), detail: StoredDetail.read(r.detail) }))

/** The life of an event, from its report on: its first and its last steps. */
export async function listFlow(tx: Reading, county: string, eventId: string): Promise<FlowStep[]> {
  const rows = await rowsOf<Step>(
    tx,
    sql`
      select ${stepColumns}
      from events.flow
      where county_code = ${county}
        and event_id = ${eventId}
        and (
          seq <= ${stepsShown.first}
          or seq > (
            select max(f.seq) - ${stepsShown.last}::int
            from events.flow f
            where f.county_code = ${county} and f.event_id = ${eventId}
          )
        )
      order by seq
    `,
  )
  return stepsOf(rows)
}

/** A page of steps after one. */
export async function listStepsAfter(
  tx: Reading,
  county: string,
  { eventId, after }: { readonly eventId: string; readonly after: number },
): Promise<FlowStep[]> {
  const rows = await rowsOf<Step>(
    tx,
    sql`
      select ${stepColumns}
      from events.flow
      where county_code = ${county} and event_id = ${eventId} and seq > ${after}
      order by seq
      limit ${stepsAPage}
    `,
  )
  return stepsOf(rows)
}

/** How many words and additions of an account stand at an event since a moment. */
export async function countWordsOf(
  tx: Reading,
  county: string,
  { eventId, accountId, since }: { readonly eventId: string; readonly accountId: string; readonly since: Date },
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*)::int as n
      from events.flow
      where county_code = ${county}
        and event_id = ${eventId}
        and account_id = ${accountId}
        and action in ('note', 'remark', 'urge', 'attach')
        and at > ${since}
    `,
  )
  return row?.n ?? 0
}
