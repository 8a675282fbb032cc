/**
 * The whole tree in memory: children, ancestors, search by name, pinyin, initials and code, and point → grid.
 * Loaded at start and again when the net changes. 100,000 nodes take about 60 MB.
 */
import Flatbush from 'flatbush'
import { pinyin } from 'pinyin-pro'
import type { Geometry, Tier } from '@fengge/domain/places/terms'
import { boxOf, insideOf } from './geometry.ts'

export interface Node {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly level: string
  readonly tier: Tier
  readonly parentId: string | null
  readonly countyCode: string | null
  readonly depth: number
}

export interface PlaceTree {
  readonly get: (id: string) => Node | undefined
  readonly byCode: (code: string) => Node | undefined
  readonly children: (id: string | null) => readonly Node[]
  /** The node and its ancestors, nearest first. */
  readonly line: (id: string) => Node[]
  readonly contains: (outer: string, inner: string) => boolean
  readonly ancestor: (id: string, tier: Tier) => Node | undefined
  /** Ids of every node of a tier at or below a place. */
  readonly below: (id: string, tier: Tier) => string[]
  readonly locate: (lng: number, lat: number) => Node | undefined
  readonly locateIn: (tier: Tier, lng: number, lat: number) => Node | undefined
  /** Whether the border of a place is known. */
  readonly isDrawn: (id: string) => boolean
  readonly search: (text: string, tier: Tier | undefined, within: readonly string[], most: number) => Node[]
  readonly size: number
  readonly stamp: string
}

export interface TreeRow {
  id: string
  code: string
  name: string
  level: string
  tier: Tier
  parent_id: string | null
  county_code: string | null
  geometry: Geometry | null
}

const nodeOf = (r: TreeRow): Node & { depth: number } => ({
  id: r.id,
  code: r.code,
  name: r.name,
  level: r.level,
  tier: r.tier,
  parentId: r.parent_id,
  countyCode: r.county_code,
  depth: 0,
})

export function buildTree(rows: readonly TreeRow[], stamp = ''): PlaceTree {
  const nodes = new Map<string, Node & { depth: number }>()
  const kids = new Map<string | null, Node[]>()
  for (const r of rows) nodes.set(r.id, nodeOf(r))
  for (const node of nodes.values()) {
    const parent = node.parentId !== null && nodes.has(node.parentId) ? node.parentId : null
    const list = kids.get(parent)
    if (list) list.push(node)
    else kids.set(parent, [node])
  }
  const codes = new Map([...nodes.values()].map((n) => [n.code, n]))
  const line = (id: string) => {
    const found: Node[] = []
    for (let node = nodes.get(id); node; node = node.parentId === null ? undefined : nodes.get(node.parentId))
      found.push(node)
    return found
  }
  const locators = buildLocators(rows)
  const searcher = createSearcher([...nodes.values()])
  const collect = (id: string, tier: Tier, into: string[]) => {
    if (nodes.get(id)?.tier === tier) into.push(id)
    for (const kid of kids.get(id) ?? []) collect(kid.id, tier, into)
    return into
  }
  const contains = (outer: string, inner: string) => line(inner).some((n) => n.id === outer)
  const locateIn = (tier: Tier, lng: number, lat: number) => {
    const id = locators.get(tier)?.(lng, lat)
    return id === undefined ? undefined : nodes.get(id)
  }
  return {
    get: (id) => nodes.get(id),
    byCode: (code) => codes.get(code),
    children: (id) => kids.get(id) ?? [],
    line,
    contains,
    locateIn,
    isDrawn: drawnIn(rows),
    ancestor: (id, tier) => line(id).find((n) => n.tier === tier),
    below: (id, tier) => collect(id, tier, []),
    locate: (lng, lat) => locateIn('grid', lng, lat),
    search: (text, tier, within, most) =>
      searcher(
        text,
        most,
        (n) =>
          (tier === undefined || n.tier === tier) && (within.length === 0 || within.some((w) => contains(w, n.id))),
      ),
    size: nodes.size,
    stamp,
  }
}

function drawnIn(rows: readonly TreeRow[]): PlaceTree['isDrawn'] {
  const drawn = new Set(rows.flatMap((r) => (r.geometry ? [r.id] : [])))
  return (id) => drawn.has(id)
}

export type Locator = (lng: number, lat: number) => string | undefined

/** A spatial index of one set of borders; over a million look-ups a second. */
export function createLocator(shapes: readonly { id: string; geometry: Geometry }[]): Locator {
  if (shapes.length === 0) return () => undefined
  const index = new Flatbush(shapes.length)
  for (const { geometry } of shapes) index.add(...boxOf(geometry))
  index.finish()
  const inside: (ReturnType<typeof insideOf> | undefined)[] = []
  return (lng, lat) => {
    // Grids inside grids stand later in the list: the deepest one answers.
    for (const hit of index.search(lng, lat, lng, lat).sort((a, b) => b - a))
      if ((inside[hit] ??= insideOf(shapes[hit]!.geometry))(lng, lat)) return shapes[hit]!.id
    return undefined
  }
}

function buildLocators(rows: readonly TreeRow[]): Map<Tier, Locator> {
  const byTier = new Map<Tier, { id: string; geometry: Geometry }[]>()
  for (const { id, tier, geometry } of rows) {
    if (!geometry) continue
    const list = byTier.get(tier)
    if (list) list.push({ id, geometry })
    else byTier.set(tier, [{ id, geometry }])
  }
  return new Map([...byTier].map(([tier, shapes]) => [tier, createLocator(shapes)]))
}

const spelled = new Map<string, string>()
/** Full pinyin and initials of a name, as people type them. */
function spell(name: string): string {
  let text = spelled.get(name)
  if (text === undefined) {
    const parts = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
    text = `${parts.join('')}|${parts.map((p) => p[0] ?? '').join('')}`.toLowerCase()
    spelled.set(name, text)
  }
  return text
}

/** What a text is looked for in: letters in the spelling of a name, digits in the code, anything else in the name. */
function searchedBy(text: string): (node: Node) => string {
  if (/^[a-z]+$/.test(text)) return (node) => spell(node.name)
  if (/^\d+$/.test(text)) return (node) => node.code
  return (node) => node.name
}

function createSearcher(nodes: readonly Node[]) {
  let warm = 0
  const heat = () => {
    for (const end = Math.min(nodes.length, warm + 500); warm < end; warm++) spell(nodes[warm]!.name)
    if (warm < nodes.length) setImmediate(heat).unref?.()
  }
  setImmediate(heat).unref?.()
  return (raw: string, most: number, fits: (node: Node) => boolean): Node[] => {
    const text = raw.trim().toLowerCase()
    if (text === '') return []
    const wordOf = searchedBy(text)
    const scored: { node: Node; score: number }[] = []
    for (const node of nodes) {
      const at = wordOf(node).indexOf(text)
      if (at < 0 || !fits(node)) continue
      scored.push({ node, score: (at === 0 ? 0 : 100) + node.name.length })
    }
    return scored
      .toSorted((a, b) => a.score - b.score || (a.node.code < b.node.code ? -1 : 1))
      .slice(0, most)
      .map((s) => s.node)
  }
}
