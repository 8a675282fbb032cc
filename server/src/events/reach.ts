/**
 * How far a caller sees and how he stands before events; as a condition in queries/conditions.ts. A right comes from one post with its
 * place: a town post sees its town, a department post what the department has or helps with, a grid post its
 * grid, a micro-grid post what its holder reported. Of these, what was told in confidence is seen by who has a part in it.
 */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { Action } from '@fengge/domain/events/acts'
import type { Actor, Around, Stand } from '@fengge/domain/events/actor'
import type { Moment } from '@fengge/domain/events/guards'
import { availableActions } from '@fengge/domain/events/standing'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Asker, Caller, Post } from '../kernel/context.ts'
import { postsWith } from '../kernel/context.ts'
import { placeTree } from '../places/door.ts'

export interface Reach {
  readonly county: string
  readonly isCountyWide: boolean
  readonly towns: readonly string[]
  readonly villages: readonly string[]
  readonly grids: readonly string[]
  /** Grids where the caller looks after what is reported, and so sees sensitive matters that wait for him. */
  readonly caredFor: readonly string[]
  readonly departments: readonly string[]
  readonly accountId: string | null
  /** When it is asked, where that is known: a check falls to another on the day a post ends. */
  readonly now?: number | undefined
  /** Who only helps a department is shown less than who handles. */
  readonly isHelpLeftOut?: boolean
  /** In what was told in confidence: nothing is hidden from a clock. */
  readonly parts: PartReach | 'all'
  /** What he is kept from: by its handles, and by the digests of the numbers that it was told from. */
  readonly hidden?: { readonly ids: readonly string[]; readonly numbers: readonly string[] } | undefined
}

/** The posts by which a caller may have a part in a sensitive event. */
export interface PartReach {
  /** Centres where he sends events on or decides over them. */
  readonly desks: readonly string[]
  /** Places from which he is asked when one is referred upwards. */
  readonly overs: readonly string[]
  readonly isOverCounty: boolean
  readonly departments: readonly string[]
}

/** The reach that a duty gives a caller. */
export function reachOf(asker: Asker & { readonly now?: number }, duty: Duty = 'event.read'): Reach {
  const { caller } = asker
  const tree = placeTree(asker)
  const towns = new Set<string>(),
    villages = new Set<string>(),
    grids = new Set<string>(),
    caredFor = new Set<string>(),
    departments = new Set<string>()
  let isCountyWide = caller.kind === 'system'
  for (const post of postsWith(caller, duty)) {
    const node = tree.get(post.placeId)
    if (post.departmentId !== null) departments.add(post.departmentId)
    else if (node?.tier === 'county') isCountyWide ||= node.countyCode === caller.countyCode
    else if (node?.tier === 'town') towns.add(node.id)
    else if (node?.tier === 'village') villages.add(node.id)
    else if (node?.tier === 'grid') {
      for (const id of tree.below(node.id, 'grid')) {
        grids.add(id)
        if (looksAfter(post)) caredFor.add(id)
      }
    }
  }
  return {
    county: caller.countyCode,
    isCountyWide,
    towns: [...towns],
    villages: [...villages],
    grids: [...grids],
    caredFor: [...caredFor],
    departments: [...departments],
    accountId: caller.accountId,
    now: asker.now,
    parts: partReachOf(asker, duty),
    hidden: hiddenFrom(caller),
  }
}

const hiddenFrom = ({ unseen, unseenNumbers = [] }: Caller): Reach['hidden'] =>
  unseen && { ids: [...unseen], numbers: unseenNumbers }

const confidence: Duty = 'event.read-sensitive'
const looksAfter = ({ duties }: Post) => duties.has('event.verify') && duties.has(confidence)

/** The posts that give the duty itself: a part by one post lends no right to another. */
function partReachOf(asker: Asker, duty: Duty): PartReach | 'all' {
  if (asker.caller.kind === 'system') return 'all'
  const tree = placeTree(asker)
  const trusted = postsWith(asker.caller, confidence).filter((p) => p.duties.has(duty))
  const atPlaces = trusted.filter((p) => p.departmentId === null && tree.get(p.placeId)?.tier !== 'grid')
  const isDesk = (p: Post) => p.duties.has('event.dispatch')
  const overs = atPlaces.filter((p) => !isDesk(p) && p.duties.has('event.supervise')).map((p) => p.placeId)
  return {
    desks: atPlaces.filter(isDesk).map((p) => p.placeId),
    overs,
    isOverCounty: overs.some((id) => tree.get(id)?.tier === 'county'),
    departments: trusted.flatMap((p) => (p.departmentId === null ? [] : [p.departmentId])),
  }
}

/** The index word of a reach that is exactly one town or village, so that a search reads only its postings. */
export function scopeWord(reach: Reach): string | undefined {
  const isOne =
    reach.towns.length + reach.villages.length === 1 &&
    reach.grids.length + reach.departments.length === 0 &&
    !reach.isCountyWide
  if (!isOne) return undefined
  return reach.towns.length === 1 ? `t:${reach.towns[0]}` : `v:${reach.villages[0]}`
}

/** Where a duty is held; who holds it in a grid holds it in the grids within. */
export function placesWith(asker: Asker, duty: Duty): string[] {
  const tree = placeTree(asker)
  const withInner = (id: string) => (tree.get(id)?.tier === 'grid' ? tree.below(id, 'grid') : [id])
  const posts = postsWith(asker.caller, duty).filter((p) => p.departmentId === null)
  return [...new Set(posts.flatMap((p) => withInner(p.placeId)))]
}

/** Where a duty is held by a post of a kind. */
export function placesBy(asker: Asker, duty: Duty, isOfKind: (post: Post) => boolean): string[] {
  const posts = postsWith(asker.caller, duty).filter((p) => p.departmentId === null && isOfKind(p))
  return [...new Set(posts.map((p) => p.placeId))]
}

/** The departments where a duty is held. */
export function departmentsWith(caller: Caller, duty: Duty): string[] {
  return [...new Set(postsWith(caller, duty).flatMap((p) => (p.departmentId === null ? [] : [p.departmentId])))]
}

/** How a caller stands before one event. */
export function actorOf(asker: Asker, event: EventCore, around?: Around | null): Actor {
  const { caller } = asker
  if (caller.kind === 'resident') return { kind: 'resident', accountId: null, stands: [] }
  if (caller.kind === 'system') return { kind: 'system', accountId: null, stands: [] }
  const tree = placeTree(asker)
  const at = event.gridId ?? event.villageId ?? event.townId ?? event.countyId
  const stand = (p: Post): Stand => ({
    postingId: p.id,
    placeId: p.placeId,
    departmentId: p.departmentId,
    duties: p.duties,
    covers: p.departmentId === null && (tree.contains(p.placeId, at) || tree.get(p.placeId)?.parentId === event.gridId),
    isOfGrid: event.gridId !== null && tree.get(p.placeId)?.tier === 'grid' && tree.contains(p.placeId, event.gridId),
  })
  return {
    kind: 'person',
    accountId: caller.accountId,
    stands: caller.posts.map(stand),
    around: around ?? undefined,
  }
}

/** What may be done with an event now, by the rule that will judge it. */
export function offersFor(
  asker: Asker,
  event: EventCore,
  { around, ...known }: Omit<Moment, 'actor'> & { readonly around: Around | null },
): Action[] {
  return availableActions(event, { ...known, actor: actorOf(asker, event, around) })
}
