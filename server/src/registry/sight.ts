/** What a caller may see of the registry: where, and how each field looks to him. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { RecordView, RecordKind } from '@fengge/domain/registry/terms'
import { seen, type Where } from '@fengge/domain/registry/sight'
import type { Caller, Post, Asking } from '../kernel/context.ts'
import { postsWith } from '../kernel/context.ts'
import { sql, type RawBuilder } from '../kernel/db/sql.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'
import type { FieldBook } from './field-book.ts'
import { findRecords, kindOf, type Place, type RecordRow } from './store/records.ts'

/** `r.county_code = … and (…)` over a table of records; a department's post gives no sight of the registry. */
export function within(caller: Caller, duty: Duty = 'registry.read', placeId?: string): RawBuilder<unknown> {
  const tree = placeTree()
  const county = sql`r.county_code = ${caller.countyCode}`
  const places = postsWith(caller, duty)
    .filter((p) => p.departmentId === null)
    .map((p) => p.placeId)
  const wanted =
    placeId === undefined
      ? places
      : places.some((p) => tree.contains(p, placeId))
        ? [placeId]
        : places.filter((p) => tree.contains(placeId, p))
  const ids = { town: [] as string[], village: [] as string[], grid: [] as string[] }
  for (const id of wanted) {
    const node = tree.get(id)
    if (node?.tier === 'county' && node.countyCode === caller.countyCode) return county
    if (node?.tier === 'town' || node?.tier === 'village') ids[node.tier].push(id)
    if (node?.tier === 'grid') ids.grid.push(...tree.below(id, 'grid'))
    // Who cares for a micro-grid sees the grid's general facts.
    if (node?.tier === 'micro' && node.parentId !== null) ids.grid.push(node.parentId)
  }
  const parts = (['town', 'village', 'grid'] as const)
    .filter((t) => ids[t].length > 0)
    .map((t) =>
      ids[t].length === 1
        ? sql`${sql.raw(`r.${t}_id`)} = ${ids[t][0]}`
        : sql`${sql.raw(`r.${t}_id`)} = any(${ids[t]}::uuid[])`,
    )
  return parts.length === 0 ? sql`false` : sql`${county} and (${sql.join(parts, sql` or `)})`
}

const placeOf = (row: Pick<RecordRow, 'grid_id' | 'village_id' | 'town_id'>) =>
  row.grid_id ?? row.village_id ?? row.town_id

/** The duties that a caller has over a record: those of all his posts whose place holds it. */
export function dutiesOver(
  caller: Caller,
  row: Pick<RecordRow, 'grid_id' | 'village_id' | 'town_id'>,
): { duties: Set<Duty>; post: Post | undefined } {
  const tree = placeTree()
  const at = placeOf(row)
  const over = caller.posts.filter(
    (p) =>
      p.departmentId === null &&
      at !== null &&
      (tree.contains(p.placeId, at) ||
        (tree.get(p.placeId)?.tier === 'micro' && tree.get(p.placeId)?.parentId === at) ||
        tree.get(p.placeId)?.tier === 'county'),
  )
  return { duties: new Set(over.flatMap((p) => [...p.duties])), post: over[0] }
}

/** A record within reach for a duty, or the same answer as when it is not there. */
export async function reachRecord(
  ctx: Asking,
  id: string,
  duty: Duty,
  isLocked = false,
): Promise<{ row: RecordRow; kind: RecordKind; duties: Set<Duty>; post: Post | undefined }> {
  const kind = (await kindOf(ctx.tx, ctx.caller.countyCode, id)) ?? refuse('record.unknown', 404)
  const [row] = await findRecords(ctx.tx, kind, ctx.caller.countyCode, [id], isLocked)
  const { duties, post } = dutiesOver(ctx.caller, row!)
  if (!duties.has(duty)) refuse('record.unknown', 404)
  return { row: row!, kind, duties, post }
}

/** Where a place lies, as a record keeps it. A micro-grid counts as its grid. */
export function placeFor(placeId: string | null): Place {
  const tree = placeTree()
  const up = (tier: 'grid' | 'village' | 'town') =>
    placeId === null ? null : (tree.ancestor(placeId, tier)?.id ?? null)
  return { gridId: up('grid'), villageId: up('village'), townId: up('town') }
}

/** Who looks at records, where, and when; and what opens their seals. */
export interface Reader {
  readonly caller: Caller
  readonly book: FieldBook
  readonly now: number
  readonly open: (sealed: string) => string
  readonly where: Where
}

export const readerOf = (ctx: Asking, book: FieldBook, where: Where = 'screen'): Reader => ({
  caller: ctx.caller,
  book,
  now: ctx.now,
  open: ctx.sealer.open,
  where,
})

const actsOnRecords: readonly Duty[] = ['registry.write', 'registry.correct', 'registry.merge', 'registry.tell']

/** A record as its reader may see it. Nothing that is hidden or masked leaves here in the clear. */
export function viewRecord(reader: Reader, kind: RecordKind, row: RecordRow): RecordView {
  const { duties } = dutiesOver(reader.caller, row)
  const kept = { specs: reader.book.fields(kind), body: row.body, sealed: row.sealed, open: reader.open }
  return {
    id: row.id,
    kind,
    version: row.version,
    name: row.name,
    gridId: row.grid_id,
    gridName: gridName(row),
    parentId: row.parent_id,
    state: row.state,
    ...seen(kept, duties, reader.where),
    origin: row.origin,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    isDue: row.state === 'live' && (row.due_at === null || row.due_at.getTime() <= reader.now),
    can: row.state === 'live' ? actsOnRecords.filter((d) => duties.has(d)) : [],
  }
}
export function gridName(row: Pick<RecordRow, 'grid_id' | 'village_id' | 'town_id'>): string | null {
  const at = placeOf(row)
  return at === null ? null : (placeTree().get(at)?.name ?? null)
}
