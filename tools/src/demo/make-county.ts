/** The demo county: a believable 惠山区 with its real towns and villages and everything else invented. */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { Geometry } from '@fengge/domain/places/terms'
import { dayLength, dayOf, hour, startOf } from '@fengge/domain/kernel/time'
import { setUpCounty } from '@fengge/server/county'
import { ruleBook } from '@fengge/server/events/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller, type Ctx } from '@fengge/server/kernel/context'
import { openDatabase } from '@fengge/server/kernel/db/pool'
import { rowOf, rowsOf, run, sql } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { keepFile } from '@fengge/server/kernel/files'
import { sealJournal } from '@fengge/server/kernel/journal'
import { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { placeTree, refreshTree } from '@fengge/server/places/door'
import { isInside, toDatum } from '@fengge/server/places/geometry'
import { saveBoundary, saveIssuedCode, savePlace } from '@fengge/server/places/store'
import { divide, inventBorder, layOut, scatter, shareOut } from './draw-county.ts'
import { album, leads, liveThrough, needs, type Beginning } from './live-through.ts'
import { fillWork } from './fill-work.ts'
import { fillRegistry } from './fill-registry.ts'
import { createDice, type Dice } from './random.ts'
import { dedicated, staffCounty } from './staff-county.ts'

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
const dedicatedKinds = [
  'office',
  'park',
  'building',
  'mall',
  'market',
  'school',
  'hospital',
  'scenic',
  'religious',
  'street-shops',
] as const

export async function makeDemo(
  base: Engine,
  plan: DemoPlan,
): Promise<{ events: number; grids: number; people: number; houses: number }> {
  const clock = setClock(startOf(plan.from) + 8 * hour)
  // Invented data can be made again: its commits need not wait for the disk.
  const database = openDatabase(base.database.url, 4, '-c synchronous_commit=off')
  const engine: Engine = { ...base, clock, database }
  const dice = createDice(plan.seed)
  await setUpCounty(
    engine,
    plan.county,
    plan.areas === undefined ? undefined : readFileSync(plan.areas, 'utf8'),
    '2020-01-01',
  )
  const tree = placeTree()
  const county = tree.byCode(`${plan.county}000000`)!
  if (await rowOf(engine.database.read, sql`select 1 from events.event where county_code = ${plan.county} limit 1`))
    throw new Error(`county ${plan.county} has events already; the demo is made on an empty one`)
  const as = systemCaller(plan.county)
  plan.say('划分网格 drawing the net …')
  await actAs(engine, as, 'demo:net', (ctx) => drawNet(ctx, county.id, plan, dice))
  await refreshTree(engine.database)
  plan.say('配备人员 hiring staff …')
  const cast = await actAs(engine, as, 'demo:staff', (ctx) => staffCounty(ctx, county.id, dice, '2025-01-01'))
  const until = Math.min(
    startOf(plan.from) + plan.days * dayLength - 6 * hour,
    Math.max(startOf(plan.from) + dayLength, base.clock.now()),
  )
  plan.say('登记人口房屋 filling the registry …')
  const registered = await fillRegistry(
    engine,
    plan.county,
    plan.scale,
    createDice(plan.seed + 2),
    base.clock.now(),
    plan.say,
  )
  const beginnings = await writeBeginnings(engine, plan, until)
  plan.say(`事件 living through ${plan.days} days …`)
  album.photo = await keepFile(base.settings.dataDir, plan.county, dice.id(clock.now()), await drawPhoto(), 'image/png')
  const events = await liveThrough(engine, clock, cast, plan.county, beginnings, until, dice, (done) =>
    plan.say(`  ${done} / ${beginnings.length}`),
  )
  plan.say('走访与任务 a day of work …')
  await fillWork({ ...engine, clock: base.clock }, plan.county, createDice(plan.seed + 3))
  while ((await sealJournal(base.database, base.settings.dataDir)) > 0) continue
  await base.database.write((tx) => run(tx, sql`analyze`))
  await database.close()
  await refreshTree(base.database)
  return {
    events,
    grids: placeTree().below(county.id, 'grid').length,
    people: registered.persons,
    houses: registered.houses,
  }
}

/** A picture that says that it is none. */
function drawPhoto(): Promise<Buffer> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#dfe6ee"/><text x="320" y="250" font-size="44" text-anchor="middle" fill="#4b5563">DEMO · 演示图片</text></svg>'
  return sharp(Buffer.from(svg)).png().toBuffer()
}

async function drawNet(ctx: Ctx, countyId: string, plan: DemoPlan, dice: Dice): Promise<void> {
  const tree = placeTree()
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
  for (const [v, [villageId, shape]] of villages.entries())
    await drawVillage(ctx, villageId, shape, general[v]!, special.get(v) ?? 0, on, dice)
}

async function drawVillage(
  ctx: Ctx,
  villageId: string,
  shape: Geometry,
  general: number,
  special: number,
  on: string,
  dice: Dice,
): Promise<void> {
  const village = placeTree().get(villageId)!
  const short = village.name.replace(/(社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村委会)$/, '')
  const cells = divide(shape, scatter(shape, general + special, dice))
  for (const [i, cell] of cells.entries()) {
    const id = dice.id(ctx.now)
    const code = `${village.code}${String(i + 1).padStart(3, '0')}`
    const isDedicated = i >= general
    const households = isDedicated ? null : 560 + dice.int(320)
    await savePlace(ctx.tx, {
      id,
      code,
      name: isDedicated ? `${short}专属网格${i - general + 1}` : `${short}第${i + 1}网格`,
      level: 'grid',
      parent_id: villageId,
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
    if (isDedicated) dedicated.add(id)
  }
}

function readCountyBorder(file: string): Geometry {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as { features: { geometry: unknown }[] }
  return toDatum(Geometry.parse(raw.features[0]!.geometry), 'gcj02', 'wgs84')
}

/** When, where and of what kind each event begins: by day, with quieter nights, in the documents' proportions. */
async function writeBeginnings(engine: Engine, plan: DemoPlan, until: number): Promise<Beginning[]> {
  const dice = createDice(plan.seed + 1)
  const book = await ruleBook(engine.database.read, plan.county)
  const categories = book.inForce(startOf(plan.from))
  for (const c of categories) {
    leads.set(c.code, c.lead)
    needs.set(c.code, c.evidence)
  }
  const safety = categories.filter((c) => ['10', '20', '30'].includes(c.classCode) && c.level < 3)
  const rest = categories.filter((c) => ['40', '50', '60', '70'].includes(c.classCode) && c.urgency < 2)
  const total = Math.round(pace.events * plan.scale * (plan.days / pace.days))
  const safe = Math.round(total * (pace.safety / pace.events))
  const shapes = await rowsOf(
    engine.database.read,
    sql<{
      id: string
      geometry: Geometry
    }>`
      select p.id, b.geometry
      from places.place p join places.boundary b on b.place_id = p.id and b.valid_to is null
      where p.level = 'grid' and p.county_code = ${plan.county} and p.valid_to is null
      order by p.code
    `,
  )
  return Array.from({ length: total }, (_, i) => {
    const shape = dice.pick(shapes)
    const start = startOf(plan.from) + Math.floor(dice.next() * plan.days) * dayLength + (7 + dice.next() * 13) * hour
    const roll = dice.next()
    return {
      at: Math.round(Math.min(start, until - (i + 1) * 1000)),
      category: dice.pick(i < safe ? safety : rest),
      gridId: shape.id,
      point: pointIn(shape.geometry, dice),
      source: roll < 0.86 ? ('grid-worker' as const) : roll < 0.94 ? ('hotline' as const) : ('resident' as const),
    }
  }).toSorted((a, b) => a.at - b.at)
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
