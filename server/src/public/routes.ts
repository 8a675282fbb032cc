/**
 * Resident pages: HTML from the server, usable without scripts. Anybody may call them, so they are limited by
 * address (domain/src/kernel/pace.ts), carry a trap for robots, and show only what the holder of a follow code may see.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { GridCard } from '@fengge/domain/identity/contract/cards'
import { Id } from '@fengge/domain/kernel/id'
import { maskName } from '@fengge/domain/kernel/text'
import { badgePage, type BadgeView } from './pages/badge-page.ts'
import { gridPage, type GridView } from './pages/grid-page.ts'
import { homePage, messagePage } from './pages/home-page.ts'
import type { Language } from './pages/frame.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { answerProblem } from '../kernel/answer-problem.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { takeForms } from '../kernel/limit-pages.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { problemOf } from '../kernel/problems.ts'
import { checkBoard, listPosted, pictureOf, shownCard } from '../identity/door.ts'
import { listCounties } from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import { findEstatePlaces } from '../registry/door.ts'
import { keepLetters, languageOf, sendPage as send } from './answer-page.ts'
import { beginFollowing, showFollowed, takeAct } from './follow.ts'
import { answerAtDoor } from './at-door.ts'
import { placeScript } from './place-script.ts'
import { showForm, takeReport } from './take-report.ts'

type Query = { lang?: string; code?: string; text?: string; grid?: string; county?: string }

const page = { config: { pace: 'page' } } as const
const guessed = { config: { pace: 'code' } } as const
const reported = { config: { pace: 'report' } } as const

/** @param app a part of the application that is these pages' own: what they take as a form, nothing else does */
export function addPortal(app: FastifyInstance, engine: Ground): void {
  app.setErrorHandler(answerResident)
  takeForms(app)
  app.get('/', page, async (request, reply) => send(reply, homePage(languageOf(request))))
  app.get('/report', page, async (request, reply) =>
    send(reply, await showForm(engine, request, { id: freshId(), ...(request.query as Record<string, string>) })),
  )
  app.post('/report', reported, (request, reply) => takeReport(engine, request, reply))
  app.get('/follow', guessed, (request, reply) => showFollowed(engine, request, reply))
  app.post('/follow', guessed, (request, reply) => beginFollowing(engine, request, reply))
  for (const action of ['rate', 'cancel', 'urge', 'appeal'] as const)
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
        { text: (request.query as Query).text ?? '', isNear: false },
        await findGrids(engine, (request.query as Query).text ?? '', languageOf(request)),
      ),
    ),
  )
  app.post('/grid/near', page, async (request, reply) => {
    const language = languageOf(request)
    return send(reply, gridPage(language, { text: '', isNear: true }, await findNear(engine, request.body, language)))
  })
  app.get('/letters', page, async (request, reply) => keepLetters(request, reply))
  app.get('/grid.js', page, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(placeScript),
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

const Near = z.object({ lng: z.coerce.number().min(-180).max(180), lat: z.coerce.number().min(-90).max(90) })

/**
 * The grid of a point that a browser told, else its community. The point comes in the body, is used for this answer, and is
 * neither kept nor written down, nor handed on in any address.
 */
async function findNear(engine: Ground, body: unknown, language: Language): Promise<GridView[]> {
  const said = Near.safeParse(body)
  if (!said.success) return []
  const { lng, lat } = said.data
  const tree = placeTree(engine)
  const found = tree.locate(lng, lat) ?? tree.locateIn('village', lng, lat)
  return found ? [await gridView(engine, { id: found.id, estate: '' }, language)] : []
}

/** Grids by their own name or their community's, and by the estates and roads that lie in them. */
async function findGrids(engine: Ground, asked: string, language: Language): Promise<GridView[]> {
  const tree = placeTree(engine)
  const text = asked.slice(0, 40).trim()
  if (text === '') return []
  const named = tree
    .search(text, undefined, [], 8)
    .filter((n) => n.tier === 'grid' || n.tier === 'village' || n.tier === 'micro')
    .map((n) => ({ id: n.id, estate: '' }))
  const counties = await listCounties(engine.database.read)
  const estates = await Promise.all(counties.map((c) => findEstatePlaces(engine, c.code, text)))
  const lying = estates.flat().flatMap(({ name, placeIds }) => placeIds.map((id) => ({ id, estate: name })))
  const found = new Map([...lying, ...named].map((one) => [one.id, one]))
  return Promise.all([...found.values()].slice(0, mostFound).map((one) => gridView(engine, one, language)))
}
const mostFound = 12

async function gridView(
  engine: Ground,
  { id, estate }: { readonly id: string; readonly estate: string },
  language: Language,
): Promise<GridView> {
  const tree = placeTree(engine)
  const people = await listPosted(engine.database.read, [id], engine.clock.now())
  const card = await shownCard(sourceOf(engine), id)
  return {
    id,
    name: tree.get(id)?.name ?? '',
    estate,
    trail: tree
      .line(id)
      .slice(1)
      .reverse()
      .map((a) => a.name)
      .join(' · '),
    phone: card?.officePhone ?? '',
    group: card && card.groupCode !== '' ? await groupView(engine, card) : null,
    people: people.map((p) => ({ name: maskName(p.name), role: language === 'zh' ? p.roleName : p.roleNameEn })),
  }
}

const groupView = async (engine: Ground, { groupName: name, groupCode: text }: GridCard) => ({
  name,
  text,
  picture: await pictureOf(engine, text),
})

/** A code that was typed or scanned goes first; a board leads here by its grid. */
function answerBadge(engine: Ground, code: string, grid: string): Promise<BadgeView | null> {
  if (code !== '') return answerAtDoor(engine, code.slice(0, 40))
  if (grid === '') return Promise.resolve(null)
  return Id.safeParse(grid).success ? checkBoard(sourceOf(engine), grid) : Promise.resolve({ wrong: 'unknown' })
}
