/**
 * A reporter follows his event by its code. A code is a key, so it stays out of addresses, which browsers, proxies and
 * logs keep: it is sent in a form, or comes with a link that was scanned and leads at once to an address without it; from
 * then on the browser holds it sealed in a cookie, for this page alone and for half an hour.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Act } from '@fengge/domain/events/acts'
import { isProblem } from '@fengge/domain/kernel/problem'
import { minute } from '@fengge/domain/kernel/time'
import type { Language } from './pages/frame.ts'
import { followPage } from './pages/follow-page.ts'
import { wordsOf } from './pages/words.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { statusWords, word } from '@fengge/web/words/terms.ts'
import { actAs } from '../kernel/act-as.ts'
import { residentCaller } from '../kernel/context.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { problemOf } from '../kernel/problems.ts'
import { cookieOf, setPageCookie } from '../kernel/session-cookie.ts'
import { actAsFollower, findFollowed, type Followed } from '../events/door.ts'
import { languageOf, sendPage as send } from './answer-page.ts'
import { viewOf } from './follow-view.ts'

const cookie = 'fengge_follow'
const keptFor = 30 * minute
const sealedAt = 'public.cookie.follow:code'
const codeIn = (said: unknown): string => (typeof said === 'string' ? said.slice(0, 20) : '')

/** Keeps the code in the browser of whoever showed that he has it. */
export function keepCode(engine: Ground, request: FastifyRequest, reply: FastifyReply, code: string): void {
  const until = engine.clock.now() + keptFor
  const value = engine.sealer.seal(JSON.stringify({ code, until }), sealedAt)
  setPageCookie({ request, reply }, engine.settings, { name: cookie, path: '/follow', value })
}

/** The code that the browser holds, while it may; one that was made up is none. */
function keptCode(engine: Ground, request: FastifyRequest): string {
  const value = cookieOf(request, cookie)
  if (value === undefined || value.length > 500) return ''
  try {
    const { code, until } = JSON.parse(engine.sealer.open(value, sealedAt)) as { code: string; until: number }
    return until > engine.clock.now() ? code : ''
  } catch {
    return ''
  }
}

/** By a link with a code: to the address without it. Else what the browser holds the code of, or the form. */
export async function showFollowed(engine: Ground, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const said = codeIn((request.query as { code?: string }).code)
  if (said !== '') return follow(engine, { request, reply }, said)
  const language = languageOf(request)
  const code = keptCode(engine, request)
  const found = code === '' ? undefined : await findFollowed(followingIn(engine), code)
  return send(reply, followPage(language, found ? viewOf(engine, found, code, language) : null, ''))
}

export async function beginFollowing(engine: Ground, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  return follow(engine, { request, reply }, codeIn((request.body as { code?: unknown } | null)?.code))
}

interface Http {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function follow(engine: Ground, { request, reply }: Http, code: string): Promise<unknown> {
  const language = languageOf(request)
  const found = code === '' ? undefined : await findFollowed(followingIn(engine), code)
  if (!found) return send(reply, followPage(language, null, code), 404)
  keepCode(engine, request, reply, code)
  void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  return reply.redirect(`/follow?lang=${language}`, 303)
}

const followingIn = (engine: Ground) => ({ ...sourceOf(engine), sealer: engine.sealer })

type ResidentAction = 'rate' | 'cancel' | 'urge' | 'appeal'

interface Verdict {
  readonly score: number
  readonly isSolved: boolean
}

/** A rating needs a score of one to five and a word on whether it is solved. */
function readVerdict(body: Record<string, string>): Verdict | undefined {
  const score = Number(body['score'])
  if (![1, 2, 3, 4, 5].includes(score) || !['yes', 'no'].includes(body['solved'] ?? '')) return undefined
  return { score, isSolved: body['solved'] === 'yes' }
}

function actOf(action: ResidentAction, verdict: Verdict | undefined, note: string): Act {
  if (action === 'rate' && verdict) return { action, ...verdict, note } as Act
  if (action === 'appeal') return { action, note }
  return { action, note: action === 'urge' ? '诉求人催办' : '诉求人撤回' } as Act
}

function thanksFor(action: ResidentAction, verdict: Verdict | undefined, language: Language): string {
  const w = wordsOf(language)
  if (action === 'urge') return w.urged
  if (action === 'appeal') return w.appealed
  if (action === 'cancel') return word(statusWords, 'cancelled', language)
  return verdict?.isSolved ? w.thanks : w.thanksReopen
}

export async function takeAct(
  engine: Ground,
  request: FastifyRequest,
  reply: FastifyReply,
  action: ResidentAction,
): Promise<unknown> {
  const language = languageOf(request)
  const body = (request.body ?? {}) as Record<string, string>
  const code = codeIn(body['code'])
  const found = await findFollowed(followingIn(engine), code)
  if (!found) return send(reply, followPage(language, null, code), 404)
  const show = (followed: Followed, message: string) =>
    followPage(language, viewOf(engine, followed, code, language), code, message)
  const verdict = action === 'rate' ? readVerdict(body) : undefined
  if (action === 'rate' && !verdict) return send(reply, show(found, sentenceFor('event.score-needed', language)), 400)
  const note = String(body['note'] ?? '')
    .trim()
    .slice(0, 500)
  if (action === 'appeal' && note === '')
    return send(reply, show(found, sentenceFor('event.note-needed', language)), 400)
  const what = actOf(action, verdict, note)
  const problem = await actAs(engine, residentCaller(found.county), `resident:${action}`, async (ctx) => {
    await actAsFollower(ctx, code, what)
    return undefined
  }).catch((error: unknown) => problemOf(error) ?? Promise.reject(error))
  const after = (await findFollowed(followingIn(engine), code))!
  if (isProblem(problem)) return send(reply, show(after, sentenceFor(problem.problem, language)), problem.status)
  return send(reply, show(after, thanksFor(action, verdict, language)), 200)
}
