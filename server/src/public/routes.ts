/**
 * Resident pages: HTML from the server, usable without scripts. Anybody may call them, so they are limited by
 * address (domain/src/kernel/pace.ts), carry a trap for robots, and show only what the holder of a follow code may see.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Act } from '@fengge/domain/events/acts'
import { isProblem, type Problem } from '@fengge/domain/kernel/problem'
import { Line, maskName } from '@fengge/domain/kernel/text'
import {
  badgePage,
  followPage,
  gridPage,
  homePage,
  messagePage,
  reportPage,
  sentPage,
  type GridView,
} from '@fengge/portal/pages'
import type { Language } from '@fengge/portal/page'
import { wordsOf } from '@fengge/portal/words'
import { statusWords, word } from '@fengge/web/words/terms.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { actAs, actOnce } from '../kernel/act-as.ts'
import { answerProblem } from '../kernel/answer-problem.ts'
import { residentCaller } from '../kernel/context.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { keepFile } from '../kernel/files.ts'
import { problemOf, refuse } from '../kernel/problems.ts'
import {
  actAsFollower,
  findFollowed,
  keepResidentPhoto,
  listCounties,
  reportAsResident,
  ruleBook,
  type Followed,
} from '../events/door.ts'
import { checkBadge, listPosted } from '../identity/door.ts'
import { placeTree } from '../places/door.ts'
import { viewOf } from './follow-view.ts'

type Query = { lang?: string; code?: string; text?: string; grid?: string; county?: string }
const languageOf = (request: FastifyRequest): Language =>
  ((request.query as Query).lang ?? (request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh')) === 'en'
    ? 'en'
    : 'zh'
const send = (reply: FastifyReply, body: string, status = 200) =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body)

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
    const found = code === '' ? undefined : await findFollowed(sourceOf(engine), code)
    return send(
      reply,
      followPage(languageOf(request), found ? viewOf(engine, found, code, languageOf(request)) : null, code),
      code !== '' && !found ? 404 : 200,
    )
  })
  for (const action of ['rate', 'cancel', 'urge'] as const)
    app.post(`/follow/${action}`, guessed, (request, reply) => takeAct(engine, request, reply, action))
  app.get('/badge', guessed, async (request, reply) => {
    const code = (request.query as Query).code?.slice(0, 20) ?? ''
    return send(
      reply,
      badgePage(languageOf(request), code, code === '' ? null : await checkBadge(sourceOf(engine), code)),
    )
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
  return send(reply, messagePage(language, sentenceFor(refused.problem, language), ''), refused.status)
}

async function countyFor(engine: Ground, asked: string | undefined): Promise<{ code: string; id: string }> {
  const counties = await listCounties(engine.database.read)
  return counties.find((c) => c.code === asked) ?? counties[0] ?? refuse('not-found', 404)
}

async function showForm(
  engine: Ground,
  request: FastifyRequest,
  values: Record<string, string>,
  said: { readonly error?: string | null; readonly notice?: string | null } = {},
): Promise<string> {
  const { error = null, notice = null } = said
  const language = languageOf(request)
  const county = await countyFor(engine, values['county'])
  const book = await ruleBook(sourceOf(engine), county.code)
  const tree = placeTree(engine)
  const named = values['grid'] === undefined ? undefined : tree.get(values['grid'])
  const categories = book
    .inForce(engine.clock.now())
    .filter((c) => !['80', '90'].includes(c.classCode) || c.code === '8003')
    .map((c) => ({
      value: c.code,
      label: language === 'zh' ? c.name : c.nameEn,
      group: language === 'zh' ? c.className : c.classNameEn,
    }))
  const places = tree
    .children(county.id)
    .flatMap((town) => tree.children(town.id).map((v) => ({ value: v.id, label: v.name, group: town.name })))
  if (named && !places.some((p) => p.value === named.id))
    places.unshift({ value: named.id, label: named.name, group: tree.ancestor(named.id, 'village')?.name ?? '' })
  return reportPage(language, { county: county.code, categories, places, values, error, notice })
}

const Form = z.object({
  county: z.string().max(6),
  id: z.uuid(),
  title: Line(50),
  content: Line(800),
  category: z.string().regex(/^\d{4}$/),
  place: Line(200),
  grid: z.union([z.literal(''), z.uuid()]).default(''),
  name: Line(30, 0).default(''),
  phone: z.union([z.literal(''), z.string().regex(/^\+?[\d -]{5,16}$/)]).default(''),
  site: z.string().max(200).default(''),
  read: z.string().max(5).optional(),
})

async function takeReport(engine: Ground, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const language = languageOf(request)
  const { values, photo } = await readForm(request)
  const parsed = Form.safeParse(values)
  if (!parsed.success)
    return send(reply, await showForm(engine, request, values, { error: sentenceFor('ask.invalid', language) }), 400)
  const form = parsed.data
  if (form.site !== '') return send(reply, messagePage(language, wordsOf(language).sent, ''))
  const county = await countyFor(engine, form.county)
  try {
    const kept = photo
      ? await keepFile(engine.settings.dataDir, {
          county: county.code,
          id: freshId(),
          bytes: photo.bytes,
          claimed: photo.type,
        })
      : undefined
    const sent = await actOnce(
      engine,
      residentCaller(county.code),
      { name: 'resident:report', requestId: form.id },
      async (ctx) => {
        const result = await reportAsResident(ctx, {
          id: form.id,
          title: form.title,
          content: form.content,
          placeText: form.place,
          categoryCode: form.category,
          point: null,
          gridId: form.grid === '' ? null : form.grid,
          name: form.name,
          phone: form.phone.replace(/[ -]/g, ''),
          stopNoticeRead: form.read === 'yes',
        })
        if (kept) await keepResidentPhoto(ctx, form.id, kept)
        return result
      },
    )
    return send(reply, sentPage(language, sent.no, sent.followCode))
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) throw error
    const notice = refused.problem === 'category.stop-notice' ? noticeOf(refused, language) : null
    return send(
      reply,
      await showForm(engine, request, values, {
        error: notice === null ? sentenceFor(refused.problem, language) : null,
        notice,
      }),
      refused.status,
    )
  }
}

/** What to do before one reports such a thing, as the category says it. */
function noticeOf(refused: Problem, language: Language): string {
  const text = refused.details?.[language === 'zh' ? 'notice' : 'noticeEn']
  return typeof text === 'string' ? text : ''
}

async function readForm(
  request: FastifyRequest,
): Promise<{ values: Record<string, string>; photo: { bytes: Buffer; type: string } | undefined }> {
  if (!request.isMultipart()) return { values: (request.body ?? {}) as Record<string, string>, photo: undefined }
  const values: Record<string, string> = {}
  let photo: { bytes: Buffer; type: string } | undefined
  for await (const part of request.parts()) {
    if (part.type === 'field') values[part.fieldname] = String(part.value)
    else {
      const bytes = await part.toBuffer()
      if (bytes.length > 0 && part.fieldname === 'photo') photo = { bytes, type: part.mimetype }
    }
  }
  return { values, photo }
}

type ResidentAction = 'rate' | 'cancel' | 'urge'

interface Verdict {
  readonly score: number
  readonly isSolved: boolean
}

/** A rating needs a score of one to five and a word on whether it is solved. */
function readVerdict(body: Record<string, string>): Verdict | undefined {
  const score = Number(body['score'])
  if (!(score >= 1 && score <= 5) || !['yes', 'no'].includes(body['solved'] ?? '')) return undefined
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
  const found = await findFollowed(sourceOf(engine), code)
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
  const after = (await findFollowed(sourceOf(engine), code))!
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
