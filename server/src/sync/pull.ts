/**
 * A pull is one statement and so one snapshot; its cursor is that snapshot. A row written by a transaction that was
 * still running, or not yet begun, when the cursor was made is not visible in it, and so comes with the next pull:
 * late commits cannot be skipped, and nobody waits for them. Source: requirements.md U2, docs/decisions/0006.
 */
import { createHash } from 'node:crypto'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { pull as promise } from '@fengge/domain/sync/contract'
import { holdingsCap } from '@fengge/domain/sync/terms'
import type { Caller, Asking } from '../kernel/context.ts'
import { rowsPrepared, sql, type RawBuilder } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { eventConfig, eventFeed, viewEvents } from '../events/door.ts'
import { describeMe } from '../identity/door.ts'
import { listArticles } from '../library/door.ts'
import { mattersInForce } from '../matters/door.ts'
import { bordersOf, placeTree } from '../places/door.ts'
import { registryConfig, registryFeed, viewHoldings } from '../registry/door.ts'
import { listForms, visitFeed } from '../visits/door.ts'

export interface Scope {
  readonly grids: readonly string[]
  readonly micros: readonly string[]
  readonly key: string
}

/** Own grids and micro-grids; whoever serves a larger place holds no registry on the phone. */
export function scopeOf(caller: Caller): Scope {
  const tree = placeTree()
  const grids = new Set<string>(),
    micros = new Set<string>()
  for (const post of caller.posts) {
    if (post.departmentId !== null || !post.duties.has('registry.read')) continue
    const tier = tree.get(post.placeId)?.tier
    if (tier === 'grid') for (const id of tree.below(post.placeId, 'grid')) grids.add(id)
    if (tier === 'micro') micros.add(post.placeId)
  }
  const posts = caller.posts.map((p) => `${p.roleCode}@${p.placeId}/${p.departmentId ?? ''}`).toSorted()
  const key = createHash('sha256')
    .update(JSON.stringify(['h1', caller.accountId, posts, [...grids].toSorted(), [...micros].toSorted()]))
    .digest('base64url')
    .slice(0, 16)
  return { grids: [...grids].toSorted(), micros: [...micros].toSorted(), key }
}

interface Cursor {
  readonly x: string
  readonly s: string
  readonly c: string
}
const firstCursor: Cursor = { x: '1:1:', s: '', c: '' }
const snapshotForm = /^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/

/** A cursor that cannot be read, or of another scope, begins anew. */
function readCursor(text: string, scope: Scope): Cursor {
  try {
    const c = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Cursor
    return typeof c.c === 'string' && c.s === scope.key && snapshotForm.test(c.x) ? c : firstCursor
  } catch {
    return firstCursor
  }
}
const writeCursor = (c: Cursor) => Buffer.from(JSON.stringify(c)).toString('base64url')

export async function pull(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const scope = scopeOf(ctx.caller)
  const config = await configFor(ctx.tx, ctx.caller, scope, ctx.now)
  const isDay = ask.part === 'day'
  let cursor = isDay ? firstCursor : readCursor(ask.cursor, scope)
  let raw = await readAll(ctx, scope, cursor, isDay)
  // A cursor from the future is of a database that was put back: begin anew.
  if (BigInt(cursor.x.split(':')[0]!) > BigInt(raw.snapshot.split(':')[1]!))
    raw = await readAll(ctx, scope, (cursor = firstCursor), isDay)
  const isFirst = cursor === firstCursor
  const { rows, gone, people } = await viewHoldings(ctx.tx, ctx.caller, ctx.sealer, raw.lists)
  rows['event'] = await viewEvents(ctx.tx, ctx.caller, raw.lists['event'] ?? [])
  rows['notice'] = raw.lists['notice'] ?? []
  rows['task'] = openOnes(raw.lists['task'], gone, 'task', (state) => state === 'open')
  rows['service'] = openOnes(
    raw.lists['service'],
    gone,
    'service',
    (state) => state !== 'told' && state !== 'withdrawn',
  ).map((r) => [...r.slice(0, 10), ctx.sealer.open(String(r[10]))])
  const held = Object.values(rows).reduce((n, list) => n + list.length, 0)
  if (held > holdingsCap) refuse('sync.too-much', 409, { rows: held, most: holdingsCap })
  if (config.hash !== cursor.c) rows['config'] = [[config.body]]
  if (people > 0)
    ctx.look('registry.synced', scope.grids[0] ?? scope.micros[0] ?? ctx.caller.countyCode, { people, isFirst })
  const me = await myself(ctx.tx, ctx.caller, ctx.now)
  return {
    cursor: isDay ? '' : writeCursor({ x: raw.snapshot, s: scope.key, c: config.hash }),
    isWhole: isFirst && !isDay,
    part: ask.part,
    now: ctx.now,
    wipe: false,
    scope: scope.key,
    me,
    rows,
    gone,
    keep: {
      event: (raw.lists['keepEvent'] ?? []) as unknown as string[],
      task: (raw.lists['keepTask'] ?? []) as unknown as string[],
    },
  }
}

type Raw = readonly any[]
type Lists = Record<string, Raw[] | null>

async function readAll(
  ctx: Asking,
  scope: Scope,
  cursor: Cursor,
  isDay: boolean,
): Promise<{ snapshot: string; lists: Lists }> {
  const since = {
    xmin: cursor === firstCursor ? '0' : cursor.x.split(':')[0]!,
    snapshot: cursor.x,
    isFirst: cursor === firstCursor,
  }
  const base = { county: ctx.caller.countyCode, grids: scope.grids, micros: scope.micros, ...since }
  const parts: Record<string, RawBuilder<unknown>> = {
    ...registryFeed({ ...base, duedays: isDay ? 3 : null, now: ctx.now }),
    ...visitFeed({ ...base, accountId: ctx.caller.accountId! }),
    ...eventFeed(ctx.caller, since, ctx.now),
  }
  const columns = Object.entries(parts).map(([name, part]) => sql`${part} as ${sql.ref(name)}`)
  const [row] = await rowsPrepared<{ snapshot: string } & Lists>(
    ctx.tx,
    sql`select pg_current_snapshot()::text as snapshot, ${sql.join(columns)}`,
  )
  const { snapshot, ...lists } = row!
  return { snapshot: snapshot as unknown as string, lists: lists as Lists }
}

/** Rows still open as they are; the rest told as gone. The state stands third. */
function openOnes(
  rows: readonly Raw[] | null | undefined,
  gone: [string, string, string][],
  kind: string,
  isOpen: (state: string) => boolean,
): Raw[] {
  return (rows ?? []).flatMap((r) => {
    if (isOpen(r[2])) return [[...r]]
    gone.push([kind, r[0], r[2]])
    return []
  })
}

interface Config {
  readonly hash: string
  readonly body: unknown
}
interface Part {
  readonly hash: string
  readonly body: Record<string, unknown>
}
const digest = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16)

/** What changes seldom: catalogue, forms, matters, fields, articles of the county; names and borders around one's own. Sent when its digest differs. */
async function configFor(tx: Reading, caller: Caller, scope: Scope, now: number): Promise<Config> {
  const [shared, around] = await Promise.all([countyConfig(tx, caller.countyCode, now), placesConfig(tx, scope)])
  return { hash: `${shared.hash}.${around.hash}`, body: { ...shared.body, ...around.body } }
}

const counties = new Map<string, { part: Promise<Part>; until: number }>()
function countyConfig(tx: Reading, county: string, now: number): Promise<Part> {
  const kept = counties.get(county)
  if (kept && kept.until > performance.now()) return kept.part
  const load = async (): Promise<Part> => {
    const [catalogue, forms, matters, fields, articles] = await Promise.all([
      eventConfig(tx, county, now),
      listForms(tx, county),
      mattersInForce(tx, county, dayOf(now)),
      registryConfig(tx, county),
      listArticles(tx, county, dayOf(now)),
    ])
    const body = {
      catalogue,
      fields,
      articles,
      forms: forms.filter((f) => f.isOn && !f.isCore),
      matters: matters.map((m) => ({
        id: m.id,
        code: m.code,
        name: m.name,
        nameEn: m.nameEn,
        minutes: m.minutes,
        evidence: m.evidence,
        evidenceWhy: m.evidenceWhy,
        basis: m.basis,
        frequency: m.frequency,
      })),
    }
    return { body, hash: digest(body) }
  }
  const part = load()
  counties.set(county, { part, until: performance.now() + 10_000 })
  part.catch(() => counties.delete(county))
  return part
}

/** Names and borders follow the tree alone: they are made anew when its stamp changes. */
const grounds = new Map<string, Promise<Part>>()
function placesConfig(tx: Reading, scope: Scope): Promise<Part> {
  const key = `${scope.key}/${placeTree().stamp}`
  const kept = grounds.get(key)
  if (kept) return kept
  if (grounds.size > 5000) grounds.clear()
  const part = loadPlaces(tx, scope)
  grounds.set(key, part)
  part.catch(() => grounds.delete(key))
  return part
}

async function loadPlaces(tx: Reading, scope: Scope): Promise<Part> {
  const tree = placeTree()
  const around = new Set([...scope.grids, ...scope.micros])
  for (const id of scope.grids)
    for (const sibling of tree.children(tree.get(id)?.parentId ?? '')) around.add(sibling.id)
  const borders = await bordersOf(tx, [...around].slice(0, 80))
  const places = [...around].flatMap((id) => {
    const n = tree.get(id)
    return n
      ? [
          {
            id,
            name: n.name,
            code: n.code,
            isMine: scope.grids.includes(id) || scope.micros.includes(id),
            village: tree.ancestor(id, 'village')?.name ?? '',
          },
        ]
      : []
  })
  const body = {
    places,
    borders: borders.map((b) => ({
      id: b.id,
      geometry: JSON.parse(
        JSON.stringify(b.geometry, (_key, v: unknown) => (typeof v === 'number' ? Math.round(v * 1e5) / 1e5 : v)),
      ) as unknown,
    })),
  }
  return { body, hash: digest(body) }
}

const selves = new Map<string, { me: Promise<unknown>; until: number }>()
/** Who one is, as `whoAmI` tells it; kept for some seconds, since a phone asks with every pull. */
function myself(tx: Reading, caller: Caller, now: number): Promise<unknown> {
  const id = caller.accountId!
  const kept = selves.get(id)
  if (kept && kept.until > performance.now()) return kept.me
  if (selves.size > 5000) selves.clear()
  const me = describeMe(tx, id, now, [...new Set(caller.posts.flatMap((p) => [...p.duties]))])
  selves.set(id, { me, until: performance.now() + 5000 })
  me.catch(() => selves.delete(id))
  return me
}
