/**
 * A report by somebody whom nobody knows. It is judged before anything else is done with it; of files it takes one
 * photo, drawn anew, which is written only when the report is; and one address brings in so much a day, and little to a desk
 * before which very much lies unseen (events/store/intake-counts.ts): whoever floods a desk closes it to himself.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { CallerPhone } from '@fengge/domain/events/forms/caller'
import { sureEnough } from '@fengge/domain/events/suggestion'
import { isForResidents } from '@fengge/domain/events/terms'
import type { Problem } from '@fengge/domain/kernel/problem'
import { Line } from '@fengge/domain/kernel/text'
import { dayOf } from '@fengge/domain/kernel/time'
import { Id } from '@fengge/domain/kernel/id'
import type { Language } from './pages/frame.ts'
import { messagePage } from './pages/home-page.ts'
import { reportPage, sentPage } from './pages/report-page.ts'
import { wordsOf } from './pages/words.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { actOnce } from '../kernel/act-as.ts'
import { residentCaller } from '../kernel/context.ts'
import { strangerAt } from '../kernel/door-line.ts'
import { keeping } from '../kernel/files.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { cleanPhoto } from '../kernel/judging/judge-file.ts'
import { problemOf, refuse } from '../kernel/problems.ts'
import { holdBody } from '../kernel/running/body-room.ts'
import {
  countIntake,
  judgeResidentReport,
  keepResidentPhoto,
  listCounties,
  nameEvidence,
  reportAsResident,
  ruleBook,
  type ResidentReport,
  guessLabels,
} from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import { meantPlaces } from '../registry/door.ts'
import { languageOf, sendPage } from './answer-page.ts'
import { keepCode } from './follow.ts'
import { senderOf, sharesAtDesk } from './sender.ts'

/** A photo of a phone as it comes; larger ones are no photos. */
const largestPhoto = 8 * 1024 * 1024

/** From so many reports on that nobody has looked at, senders have small shares of what one desk gets. */
const mostUnseen = 300

/** What one address may bring in on a day: a whole estate may share one. */
export const mostADay = ({ settings }: Ground) => ({
  reports: Math.max(5, Math.floor(settings.rateLimit / 6)),
  bytes: settings.rateLimit * 160_000,
})

async function countyFor(engine: Ground, asked: string | undefined): Promise<{ code: string; id: string }> {
  const counties = await listCounties(engine.database.read)
  return counties.find((c) => c.code === asked) ?? counties[0] ?? refuse('not-found', 404)
}

export async function showForm(
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
    .filter(isForResidents)
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
  id: Id,
  /** What pages of before asked for; else the first words of what was written. */
  title: Line(50, 0).default(''),
  content: Line(800),
  /** Empty: what it most likely is, where that is likely enough, else for the desk to say. */
  category: z.union([z.literal(''), z.string().regex(/^\d{4}$/)]).default(''),
  place: Line(200),
  grid: z.union([z.literal(''), Id]).default(''),
  name: Line(30, 0).default(''),
  phone: z.union([z.literal(''), CallerPhone]).default(''),
  site: z.string().max(200).default(''),
  read: z.string().max(5).optional(),
})

type Form = z.output<typeof Form>

/** The first sentence, cut where a title ends. */
const titleOf = ({ title, content }: Form): string =>
  title === '' ? (content.split(/[。！？；!?;\n]/)[0]!.trim() || content).slice(0, 50) : title

/** The kind of what a stranger wrote: as he says, or as words tell with a share that measures well. */
async function kindOf(engine: Ground, county: string, form: Form): Promise<string> {
  if (form.category !== '') return form.category
  const from = sourceOf(engine)
  const book = await ruleBook(from, county)
  const { categories } = await guessLabels(from, county, titleOf(form), form.content)
  const [first] = categories.filter((c) => c.share >= sureEnough)
  const known = first && book.category(first.code, engine.clock.now())
  return known && isForResidents(known) ? known.code : otherMatters
}
/** 其他民生事项: what a report is until a desk has said what it is. */
const otherMatters = '4012'

const reportOf = (form: Form, categoryCode: string): ResidentReport => ({
  id: form.id,
  title: titleOf(form),
  content: form.content,
  placeText: form.place,
  categoryCode,
  point: null,
  gridId: form.grid === '' ? null : form.grid,
  name: form.name,
  phone: form.phone,
  stopNoticeRead: form.read === 'yes',
})

export async function takeReport(engine: Ground, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const language = languageOf(request)
  if (request.isMultipart()) await holdBody(strangerAt(request.ip), reply)
  const { values, photo } = await readForm(request)
  const again = async (said: { readonly error?: string | null; readonly notice?: string | null }, status: number) =>
    sendPage(reply, await showForm(engine, request, values, said), status)
  const parsed = Form.safeParse(values)
  if (!parsed.success) return again({ error: sentenceFor('ask.invalid', language) }, 400)
  if (parsed.data.site !== '') return sendPage(reply, messagePage(language, wordsOf(language).sent, ''))
  try {
    const sent = await bringIn(engine, request.ip, parsed.data, photo)
    keepCode(engine, request, reply, sent.followCode)
    return sendPage(reply, sentPage(language, sent.no, sent.followCode))
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) throw error
    if (refused.problem === 'category.stop-notice')
      return again({ notice: noticeOf(refused, language) }, refused.status)
    return again({ error: sentenceFor(refused.problem, language) }, refused.status)
  }
}

/**
 * A report without a grid goes to the one that its words name, where they name one and no other; to the community where
 * they only say what a place there is called.
 */
async function placed(engine: Ground, county: string, report: ResidentReport): Promise<ResidentReport> {
  const tree = placeTree(engine)
  const chosen = report.gridId === null ? undefined : tree.get(report.gridId)
  if (chosen && chosen.tier !== 'village' && chosen.tier !== 'town' && chosen.tier !== 'county') return report
  const said = await meantPlaces(engine, county, report.placeText)
  const [placeId] = said
  const isSure = placeId !== undefined && said.length === 1 && isNear.has(tree.get(placeId)?.tier ?? '')
  return isSure && (!chosen || tree.contains(chosen.id, placeId)) ? { ...report, gridId: placeId } : report
}

const isNear: ReadonlySet<string> = new Set(['grid', 'village'])

async function bringIn(
  engine: Ground,
  address: string,
  form: Form,
  photo: SentPhoto | undefined,
): Promise<{ no: string; followCode: string }> {
  const { database, clock, settings } = engine
  const caller = residentCaller((await countyFor(engine, form.county)).code)
  const kind = await kindOf(engine, caller.countyCode, form)
  const report = await placed(engine, caller.countyCode, reportOf(form, kind))
  if (photo?.isTooLarge) refuse('file.too-large', 413)
  await judgeResidentReport({ ...sourceOf(engine), caller }, report)
  const day = dayOf(clock.now())
  const came = { day, sender: senderOf(engine.journalKey, day, address), bytes: photo?.bytes.length ?? 0 }
  await database.write((tx) => countIntake(tx, came, mostADay(engine)))
  const clean = photo && (await cleanPhoto(photo.bytes, photo.type, strangerAt(address)))
  const named = clean && (await nameEvidence(caller.countyCode, clean))
  const crowd = { mostUnseen, sharesAt: sharesAtDesk(engine.journalKey, day, address) }
  const take = () =>
    actOnce(engine, caller, { name: 'resident:report', requestId: form.id }, async (ctx) => {
      const result = await reportAsResident(ctx, report, crowd)
      if (named) await keepResidentPhoto(ctx, settings.dataDir, form.id, named)
      return result
    })
  return named ? keeping(settings.dataDir, named.kept, take) : take()
}

/** What to do before one reports such a thing, as the category says it. */
function noticeOf(refused: Problem, language: Language): string {
  const text = refused.details?.[language === 'zh' ? 'notice' : 'noticeEn']
  return typeof text === 'string' ? text : ''
}

interface SentPhoto {
  readonly bytes: Buffer
  readonly type: string
  readonly isTooLarge: boolean
}

/** A file that goes on beyond the limit is cut off, and said to be too large. */
const reading = {
  limits: { files: 1, fileSize: largestPhoto, fields: 20, fieldSize: 8000 },
  throwFileSizeLimit: false,
}

async function readForm(
  request: FastifyRequest,
): Promise<{ values: Record<string, string>; photo: SentPhoto | undefined }> {
  if (!request.isMultipart()) return { values: (request.body ?? {}) as Record<string, string>, photo: undefined }
  const values: Record<string, string> = {}
  let photo: SentPhoto | undefined
  for await (const part of request.parts(reading)) {
    if (part.type === 'field') {
      values[part.fieldname] = String(part.value)
      continue
    }
    const bytes = await part.toBuffer()
    if (bytes.length > 0) photo = { bytes, type: part.mimetype, isTooLarge: part.file.truncated }
  }
  return { values, photo }
}
