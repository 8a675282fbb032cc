/** The demo county: a believable 惠山区 with its real towns and villages and everything else invented. */
import { dedicatedKinds } from '@fengge/domain/places/terms'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { Geometry } from '@fengge/domain/places/terms'
import { dayLength, dayOf, hour, startOf } from '@fengge/domain/kernel/time'
import { setUpCounty } from '@fengge/server/county'
import type { Category } from '@fengge/domain/events/terms'
import { ruleBook } from '@fengge/server/events/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller, type Ctx } from '@fengge/server/kernel/context'
import { openDatabase } from '@fengge/server/kernel/db/pool'
import type { Engine } from '@fengge/server/kernel/engine'
import { nameFile, writeKept } from '@fengge/server/kernel/files'
import { cleanPhoto } from '@fengge/server/kernel/judging/judge-file'
import { journalBook, sealJournal } from '@fengge/server/kernel/journal-chain'
import { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { placeTree, refreshTree } from '@fengge/server/places/door'
import { isInside, toDatum } from '@fengge/server/places/geometry'
import { saveBoundary, saveIssuedCode, savePlace } from '@fengge/server/places/store'
import { divide, inventBorder, layOut, scatter, shareOut } from './draw-county.ts'
import type { Beginning } from './begin-event.ts'
import { liveThrough, type Stage } from './live-through.ts'
import { fillWork } from './fill-work.ts'
import { fillRegistry } from './fill-registry.ts'
import { createDice, type Dice } from './random.ts'
import { staffCounty } from './staff-county.ts'
import { analyse, hasEvents, listGridShapes } from './store.ts'

export interface DemoPlan {
  readonly county: string
  readonly scale: number
  readonly days: number
  /** First day; the default is 1 January of this year. */
  readonly from: string
  readonly seed: number
  /** A GeoJSON border in GCJ-02, when there is one. */
  readonly border?: string | undefined
  readonly areas?: string | undefined
  readonly say: (line: string) => void
}

const grids = { general: 557, dedicated: 60 }
/** Document 000: 10,500 events in the first 140 days of a year, 3,378 of them safety and order. */
const pace = { events: 10_500, safety: 3378, days: 140 }

export interface Made {
  readonly events: number
  readonly grids: number
  readonly people: number
  readonly houses: number
}

export async function makeDemo(base: Engine, plan: DemoPlan): Promise<Made> {
  const clock = setClock(startOf(plan.from) + 8 * hour)
  // Invented data can be made again: its commits need not wait for the disk.
  const database = openDatabase(base.database.url, 4, '-c synchronous_commit=off')
  const engine: Engine = { ...base, clock, database }
  const dice = createDice(plan.seed)
  const areas = plan.areas === undefined ? undefined : readFileSync(plan.areas, 'utf8')
  await setUpCounty(engine, plan.county, areas, '2020-01-01')
  const county = placeTree(engine).byCode(`${plan.county}000000`)!
  if (await hasEvents(engine.database.read, plan.county))
    throw new Error(`county ${plan.county} has events already; the demo is made on an empty one`)
  const as = systemCaller(plan.county)
  plan.say('划分网格 drawing the net …')
  const dedicated = await actAs(engine, as, 'demo:net', (ctx) => drawNet(ctx, county.id, plan, dice))
  await refreshTree(engine)
  plan.say('配备人员 hiring staff …')
  const staffing = { countyId: county.id, dedicated, from: '2025-01-01' }
  const cast = await actAs(engine, as, 'demo:staff', (ctx) => staffCounty(ctx, staffing, dice))
  plan.say('登记人口房屋 filling the registry …')
  const filling = { engine, county: plan.county, dice: createDice(plan.seed + 2), now: base.clock.now() }
  const registered = await fillRegistry(filling, plan.scale, plan.say)
  const events = await liveOn(plan, base, { engine, clock, county: plan.county, cast, dice })
  plan.say('走访与任务 a day of work …')
  await fillWork({ ...engine, clock: base.clock }, plan.county, createDice(plan.seed + 3))
  while ((await sealJournal(base.database, journalBook(base))) > 0) continue
  await base.database.write(analyse)
  await database.close()
  await refreshTree(base)
  const grids = placeTree(base).below(county.id, 'grid').length
  return { events, grids, people: registered.persons, houses: registered.houses }
}

/** The days of the plan, but none that have not come yet. @returns how many events began */
async function liveOn(plan: DemoPlan, base: Engine, set: Omit<Stage, 'photo' | 'categories'>): Promise<number> {
  const until = Math.min(
    startOf(plan.from) + plan.days * dayLength - 6 * hour,
    Math.max(startOf(plan.from) + dayLength, base.clock.now()),
  )
  const { database, shelf } = set.engine
  const book = await ruleBook({ tx: database.read, shelf }, plan.county)
  const categories = book.inForce(startOf(plan.from))
  const beginnings = await writeBeginnings(set.engine, plan, categories, until)
  plan.say(`事件 living through ${plan.days} days …`)
  const drawn = await cleanPhoto(await drawPhoto(), 'image/png')
  const photo = await nameFile(plan.county, drawn)
  await writeKept(base.settings.dataDir, photo, drawn)
  const stage = { ...set, photo, categories: new Map(categories.map((c) => [c.code, c])) }
  return liveThrough(stage, beginnings, until, (done) => plan.say(`  ${done} / ${beginnings.length}`))
}

/** A picture that says that it is none. */
function drawPhoto(): Promise<Buffer> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#dfe6ee"/><text x="320" y="250" font-size="44" text-anchor="middle" fill="#4b5563">DEMO · 演示图片</text></svg>'
  return sharp(Buffer.from(svg)).png().toBuffer()
}

/** @returns the dedicated grids */
async function drawNet(ctx: Ctx, countyId: string, plan: DemoPlan, dice: Dice): Promise<Set<string>> {
  const tree = placeTree(ctx)
  const on = dayOf(ctx.now)
  const border = plan.border === undefined ? inventBorder([120.25, 31.67], dice) : readCountyBorder(plan.border)
  const towns = tree.children(countyId).map((t) => ({ id: t.id, villages: tree.children(t.id).map((v) => v.id) }))
  const laid = layOut(border, towns, dice)
  await saveBoundary(ctx.tx, countyId, border, on)
  for (const [id, shape] of [...laid.towns, ...laid.villages]) await saveBoundary(ctx.tx, id, shape, on)
  const villages = [...laid.villages]
  const general = shareOut(
    villages.map(([, shape]) => shape),
    Math.max(villages.length, grids.general),
  )
  const special = new Map<number, number>()
  for (let i = 0; i < grids.dedicated; i++)
    special.set((i * 7) % villages.length, (special.get((i * 7) % villages.length) ?? 0) + 1)
  const dedicated = new Set<string>()
  for (const [v, [id, shape]] of villages.entries()) {
    const village = { id, shape, general: general[v]!, special: special.get(v) ?? 0 }
    for (const grid of await drawVillage(ctx, village, dice)) dedicated.add(grid)
  }
  return dedicated
}

/** A village, and how many grids of either kind it gets. */
interface VillagePlan {
  readonly id: string
  readonly shape: Geometry
  readonly general: number
  readonly special: number
}

/** @returns its dedicated grids */
async function drawVillage(ctx: Ctx, plan: VillagePlan, dice: Dice): Promise<string[]> {
  const village = placeTree(ctx).get(plan.id)!
  const on = dayOf(ctx.now)
  const short = village.name.replace(/(社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村委会)$/, '')
  const cells = divide(plan.shape, scatter(plan.shape, plan.general + plan.special, dice))
  const dedicated: string[] = []
  for (const [i, cell] of cells.entries()) {
    const id = dice.id(ctx.now)
    const code = `${village.code}${String(i + 1).padStart(3, '0')}`
    const isDedicated = i >= plan.general
    const households = isDedicated ? null : 560 + dice.int(320)
    await savePlace(ctx.tx, {
      id,
      code,
      name: isDedicated ? `${short}专属网格${i - plan.general + 1}` : `${short}第${i + 1}网格`,
      level: 'grid',
      parent_id: plan.id,
      county_code: village.countyCode,
      kind: isDedicated ? 'dedicated' : 'general',
      dedicated_kind: isDedicated ? dice.pick(dedicatedKinds) : null,
      households,
      people: households === null ? null : Math.round(households * 1.92),
      norm_reason: households === null ? null : '现有网格按人员配备划分，户数高于参考值',
      valid_from: on,
    })
    await saveIssuedCode(ctx.tx, code, id, on)
    await saveBoundary(ctx.tx, id, cell, on)
    if (isDedicated) dedicated.push(id)
  }
  return dedicated
}

function readCountyBorder(file: string): Geometry {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: unknown }[] }
  return toDatum(Geometry.parse(raw.features[0]!.geometry), 'gcj02', 'wgs84')
}

/** When, where and of what kind each event begins: by day, with quieter nights, in the documents' proportions. */
async function writeBeginnings(
  engine: Engine,
  plan: DemoPlan,
  categories: readonly Category[],
  until: number,
): Promise<Beginning[]> {
  const dice = createDice(plan.seed + 1)
  const safety = categories.filter((c) => ['10', '20', '30'].includes(c.classCode) && c.level < 3)
  const rest = categories.filter((c) => ['40', '50', '60', '70'].includes(c.classCode) && c.urgency < 2)
  const total = Math.round(pace.events * plan.scale * (plan.days / pace.days))
  const safe = Math.round(total * (pace.safety / pace.events))
  const shapes = await listGridShapes(engine.database.read, plan.county)
  return Array.from({ length: total }, (_, i) => {
    const shape = dice.pick(shapes)
    const start = startOf(plan.from) + Math.floor(dice.next() * plan.days) * dayLength + (7 + dice.next() * 13) * hour
    const source = sourceOf(dice.next())
    return {
      at: Math.round(Math.min(start, until - (i + 1) * 1000)),
      category: dice.pick(i < safe ? safety : rest),
      gridId: shape.id,
      point: pointIn(shape.geometry, dice),
      source,
    }
  }).toSorted((a, b) => a.at - b.at)
}

function sourceOf(roll: number): Beginning['source'] {
  if (roll < 0.86) return 'grid-worker'
  return roll < 0.94 ? 'hotline' : 'resident'
}

function pointIn(shape: Geometry, dice: Dice): { lng: number; lat: number } {
  for (let i = 0; i < 20; i++) {
    const [p] = scatter(shape, 1, dice)
    if (p && isInside(shape, p[0], p[1]))
      return { lng: Math.round(p[0] * 1e6) / 1e6, lat: Math.round(p[1] * 1e6) / 1e6 }
  }
  const [lng, lat] = shape.coordinates[0]![0]![0]!
  return { lng, lat }
}
