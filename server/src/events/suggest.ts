/**
 * Suggestions for the desk: category and topic learnt from words, earlier reports that may be the same, and
 * departments by catalogue and precedent. Each with its reason; none is waited for and none decides.
 */
import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureSameness, sameEnough } from '@fengge/domain/events/sameness'
import { countWords, guess, learn, type Bag, type Example, type Model } from '@fengge/domain/events/triage'
import type { Suggestion } from '@fengge/domain/events/contract/views'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Caller } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'
import { within } from './queries/conditions.ts'
import { reachOf } from './reach.ts'
import { ruleBook, type RuleBook } from './rule-book.ts'
import type { EventRecord } from './store.ts'
import { indexWords, meaningWords } from './words.ts'

/** The bag of words of a text; placeholders such as `A3区` and figures say nothing. */
export function bagOf(title: string, body: string): Bag {
  const clean = (t: string) => t.replace(/[A-Z]\d*[市区县]?/g, ' ').replace(/\d+/g, ' ')
  const pairs = (t: string) =>
    (clean(t).match(/\p{Script=Han}+/gu) ?? []).flatMap((run) => [...run].slice(1).map((c, i) => [...run][i]! + c))
  return countWords(meaningWords(clean(title)), meaningWords(clean(body)), pairs(title), pairs(body))
}

/** What is known of topics before any letter is read: our own words a topic, and a taxonomy when there is one. */
export function topicKnowledge(
  taxonomy: readonly { level1: string; level2: string; level3: string }[],
  only?: ReadonlySet<string>,
): Example[] {
  const own: { topic: string; words: string }[] = parse(
    readFileSync(join(import.meta.dirname, '../../data/topic-words.csv'), 'utf8'),
    { columns: true, bom: true },
  )
  const wanted = (label: string) => only === undefined || only.has(label)
  return [
    ...taxonomy
      .filter((t) => wanted(t.level1))
      .map((t) => ({ label: t.level1, bag: bagOf('', `${t.level2} ${t.level3}`), weight: 2 })),
    ...own
      .filter((t) => wanted(t.topic))
      .flatMap((t) => t.words.split(' ').map((w) => ({ label: t.topic, bag: bagOf('', w), weight: 1 }))),
  ]
}

function categoryKnowledge(book: RuleBook, now: number): Example[] {
  return book
    .inForce(now)
    .flatMap((c) => [
      { label: c.code, bag: bagOf(c.name, ''), weight: 2 },
      ...c.keywords.map((w) => ({ label: c.code, bag: bagOf('', w), weight: 1 })),
    ])
}

const models = new Map<string, { model: Promise<Model>; until: number }>()

/** The model of a county and kind: the stored one, else one made from the catalogue alone. */
function modelOf(tx: Reading, county: string, kind: 'category' | 'topic'): Promise<Model> {
  const key = `${county}/${kind}`
  const kept = models.get(key)
  if (kept && kept.until > performance.now()) return kept.model
  const model = loadModel(tx, county, kind)
  models.set(key, { model, until: performance.now() + 60_000 })
  model.catch(() => models.delete(key))
  return model
}

async function loadModel(tx: Reading, county: string, kind: 'category' | 'topic'): Promise<Model> {
  const row = await rowOf<{ body: Model }>(
    tx,
    sql`select body from events.model where county_code = ${county} and kind = ${kind}`,
  )
  if (row) return row.body
  return learn(kind === 'category' ? categoryKnowledge(await ruleBook(tx, county), Date.now()) : topicKnowledge([]))
}

/** Learns again from the examples kept so far. Runs as a job after events close, and after an import of letters. */
export async function relearn(
  tx: Tx,
  county: string,
  now: number,
  taxonomy: Parameters<typeof topicKnowledge>[0] = [],
): Promise<Record<'category' | 'topic', number>> {
  const counts = { category: 0, topic: 0 }
  for (const kind of ['category', 'topic'] as const) {
    const rows = await rowsOf<{ label: string; text: string }>(
      tx,
      sql`
        select label, text
        from events.example
        where county_code = ${county} and kind = ${kind}
        order by at desc
        limit 20000
      `,
    )
    const known = kind === 'category' ? categoryKnowledge(await ruleBook(tx, county), now) : topicKnowledge(taxonomy)
    const examples = rows.map((r) => {
      const [title = '', ...body] = r.text.split('\n')
      return { label: r.label, bag: bagOf(title, body.join('\n')), weight: 1 }
    })
    const model = learn([...known, ...examples])
    await run(
      tx,
      sql`
        insert into events.model
        values (${county}, ${kind}, ${new Date(now)}, ${rows.length}, ${JSON.stringify(model)}::jsonb)
        on conflict (county_code, kind) do update
        set trained_at = excluded.trained_at, examples = excluded.examples, body = excluded.body
      `,
    )
    counts[kind] = rows.length
    models.delete(`${county}/${kind}`)
  }
  return counts
}

export async function guessLabels(
  tx: Reading,
  county: string,
  title: string,
  body: string,
): Promise<Pick<Suggestion, 'categories' | 'topics'>> {
  const bag = bagOf(title, body)
  const [category, topic] = await Promise.all([modelOf(tx, county, 'category'), modelOf(tx, county, 'topic')])
  return {
    categories: guess(category, bag).map(({ label, share, words }) => ({ code: label, share, words: [...words] })),
    topics: guess(topic, bag).map(({ label, share, words }) => ({ label, share, words: [...words] })),
  }
}

interface Seen {
  id: string | null
  text: string
  gridId: string | null
  categoryCode: string
  point: { lng: number; lat: number } | null
  at: number
}

/** Earlier events of the last ninety days (a day for the rest) that share the rarest words or stand near by. */
export async function findDuplicates(
  tx: Reading,
  county: string,
  seen: Seen,
  caller: Caller | undefined,
): Promise<Suggestion['duplicates']> {
  const words = new Set(indexWords(seen.text))
  const probes = [...new Set(meaningWords(seen.text.slice(0, 400)))]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 10)
    .map((w) => w.toLowerCase())
  if (probes.length === 0) return []
  const query = probes.map((w) => `'${w.replaceAll(/['\\]/g, ' ').trim()}'`).join(' | ')
  const scope =
    caller && caller.kind !== 'system' && caller.kind !== 'resident'
      ? within(reachOf(caller))
      : sql`e.county_code = ${county}`
  const rows = await rowsOf<{
    id: string
    no: string
    title: string
    content: string
    place_text: string
    status: Suggestion['duplicates'][number]['status']
    grid_id: string | null
    category_code: string
    lng: number | null
    lat: number | null
    reported_at: Date
  }>(
    tx,
    sql`
      select
        e.id, e.no, e.title, e.content, e.place_text, e.status, e.grid_id, e.category_code, e.lng, e.lat,
        e.reported_at
      from events.event e
      where ${scope}
        and not e.is_sensitive
        and e.reported_at > ${new Date(seen.at - 90 * dayLength)}
        and e.reported_at <= ${new Date(seen.at + dayLength)}
        and e.status not in ('merged', 'cancelled', 'rejected', 'archived')
        and e.search @@ ${query}::tsquery ${seen.id === null ? sql`` : sql`and e.id <> ${seen.id}`}
      order by e.reported_at desc
      limit 200
    `,
  )
  const self = { gridId: seen.gridId, categoryCode: seen.categoryCode, point: seen.point, at: seen.at, words }
  return rows
    .map((r) => ({
      r,
      same: measureSameness(self, {
        gridId: r.grid_id,
        categoryCode: r.category_code,
        point: r.lng === null ? null : { lng: r.lng, lat: r.lat! },
        at: r.reported_at.getTime(),
        words: new Set(indexWords(`${r.title} ${r.content.slice(0, 1000)} ${r.place_text}`)),
      }),
    }))
    .filter(({ same }) => same.score >= sameEnough)
    .toSorted((a, b) => b.same.score - a.same.score)
    .slice(0, 5)
    .map(({ r, same }) => ({
      id: r.id,
      no: r.no,
      title: r.title,
      status: r.status,
      score: Math.round(same.score * 100) / 100,
      reasons: [...same.reasons],
    }))
}

/** Departments of the desk: the catalogue's lead first, then what was ruled before, then the rest by name. */
async function suggestDepartments(
  tx: Reading,
  county: string,
  record: EventRecord,
  book: RuleBook,
): Promise<Suggestion['departments']> {
  const { core } = record
  const lead = book.category(core.categoryCode, record.reported_at.getTime())?.lead
  const ruled = new Set(
    (
      await rowsOf<{ department_id: string }>(
        tx,
        sql`
          select department_id
          from events.precedent
          where county_code = ${county} and category_code = ${core.categoryCode}
          order by ruled_at desc
          limit 5
        `,
      )
    ).map((r) => r.department_id),
  )
  const mine = [...book.offices.values()].filter((o) => o.isActive && o.placeId === core.deskPlaceId)
  const rank = (o: { id: string; kind: string }) =>
    ruled.has(o.id) ? 0 : o.kind === lead ? 1 : o.kind === 'village-office' ? 2 : 3
  return mine
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh'))
    .slice(0, 40)
    .map((o) => ({
      id: o.id,
      name: o.name,
      reason: ruled.has(o.id) ? 'precedent' : o.kind === lead ? 'catalogue' : '',
    }))
}

export async function suggestFor(
  tx: Reading,
  county: string,
  record: EventRecord,
  caller: Caller | undefined,
): Promise<Suggestion> {
  const book = await ruleBook(tx, county)
  const labels = await guessLabels(tx, county, record.title, record.content.slice(0, 3000))
  const duplicates = await findDuplicates(
    tx,
    county,
    {
      id: record.id,
      text: `${record.title} ${record.content.slice(0, 1000)} ${record.place_text}`,
      gridId: record.core.gridId,
      categoryCode: record.core.categoryCode,
      point: record.lng === null ? null : { lng: record.lng, lat: record.lat! },
      at: record.reported_at.getTime(),
    },
    caller,
  )
  return { ...labels, duplicates, departments: await suggestDepartments(tx, county, record, book) }
}
