/**
 * The net of the demo: document 000's 557 general and 60 dedicated grids, as many a town as its people ask for, and the
 * norm of the county by its own mean of 1,511 persons a grid. A handful of findings is meant to be there, so that the
 * check of the net has something to show: grids that grew, one that emptied, a market, a department's grid and a police
 * beat that do not fit.
 */
import { readFileSync } from 'node:fs'
import { dedicatedKinds, Geometry } from '@fengge/domain/places/terms'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx } from '@fengge/server/kernel/context'
import { placeTree, type Node } from '@fengge/server/places/door'
import { areaOf, boxOf, toDatum, unionOf } from '@fengge/server/places/geometry'
import { saveFeature } from '@fengge/server/places/store/features'
import { saveBoundary, saveNormRow } from '@fengge/server/places/store/places'
import { divide, inventBorder, layOut, scatter } from './draw-county.ts'
import { registrySize } from '../registry-size.ts'
import type { Dice } from '../random.ts'
import { shortName } from './spots.ts'
import { addIssuedCodes, addPlaces, addBorders, type FreshPlace } from './store-net.ts'
import { apportion, sharesOf } from './towns.ts'

export const grids = { general: 557, dedicated: 60 }
export const liaisonHouseholds = 56
/** Persons of a mean grid: that of the demo's worker. */
const meanPeople = Math.round(registrySize.persons / grids.general)
const perHousehold = 2.45

const norms = [
  {
    kind: 'general' as const,
    leastHouseholds: 400,
    mostHouseholds: 800,
    leastPeople: null,
    mostPeople: 2500,
    source: '全区实有人口84.16万人、综合网格557个，平均每个网格1511人，加出租、单位、纠纷折算后据此核定（演示）',
  },
  {
    kind: 'micro' as const,
    leastHouseholds: 30,
    mostHouseholds: 80,
    leastPeople: null,
    mostPeople: null,
    source: '参考值 50–80 户，县可另定',
  },
]

export interface NetPlan {
  readonly countyId: string
  readonly county: string
  readonly border: string | undefined
}

/** @returns the dedicated grids */
export async function drawNet(ctx: Ctx, plan: NetPlan, dice: Dice): Promise<Set<string>> {
  const tree = placeTree(ctx)
  const on = dayOf(ctx.now)
  const border = plan.border === undefined ? inventBorder([120.25, 31.67], dice) : readCountyBorder(plan.border)
  const towns = tree.children(plan.countyId)
  const laid = layOut(
    border,
    towns.map((t) => ({ id: t.id, villages: tree.children(t.id).map((v) => v.id) })),
    dice,
  )
  await saveBoundary(ctx.tx, plan.countyId, border, on)
  for (const [id, shape] of [...laid.towns, ...laid.villages]) await saveBoundary(ctx.tx, id, shape, on)
  const drawn = planVillages(ctx, towns, laid.villages).flatMap((village) => drawVillage(village, ctx.now, dice))
  grow(drawn)
  drawn.push(...partFirst(drawn, { now: ctx.now, dice }))
  await addPlaces(
    ctx.tx,
    plan.county,
    drawn.map((d) => ({ ...d.row, valid_from: on })),
  )
  const places = drawn.map((d) => ({ id: d.row.id, code: d.row.code }))
  await addIssuedCodes(ctx.tx, places, on)
  await addBorders(
    ctx.tx,
    drawn.flatMap((d) => (d.shape ? [{ placeId: d.row.id, geometry: d.shape, area: areaOf(d.shape) }] : [])),
    on,
  )
  for (const norm of norms) await saveNormRow(ctx.tx, plan.county, norm)
  await drawMisfits(ctx, plan.county, laid.towns, dice)
  return new Set(drawn.flatMap((d) => (d.row.kind === 'dedicated' ? [d.row.id] : [])))
}

interface Drawn {
  readonly row: Omit<FreshPlace, 'valid_from'>
  /** A micro-grid has no border of its own. */
  readonly shape: Geometry | null
}

/** A village, and how many grids of either kind it gets. */
interface VillagePlan {
  readonly village: Node
  readonly shape: Geometry
  readonly general: number
  readonly special: number
  readonly people: number
  readonly terrain: string
}

function planVillages(ctx: Ctx, towns: readonly Node[], shapes: ReadonlyMap<string, Geometry>): VillagePlan[] {
  const tree = placeTree(ctx)
  const villagesOf = (t: Node) => tree.children(t.id).map((v) => tree.get(v.id)!)
  const shares = sharesOf(towns.map((t) => ({ code: t.code, villages: villagesOf(t).length })))
  const perTown = apportion(
    towns.map((t) => shares.get(t.code)!),
    Math.max(grids.general, tree.below(towns[0]!.parentId!, 'village').length),
  )
  let nth = 0
  return towns.flatMap((town, t) => {
    const villages = villagesOf(town)
    const areas = villages.map((v) => areaOf(shapes.get(v.id)!))
    const general = apportion(areas, Math.max(perTown[t]!, villages.length), 1)
    const people = apportion(general, Math.round(registrySize.persons * shares.get(town.code)!))
    return villages.map((village, v) => ({
      village,
      shape: shapes.get(village.id)!,
      general: general[v]!,
      people: people[v]!,
      terrain: terrains[town.name] ?? 'plain',
      special: specialOf(nth++, ctx, towns),
    }))
  })
}

/** Dedicated grids are strewn over the villages, every second or so. */
function specialOf(nth: number, ctx: Ctx, towns: readonly Node[]): number {
  const all = towns.reduce((n, t) => n + placeTree(ctx).children(t.id).length, 0)
  const upTo = (n: number) => Math.floor((n * grids.dedicated) / all)
  return upTo(nth + 1) - upTo(nth)
}

const dedicatedNames: Readonly<Record<(typeof dedicatedKinds)[number], string>> = {
  office: '机关',
  park: '园区',
  building: '楼宇',
  mall: '商场',
  market: '市场',
  school: '学校',
  hospital: '医院',
  scenic: '景区',
  religious: '场所',
  'street-shops': '沿街商铺',
}

function drawVillage(plan: VillagePlan, now: number, dice: Dice): Drawn[] {
  const { village, terrain } = plan
  const short = shortName(village.name)
  const cells = divide(plan.shape, scatter(plan.shape, plan.general + plan.special, dice))
  const sizes = apportion(
    Array.from({ length: plan.general }, () => 0.88 + dice.next() * 0.24),
    plan.people,
  )
  const drawn = cells.map((shape, i): Drawn => {
    const code = `${village.code}${String(i + 1).padStart(3, '0')}`
    const base = { id: dice.id(now), code, level: 'grid', parent_id: village.id, norm_reason: null, terrain }
    const people = sizes[i]
    if (people !== undefined)
      return {
        shape,
        row: {
          ...base,
          name: `${short}第${i + 1}网格`,
          kind: 'general',
          dedicated_kind: null,
          people,
          households: Math.round(people / perHousehold),
        },
      }
    const kind = dice.pick(dedicatedKinds)
    const name = `${short}${dedicatedNames[kind]}专属网格`
    return { shape, row: { ...base, name, kind: 'dedicated', dedicated_kind: kind, people: null, households: null } }
  })
  return [...drawn, drawMicro(drawn[0]!, 1, { now, dice })]
}

const ordinals = '一二三四五六七八九十'
const nameOf = (nth: number) => (nth > 10 ? `十${ordinals[nth - 11]}` : ordinals[nth - 1])

/** A micro-grid of a liaison's households: one a community, and in the grid of the demo's worker as many as it has people for. */
function drawMicro(grid: Drawn, nth: number, { now, dice }: { readonly now: number; readonly dice: Dice }): Drawn {
  const row = {
    id: dice.id(now),
    code: `${grid.row.code}${String(nth).padStart(2, '0')}`,
    name: `${grid.row.name}${nameOf(nth)}号微网格`,
    level: 'micro',
    parent_id: grid.row.id,
    kind: 'micro',
    dedicated_kind: null,
    households: liaisonHouseholds,
    people: null,
    norm_reason: null,
    terrain: 'plain',
  }
  return { row, shape: null }
}

/** The other micro-grids of the worker's grid. */
function partFirst([first]: readonly Drawn[], making: { readonly now: number; readonly dice: Dice }): Drawn[] {
  if (first === undefined) return []
  const count = Math.round((first.row.households ?? 0) / liaisonHouseholds)
  return Array.from({ length: Math.max(0, count - 1) }, (_, i) => drawMicro(first, i + 2, making))
}

/** Where it is not the plain: the hills of the peach orchards, and the polders along the canal. */
const terrains: Readonly<Record<string, string>> = { 阳山镇: 'hill', 前洲街道: 'water', 玉祁街道: 'water' }

/** The worker's grid is the mean one. Two others outgrew the norm, one of them with a reason, and one has emptied. */
function grow(drawn: Drawn[]): void {
  const general = drawn.flatMap((d, i) => (d.row.kind === 'general' ? [i] : []))
  const resize = (at: number, people: number, reason: string | null) => {
    const i = general[at]
    const d = i === undefined ? undefined : drawn[i]
    if (d === undefined) return
    const households = Math.round(people / perHousehold)
    drawn[i!] = { ...d, row: { ...d.row, people, households, norm_reason: reason } }
  }
  const most = general.length
  resize(0, meanPeople, null)
  resize(Math.floor(most * 0.23), 2240, '新交付安置小区，拟于下半年拆分')
  resize(Math.floor(most * 0.61), 2120, null)
  resize(Math.floor(most * 0.83), 760, '动迁腾空，待并入相邻网格')
}

/** Things of departments that do not fit the net. */
async function drawMisfits(ctx: Ctx, county: string, towns: ReadonlyMap<string, Geometry>, dice: Dice): Promise<void> {
  const [first, second] = [...towns.values()]
  const whole = unionOf([...towns.values()])
  const [, south, east] = boxOf(whole)
  const outside = { type: 'Point', coordinates: [round(east + 0.004), round(south + 0.004)] }
  const save = (layer: string, owner: string, name: string, geometry: unknown) =>
    saveFeature(ctx.tx, county, { id: dice.id(ctx.now), layer, owner, name, geometry })
  await save('estate', '住房和城乡建设局', '河湾新村（边界外，待认领）', outside)
  await save('department-grid', '应急管理局', '安全生产网格 07', {
    ...outside,
    coordinates: [round(east + 0.006), south],
  })
  if (first && second) await save('police-beat', '公安分局', '堰桥长安警务区', unionOf([first, second]))
}
const round = (n: number) => Math.round(n * 1e6) / 1e6

function readCountyBorder(file: string): Geometry {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: unknown }[] }
  return toDatum(Geometry.parse(raw.features[0]!.geometry), 'gcj02', 'wgs84')
}
