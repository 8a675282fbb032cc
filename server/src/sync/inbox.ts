/** Acts whose work belongs to others by now: kept sealed for the desk of the place, to apply, to note or to drop with a reason. */
import { createHash } from 'node:crypto'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { composeId } from '@fengge/domain/kernel/id'
import type { decideInbox as decidePromise, listInbox as listPromise } from '@fengge/domain/sync/contract'
import { promiseOf, type Act } from '@fengge/domain/sync/terms'
import { actAs } from '../kernel/act-as.ts'
import { postsWith, type Caller, type Ctx, type Asking } from '../kernel/context.ts'
import { rowsOf, sql, rowsWritten, rowWritten, run } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import type { Engine } from '../kernel/engine.ts'
import { problemOf, refuse } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { placeOfEvent } from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import { placeOfRecord } from '../registry/door.ts'

interface InboxRow {
  id: string
  name: Act['name']
  holder: string
  subject: string
  problem: string
  made_at: Date
  received_at: Date
  ask_sealed: string
  state: 'open' | 'applied' | 'noted' | 'dropped'
  reason: string
  place_id: string | null
  account_id: string
}

/** Once however often it is sent: the id of the act is the key. */
export async function keepAct(
  engine: Engine,
  caller: Caller,
  act: Act,
  problem: string,
  device: string | null,
): Promise<void> {
  const county = caller.countyCode
  const place =
    (await placeOfAct(engine.database.read, county, act.ask)) ??
    caller.posts[0]?.placeId ??
    placeTree().byCode(`${county}000000`)?.id ??
    null
  await actAs(engine, caller, 'sync.keep', async (ctx) => {
    const rows = await rowsWritten(
      ctx.tx,
      sql`
        insert into sync.inbox (
            county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
            received_at
          )
        values
          (
            ${county}, ${act.requestId}, ${caller.accountId}, ${caller.name}, ${device}, ${place}, ${act.name},
            ${act.subject}, ${ctx.sealer.seal(JSON.stringify(act.ask))}, ${problem},
            ${new Date(Math.min(Date.parse(act.madeAt), ctx.now))}, ${new Date(ctx.now)}
          )
        on conflict do nothing
        returning 1
      `,
    )
    if (rows.length > 0) ctx.tell('sync.act-kept', { name: act.name, problem }, act.requestId)
  })
}

/** The place that an act is about, as far as its ask tells. */
async function placeOfAct(tx: Reading, county: string, ask: Record<string, unknown>): Promise<string | undefined> {
  const id = (key: string) => (typeof ask[key] === 'string' && /^[0-9a-f-]{36}$/i.test(ask[key]) ? ask[key] : undefined)
  const named = id('gridId') ?? id('placeId')
  if (named && placeTree().get(named)) return named
  const event = id('eventId')
  if (event) return placeOfEvent(tx, county, event)
  const first = Array.isArray(ask['ids']) && typeof ask['ids'][0] === 'string' ? ask['ids'][0] : undefined
  for (const record of [id('houseId'), id('subjectId'), id('parentId'), first, id('personId'), id('id')]) {
    const place =
      record === undefined ? undefined : (placeTree().get(record)?.id ?? (await placeOfRecord(tx, county, record)))
    if (place) return place
  }
  return undefined
}

const mine = (caller: Caller, placeId: string | null) =>
  placeId !== null && postsWith(caller, 'sync.watch').some((p) => placeTree().contains(p.placeId, placeId))

export async function listInbox(ctx: Asking, ask: AskOf<typeof listPromise>): Promise<ReplyOf<typeof listPromise>> {
  const rows = await rowsOf<InboxRow>(
    ctx.tx,
    sql`
      select id, name, holder, subject, problem, made_at, received_at, ask_sealed, state, reason, place_id, account_id
      from sync.inbox
      where county_code = ${ctx.caller.countyCode} ${ask.state === 'open' ? sql`and state = 'open'` : sql``}
      order by received_at desc
      limit 500
    `,
  )
  const seen = rows.filter((r) => mine(ctx.caller, r.place_id))
  if (seen.length > 0) ctx.look('sync.inbox-looked', ctx.caller.countyCode, { acts: seen.length })
  return {
    rows: seen.map((r) => ({
      id: r.id,
      name: r.name,
      holder: r.holder,
      subject: r.subject,
      problem: r.problem,
      madeAt: r.made_at.toISOString(),
      receivedAt: r.received_at.toISOString(),
      text: wordsOf(JSON.parse(ctx.sealer.open(r.ask_sealed)) as Record<string, unknown>),
      state: r.state,
      reason: r.reason,
      canApply: r.state === 'open',
    })),
  }
}

/** What was written, without ids: texts and answers, so that a person can judge it. Numbers and phones stay sealed. */
function wordsOf(ask: Record<string, unknown>): string {
  const parts: string[] = []
  const walk = (key: string, value: unknown) => {
    if (/^(idNo|phone|requestId|id|.*Id|ids|.*Ids|version|madeAt|point)$/.test(key)) return
    if (typeof value === 'string' && value.trim() !== '') parts.push(value)
    else if (Array.isArray(value)) value.forEach((v) => walk(key, v))
    else if (value !== null && typeof value === 'object') for (const [k, v] of Object.entries(value)) walk(k, v)
  }
  for (const [k, v] of Object.entries(ask)) walk(k, v)
  return parts.join(' · ').slice(0, 600)
}

export function decideWith(serve: Serve) {
  return async (ctx: Ctx, ask: AskOf<typeof decidePromise>): Promise<ReplyOf<typeof decidePromise>> => {
    const county = ctx.caller.countyCode
    const row = await rowWritten<InboxRow>(
      ctx.tx,
      sql`
        select id, name, holder, subject, problem, made_at, received_at, ask_sealed, state, reason, place_id, account_id
        from sync.inbox
        where county_code = ${county} and id = ${ask.id}
        for update
      `,
    )
    if (!row || !mine(ctx.caller, row.place_id)) return refuse('inbox.unknown', 404)
    if (row.state !== 'open') refuse('inbox.decided', 409)
    if (ask.choice !== 'apply' && ask.reason === '') refuse('inbox.reason', 422)
    const state = ({ apply: 'applied', note: 'noted', drop: 'dropped' } as const)[ask.choice]
    if (ask.choice === 'apply') await apply(serve, ctx, row)
    await run(
      ctx.tx,
      sql`
        update sync.inbox
        set
          state = ${state}, reason = ${ask.reason}, decided_by = ${ctx.caller.accountId},
          decided_at = ${new Date(ctx.now)}
        where county_code = ${county} and id = ${ask.id}
      `,
    )
    ctx.tell(`sync.act-${state}`, { name: row.name, reason: ask.reason }, row.subject === '' ? row.id : row.subject)
    return { state }
  }
  /** By the desk, in its own name, with the words of whoever made it. Its id follows from the act's, so that a second try changes nothing. */
  async function apply(via: Serve, ctx: Asking, row: InboxRow): Promise<void> {
    const given = JSON.parse(ctx.sealer.open(row.ask_sealed)) as Record<string, unknown>
    const behalf =
      'onBehalfOf' in given || row.name === 'recordVisit' || row.name === 'saveRecord' ? { onBehalfOf: row.holder } : {}
    try {
      await via.invoke(
        promiseOf(row.name),
        ctx.caller,
        {
          ...given,
          ...behalf,
          requestId: composeId(
            row.made_at.getTime(),
            createHash('sha256').update(`apply ${row.id}`).digest().subarray(0, 10),
          ),
        },
        { ip: ctx.ip ?? '' },
      )
    } catch (error) {
      const problem = problemOf(error)
      if (!problem) throw error
      refuse('inbox.cannot-apply', 409, { problem: problem.problem })
    }
  }
}
