/**
 * A call on its way from an admitted caller to a checked reply: the transaction, the journal, and the memory of what
 * was answered, so that a repeated requestId gets its first answer and the same id with another ask is refused.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import { paceOf, type AskOf, type Endpoint, type ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'
import { createCtx, type Asking, type Caller, type Ctx, type Entry } from './context.ts'
import type { Reading, Tx } from './db/tx.ts'
import type { Engine } from './engine.ts'
import { freshId } from './fresh-id.ts'
import { journalRows, requestRow, writeJournal } from './journal.ts'
import { problemOf, refuse } from './problems.ts'
import { countRefusal } from './refusals.ts'
import { namedIn, triedEntry, withoutUnseen } from './unseen.ts'
import {
  attempt,
  findAnswered,
  replyAt,
  saveAnswered,
  saveRows,
  type answeredSinks,
  type RequestRow,
  type RowsFor,
  type Sinks,
} from './store.ts'

export type Query<E> = (ctx: Asking, ask: AskOf<E>) => Promise<ReplyOf<E>>
export type Command<E> = (ctx: Ctx, ask: AskOf<E>) => Promise<ReplyOf<E>>
/** A command with what takes long and changes nothing, done before a transaction is opened. That too may refuse. */
export interface Prepared<E, P> {
  readonly prepare: (ctx: Asking, ask: AskOf<E>) => Promise<P>
  readonly command: (ctx: Ctx, ask: AskOf<E>, prepared: P) => Promise<ReplyOf<E>>
}
/**
 * A command that only inserts: it gives its reply and rows for the sinks that the promise is served with, and they are
 * written together with its neighbours'.
 */
export type Inserting<E, S extends Sinks> = (
  ctx: Asking,
  ask: AskOf<E>,
) => Promise<{ reply: ReplyOf<E>; rows: RowsFor<S> }>

/** Who asks what of which promise. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly promise: E
  readonly caller: Caller
  readonly ask: AskOf<E>
  readonly ip: string
}

/** What a command or a query is handed for a call. */
export function ctxFor<Session extends Reading>(engine: Engine, tx: Session, call: Call): Ctx<Session> {
  const now = engine.clock.now()
  const { requestId } = call.ask as { requestId?: string }
  return createCtx({
    tx,
    now,
    caller: call.caller,
    requestId: requestId ?? freshId(now),
    ip: call.ip,
    sealer: engine.sealer,
    chance: engine.chance,
    shelf: engine.shelf,
    apart: engine.database.apart,
  })
}

/** Waits for the caller's turn. What is nobody's own has none to wait for. */
export function inTurn<T>(
  { gates }: Pick<Engine, 'gates'>,
  kind: 'reads' | 'writes',
  { promise, caller }: Pick<Call, 'promise' | 'caller'>,
  work: () => Promise<T>,
): Promise<T> {
  const who = caller.accountId ?? caller.deviceId ?? null
  const pass = () => gates[kind].pass(who, work)
  return paceOf(promise) === 'heavy' ? gates.heavy.pass(who, pass) : pass()
}

/** A transaction of a call, in the caller's turn. */
const writeInTurn = <T>(engine: Engine, call: Pick<Call, 'promise' | 'caller'>, work: (tx: Tx) => Promise<T>) =>
  inTurn(engine, 'writes', call, () => engine.database.calls(work))

/** Replies are parsed on the way out, so that no field leaves by accident. */
function checkReply<E extends Endpoint>({ promise, caller: { unseen } }: Call<E>, whole: unknown): ReplyOf<E> {
  const reply = unseen ? withoutUnseen(whole, unseen) : whole
  const parsed = promise.reply.safeParse(reply)
  if (parsed.success) return parsed.data as ReplyOf<E>
  const faults = parsed.error.issues.slice(0, 3).map((i) => `${i.path.join('.')} ${i.message}`)
  throw new Error(`${promise.name} would answer what it does not promise: ${faults.join('; ')}`)
}

export async function runQuery<E extends Endpoint>(engine: Engine, call: Call<E>, query: Query<E>): Promise<unknown> {
  const ctx = ctxFor(engine, engine.database.read, call)
  const reply = await query(ctx, call.ask).catch(async (error: unknown) => {
    const refused = problemOf(error)
    if (refused) await noteRefusal(engine, call, ctx, refused)
    throw error
  })
  await noteEntries(engine, ctx)
  return checkReply(call, reply)
}

/**
 * Writes down what was told so far, for calls that have no transaction of their own.
 * @param work done in the same transaction: what a fact is about stands or falls with it
 */
export async function noteEntries(engine: Engine, ctx: Asking, work?: (tx: Tx) => Promise<unknown>): Promise<void> {
  if (work)
    await engine.gates.writes.pass(ctx.caller.accountId, () =>
      engine.database.calls(async (tx) => {
        await work(tx)
        await writeJournal(tx, ctx, engine.journalKey)
      }),
    )
  else if (ctx.entries.length > 0) await engine.noteDown(journalRows(ctx, engine.journalKey))
  ctx.entries.length = 0
}

/** Whoever asks by the handle of somebody he may not see leaves a row: he could know it from before. */
export async function noteUnseen(engine: Engine, call: Call): Promise<void> {
  const { promise, caller, ask } = call
  const named = caller.unseen ? namedIn(ask, caller.unseen) : []
  if (named.length === 0) return
  const ctx = ctxFor(engine, engine.database.read, call)
  ctx.entries.push(...named.map((subject) => triedEntry(ctx.now, promise.name, subject)))
  await noteEntries(engine, ctx)
}

/** Who is turned away before his call is read leaves the same row. */
export async function noteTurnedAway(
  engine: Engine,
  promise: Endpoint,
  { caller, ip }: { readonly caller: Caller | undefined; readonly ip: string },
  error: unknown,
): Promise<void> {
  const refused = problemOf(error)
  if (refused?.problem !== 'not-allowed' || !caller) return
  await noteRefusal(
    engine,
    { promise },
    ctxFor(engine, engine.database.read, { promise, caller, ask: {}, ip }),
    refused,
  )
}

/** The command that comes after what it takes long to prepare. */
export const commandAfter =
  <E extends Endpoint, P>({ prepare, command }: Prepared<E, P>) =>
  async (asking: Asking, ask: AskOf<E>): Promise<Command<E>> => {
    const prepared = await prepare(asking, ask)
    return (ctx) => command(ctx, ask, prepared)
  }

/** @param prepare gives the command, before a transaction is opened */
export async function runWrite<E extends Endpoint>(
  engine: Engine,
  call: Call<E>,
  prepare: (ctx: Asking, ask: AskOf<E>) => Promise<Command<E>>,
): Promise<unknown> {
  let last: Asking = ctxFor(engine, engine.database.read, call)
  try {
    const command = await prepare(last, call.ask)
    const write = (tx: Tx) => writeIn(engine, (last = ctxFor(engine, tx, call)), call, command)
    const reply = await writeInTurn(engine, call, write)
    for (const work of last.afterCommit) await work()
    return reply
  } catch (error) {
    return answerAgain(engine, call, error, last)
  }
}

/** What a command is handed to write a page by: a transaction of its own, with its journal. */
export type WritePage = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
/**
 * A command too long for one transaction. It writes page by page, and must know by itself what of an earlier try was
 * written already: of a try that broke off no answer is remembered.
 */
export type Paged<E> = (asking: Asking, ask: AskOf<E>, write: WritePage) => Promise<ReplyOf<E>>

export async function runPaged<E extends Endpoint>(engine: Engine, call: Call<E>, work: Paged<E>): Promise<unknown> {
  const asking = ctxFor(engine, engine.database.read, call)
  let last: Asking = asking
  const page: WritePage = async (write) => {
    const value = await writeInTurn(engine, call, async (tx) => {
      const ctx = ctxFor(engine, tx, call)
      last = ctx
      const done = await write(ctx)
      await writeJournal(tx, ctx, engine.journalKey)
      return done
    })
    for (const after of last.afterCommit) await after()
    return value
  }
  try {
    const first = await firstAnswer(engine, call, asking.requestId)
    if (first) return first.reply
    const reply = checkReply(call, await work(asking, call.ask, page))
    await writeInTurn(engine, call, (tx) =>
      saveAnswered(tx, journalRows(asking, engine.journalKey), answeredRow(engine, call, asking, reply)),
    )
    return reply
  } catch (error) {
    return answerAgain(engine, call, error, last)
  }
}

/** A command that knows a repeat by itself: no answer is remembered for it. */
export async function runKnowing<E extends Endpoint>(
  engine: Engine,
  call: Call<E>,
  command: Command<E>,
): Promise<unknown> {
  let last: Ctx | undefined
  const reply = await writeInTurn(engine, call, async (tx) => {
    const ctx = (last = ctxFor(engine, tx, call))
    const answer = checkReply(call, await command(ctx, call.ask))
    await writeJournal(tx, ctx, engine.journalKey)
    return answer
  })
  for (const work of last?.afterCommit ?? []) await work()
  return reply
}

/** The command, its journal and its answer, in a transaction that is there. */
async function writeIn<E extends Endpoint>(engine: Engine, ctx: Ctx, call: Call<E>, command: Command<E>) {
  const answer = checkReply(call, await command(ctx, call.ask))
  await saveAnswered(ctx.tx, journalRows(ctx, engine.journalKey), answeredRow(engine, call, ctx, answer))
  return answer
}

/**
 * A command as a part of another: what it writes stands or falls with the other's transaction. Where it is refused,
 * what it wrote is undone, and the other may go on.
 */
export async function runWithin<E extends Endpoint>(
  engine: Engine,
  outer: Ctx,
  call: Call<E>,
  command: Command<E>,
): Promise<unknown> {
  const ctx = ctxFor(engine, outer.tx, call)
  const answer = await attempt(outer.tx, () => writeIn(engine, ctx, call, command)).catch((error: unknown) => {
    outer.entries.push(...triedIn(ctx))
    throw error
  })
  outer.afterCommit.push(...ctx.afterCommit)
  return answer
}

/** A command that only inserts, as one that can be a part of another. */
export const inserting =
  <E extends Endpoint, S extends Sinks>(command: Inserting<E, S>, sinks: S): Command<E> =>
  async (ctx, ask) => {
    const { reply, rows } = await command(ctx, ask)
    await saveRows(ctx.tx, sinks, rows)
    return reply
  }

export async function runInsert<E extends Endpoint, S extends Sinks>(
  engine: Engine,
  call: Call<E>,
  command: Inserting<E, S>,
  write: (rows: RowsFor<S>, own: RowsFor<typeof answeredSinks>) => Promise<void>,
): Promise<unknown> {
  const ctx = ctxFor(engine, engine.database.read, call)
  try {
    const done = await command(ctx, call.ask)
    const reply = checkReply(call, done.reply)
    const request = answeredRow(engine, call, ctx, reply)
    await write(done.rows, { journal: journalRows(ctx, engine.journalKey), request: [request] })
    for (const work of ctx.afterCommit) await work()
    return reply
  } catch (error) {
    return answerAgain(engine, call, error, ctx)
  }
}

/**
 * A parsed ask has its fields in the order of the schema, so its text is one for one ask. Its digest takes a key:
 * whoever reads the table alone cannot try passwords or numbers against it.
 */
const hashAsk = (ask: unknown, key: KeyObject) =>
  createHmac('sha256', key).update(JSON.stringify(ask)).digest('base64url')

/** What is remembered of an answered call; of one that holds a secret the answer is sealed. */
function answeredRow(engine: Engine, { promise, ask }: Call, ctx: Asking, answer: unknown): RequestRow {
  const seal = () => ({ sealed: engine.sealer.seal(JSON.stringify(answer), replyAt(ctx.requestId)) })
  return requestRow(ctx, promise.name, hashAsk(ask, engine.requestKey), promise.isSecret ? seal() : answer)
}

/** A refused write may be a repeat of one that was accepted: then its first answer is given again. */
async function answerAgain(engine: Engine, call: Call, error: unknown, ctx: Asking): Promise<unknown> {
  // The row of a repeat may clash by its own key before the request does.
  const isClash = (error as { code?: string }).code === '23505'
  if (isClash || problemOf(error)) {
    const first = await firstAnswer(engine, call, ctx.requestId)
    if (first) return first.reply
  }
  // An id that is taken, and not by a request that is remembered: the same act under another request.
  if (isClash && (error as { constraint?: string }).constraint?.endsWith('_pk')) refuse('request.reused', 409)
  const refused = problemOf(error)
  if (refused) {
    for (const work of ctx.afterRefusal) await engine.database.write(work)
    await noteRefusal(engine, call, ctx, refused)
  }
  throw error
}

/** Who runs into a quota of looks is told to the auditor. */
const isQuota = (refused: Problem) => refused.problem.endsWith('.quota')

async function firstAnswer(engine: Engine, call: Call, requestId: string): Promise<{ reply: unknown } | undefined> {
  const { promise, caller } = call
  const first = await findAnswered(engine.database.read, caller.countyCode, requestId)
  if (!first) return undefined
  const isSame = first.endpoint === promise.name && first.account_id === caller.accountId
  if (!isSame || !['', hashAsk(call.ask, engine.requestKey)].includes(first.ask_hash)) refuse('request.reused', 409)
  const reply = first.reply as { readonly sealed?: string } | null
  // It was done, but what was answered is remembered no longer.
  if (reply === null) return refuse('request.answered', 409)
  if (reply.sealed === undefined) return { reply }
  return { reply: JSON.parse(engine.sealer.open(reply.sealed, replyAt(requestId))) }
}

/** Each quota that somebody ran into, and by groups what he has no right to, what is not within his reach, and what he tried. */
async function noteRefusal(engine: Engine, call: Pick<Call, 'promise'>, ctx: Asking, refused: Problem): Promise<void> {
  const account = ctx.caller.accountId
  if (account === null) return
  const note = createCtx({ ...ctx, tx: engine.database.read })
  note.entries.push(...triedIn(ctx))
  const isTried = refused.status === 403 || refused.status === 404 || call.promise.notesRefusals === true
  const times = isTried ? countRefusal(engine, [account, call.promise.name, refused.problem], ctx.now) : undefined
  if (times !== undefined || isQuota(refused))
    note.entries.push({
      id: freshId(ctx.now),
      kind: 'refused',
      fact: call.promise.name,
      postingId: null,
      subject: null,
      detail: { problem: refused.problem, ...(times === undefined ? {} : { times }) },
    })
  await noteEntries(engine, note)
}

/** What was tried of somebody whom the caller may not see is written down, whatever became of the act. */
const triedIn = ({ entries }: Pick<Asking, 'entries'>): readonly Entry[] =>
  entries.filter((entry) => entry.kind === 'refused')
