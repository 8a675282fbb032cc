/** The demo county: 惠山区 with its real towns and villages, by the figures of document 000, and everything else invented. */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { dayLength, hour, startOf } from '@fengge/domain/kernel/time'
import { setUpCounty } from '@fengge/server/county'
import { ruleBook } from '@fengge/server/events/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller } from '@fengge/server/kernel/context'
import { openDatabase } from '@fengge/server/kernel/db/pool'
import type { Engine } from '@fengge/server/kernel/engine'
import { nameFile, writeKept } from '@fengge/server/kernel/files'
import { cleanPhoto } from '@fengge/server/kernel/judging/judge-file'
import { journalBook, sealJournal } from '@fengge/server/kernel/journal-chain'
import { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { placeTree, refreshTree } from '@fengge/server/places/door'
import { drawBeginnings, type Site } from './beginnings.ts'
import { drawNet } from './net/draw-net.ts'
import { fillRegistry } from './fill-registry.ts'
import { fillWork } from './today/fill-work.ts'
import { orderWork } from './today/campaigns.ts'
import { furnishCommunity } from './today/community.ts'
import { placeDevices } from './today/devices.ts'
import { fillOffices } from './today/office-work.ts'
import { liveThrough, type Stage } from './live-through.ts'
import { stageOpenWork } from './open-work.ts'
import { createDice } from './random.ts'
import { groundOf } from './net/spots.ts'
import { staffCounty } from './staff-county.ts'
import { createTeller, readStories } from './telling/stories.ts'
import { analyse, hasEvents, listGridShapes } from './store.ts'

export interface DemoPlan {
  readonly county: string
  readonly scale: number
  readonly days: number
  /** First day; the demo is made so that the last is today. */
  readonly from: string
  readonly seed: number
  /** A GeoJSON border in GCJ-02, when there is one. */
  readonly border?: string | undefined
  readonly areas?: string | undefined
  readonly say: (line: string) => void
}

export interface Made {
  readonly events: number
  readonly grids: number
  readonly people: number
  readonly houses: number
}

export async function makeDemo(base: Engine, plan: DemoPlan): Promise<Made> {
  // The net and its people were there before the first event.
  const clock = setClock(Math.min(startOf('2025-01-01'), startOf(plan.from)) + 8 * hour)
  // Invented data can be made again: its commits need not wait for the disk.
  const database = openDatabase(base.database.url, 4, '-c synchronous_commit=off -c statement_timeout=0')
  const engine: Engine = { ...base, clock, database }
  const dice = createDice(plan.seed)
  const areas = plan.areas === undefined ? undefined : readFileSync(plan.areas, 'utf8')
  await setUpCounty(engine, plan.county, areas, '2020-01-01')
  const county = placeTree(engine).byCode(`${plan.county}000000`)!
  if (await hasEvents(engine.database.read, plan.county))
    throw new Error(`county ${plan.county} has events already; the demo is made on an empty one`)
  const as = systemCaller(plan.county)
  const say = timed(plan.say)
  say('划分网格 drawing the net …')
  const net = { countyId: county.id, county: plan.county, border: plan.border }
  const dedicated = await actAs(engine, as, 'demo:net', (ctx) => drawNet(ctx, net, dice))
  await refreshTree(engine)
  say('配备人员 hiring staff …')
  const staffing = { countyId: county.id, dedicated, from: '2025-01-01' }
  const cast = await actAs(engine, as, 'demo:staff', (ctx) => staffCounty(ctx, staffing, dice))
  say('登记人口房屋 filling the registry …')
  const filling = { engine, county: plan.county, dice: createDice(plan.seed + 2), now: base.clock.now() }
  const registered = await fillRegistry(filling, plan.scale, plan.say)
  say(`事件 living through ${plan.days} days …`)
  const events = await liveOn(plan, base, { engine, clock, county: plan.county, cast, dice })
  say('走访与任务 a day of work …')
  const today = { ...engine, clock: base.clock }
  await fillWork(today, plan.county, createDice(plan.seed + 3))
  const ownGrid = cast.first.get('grid')!
  await placeDevices(today, plan.county, ownGrid)
  await fillOffices(today, plan.county, ownGrid)
  await orderWork(today, plan.county, ownGrid)
  await furnishCommunity(today, plan.county, ownGrid)
  while ((await sealJournal(base.database, journalBook(base))) > 0) continue
  await base.database.write(analyse)
  await database.close()
  await refreshTree(base)
  const grids = placeTree(base).below(county.id, 'grid').length
  say('演示县已生成 the demo is made')
  return { events, grids, people: registered.persons, houses: registered.houses }
}

/** Each line with the seconds since the first. */
function timed(say: (line: string) => void): (line: string) => void {
  const began = performance.now()
  return (line) => say(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`)
}

type Given = Pick<Stage, 'engine' | 'clock' | 'county' | 'cast' | 'dice'>

/** The days of the plan, but none that have not come yet. @returns how many events began */
async function liveOn(plan: DemoPlan, base: Engine, set: Given): Promise<number> {
  const until = Math.min(
    startOf(plan.from) + plan.days * dayLength - 6 * hour,
    Math.max(startOf(plan.from) + dayLength, base.clock.now()),
  )
  const { database, shelf } = set.engine
  const book = await ruleBook({ tx: database.read, shelf }, plan.county)
  const stories = readStories()
  const inForce = book.inForce(startOf(plan.from))
  const categories = new Map(inForce.map((c) => [c.code, c]))
  const sites = await listSites(set)
  const period = { from: plan.from, days: plan.days, until, scale: plan.scale }
  const beginnings = drawBeginnings(period, { categories: inForce, stories }, sites, createDice(plan.seed + 1))
  const tree = placeTree(set.engine)
  const firstTown = set.cast.first.get('town')
  const near = sites.filter((s) => tree.ancestor(s.id, 'town')?.id === firstTown)
  const grid = sites.find((s) => s.id === set.cast.first.get('grid')) ?? sites[0]!
  const staged = stageOpenWork(
    { now: until, sites: { grid, town: near.filter((s) => s !== grid), county: sites }, categories, stories },
    createDice(plan.seed + 4),
  ).filter((s) => s.start.at > startOf(plan.from))
  const stage = {
    ...set,
    photo: await keepPhoto(plan.county, base),
    categories,
    told: new Map(),
    tell: createTeller(set.dice),
    groundOf: grounds(set),
  }
  const progress = (done: number) => plan.say(`  ${done} / ${beginnings.length + staged.length}`)
  return liveThrough(stage, { beginnings, staged, until, progress })
}

/** Grids with their borders, by how many people live there; a dedicated grid counts as a small one. */
async function listSites({ engine, county }: Given): Promise<Site[]> {
  const shapes = await listGridShapes(engine.database.read, county)
  return shapes.map(({ people, ...shape }) => ({ ...shape, weight: people ?? 150 }))
}

function grounds({ engine }: Given): Stage['groundOf'] {
  const tree = placeTree(engine)
  return (gridId) => {
    const village = tree.ancestor(gridId, 'village')!
    return groundOf(tree.get(gridId)!, village.name, 16)
  }
}

async function keepPhoto(county: string, base: Engine) {
  const drawn = await cleanPhoto(await drawPhoto(), 'image/png', { who: '', isKnown: true })
  const photo = await nameFile(county, drawn)
  await writeKept(base.settings.dataDir, photo, drawn)
  return photo
}

/** A picture that says that it is none. */
function drawPhoto(): Promise<Buffer> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#dfe6ee"/><text x="320" y="250" font-size="44" text-anchor="middle" fill="#4b5563">DEMO · 演示图片</text></svg>'
  return sharp(Buffer.from(svg)).png().toBuffer()
}
