/**
 * Suggestions for the desk: category and topic learnt from words, earlier reports that may be the same, and
 * departments by catalogue and precedent. Each with its reason; none is waited for and none decides.
 */
import { measureSameness, sameEnough, type Likeness } from '@fengge/domain/events/suggesting/sameness'
import { guess, learn, type Guess, type Model } from '@fengge/domain/events/suggesting/triage'
import { StoredModel } from '@fengge/domain/events/stored'
import type { Category } from '@fengge/domain/events/terms'
import type { Suggestion } from '@fengge/domain/events/suggestion'
import type { Asker, Ctx, Source } from '../kernel/context.ts'
import type { Reading, Row } from '../kernel/db/tx.ts'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { keptFor } from '../kernel/shelf.ts'
import { bagOf, bagsOf, topicKnowledge, type Taught, type Taxonomy } from './learning/bags.ts'
import { learnBeside } from './learning/learn-beside.ts'
import { listLike, type LikeRow } from './queries/list-like.ts'
import { reachOf } from './reach.ts'
import type { Department } from '../identity/door.ts'
import { ruleBook, type RuleBook } from './rule-book.ts'
import type { EventRecord } from './store/event.ts'
import { findModel, listExamples, listRuled, saveModel, type LabelKind } from './store/learning.ts'
import { indexWords, meaningWords } from './words.ts'

function categoryKnowledge(book: RuleBook, now: number): Taught[] {
  return book
    .inForce(now)
    .flatMap((c) => [
      { label: c.code, title: c.name, body: '', weight: 2 },
      ...c.keywords.map((word) => ({ label: c.code, title: '', body: word, weight: 1 })),
    ])
}

const kinds = ['category', 'topic'] as const
/** A model is large; it is made anew every night. */
const models = keptFor<Model>(600_000)

/** The model of a county and kind: the stored one, else one made from the catalogue alone. */
const modelOf = (from: Source, county: string, kind: LabelKind): Promise<Model> =>
  models.get(from, `${county}/${kind}`, () => loadModel(from, county, kind))

async function loadModel(from: Source, county: string, kind: LabelKind): Promise<Model> {
  const row = await findModel(from.tx, county, kind)
  if (row) return StoredModel.read(row.body)
  const known = kind === 'category' ? categoryKnowledge(await ruleBook(from, county), from.now) : topicKnowledge([])
  return learn(bagsOf(known))
}

/**
 * Learns again from the newest examples, on a thread of its own. Runs as a job at night, and after an import of letters.
 * @throws Refusal where they are too many words for a thread: the former model goes on
 */
export async function relearn(
  ground: Ground,
  county: string,
  taxonomy: Taxonomy = [],
): Promise<Record<LabelKind, number>> {
  const counts = { category: 0, topic: 0 }
  const from = { ...sourceOf(ground), tx: ground.database.read }
  for (const kind of kinds) {
    const examples = await listExamples(from.tx, county, kind)
    const known =
      kind === 'category' ? categoryKnowledge(await ruleBook(from, county), from.now) : topicKnowledge(taxonomy)
    const body = await learnBeside([...known, ...examples.map(taughtBy)])
    await ground.database.write((tx) => saveModel(tx, county, { kind, at: from.now, examples: examples.length, body }))
    models.forget(ground, `${county}/${kind}`)
    counts[kind] = examples.length
  }
  return counts
}

function taughtBy({ label, text }: Pick<Row<'events.example'>, 'label' | 'text'>): Taught {
  const [title = '', ...body] = text.split('\n')
  return { label, title, body: body.join('\n'), weight: 1 }
}

/** What a command changes in the catalogue is heard by this server as soon as it is committed. */
export function forgetWords(ctx: Ctx): void {
  ctx.afterCommit.push(() => models.forget(ctx, `${ctx.caller.countyCode}/category`))
}

interface Told {
  readonly title: string
  readonly body: string
}

/**
 * Keywords that were written after the model had learnt: until it learns again they speak for themselves, and what
 * the catalogue holds no longer is not offered.
 */
async function knownNow(from: Source, county: string, told: Told, model: Model): Promise<Guess[]> {
  const text = `${told.title}\n${told.body}`
  const inForce = (await ruleBook(from, county)).inForce(from.now)
  const isLearnt = (c: Category, word: string) =>
    model.labels.includes(c.code) && meaningWords(word).every((w) => model.words[w] !== undefined)
  const fresh = inForce.flatMap((c): Guess[] => {
    const words = c.keywords.filter((word) => text.includes(word) && !isLearnt(c, word))
    return words.length === 0 ? [] : [{ label: c.code, share: 0.6, words }]
  })
  const codes = new Set(inForce.map((c) => c.code))
  const learnt = guess(model, bagOf(told.title, told.body), 6).filter((g) => codes.has(g.label))
  return [...fresh, ...learnt.filter((g) => !fresh.some((f) => f.label === g.label))].slice(0, 3)
}

export async function guessLabels(
  from: Source,
  county: string,
  title: string,
  body: string,
): Promise<Pick<Suggestion, 'categories' | 'topics'>> {
  const bag = bagOf(title, body)
  const [category, topic] = await Promise.all([modelOf(from, county, 'category'), modelOf(from, county, 'topic')])
  return {
    categories: (await knownNow(from, county, { title, body }, category)).map(({ label, share, words }) => ({
      code: label,
      share,
      words: [...words],
    })),
    topics: guess(topic, bag).map(({ label, share, words }) => ({ label, share, words: [...words] })),
  }
}

/** Earlier events of the last ninety days (a day for the rest) that share the rarest words or stand near by. */
export async function findDuplicates(
  tx: Reading,
  county: string,
  seen: Seen,
  asker: Asker | undefined,
): Promise<Suggestion['duplicates']> {
  const probes = [...new Set(meaningWords(seen.text.slice(0, 400)))]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 10)
    .map((w) => w.toLowerCase())
  if (probes.length === 0) return []
  const reach = asker && asker.caller.kind !== 'system' && asker.caller.kind !== 'resident' ? reachOf(asker) : undefined
  const self = { ...seen, words: new Set(indexWords(seen.text)) }
  return (await listLike(tx, { county, id: seen.id, at: seen.at, probes, reach }))
    .map((event) => ({ event, same: measureSameness(self, likenessOf(event)) }))
    .filter(({ same }) => same.score >= sameEnough)
    .toSorted((a, b) => b.same.score - a.same.score)
    .slice(0, 5)
    .map(({ event, same }) => ({
      id: event.id,
      no: event.no,
      title: event.title,
      status: event.status,
      score: Math.round(same.score * 100) / 100,
      reasons: [...same.reasons],
    }))
}

interface Seen {
  readonly id: string | null
  readonly text: string
  readonly gridId: string | null
  readonly categoryCode: string
  readonly point: { lng: number; lat: number } | null
  readonly at: number
}

function likenessOf(event: LikeRow): Likeness {
  return {
    gridId: event.grid_id,
    categoryCode: event.category_code,
    point: event.lng === null || event.lat === null ? null : { lng: event.lng, lat: event.lat },
    at: event.reported_at.getTime(),
    words: new Set(indexWords(`${event.title} ${event.content.slice(0, 1000)} ${event.place_text}`)),
  }
}

/** Departments of the desk: what was ruled before first, then the catalogue's lead, then the rest by name. */
async function suggestDepartments(
  tx: Reading,
  county: string,
  record: EventRecord,
  book: RuleBook,
): Promise<Suggestion['departments']> {
  const { core } = record
  const lead = book.category(core.categoryCode, record.reported_at.getTime())?.lead
  const ruled = new Set(await listRuled(tx, county, core.categoryCode))
  const mine = [...book.departments.values()].filter((o) => o.isActive && o.placeId === core.deskPlaceId)
  const reasonFor = (o: Department) => {
    if (ruled.has(o.id)) return 'precedent'
    return o.kind === lead ? 'catalogue' : ''
  }
  const rank = (o: Department) => ranks[reasonFor(o)] ?? (o.kind === 'village-office' ? 2 : 3)
  return mine
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh'))
    .slice(0, 40)
    .map((o) => ({ id: o.id, name: o.name, reason: reasonFor(o) }))
}

const ranks: Readonly<Record<string, number>> = { precedent: 0, catalogue: 1 }

export async function suggestFor(
  from: Source,
  county: string,
  record: EventRecord,
  asker: Asker | undefined,
): Promise<Suggestion> {
  const book = await ruleBook(from, county)
  const labels = await guessLabels(from, county, record.title, record.content.slice(0, 3000))
  const duplicates = await findDuplicates(
    from.tx,
    county,
    {
      id: record.id,
      text: `${record.title} ${record.content.slice(0, 1000)} ${record.place_text}`,
      gridId: record.core.gridId,
      categoryCode: record.core.categoryCode,
      point: record.lng === null ? null : { lng: record.lng, lat: record.lat! },
      at: record.reported_at.getTime(),
    },
    asker,
  )
  return { ...labels, duplicates, departments: await suggestDepartments(from.tx, county, record, book) }
}
