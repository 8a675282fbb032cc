/**
 * The registry of the demo county: as many people, houses and units as document 000 counts, over all towns by their
 * size, all invented. Numbers begin with an area code that nobody was ever given. At a smaller scale every grid has its
 * part, and that of the demo's worker is whole.
 */
import type { Geometry } from '@fengge/domain/places/terms'
import { run } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { placeTree } from '@fengge/server/places/door'
import type { RecordKind, Values } from '@fengge/domain/registry/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import { recordKinds, type LinkRole } from '@fengge/domain/registry/terms'
import { draftRow, insertDrafts, type DraftRow } from '@fengge/server/registry/door'
import { scatter } from './net/draw-county.ts'
import { inventFirm, inventPerson, type PersonKind } from './invent-records.ts'
import type { Dice } from './random.ts'
import { registrySize, type RegistryShare } from './registry-size.ts'
import { estateOf, isVillageName, shortName } from './net/spots.ts'
import { addLinks, listGeneralGrids, listGridShapes, savePoints, type FreshLink, type GeneralGrid } from './store.ts'

export { registrySize }
const sizes = Object.keys(registrySize) as (keyof RegistryShare)[]

interface Home {
  readonly id: string
  readonly use: string
}
interface Place {
  readonly gridId: string
  readonly villageId: string
  readonly townId: string
}
/** A grid, its names and its border. */
interface Ground extends Place {
  readonly estate: string
  readonly short: string
  readonly shape: Geometry | undefined
}

/** Where the filling goes, and as of when. */
export interface Filling {
  readonly engine: Engine
  readonly county: string
  readonly dice: Dice
  readonly now: number
}

/** @param scale share of the county that is filled */
export async function fillRegistry(
  filling: Filling,
  scale: number,
  say: (line: string) => void,
): Promise<RegistryShare> {
  const { engine, county } = filling
  const tree = placeTree(engine)
  const grids = await listGeneralGrids(engine.database.read, county)
  const shapes = new Map((await listGridShapes(engine.database.read, county)).map((s) => [s.id, s.geometry]))
  const persons = personsOf(grids, scale, (g) => tree.ancestor(g.id, 'town')?.id ?? '')
  const total: RegistryShare = { persons: 0, floating: 0, houses: 0, rented: 0, units: 0 }
  const writer = new Writer(filling)
  let reached = 0
  for (const [i, grid] of grids.entries()) {
    reached += persons[i]!
    const share = shareUpTo(reached, total)
    for (const key of sizes) total[key] += share[key]
    const village = tree.ancestor(grid.id, 'village')!
    const ground = {
      gridId: grid.id,
      villageId: village.id,
      townId: tree.ancestor(grid.id, 'town')!.id,
      estate: estateOf(grid.code, isVillageName(village.name)),
      short: shortName(village.name),
      shape: shapes.get(grid.id),
    }
    await writer.fillGrid(ground, share)
    if (i % 140 === 139) say(`  ${total.persons} 人 people`)
  }
  await writer.flush()
  await writer.pending
  return total
}

/** Persons of each grid: towns by the sizes of their grids, and within his town the worker's grid whole. */
function personsOf(grids: readonly GeneralGrid[], scale: number, townOf: (g: GeneralGrid) => string): number[] {
  const weights = grids.map((g) => g.people ?? 0)
  const all = weights.reduce((a, b) => a + b, 0) || 1
  const target = registrySize.persons * scale
  const first = townOf(grids[0]!)
  const ofTown = grids.reduce((n, g, i) => (townOf(g) === first ? n + weights[i]! : n), 0)
  const quota = (target * ofTown) / all
  const whole = Math.min(weights[0]!, Math.max((target * weights[0]!) / all, quota * 0.9))
  const others = ofTown - weights[0]!
  const exact = grids.map((g, i) => {
    if (i === 0) return others === 0 ? quota : whole
    return townOf(g) === first ? ((quota - whole) * weights[i]!) / others : (target * weights[i]!) / all
  })
  let before = 0
  return exact.map((x, i) => {
    const upTo = Math.round(exact.slice(0, i + 1).reduce((a, b) => a + b, 0))
    const share = upTo - before
    before = upTo
    return Math.max(0, share === 0 && x > 0.5 ? 1 : share)
  })
}

/** What is due when so many persons are there, less what was given. */
function shareUpTo(persons: number, given: RegistryShare): RegistryShare {
  const upTo = (key: keyof RegistryShare) => Math.round((registrySize[key] * persons) / registrySize.persons)
  return Object.fromEntries(sizes.map((key) => [key, upTo(key) - given[key]])) as unknown as RegistryShare
}

const perBuilding = 44,
  perStair = 22
const enough = 4000

/** Collects rows and writes them in large groups, one group under way while the next is invented. */
class Writer {
  pending: Promise<unknown> = Promise.resolve()
  private rows = emptyRows()
  private links: FreshLink[] = []
  private points: { id: string; at: readonly [number, number] }[] = []
  private seq = 0
  private estates = 0
  /** Days since somebody last confirmed; the demo's worker went round his grid lately. */
  private age = 14
  private readonly filling: Filling
  private readonly dice: Dice
  constructor(filling: Filling) {
    this.filling = filling
    this.dice = filling.dice
  }

  async fillGrid(ground: Ground, share: RegistryShare): Promise<void> {
    const hasProperty = this.estates++ % 6 !== 5
    const propertyName = hasProperty ? `${ground.short}物业服务公司` : null
    const values = { name: ground.estate, kind: 'estate', hasProperty, propertyName }
    const estate = this.add('estate', ground, null, values)
    const { homes, buildings } = this.build(ground, share, estate)
    this.fillPeople(ground, share, homes)
    // A firm sits in a building, and goes where it goes when the net changes.
    for (let k = 0; k < share.units; k++)
      this.add('unit', ground, this.dice.pick(buildings), inventFirm(ground.short, this.dice))
    this.age = 240
    if (this.rows.person.length > enough) await this.flush()
  }

  /** Buildings of eleven floors and two stairs, as many as the houses need, strewn over the grid from south to north. */
  private build(ground: Ground, share: RegistryShare, estate: string): { homes: Home[]; buildings: string[] } {
    const count = Math.max(1, Math.ceil(share.houses / perBuilding))
    const spots = ground.shape ? scatter(ground.shape, count, this.dice).toSorted((a, b) => a[1] - b[1]) : []
    const homes: Home[] = []
    const buildings: string[] = []
    for (let b = 0; b < count; b++) {
      const building = this.add('building', ground, estate, { no: String(b + 1), floors: 11, unitCount: 2 })
      buildings.push(building)
      if (spots[b]) this.points.push({ id: building, at: spots[b]! })
      for (let k = 0; k < perBuilding && homes.length < share.houses; k++) {
        const use = this.drawUse(homes.length < share.rented)
        homes.push({ id: this.add('house', ground, building, this.inventHouse(k, use)), use })
      }
    }
    return { homes, buildings }
  }

  private inventHouse(k: number, use: string): Values {
    const { dice } = this
    const floor = 1 + Math.floor((k % perStair) / 2)
    const isGroup = use === 'group'
    return {
      unitNo: String(1 + Math.floor(k / perStair)),
      roomNo: `${floor}0${1 + (k % 2)}`,
      floor,
      use,
      areaM2: isGroup ? 55 + dice.int(30) : 45 + dice.int(90),
      rooms: isGroup ? 5 + dice.int(3) : 1 + dice.int(4),
      isPartitioned: isGroup ? true : null,
      rentalKind: rentalKinds[use] ?? null,
    }
  }

  private drawUse(isRented: boolean): string {
    if (isRented) return this.dice.chance(0.05) ? 'group' : 'rental'
    return this.dice.chance(0.12) ? 'vacant' : 'self'
  }

  /** Tenants fill the rented homes, the crowded ones first; the rest live where they own; landlords live elsewhere. */
  private fillPeople(ground: Ground, share: RegistryShare, homes: readonly Home[]): void {
    const { dice } = this
    const rented = homes.filter((h) => h.use === 'rental' || h.use === 'group'),
      owned = homes.filter((h) => h.use === 'self')
    const beds = rented.flatMap((h) =>
      Array.from({ length: h.use === 'group' ? 9 + dice.int(4) : 2 + dice.int(2) }, () => h),
    )
    const residents: string[] = []
    for (let k = 0; k < share.persons; k++) {
      const isFloating = k < share.floating
      const bed = isFloating ? beds[k] : undefined
      const isHead = !bed && residents.length < owned.length
      const invented = inventPerson(this.kindOf(isFloating), this.seq++, dice, isHead)
      const id = this.add('person', ground, null, invented)
      if (bed) this.tie(id, bed.id, 'tenant')
      else {
        const home = isHead ? owned[residents.length] : dice.pick(owned)
        if (home) this.tie(id, home.id, isHead ? 'head' : 'member')
        residents.push(id)
      }
    }
    const heads = residents.slice(0, owned.length)
    // Whoever lets a home lives in another: households with several homes.
    for (const home of rented) if (heads.length > 0) this.tie(dice.pick(heads), home.id, 'owner')
    for (const id of heads) if (dice.chance(0.012) && owned.length > 1) this.tie(id, dice.pick(owned).id, 'owner')
  }

  private kindOf(isFloating: boolean): PersonKind {
    if (isFloating) return this.dice.chance(0.004) ? 'overseas' : 'floating'
    return this.dice.chance(0.01) ? 'left-behind' : 'resident'
  }

  /** Whoever lives there is answered for there; who only owns it, elsewhere. */
  private tie(personId: string, houseId: string, role: LinkRole): void {
    if (role === 'owner' && this.links.some((l) => l.house_id === houseId && l.person_id === personId)) return
    this.links.push({
      county_code: this.filling.county,
      id: this.dice.id(this.filling.now),
      person_id: personId,
      house_id: houseId,
      role,
      from_on: `202${this.dice.int(6)}-0${1 + this.dice.int(9)}-01`,
      basis: '演示',
      is_lead: role !== 'owner',
    })
  }

  private add(kind: RecordKind, place: Place, parentId: string | null, values: Values): string {
    const { county, engine, now } = this.filling
    const at = now - this.dice.int(this.age) * dayLength
    const id = this.dice.id(at)
    const origin = { '*': { source: 'demo', by: '演示', at: new Date(at).toISOString() } }
    const { gridId, villageId, townId } = place
    const draft = {
      id,
      kind,
      county,
      values,
      place: { gridId, villageId, townId },
      parentId,
      origin,
      now: at,
      batchId: null,
    }
    this.rows[kind].push(draftRow(draft, engine.sealer))
    return id
  }

  /** Begins to write what was collected, after the group before. */
  async flush(): Promise<void> {
    const { rows, links, points } = this
    this.rows = emptyRows()
    this.links = []
    this.points = []
    await this.pending
    this.pending = this.filling.engine.database.write(async (tx) => {
      for (const kind of written) if (rows[kind].length > 0) await run(tx, insertDrafts(kind, rows[kind]))
      await addLinks(tx, links)
      await savePoints(tx, this.filling.county, points)
    })
    this.pending.catch(() => undefined)
  }
}

const rentalKinds: Readonly<Record<string, string | undefined>> = { group: 'group', rental: 'whole' }
/** Parents before children. */
const written = ['estate', 'building', 'house', 'person', 'unit'] as const
const emptyRows = () =>
  Object.fromEntries(recordKinds.map((kind) => [kind, []])) as unknown as Record<RecordKind, DraftRow[]>
