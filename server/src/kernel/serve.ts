/**
 * Turns promises into routes. One request is one promise is one transaction: session, duty, schema, command,
 * journal, reply schema, commit (run-call.ts).
 */
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dutiesOf } from '@fengge/domain/kernel/duty'
import { paceOf, type AskOf, type Endpoint, type ReplyOf } from '@fengge/domain/kernel/endpoint'
import { postsWith, residentCaller, type Asking, type Caller, type Ctx } from './context.ts'
import { createGroupWriter } from './db/group-writer.ts'
import type { Tx } from './db/tx.ts'
import type { Engine } from './engine.ts'
import { createGate } from './running/gate.ts'
import type { Ground } from './ground.ts'
import { parseAsk } from './parse-ask.ts'
import { describeError, problemOf, refuse } from './problems.ts'
import {
  commandAfter,
  ctxFor,
  inserting,
  inTurn,
  noteEntries,
  noteUnseen,
  noteTurnedAway,
  runInsert,
  runKnowing,
  runPaged,
  runQuery,
  runWithin,
  runWrite,
  type Call,
  type Command,
  type Inserting,
  type Paged,
  type Prepared,
  type Query,
} from './run-call.ts'
import { knownBrowserOf, tokenOf } from './session-cookie.ts'
import { strangerAt } from './door-line.ts'
import { holdBody, isFormWithFiles, lengthOf } from './running/body-room.ts'
import { bodyWithin, watchBody } from './slow-bodies.ts'
import { answeredSinks, type Sinks } from './store.ts'
import { addUploads, type Uploading } from './uploads.ts'

/**
 * What a stream is handed: it answers by itself, so it also says when what it told is written down, before the first
 * byte; with work of its own in the same transaction where it has any.
 */
export type Streaming = Asking & { readonly note: (work?: (tx: Tx) => Promise<unknown>) => Promise<void> }
type Stream<E> = (ctx: Streaming, ask: AskOf<E>, reply: FastifyReply, request: FastifyRequest) => Promise<unknown>

/** Who holds a key that is neither a session nor an account; nobody where it is unknown or has ended. */
export type FindHolder = (key: string) => Promise<Caller | undefined>

/** Judges a request by the first bytes of its body, which it leaves as it was, before the rest is read. */
export type Judge = (reply: FastifyReply, body: Readable) => Promise<void>

interface From {
  readonly ip: string
}
type Invoker = (caller: Caller, rawAsk: unknown, from: From) => Promise<unknown>
type Joiner = (ctx: Ctx, rawAsk: unknown) => Promise<unknown>

export interface Serve {
  readonly read: <E extends Endpoint>(promise: E, query: Query<E>) => void
  /** Several transactions under one reply, each made by the acts it runs; itself it only asks. */
  readonly act: <E extends Endpoint>(promise: E, acts: Query<E>, judge?: Judge) => void
  readonly write: <E extends Endpoint>(promise: E, command: Command<E>) => void
  /** The same for what has to be computed for a while before it is written: no transaction waits for it. */
  readonly prepared: <E extends Endpoint, P>(promise: E, work: Prepared<E, P>) => void
  /** What is too long for one transaction, page by page. */
  readonly paged: <E extends Endpoint>(promise: E, work: Paged<E>) => void
  readonly insert: <E extends Endpoint, S extends Sinks>(
    promise: E,
    sinks: S,
    command: Inserting<E, NoInfer<S>>,
  ) => void
  /** What devices send, admitted by their key and by nothing else; the command knows a repeat by itself. */
  readonly device: <E extends Endpoint>(promise: E, holder: FindHolder, command: Command<E>) => void
  readonly stream: <E extends Endpoint>(promise: E, query: Stream<E>) => void
  /** A resumable upload: the duty of the promise begins one, its beginner alone goes on with it. */
  readonly files: <E extends Endpoint>(promise: E, uploading: Uploading<AskOf<E>>) => void
  /**
   * Runs a promise for a caller by the very path of a request: pace, duty, schema, command, journal.
   * @param rawAsk as it came from a client: the schema of the promise judges it
   */
  readonly invoke: <E extends Endpoint>(promise: E, caller: Caller, rawAsk: unknown, from: From) => Promise<ReplyOf<E>>
  /** Runs a promise that writes as a part of a command, for its caller and within its transaction: both stand or neither. */
  readonly join: <E extends Endpoint>(promise: E, ctx: Ctx, rawAsk: unknown) => Promise<ReplyOf<E>>
}

const apiHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

/** The caller of a request, or undefined when nobody is signed in. */
export async function findCallerOf(ground: Ground, request: FastifyRequest): Promise<Caller | undefined> {
  const token = tokenOf(request, ground.settings)
  if (token === undefined || token.length > 200) return undefined
  return ground.sessions.find(token, ground.clock.now(), () => ground.limiter.take('unproven-token', request.ip))
}

function mayCall(promise: Endpoint, caller: Caller | undefined): Caller {
  if (promise.duty === 'public') return caller ?? residentCaller('000000')
  if (promise.duty === 'device') return caller?.kind === 'device' ? caller : refuse('signed-out', 401)
  if (!caller) return refuse('signed-out', 401)
  if (caller.mustChangePassword && !promise.path.startsWith('/api/session/')) refuse('password.must-change', 403)
  const duties = dutiesOf(promise.duty)
  if (duties.length > 0 && postsWith(caller, duties).length === 0) refuse('not-allowed', 403)
  return caller
}

function callOf<E extends Endpoint>(promise: E, caller: Caller, rawAsk: unknown, ip: string): Call<E> {
  return { promise, caller, ask: parseAsk(promise.ask, rawAsk, promise.carriesAsks) as AskOf<E>, ip }
}

/** Does a call and gives its reply; `http` is there when it came as a request of its own. */
type Handle<E extends Endpoint> = (call: Call<E>, http?: Http) => Promise<unknown>
interface Http {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What is open to all is open to whoever shows a token that may not be looked up now; nothing else is. */
const nobodyAt =
  ({ duty }: Endpoint) =>
  (error: unknown): undefined => {
    if (duty !== 'public' || problemOf(error)?.problem !== 'too-many-requests') throw error
  }

/** Before a body is read: how often he calls, and whether he may. */
async function admitBy(
  engine: Engine,
  promise: Endpoint,
  request: FastifyRequest,
  holder?: FindHolder,
): Promise<Caller> {
  if (holder) return admitHolder(engine, promise, request, holder)
  const caller = await findCallerOf(engine, request).catch(nobodyAt(promise))
  const isOpen = promise.duty === 'public'
  const pace = paceOf(promise)
  const browser = pace === 'sign-in' ? knownBrowserOf(request, engine.sealer) : undefined
  engine.limiter.take(pace, (isOpen ? browser : caller?.accountId) ?? request.ip)
  if (!promise.isForm && promise.method === 'POST' && !promise.isUpload) refuseOtherThanJson(request)
  const admitted = await admitOrNote(engine, promise, caller, request.ip)
  if (promise.isForm) refuseOtherThanForm(request, promise.bodyLimit)
  return admitted
}

async function admitOrNote(engine: Engine, promise: Endpoint, caller: Caller | undefined, ip: string): Promise<Caller> {
  try {
    return mayCall(promise, caller)
  } catch (error) {
    await noteTurnedAway(engine, promise, { caller, ip }, error)
    throw error
  }
}

/** A device, by its key in the header. An unknown key and one that has ended are answered alike. */
async function admitHolder(
  engine: Engine,
  promise: Endpoint,
  request: FastifyRequest,
  find: FindHolder,
): Promise<Caller> {
  engine.limiter.take('device-address', request.ip)
  refuseOtherThanJson(request)
  const key = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  const caller = key === undefined ? undefined : await find(key)
  if (!caller) {
    engine.limiter.take('wrong-key', request.ip)
    return refuse('signed-out', 401)
  }
  engine.limiter.take(paceOf(promise), caller.deviceId ?? request.ip)
  return caller
}

/** What a form of another site can send, it cannot send as JSON. */
function refuseOtherThanJson(request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json *(;|$)/i.test(type)) refuse('ask.invalid', 415, { fields: [{ field: 'content-type' }] })
}

/** A form with files is read part by part; it says beforehand how long it is. */
function refuseOtherThanForm(request: FastifyRequest, most = usualBody): void {
  if (!isFormWithFiles(request.headers)) refuse('ask.invalid', 415, { fields: [{ field: 'content-type' }] })
  if (lengthOf(request.headers) > most) refuse('file.too-large', 413, { most })
}

interface How {
  /** The answer is too small to be worth packing. */
  readonly isSmall?: boolean
  readonly judge?: Judge | undefined
  readonly holder?: FindHolder
}

interface Receiving {
  readonly promise: Endpoint
  readonly judge: Judge | undefined
  readonly caller: Caller
}

/** A body is judged by its first bytes, or has to come to its end within its time; a large one waits until there is room. */
async function receive({ promise, judge, caller }: Receiving, reply: FastifyReply, body: Readable): Promise<void> {
  if (judge) return judge(reply, body)
  watchBody(body, promise.duty === 'public' ? bodyWithin.strangers : bodyWithin.known)
  const { accountId } = caller
  await holdBody(accountId === null ? strangerAt(reply.request.ip) : { who: accountId, isKnown: true }, reply)
}

/** The largest body in bytes where its promise says nothing else: a form with all its fields at their longest. */
const usualBody = 131_072

/** Calls of one promise hold a part of the sessions at the most. */
function querying<E extends Endpoint>(engine: Engine, query: Query<E>): Handle<E> {
  const gate = createGate()
  return (call) => inTurn(engine, 'reads', call, () => gate(() => runQuery(engine, call, query)))
}

/** A file of many statements may be on its way for long: not the whole of it passes the gate, but each by itself. */
function readingFor<E extends Endpoint>({ database, gates }: Engine, { promise, caller: { accountId } }: Call<E>) {
  if (paceOf(promise) !== 'heavy' || accountId === null) return database.read
  return database.readInTurn((work) => gates.reads.pass(accountId, work))
}

async function runStream<E extends Endpoint>(engine: Engine, call: Call<E>, query: Stream<E>, http?: Http) {
  if (!http) return refuse('not-found', 404)
  const ctx = ctxFor(engine, readingFor(engine, call), call)
  return query({ ...ctx, note: (work) => noteEntries(engine, ctx, work) }, call.ask, http.reply, http.request)
}

/** Promises run by the server itself. What comes out was parsed by the schema of its promise (checkReply). */
function within(
  invokers: ReadonlyMap<string, Invoker>,
  joiners: ReadonlyMap<string, Joiner>,
): Pick<Serve, 'invoke' | 'join'> {
  return {
    invoke: async <E extends Endpoint>({ name }: E, caller: Caller, rawAsk: unknown, from: From) =>
      (await (invokers.get(name) ?? refuse('not-found', 404))(caller, rawAsk, from)) as ReplyOf<E>,
    join: async <E extends Endpoint>({ name }: E, ctx: Ctx, rawAsk: unknown) =>
      (await (joiners.get(name) ?? refuse('not-found', 404))(ctx, rawAsk)) as ReplyOf<E>,
  }
}

/** Resumable uploads, admitted as every call is. */
const filesOf =
  (app: FastifyInstance, engine: Engine): Serve['files'] =>
  (promise, uploading) =>
    void app.register(async (part) =>
      addUploads(part, {
        promise,
        settings: engine.settings,
        uploading,
        admit: (request) => admitBy(engine, promise, request),
        readAsk: (raw) => parseAsk(promise.ask, raw) as never,
        log: (error) => app.log.error({ err: describeError(error) }, 'upload failed'),
      }),
    )

export function createServe(app: FastifyInstance, engine: Engine): Serve {
  const admitted = new WeakMap<FastifyRequest, Caller>()
  const invokers = new Map<string, Invoker>()
  const joiners = new Map<string, Joiner>()
  const addJoiner = <E extends Endpoint>(promise: E, command: Command<E>) => {
    joiners.set(promise.name, (ctx, rawAsk) =>
      runWithin(engine, ctx, callOf(promise, mayCall(promise, ctx.caller), rawAsk, ctx.ip ?? ''), command),
    )
  }
  const add = <E extends Endpoint>(promise: E, doing: Handle<E>, how: How = {}) => {
    const handle: Handle<E> = async (call, http) => {
      if (call.caller.unseen) await noteUnseen(engine, call)
      return doing(call, http)
    }
    invokers.set(promise.name, async (caller, rawAsk, from) => {
      engine.limiter.take(paceOf(promise), caller.accountId ?? from.ip)
      return handle(callOf(promise, mayCall(promise, caller), rawAsk, from.ip))
    })
    app.route({
      method: promise.method,
      url: promise.path,
      bodyLimit: promise.isForm ? usualBody : (promise.bodyLimit ?? usualBody),
      config: promise.mostValues === undefined ? {} : { mostValues: promise.mostValues },
      // Answers of the API are no pages: two headers say so, in place of the set that pages carry.
      helmet: false,
      ...(how.isSmall ? { compress: false } : {}),
      preParsing: async (request, reply, body) =>
        receive({ promise, judge: how.judge, caller: admitted.get(request)! }, reply, body as Readable),
      onRequest: async (request, reply) => {
        void reply.headers(apiHeaders)
        admitted.set(request, await admitBy(engine, promise, request, how.holder))
      },
      handler: async (request, reply) => {
        const rawAsk = promise.method === 'GET' ? request.query : (request.body ?? {})
        return handle(callOf(promise, admitted.get(request)!, rawAsk, request.ip), { request, reply })
      },
    })
  }
  return {
    ...within(invokers, joiners),
    read: (promise, query) => add(promise, querying(engine, query)),
    act: (promise, acts, judge) => add(promise, (call) => runQuery(engine, call, acts), { judge }),
    write: (promise, command) => {
      add(promise, (call) => runWrite(engine, call, async () => command))
      addJoiner(promise, command)
    },
    prepared: (promise, work) => add(promise, (call) => runWrite(engine, call, commandAfter(work))),
    paged: (promise, work) => add(promise, (call) => runPaged(engine, call, work)),
    insert: (promise, sinks, command) => {
      const writer = createGroupWriter(engine.database.once, promise.name, sinks, answeredSinks)
      add(promise, (call) => runInsert(engine, call, command, writer.write), { isSmall: true })
      addJoiner(promise, inserting(command, sinks))
    },
    device: (promise, holder, command) =>
      add(promise, (call) => runKnowing(engine, call, command), { isSmall: true, holder }),
    stream: (promise, query) => add(promise, (call, http) => runStream(engine, call, query, http)),
    files: filesOf(app, engine),
  }
}
