/**
 * When the net changes, a building goes to the grid that holds its point, and what is in it follows: its rooms, the
 * people whose lead home one of them is, the firms and facilities that sit there. An estate goes where most of its
 * buildings go. What has no point and stands in nothing goes where a person said (G5).
 */
import {
  gridsPeopled,
  gridsWeighed,
  netChanged,
  netForeseen,
  type GridFigures,
  type NetChange,
  type NetForesight,
  type Peopled,
} from '@fengge/domain/places/facts'
import { microAfter } from '@fengge/domain/places/micro'
import { gridAfter, heirOf, villagesOf } from '@fengge/domain/places/rehoming'
import type { LoosePart, NetFlow } from '@fengge/domain/places/terms'
import type { Asking, Ctx } from '../kernel/context.ts'
import { answers, on } from '../kernel/reactions.ts'
import { arrivingReactions } from './arriving/follow-arrivals.ts'
import type { Place } from './record-columns.ts'
import * as store from './store/rehoming.ts'
import { followBatches, followLedgers } from './store/waiting-at.ts'

export function registryReactions(): void {
  answers(netForeseen, foreseeNet)
  answers(gridsWeighed, weighGrids)
  answers(gridsPeopled, listWhereLived)
  on(netChanged, followNet)
  arrivingReactions()
}

const looseKinds = ['estate', 'house', 'unit', 'facility'] as const
type Standing = 'building' | (typeof looseKinds)[number]
/** One thing that stands somewhere and follows nothing; `to` is undefined while nobody said. */
interface Course {
  readonly kind: Standing
  readonly id: string
  readonly name: string
  readonly from: string | null
  readonly to: string | null | undefined
}

async function chart(asking: Asking, change: NetChange): Promise<Course[]> {
  const county = asking.caller.countyCode
  const grids = change.from
  const villages = villagesOf(change)
  const rows = await store.listBuildingsIn(asking.tx, county, { grids, villages })
  const buildings = rows.flatMap((b) => courseOf(change, b))
  const loose: Course[] = []
  const estates = new Map(rows.map((r) => [r.id, r.parent_id]))
  const ofEstate = Map.groupBy(buildings, (b) => estates.get(b.id))
  for (const kind of looseKinds)
    for (const { id, name, grid_id: from } of await store.listLoose(asking.tx, county, { kind, grids })) {
      const own = gridAfter(change, { id, gridId: from, point: null })
      const most = kind === 'estate' && !change.settled.has(id) ? mostOf(ofEstate.get(id) ?? []) : undefined
      const to = most === undefined ? own : most
      // An estate goes where most of its buildings go, once that is settled of them.
      if (kind !== 'estate' || to !== undefined || !ofEstate.has(id)) loose.push({ kind, id, name, from, to })
    }
  return [...buildings, ...loose]
}

type Building = Awaited<ReturnType<typeof store.listBuildingsIn>>[number]

function courseOf(change: NetChange, { id, name, grid_id: from, lng, lat }: Building): Course[] {
  const point = lng === null || lat === null ? null : { lng, lat }
  if (from !== null) return [{ kind: 'building', id, name, from, to: gridAfter(change, { id, gridId: from, point }) }]
  // It lay in no grid; a border that now holds it takes it in.
  const to = point === null ? undefined : change.locate(point.lng, point.lat)
  return to !== undefined && change.to.includes(to) ? [{ kind: 'building', id, name, from, to }] : []
}

/** People, rentals and firms of some grids. */
async function weighGrids(
  asking: Asking,
  { gridIds }: { readonly gridIds: readonly string[] },
): Promise<GridFigures[]> {
  const rows = await store.listFigures(asking.tx, asking.caller.countyCode, gridIds)
  return rows.map(({ grid_id: gridId, ...figures }) => ({ gridId, figures }))
}

async function listWhereLived(
  asking: Asking,
  { gridIds }: { readonly gridIds: readonly string[] },
): Promise<Peopled[]> {
  const rows = await store.listPeopled(asking.tx, asking.caller.countyCode, gridIds)
  return rows.map(({ grid_id: gridId, lng, lat, n: persons }) => ({
    gridId,
    persons,
    point: lng === null || lat === null ? null : { lng, lat },
  }))
}

/** Where most of them go. */
function mostOf(buildings: readonly Course[]): string | null | undefined {
  const counts = [...Map.groupBy(buildings, (b) => b.to)].map(([to, list]) => ({ to, n: list.length }))
  return counts.filter((c) => c.to !== undefined).toSorted((a, b) => b.n - a.n)[0]?.to
}

async function foreseeNet(asking: Asking, change: NetChange): Promise<NetForesight> {
  const county = asking.caller.countyCode
  const courses = await chart(asking, change)
  const known = courses.flatMap((c) => (c.to === undefined ? [] : [{ ...c, to: c.to }]))
  const homeless = await store.countHomeless(asking.tx, county, change.from)
  const courseOfHomeless = homeless.map(({ grid_id: from, n }) => ({ from, n, to: afterAll(change, from) }))
  const flows: NetFlow[] = [
    ...known.flatMap(({ kind, from, to }) =>
      kind === 'building' || kind === 'estate' ? [{ thing: kind, from, to, n: 1 }] : [],
    ),
    ...(await store.countFollowing(asking.tx, county, { grids: change.from, sent: known })),
    ...courseOfHomeless.flatMap(({ from, n, to }) =>
      to === undefined ? [] : [{ thing: 'person' as const, from, to, n }],
    ),
  ]
  const loose: LoosePart[] = [
    ...courses.flatMap(({ kind, id, name, from, to }) =>
      to === undefined && from !== null ? [{ thing: kind, id, name, from, n: 1 }] : [],
    ),
    ...courseOfHomeless.flatMap(({ from, n, to }) =>
      to === undefined ? [{ thing: 'person' as const, id: null, name: '', from, n }] : [],
    ),
  ]
  return { moved: [...summed(flows), ...(await foreseeMicros(asking, change))], loose }
}

/** Where what has neither point nor home goes. */
const afterAll = (change: NetChange, gridId: string) =>
  change.to.includes(gridId) ? gridId : gridAfter(change, { id: '', gridId, point: null })

function summed(flows: readonly NetFlow[]): NetFlow[] {
  const sums = new Map<string, NetFlow>()
  for (const f of flows) {
    const key = `${f.thing} ${f.from} ${f.to}`
    sums.set(key, { ...f, n: f.n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums.values()]
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const county = ctx.caller.countyCode
  const grids = change.from
  await change.step('buildings')
  await store.lockBuildingsIn(ctx.tx, county, grids)
  const courses = await chart(ctx, change)
  for (const kind of ['building', ...looseKinds] as const) {
    const moves = courses.flatMap(({ kind: k, id, from, to }) =>
      k === kind && to !== undefined && to !== from ? [{ id, place: placeAt(change, from ?? to!, to) }] : [],
    )
    await store.sendTo(ctx.tx, county, { kind, moves })
  }
  const follow = (kind: store.Kind, parent: store.Kind) => store.followParents(ctx.tx, county, { kind, parent, grids })
  await change.step('houses')
  await follow('house', 'building')
  await follow('house', 'estate')
  await change.step('people')
  await store.followHomes(ctx.tx, county, grids)
  await change.step('firms')
  for (const kind of ['unit', 'facility'] as const)
    for (const parent of ['building', 'estate', 'house'] as const) await follow(kind, parent)
  for (const from of grids.filter((g) => !change.to.includes(g))) {
    // What is settled has gone by now; records of what was merged or is gone go along.
    const to = afterAll(change, from) ?? change.followersOf(from)[0] ?? null
    await store.moveAllIn(ctx.tx, county, from, placeAt(change, from, to))
    await followLedgers(ctx.tx, county, from, placeAt(change, from, afterAll(change, from) ?? null))
  }
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followBatches(ctx.tx, county, id, heir)
  }
  const taken = courses.flatMap((c) => (c.kind === 'building' && c.from === null ? [c.id] : []))
  await store.followTaken(ctx.tx, county, taken)
  await followMicros(ctx, change)
}

/** A house is of the micro-grid that holds its building (domain micro.ts): those of before are looked at, and those near. */
async function followMicros(ctx: Ctx, change: NetChange): Promise<void> {
  const houses = await housesNear(ctx, change, [])
  const moved = houses.flatMap((h) => {
    const micro_id = microAfter(change, { gridId: h.grid_id, was: h.micro_id, point: pointOf(h) })
    return micro_id === h.micro_id ? [] : [{ id: h.id, micro_id }]
  })
  await store.saveMicros(ctx.tx, ctx.caller.countyCode, moved)
}

/** Houses of the micro-grids that change, and whatever stands in the grids that have some after it. */
function housesNear(
  asking: Asking,
  { micros, microHolders }: NetChange,
  others: readonly string[],
): Promise<store.InMicro[]> {
  if (micros.length + microHolders.size === 0) return Promise.resolve([])
  const grids = [...new Set([...microHolders.values(), ...others])]
  return store.listHousesNear(asking.tx, asking.caller.countyCode, { micros, grids })
}

/** So many houses will be in each micro-grid. */
async function foreseeMicros(asking: Asking, change: NetChange): Promise<NetFlow[]> {
  const houses = await housesNear(asking, change, change.from)
  return summed(
    houses.flatMap((h): NetFlow[] => {
      const point = pointOf(h)
      // What changes its grid comes where its point lies.
      const isMoving = h.grid_id !== null && change.from.includes(h.grid_id)
      const gridId = isMoving ? (gridAfter(change, { id: h.id, gridId: h.grid_id!, point }) ?? null) : h.grid_id
      const to = microAfter(change, { gridId, was: h.micro_id, point })
      const isCounted = to !== null && h.state === 'live'
      return isCounted ? [{ thing: 'household', from: h.micro_id ?? h.grid_id, to, n: 1 }] : []
    }),
  )
}

const pointOf = ({ lng, lat }: store.InMicro) => (lng === null || lat === null ? null : { lng, lat })

const placeAt = (change: NetChange, from: string, to: string | null): Place => ({
  gridId: to,
  ...change.homeOf(to ?? from),
})
