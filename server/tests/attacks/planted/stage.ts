/**
 * The county in which the values are planted: a rich play, a server beside it that writes its log at the finest level
 * into memory, and one way to ask that keeps every answer.
 */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Endpoint, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { createApp } from '../../../src/app.ts'
import type { Engine } from '../../../src/kernel/engine.ts'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { playRichly, type Played } from '../../rich-play.ts'
import { logins, type AskedOf, type Login } from '../../world.ts'
import { asked, keys, told, type Mark } from './marks.ts'
import { unpack, type Text } from './reading.ts'

/** A person of the cast, nobody, or somebody with a token of his own. */
export type Who = Login | null | { readonly token: string; readonly name: string }
export const everybody: readonly (Login | null)[] = [...logins, null]

export interface Stage {
  readonly played: Played
  readonly engine: Engine
  readonly app: FastifyInstance
  /** Every route of the server: `GET /report`. */
  readonly routes: ReadonlySet<string>
  readonly log: string[]
  readonly answers: Text[]
  /** Who asked each endpoint, and by whom it was answered. */
  readonly used: Map<string, { readonly by: Set<string>; readonly answered: Set<string> }>
  readonly marks: Mark[]
  /** Says that somebody used what goes another way than by `send`. */
  readonly tick: (what: string, by: Who, isAnswered: boolean) => void
  /** Keeps a secret that the server itself made. */
  readonly note: (what: string, value: string) => string
  readonly send: (promise: Endpoint, who: Who, ask: object) => Promise<LightMyRequestResponse>
  /** As `send`, of what must be answered. */
  readonly get: <E extends Endpoint>(promise: E, who: Who, ask: AskedOf<E>) => Promise<ReplyOf<E>>
  /** A request that is no call of the contract: a page, a file. */
  readonly request: (
    what: string,
    who: Who,
    request: {
      readonly method: 'GET' | 'POST'
      readonly url: string
      readonly payload?: Buffer | object
      readonly type?: string
    },
  ) => Promise<LightMyRequestResponse>
  readonly close: () => Promise<void>
}

export function nameOf(who: Who): string {
  if (who === null) return 'nobody'
  return typeof who === 'string' ? who : who.name
}

export async function openStage(): Promise<Stage> {
  const played = await playRichly()
  const { engine } = played.world
  const log: string[] = []
  const settings = { ...engine.settings, logLevel: 'trace', metricsToken: keys.metricsToken }
  const routes = new Set<string>()
  const { app } = await createApp({ ...engine, settings }, (it) => {
    writeLogInto(it, log)
    it.addHook('onRoute', ({ method, url }) => {
      for (const m of [method].flat()) routes.add(`${m} ${url}`)
    })
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const answers: Text[] = []
  const used: Stage['used'] = new Map()
  const marks = marksOf(played)
  const request = asking({ app, used, answers })
  const send: Stage['send'] = (promise, who, ask) => request(promise.name, who, requestOf(promise, ask))
  return {
    played,
    engine,
    app,
    routes,
    log,
    answers,
    used,
    marks,
    tick: (what, by, isAnswered) => keep(used, { what, by: nameOf(by), isAnswered }),
    note: (what, value) => {
      marks.push({ what, value })
      return value
    },
    send,
    get: async (promise, who, ask) => {
      const answer = await send(promise, who, ask)
      if (answer.statusCode !== 200)
        throw new Error(`${promise.name} ${nameOf(who)}: ${answer.statusCode} ${answer.body}`)
      return answer.json() as ReplyOf<typeof promise>
    },
    request,
    close: async () => {
      await app.close()
      await played.world.close()
    },
  }
}

type Kept = Pick<Stage, 'app' | 'used' | 'answers'>

/** Sends a request; keeps who sent it, and every part of the answer. */
const asking =
  ({ app, used, answers }: Kept): Stage['request'] =>
  async (what, who, { method, url, payload, type }) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${typeof who === 'string' ? `token-${who}` : who.token}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    keep(used, { what, by: nameOf(who), isAnswered: answer.statusCode === 200 })
    const head = JSON.stringify({ ...answer.headers, 'set-cookie': undefined })
    answers.push({ place: `head of ${what}`, text: head })
    answers.push(...unpack(`answer ${what} to ${nameOf(who)}`, answer.rawPayload))
    return answer
  }

const isNumbered = ({ ask }: Endpoint): boolean =>
  'requestId' in Object((ask as { shape?: object }).shape ?? { requestId: 1 })

function requestOf(promise: Endpoint, ask: object) {
  if (promise.method === 'POST')
    return {
      method: 'POST' as const,
      url: promise.path,
      payload: { ...(isNumbered(promise) ? { requestId: freshId() } : {}), ...ask },
    }
  const pairs = Object.entries(ask).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))
  return { method: 'GET' as const, url: `${promise.path}?${query.toString()}` }
}

function keep(used: Stage['used'], { what, by, isAnswered }: { what: string; by: string; isAnswered: boolean }): void {
  const use = used.get(what) ?? { by: new Set<string>(), answered: new Set<string>() }
  used.set(what, use)
  use.by.add(by)
  if (isAnswered) use.answered.add(by)
}

/** The log goes where the framework's logger writes; here into memory, down to its finest level. */
function writeLogInto(app: FastifyInstance, log: string[]): void {
  const holder = app.log as unknown as Record<symbol, unknown>
  const stream = Object.getOwnPropertySymbols(holder).find((s) => s.description === 'pino.stream')
  if (stream === undefined) throw new Error('the logger has no stream of its own')
  holder[stream] = { write: (line: string) => void log.push(line) }
}

function marksOf(played: Played): Mark[] {
  const { idNo, phone, formerPhone, care, askedBy, visitNote, strayRemark, badCell, seed, dataKey, caller } = played
  const { settings, database } = played.world.engine
  const own = { ...told, ...asked, ...keys }
  const ofPlay = { idNo, phone, formerPhone, care, askedBy, visitNote, strayRemark, badCell, seed, dataKey }
  return [
    ...Object.entries(own).map(([what, value]) => ({ what, value })),
    ...Object.entries(ofPlay).map(([what, value]) => ({ what: `played ${what}`, value })),
    { what: 'played callerName', value: caller.name },
    { what: 'played callerPhone', value: caller.phone },
    { what: 'secret of the settings', value: settings.secret },
    { what: 'password of the database', value: new URL(database.url).password },
    ...logins.map((login) => ({ what: 'session token', value: `token-${login}` })),
  ]
}
