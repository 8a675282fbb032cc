/**
 * Resident pages: HTML from the server, usable without scripts. Anybody may call them, so they are limited by
 * address (domain/src/kernel/pace.ts), carry a trap for robots, and show only what the holder of a follow code may see.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Act } from '@fengge/domain/events/acts'
import { isProblem } from '@fengge/domain/kernel/problem'
import { maskName } from '@fengge/domain/kernel/text'
import { badgePage, followPage, gridPage, homePage, messagePage, type GridView } from '@fengge/portal/pages'
import type { Language } from '@fengge/portal/page'
import { wordsOf } from '@fengge/portal/words'
import { statusWords, word } from '@fengge/web/words/terms.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { actAs } from '../kernel/act-as.ts'
import { answerProblem } from '../kernel/answer-problem.ts'
import { residentCaller } from '../kernel/context.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { problemOf } from '../kernel/problems.ts'
import { actAsFollower, findFollowed, type Followed } from '../events/door.ts'
import { checkBadge, checkBoard, listPosted, type BadgeAnswer } from '../identity/door.ts'
import { placeTree } from '../places/door.ts'
import { languageOf, sendPage as send } from './answer-page.ts'
import { viewOf } from './follow-view.ts'
import { showForm, takeReport } from './take-report.ts'

type Query = { lang?: string; code?: string; text?: string; grid?: string; county?: string }

const page = { config: { pace: 'page' } } as const
const guessed = { config: { pace: 'code' } } as const
const reported = { config: { pace: 'report' } } as const

/** @param app a part of the application that is these pages' own: what they take as a form, nothing else does */
export function addPortal(app: FastifyInstance, engine: Ground): void {
  app.setErrorHandler(answerResident)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
  app.get('/', page, async (request, reply) => send(reply, homePage(languageOf(request))))
  app.get('/report', page, async (request, reply) =>
    send(reply, await showForm(engine, request, { id: freshId(), ...(request.query as Record<string, string>) })),
  )
  app.post('/report', reported, (request, reply) => takeReport(engine, request, reply))
  app.get('/follow', guessed, async (request, reply) => {
    const code = (request.query as Query).code?.slice(0, 20) ?? ''
    const found = code === '' ? undefined : await findFollowed(followingIn(engine), code)
    return send(
      reply,
      followPage(languageOf(request), found ? viewOf(engine, found, code, languageOf(request)) : null, code),
      code !== '' && !found ? 404 : 200,
    )
  })
  for (const action of ['rate', 'cancel', 'urge'] as const)
    app.post(`/follow/${action}`, guessed, (request, reply) => takeAct(engine, request, reply, action))
  app.get('/badge', guessed, async (request, reply) => {
    const { code = '', grid = '' } = request.query as Query
    return send(reply, badgePage(languageOf(request), { code, grid, answer: await answerBadge(engine, code, grid) }))
  })
  app.get('/grid', page, async (request, reply) =>
    send(
      reply,
      gridPage(
        languageOf(request),
        (request.query as Query).text ?? '',
        await findGrids(engine, (request.query as Query).text ?? '', languageOf(request)),
      ),
    ),
  )
}

/** A resident is refused with a sentence on a page. */
function answerResident(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply | void {
  const refused = problemOf(error)
  if (!refused) return answerProblem(error, request, reply)
  const wait = refused.details?.['retryAfter']
  if (typeof wait === 'number') void reply.header('retry-after', wait)
  const language = languageOf(request)
  return send(reply, messagePage(language, sentenceFor(refused.problem, language, refused.details), ''), refused.status)
}

const followingIn = (engine: Ground) => ({ ...sourceOf(engine), sealer: engine.sealer })

type ResidentAction = 'rate' | 'cancel' | 'urge'

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
  return { action, note: action === 'urge' ? '诉求人催办' : '诉求人撤回' } as Act
}

function thanksFor(action: ResidentAction, verdict: Verdict | undefined, language: Language): string {
  const w = wordsOf(language)
  if (action === 'urge') return w.urged
  if (action === 'cancel') return word(statusWords, 'cancelled', language)
  return verdict?.isSolved ? w.thanks : w.thanksReopen
}

async function takeAct(
  engine: Ground,
  request: FastifyRequest,
  reply: FastifyReply,
  action: ResidentAction,
): Promise<unknown> {
  const language = languageOf(request)
  const body = (request.body ?? {}) as Record<string, string>
  const code = String(body['code'] ?? '').slice(0, 20)
  const found = await findFollowed(followingIn(engine), code)
  if (!found) return send(reply, followPage(language, null, code), 404)
  const show = (followed: Followed, message: string) =>
    followPage(language, viewOf(engine, followed, code, language), code, message)
  const verdict = action === 'rate' ? readVerdict(body) : undefined
  if (action === 'rate' && !verdict) return send(reply, show(found, sentenceFor('event.score-needed', language)), 400)
  const what = actOf(action, verdict, String(body['note'] ?? '').slice(0, 500))
  const problem = await actAs(engine, residentCaller(found.county), `resident:${action}`, async (ctx) => {
    await actAsFollower(ctx, code, what)
    return undefined
  }).catch((error: unknown) => problemOf(error) ?? Promise.reject(error))
  const after = (await findFollowed(followingIn(engine), code))!
  if (isProblem(problem)) return send(reply, show(after, sentenceFor(problem.problem, language)), problem.status)
  return send(reply, show(after, thanksFor(action, verdict, language)), 200)
}

async function findGrids(engine: Ground, text: string, language: Language): Promise<GridView[]> {
  const tree = placeTree(engine)
  const found =
    text.trim() === ''
      ? []
      : tree
          .search(text.slice(0, 40), undefined, [], 8)
          .filter((n) => n.tier === 'grid' || n.tier === 'village' || n.tier === 'micro')
  const views = await Promise.all(
    found.map(async (n) => ({ node: n, people: await listPosted(engine.database.read, [n.id], engine.clock.now()) })),
  )
  return views.map(({ node, people }) => ({
    id: node.id,
    name: node.name,
    trail: tree
      .line(node.id)
      .slice(1)
      .reverse()
      .map((a) => a.name)
      .join(' · '),
    people: people.map((p) => ({ name: maskName(p.name), role: language === 'zh' ? p.roleName : p.roleNameEn })),
  }))
}

/** A code that was typed or scanned goes first; a board leads here by its grid. */
function answerBadge(engine: Ground, code: string, grid: string): Promise<BadgeAnswer | null> {
  if (code !== '') return checkBadge(sourceOf(engine), engine.settings, code.slice(0, 40))
  return grid === '' ? Promise.resolve(null) : checkBoard(sourceOf(engine), grid)
}
