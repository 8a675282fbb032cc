/**
 * Turns promises into routes. One request is one promise is one transaction: session, duty, schema, command,
 * journal, reply schema, commit. A repeated requestId gets its first answer (requirement: idempotent by client
 * id); the same id with another ask is refused.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { dutiesOf } from '@fengge/domain/kernel/duty'
import type { AskOf, Endpoint, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { problem, type Problem } from '@fengge/domain/kernel/problem'
import { createCtx, postsWith, residentCaller, type Asking, type Caller, type Ctx } from './context.ts'
import { createGroupWriter, type GroupWriter, type SinkRows } from './db/group-writer.ts'
import { rowOf, sql, run } from './db/sql.ts'
import type { Reading } from './db/tx.ts'
import type { Sink } from './db/sink.ts'
import type { Engine } from './engine.ts'
import { freshId } from './fresh-id.ts'
import { journalRows, journalSink, requestRow, requestSink, writeJournal } from './journal.ts'
import { describeError, problemOf, Refusal, refuse } from './problems.ts'
import { addUploads, type Uploading } from './uploads.ts'

type Query<E> = (ctx: Asking, ask: AskOf<E>) => Promise<ReplyOf<E>>
type Command<E> = (ctx: Ctx, ask: AskOf<E>) => Promise<ReplyOf<E>>
/** A command that only inserts: it gives its reply and its rows, and they are written together with its neighbours'. */
export type Inserting<E> = (ctx: Asking, ask: AskOf<E>) => Promise<{ reply: ReplyOf<E>; rows: SinkRows }>
type Stream<E> = (ctx: Asking, ask: AskOf<E>, reply: FastifyReply, request: FastifyRequest) => Promise<unknown>

export interface Serve {
  readonly read: <E extends Endpoint>(promise: E, query: Query<E>) => void
  /** Several transactions under one reply, each made by the acts it runs; itself it only asks. */
  readonly act: <E extends Endpoint>(promise: E, acts: Query<E>) => void
  readonly write: <E extends Endpoint>(promise: E, command: Command<E>) => void
  readonly insert: <E extends Endpoint>(promise: E, sinks: readonly Sink<never>[], command: Inserting<E>) => void
  readonly stream: <E extends Endpoint>(promise: E, query: Stream<E>) => void
  /** A resumable upload: the duty of the promise begins one, its beginner alone goes on with it. */
  readonly files: <E extends Endpoint>(promise: E, uploading: Uploading<AskOf<E>>) => void
  /** Runs a promise by its name for a caller, by the very path of a request: duty, schema, command, journal. */
  readonly invoke: (name: string, caller: Caller, rawAsk: unknown, from: { readonly ip: string }) => Promise<unknown>
  readonly served: Set<string>
}

interface Handler {
  readonly promise: Endpoint
  readonly handle: (caller: Caller, ask: unknown, request: { readonly ip: string }) => Promise<unknown>
}

const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}
export const sessionCookie = 'fengge_session'
type CookieRequest = FastifyRequest & { cookies: Record<string, string | undefined> }

export function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return header.slice(7)
  return (request as CookieRequest).cookies[sessionCookie]
}

/** The caller of a request, or undefined when nobody is signed in. */
export async function findCallerOf(engine: Engine, request: FastifyRequest): Promise<Caller | undefined> {
  const token = tokenOf(request)
  return token === undefined || token.length > 200 ? undefined : engine.sessions.find(token, engine.clock.now())
}

async function admit(engine: Engine, promise: Endpoint, request: FastifyRequest): Promise<Caller> {
  return mayCall(promise, await findCallerOf(engine, request))
}

function mayCall(promise: Endpoint, caller: Caller | undefined): Caller {
  if (promise.duty === 'public') return caller ?? residentCaller('000000')
  if (!caller) return refuse('signed-out', 401)
  if (caller.mustChangePassword && !promise.path.startsWith('/api/session/')) refuse('password.must-change', 403)
  const duties = dutiesOf(promise.duty)
  if (duties.length > 0 && postsWith(caller, duties).length === 0) refuse('not-allowed', 403)
  return caller
}

/** Parses an ask; the refusal names each field and what is wrong with it, never the value. */
export function parseAsk<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.slice(0, 20).map((i) => ({
    field: i.path.join('.'),
    fault: i.code === 'custom' ? i.message : i.code,
    ...('params' in i ? { params: i.params } : {}),
  }))
  return refuse('ask.invalid', 400, { fields })
}

export function createServe(app: FastifyInstance, engine: Engine): Serve {
  const served = new Set<string>()
  const handlers = new Map<string, Handler>()
  const add = (
    promise: Endpoint,
    handle: (caller: Caller, ask: never, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
    isSmall = false,
  ) => {
    served.add(promise.name)
    handlers.set(promise.name, { promise, handle: handle as unknown as Handler['handle'] })
    app.route({
      method: promise.method,
      url: promise.path,
      bodyLimit: promise.bodyLimit ?? 1_048_576,
      // Answers of the API are no pages: two headers say so, in place of the set that pages carry.
      helmet: false,
      ...(isSmall ? { compress: false } : {}),
      handler: async (request, reply) => {
        void reply.headers(apiHeaders)
        const caller = await admit(engine, promise, request)
        const ask = parseAsk(promise.ask, promise.method === 'GET' ? request.query : (request.body ?? {}))
        return handle(caller, ask as never, request, reply)
      },
    })
  }
  const ask =
    <E extends Endpoint>(promise: E, query: Query<E>) =>
    async (caller: Caller, given: never, request: FastifyRequest) => {
      const ctx = ctxFor(engine, engine.database.read, caller, given, request)
      const reply = await query(ctx, given)
      if (ctx.entries.length > 0) await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
      return checkReply(promise, reply)
    }
  return {
    served,
    invoke: async (name, caller, rawAsk, from) => {
      const { promise, handle } = handlers.get(name) ?? refuse('not-found', 404)
      return handle(mayCall(promise, caller), parseAsk(promise.ask, rawAsk), from)
    },
    read: (promise, query) => add(promise, ask(promise, query)),
    act: (promise, acts) => add(promise, ask(promise, acts)),
    write: (promise, command) =>
      add(promise, (caller, ask, request) => runWrite(engine, promise, command, caller, ask, request)),
    insert: (promise, sinks, command) => {
      const writer = createGroupWriter(engine.database.once, promise.name, [...sinks, journalSink, requestSink])
      add(promise, (caller, ask, request) => runInsert(engine, promise, command, writer, caller, ask, request), true)
    },
    stream: (promise, query) =>
      add(promise, async (caller, ask, request, reply) => {
        const ctx = ctxFor(engine, engine.database.read, caller, ask, request)
        return query(ctx, ask, reply, request)
      }),
    files: (promise, uploading) => {
      served.add(promise.name)
      addUploads(app, {
        promise,
        settings: engine.settings,
        uploading,
        admit: (request) => admit(engine, promise, request),
        readAsk: (raw) => parseAsk(promise.ask, raw) as never,
      })
    },
  }
}

function ctxFor<Session extends Reading>(
  engine: Engine,
  tx: Session,
  caller: Caller,
  ask: unknown,
  request: { readonly ip: string },
): Ctx<Session> {
  const requestId = (ask as { requestId?: string }).requestId ?? freshId(engine.clock.now())
  return createCtx({
    tx,
    now: engine.clock.now(),
    caller,
    requestId,
    ip: request.ip,
    sealer: engine.sealer,
    apart: engine.database.write,
  })
}

/** Replies are parsed on the way out, so that no field leaves by accident. */
function checkReply<E extends Endpoint>(promise: E, reply: unknown): ReplyOf<E> {
  const parsed = promise.reply.safeParse(reply)
  if (!parsed.success)
    throw new Error(
      `${promise.name} would answer what it does not promise: ${parsed.error.issues
        .slice(0, 3)
        .map((i) => `${i.path.join('.')} ${i.message}`)
        .join('; ')}`,
    )
  return parsed.data as ReplyOf<E>
}

/** A parsed ask has its fields in the order of the schema, so its text is one for one ask. */
const hashAsk = (ask: unknown) => createHash('sha256').update(JSON.stringify(ask)).digest('base64url')

async function runWrite<E extends Endpoint>(
  engine: Engine,
  promise: E,
  command: Command<E>,
  caller: Caller,
  ask: AskOf<E>,
  request: { readonly ip: string },
): Promise<unknown> {
  let last: Ctx | undefined
  try {
    const reply = await engine.database.write(async (tx) => {
      const ctx = (last = ctxFor(engine, tx, caller, ask, request))
      const answer = checkReply(promise, await command(ctx, ask))
      await run(
        tx,
        sql`
          with
            j as (${journalSink.into(journalRows(ctx, engine.journalKey))}) ${requestSink.into([requestRow(ctx, promise.name, hashAsk(ask), promise.isSecret ? { sealed: ctx.sealer.seal(JSON.stringify(answer)) } : answer)])}
        `,
      )
      return answer
    })
    for (const work of last?.afterCommit ?? []) await work()
    return reply
  } catch (error) {
    return answerAgain(engine, promise, caller, ask, error, last)
  }
}

async function runInsert<E extends Endpoint>(
  engine: Engine,
  promise: E,
  command: Inserting<E>,
  writer: GroupWriter,
  caller: Caller,
  ask: AskOf<E>,
  request: { readonly ip: string },
): Promise<unknown> {
  const ctx = ctxFor(engine, engine.database.once, caller, ask, request)
  try {
    const done = await command(ctx, ask)
    const reply = checkReply(promise, done.reply)
    await writer.write([
      ...done.rows,
      journalRows(ctx, engine.journalKey),
      [requestRow(ctx, promise.name, hashAsk(ask), reply)],
    ])
    for (const work of ctx.afterCommit) await work()
    return reply
  } catch (error) {
    return answerAgain(engine, promise, caller, ask, error, ctx)
  }
}

/** A refused write may be a repeat of one that was accepted: then its first answer is given again. */
async function answerAgain(
  engine: Engine,
  promise: Endpoint,
  caller: Caller,
  ask: unknown,
  error: unknown,
  ctx: Asking | undefined,
): Promise<unknown> {
  // The row of a repeat may clash by its own key before the request does.
  const isClash = (error as { code?: string }).code === '23505'
  if (ctx && (isClash || problemOf(error))) {
    const first = await rowOf<{ endpoint: string; account_id: string | null; ask_hash: string; reply: unknown }>(
      engine.database.read,
      sql`
        select endpoint, account_id, ask_hash, reply
        from kernel.request
        where county_code = ${caller.countyCode} and request_id = ${ctx.requestId}
      `,
    )
    if (first) {
      if (first.endpoint !== promise.name || first.account_id !== caller.accountId || first.ask_hash !== hashAsk(ask))
        refuse('request.reused', 409)
      return promise.isSecret ? JSON.parse(engine.sealer.open((first.reply as { sealed: string }).sealed)) : first.reply
    }
  }
  // An id that is taken, and not by a request that is remembered: the same act under another request.
  if (isClash && (error as { constraint?: string }).constraint?.endsWith('_pk')) refuse('request.reused', 409)
  const refused = problemOf(error)
  if (refused?.status === 403 && ctx && caller.accountId !== null) await noteRefusal(engine, ctx, promise, refused)
  throw error
}

async function noteRefusal(engine: Engine, ctx: Asking, promise: Endpoint, refused: Problem): Promise<void> {
  const note = createCtx({ ...ctx, tx: engine.database.read })
  note.entries.push({
    id: freshId(ctx.now),
    kind: 'refused',
    fact: promise.name,
    postingId: null,
    subject: null,
    detail: { problem: refused.problem },
  })
  await engine.database.write((tx) => writeJournal(tx, note, engine.journalKey))
}

/** Problems become problem documents; anything else is a bug: 500 with a trace id and nothing more. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = problemOf(error) ?? fastifyProblem(error)
  if (!known) request.log.error({ err: describeError(error), trace: request.id }, 'failed')
  const answer = known ?? problem('server.failed', 500)
  void reply
    .status(answer.status)
    .type('application/problem+json')
    .send({ ...answer, trace: request.id })
}

function fastifyProblem(error: unknown): Problem | undefined {
  if (error instanceof Refusal) return error.problem
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  if (statusCode === 413) return problem('file.too-large', 413)
  if (statusCode === 429) return problem('too-many-requests', 429)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return problem('ask.invalid', statusCode, code === undefined ? undefined : { code })
  return undefined
}
