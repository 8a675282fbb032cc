/** What a caller may see of the registry: where, and how each field looks to him. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { showCautions } from '@fengge/domain/registry/care/key-populations'
import type { RecordView, RecordKind } from '@fengge/domain/registry/terms'
import { seen, type Kept, type Where } from '@fengge/domain/registry/sight'
import type { Asker, Asking, Ctx, Post } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import type { HasShelf } from '../kernel/shelf.ts'
import { placeTree } from '../places/door.ts'
import type { FieldBook } from './field-book.ts'
import { openerOf, type Place } from './record-columns.ts'
import { findKind, findRecords, lockRecords, type RecordRow } from './store/records.ts'

type Located = Pick<RecordRow, 'grid_id' | 'village_id' | 'town_id'>
export const placeOf = (row: Located) => row.grid_id ?? row.village_id ?? row.town_id

/** The duties that a caller has over a record: those of all his posts whose place holds it; none over whom he may not see. */
export function dutiesOver(
  asker: Asker,
  row: Located & { readonly id?: string },
): { duties: Set<Duty>; posts: readonly Post[] } {
  if (row.id !== undefined && asker.caller.unseen?.has(row.id)) return { duties: new Set(), posts: [] }
  const tree = placeTree(asker)
  const at = placeOf(row)
  const holds = (post: Post) => {
    const node = tree.get(post.placeId)
    return (
      tree.contains(post.placeId, at!) || (node?.tier === 'micro' && node.parentId === at) || node?.tier === 'county'
    )
  }
  const posts = asker.caller.posts.filter((p) => p.departmentId === null && at !== null && holds(p))
  return { duties: new Set(posts.flatMap((p) => [...p.duties])), posts }
}

/** What to mind at the door of who lies in a grid, as far as the caller may be told (care/key-populations.ts). */
export const cautionsFor = (asker: Asker, gridId: string | null, kept: readonly string[]): string[] =>
  kept.length === 0
    ? []
    : showCautions(kept, dutiesOver(asker, { grid_id: gridId, village_id: null, town_id: null }).posts)

export interface Reached {
  readonly row: RecordRow
  readonly kind: RecordKind
  readonly duties: ReadonlySet<Duty>
  /** The post that lets him, so that the journal and the history say in which capacity. */
  readonly post: Post | undefined
}

/** A record within reach for a duty, or the same answer as when it is not there. */
export async function reachRecord(ctx: Asking, id: string, duty: Duty): Promise<Reached> {
  const county = ctx.caller.countyCode
  const kind = (await findKind(ctx.tx, county, id)) ?? refuse('record.unknown', 404)
  const [row] = await findRecords(ctx.tx, kind, county, [id])
  return reached(ctx, kind, row, duty)
}

/** The same, locked until the transaction ends. */
export async function lockRecord(ctx: Ctx, id: string, duty: Duty): Promise<Reached> {
  const county = ctx.caller.countyCode
  const kind = (await findKind(ctx.tx, county, id)) ?? refuse('record.unknown', 404)
  const [row] = await lockRecords(ctx.tx, kind, county, [id])
  return reached(ctx, kind, row, duty)
}

function reached(ctx: Asking, kind: RecordKind, row: RecordRow | undefined, duty: Duty): Reached {
  if (!row) return refuse('record.unknown', 404)
  const { duties, posts } = dutiesOver(ctx, row)
  if (!duties.has(duty)) refuse('record.unknown', 404)
  return { row, kind, duties, post: posts.find((p) => p.duties.has(duty)) }
}

/** Where a place lies, as a record keeps it. A micro-grid counts as its grid. */
export function placeFor(home: HasShelf, placeId: string | null): Place {
  const tree = placeTree(home)
  const up = (tier: 'grid' | 'village' | 'town') =>
    placeId === null ? null : (tree.ancestor(placeId, tier)?.id ?? null)
  return { gridId: up('grid'), villageId: up('village'), townId: up('town') }
}

/** Who looks at records, where, and when; and what opens the seals of a record. */
export interface Reader extends Asker {
  readonly book: FieldBook
  readonly now: number
  readonly openerOf: (recordId: string) => Kept['open']
  readonly where: Where
}

export const readerOf = (ctx: Asking, book: FieldBook, where: Where = 'screen'): Reader => ({
  caller: ctx.caller,
  shelf: ctx.shelf,
  book,
  now: ctx.now,
  openerOf: (recordId) => openerOf(recordId, ctx.sealer),
  where,
})

const actsOnRecords: readonly Duty[] = ['registry.write', 'registry.correct', 'registry.merge', 'registry.tell']

/**
 * A record as its reader may see it. Nothing that is hidden or masked leaves here in the clear; of a field that does not
 * show nobody hears where it comes from, and of a record that he may not read nobody hears when it was looked after.
 */
export function viewRecord(reader: Reader, kind: RecordKind, row: RecordRow): RecordView {
  const { duties } = dutiesOver(reader, row)
  const kept = { specs: reader.book.fields(kind), body: row.body, sealed: row.sealed, open: reader.openerOf(row.id) }
  const shown = seen(kept, duties, reader.where)
  const isReader = duties.has('registry.read')
  const shows = (code: string) => isReader && (code === '*' || code in shown.values)
  return {
    id: row.id,
    kind,
    version: isReader ? row.version : 0,
    name: row.name,
    gridId: row.grid_id,
    gridName: gridName(reader, row),
    parentId: row.parent_id,
    state: row.state,
    ...shown,
    origin: Object.fromEntries(Object.entries(row.origin).filter(([code]) => shows(code))),
    confirmedAt: (isReader && row.confirmed_at?.toISOString()) || null,
    dueAt: (isReader && row.due_at?.toISOString()) || null,
    isDue: isReader && row.state === 'live' && (row.due_at === null || row.due_at.getTime() <= reader.now),
    can: row.state === 'live' ? actsOnRecords.filter((d) => duties.has(d)) : [],
  }
}
export function gridName(home: HasShelf, row: Located): string | null {
  const at = placeOf(row)
  return at === null ? null : (placeTree(home).get(at)?.name ?? null)
}
