/**
 * The registry of the demo county: as many people, houses and units as document 000 counts (841,600 with 407,900
 * floating; 438,600 houses with 49,000 rented; 58,000 units), all invented. Numbers begin with an area code that
 * nobody was ever given. At a smaller scale fewer grids are filled, each as full as it would be.
 */
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { dayLength } from '@fengge/domain/kernel/time'
import { recordKinds, type LinkRole, type RecordKind, type Values } from '@fengge/domain/registry/terms'
import { run } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { placeTree } from '@fengge/server/places/door'
import { draftRow, insertDrafts, type DraftRow } from '@fengge/server/registry/door'
import { inventName } from './people.ts'
import type { Dice } from './random.ts'
import { addLinks, listGeneralGrids, type FreshLink } from './store.ts'

export const registrySize = { persons: 841_600, floating: 407_900, houses: 438_600, rented: 49_000, units: 58_000 }
type Share = Record<keyof typeof registrySize, number>
const sizes = Object.keys(registrySize) as (keyof Share)[]

const estateNames = [
  '阳光花园',
  '柳岸新村',
  '金桂苑',
  '和平里',
  '东方华庭',
  '南苑小区',
  '新城佳园',
  '河畔名居',
  '枫林小区',
  '春晓苑',
  '锦绣花园',
  '翠竹园',
  '安居苑',
  '福源里',
  '天一家园',
  '桃源新村',
  '清水湾',
  '银杏花园',
  '梅园里',
  '紫荆花园',
]
const shopNames = ['便民超市', '小吃店', '理发店', '五金店', '水果店', '药房', '面馆', '洗衣店', '文具店', '家电维修部']
const firmNames = [
  '机械厂',
  '纺织有限公司',
  '塑料制品厂',
  '物流有限公司',
  '电子科技有限公司',
  '装饰工程部',
  '模具厂',
  '食品有限公司',
]
const farHomes = ['安徽省阜阳市', '河南省信阳市', '四川省广元市', '江苏省盐城市', '贵州省毕节市']

interface Home {
  readonly id: string
  readonly use: string
}
interface Place {
  readonly gridId: string
  readonly villageId: string
  readonly townId: string
}

/** Where the filling goes, and as of when. */
export interface Filling {
  readonly engine: Engine
  readonly county: string
  readonly dice: Dice
  readonly now: number
}

/** @param scale share of the grids that are filled */
export async function fillRegistry(filling: Filling, scale: number, say: (line: string) => void): Promise<Share> {
  const tree = placeTree(filling.engine)
  const general = await listGeneralGrids(filling.engine.database.read, filling.county)
  const grids = general.slice(0, Math.max(1, Math.ceil(general.length * scale)))
  const total: Share = { persons: 0, floating: 0, houses: 0, rented: 0, units: 0 }
  const of = (n: number, i: number) => {
    const all = Math.round(n * (grids.length / general.length))
    return Math.floor((all * (i + 1)) / grids.length) - Math.floor((all * i) / grids.length)
  }
  const writer = new Writer(filling)
  for (const [i, gridId] of grids.entries()) {
    const share = Object.fromEntries(sizes.map((key) => [key, of(registrySize[key], i)])) as Share
    const [village, town] = [tree.ancestor(gridId, 'village')!, tree.ancestor(gridId, 'town')!]
    await writer.fillGrid({ gridId, villageId: village.id, townId: town.id }, share, i)
    for (const key of sizes) total[key] += share[key]
    if (i % 50 === 49) say(`  ${total.persons} 人 people`)
  }
  await writer.flush()
  await writer.pending
  return total
}

const perBuilding = 44,
  perStair = 22
const enough = 4000

/** Collects rows and writes them in large groups, one group under way while the next is invented. */
class Writer {
  pending: Promise<unknown> = Promise.resolve()
  private rows = emptyRows()
  private links: FreshLink[] = []
  private seq = 0
  private readonly filling: Filling
  private readonly dice: Dice
  constructor(filling: Filling) {
    this.filling = filling
    this.dice = filling.dice
  }

  async fillGrid(place: Place, share: Share, index: number): Promise<void> {
    const part = index >= estateNames.length ? `${Math.floor(index / estateNames.length)}期` : ''
    const name = `${estateNames[index % estateNames.length]!}${part}`
    const estate = this.add('estate', place, null, { name, kind: 'estate', hasProperty: index % 6 !== 5 })
    this.fillPeople(place, share, this.build(place, share, estate))
    for (let k = 0; k < share.units; k++) this.addUnit(place, `${name}${k + 1}号`)
    if (this.rows.person.length > enough) await this.flush()
  }

  /** Buildings of eleven floors and two stairs, as many as the houses need. */
  private build(place: Place, share: Share, estate: string): Home[] {
    const homes: Home[] = []
    for (let b = 0; homes.length < share.houses; b++) {
      const building = this.add('building', place, estate, { no: String(b + 1), floors: 11, unitCount: 2 })
      for (let k = 0; k < perBuilding && homes.length < share.houses; k++) {
        const floor = 1 + Math.floor((k % perStair) / 2)
        const use = this.drawUse(homes.length < share.rented)
        const id = this.add('house', place, building, {
          unitNo: String(1 + Math.floor(k / perStair)),
          roomNo: `${floor}0${1 + (k % 2)}`,
          floor,
          use,
          areaM2: 45 + this.dice.int(90),
          rooms: 1 + this.dice.int(4),
        })
        homes.push({ id, use })
      }
    }
    return homes
  }

  private drawUse(isRented: boolean): string {
    if (isRented) return this.dice.chance(0.04) ? 'group' : 'rental'
    return this.dice.chance(0.12) ? 'vacant' : 'self'
  }

  private addUnit(place: Place, address: string): void {
    const isShop = this.dice.chance(0.6)
    this.add('unit', place, null, {
      name: `${address}${this.dice.pick(isShop ? shopNames : firmNames)}`,
      kind: isShop ? 'shop' : 'firm',
      staffCount: 1 + this.dice.int(isShop ? 5 : 60),
      status: 'open',
    })
  }

  /** Tenants fill the rented homes first; the rest live where they own, and a few have a second home. */
  private fillPeople(place: Place, share: Share, homes: readonly Home[]): void {
    const rented = homes.filter((h) => h.use === 'rental' || h.use === 'group'),
      owned = homes.filter((h) => h.use === 'self')
    for (let k = 0; k < share.persons; k++) {
      const isFloating = k < share.floating
      const among = isFloating && k < rented.length * 3 ? rented : owned
      const home = among[k % Math.max(1, among.length)]
      const id = this.add('person', place, null, this.inventPerson(isFloating))
      if (home) this.tie(id, home.id, roleOf(isFloating && home.use !== 'self', k < owned.length))
      if (this.dice.chance(0.01) && owned.length > 0) this.tie(id, this.dice.pick(owned).id, 'owner')
    }
  }

  private inventPerson(isFloating: boolean): Values {
    const { dice } = this
    const born = `${1940 + dice.int(83)}-${two(1 + dice.int(12))}-${two(1 + dice.int(28))}`
    const area = 990_000 + Math.floor(this.seq / 1000)
    const body = `${area}${born.replaceAll('-', '')}${String(this.seq++ % 1000).padStart(3, '0')}`
    return {
      name: inventName(dice),
      kind: this.drawKind(isFloating),
      idNo: dice.chance(0.93) ? body + identityCheck(body) : null,
      born,
      sex: Number(body[16]) % 2 === 1 ? 'male' : 'female',
      phone: dice.chance(0.85) ? `199${String(dice.int(1e8)).padStart(8, '0')}` : null,
      hukouArea: isFloating ? dice.pick(farHomes) : '江苏省无锡市',
    }
  }

  private drawKind(isFloating: boolean): string {
    if (isFloating) return 'floating'
    return this.dice.chance(0.01) ? 'left-behind' : 'resident'
  }

  /** Whoever lives there is answered for there; who only owns it, elsewhere. */
  private tie(personId: string, houseId: string, role: LinkRole): void {
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
    const at = now - this.dice.int(240) * dayLength
    const id = this.dice.id(at)
    const origin = { '*': { source: 'demo', by: '演示', at: new Date(at).toISOString() } }
    const draft = { id, kind, county, values, place, parentId, origin, now: at, batchId: null }
    this.rows[kind].push(draftRow(draft, engine.sealer))
    return id
  }

  /** Begins to write what was collected, after the group before. */
  async flush(): Promise<void> {
    const { rows, links } = this
    this.rows = emptyRows()
    this.links = []
    await this.pending
    this.pending = this.filling.engine.database.write(async (tx) => {
      for (const kind of written) if (rows[kind].length > 0) await run(tx, insertDrafts(kind, rows[kind]))
      await addLinks(tx, links)
    })
    this.pending.catch(() => undefined)
  }
}

/** Parents before children. */
const written = ['estate', 'building', 'house', 'person', 'unit'] as const
const emptyRows = () =>
  Object.fromEntries(recordKinds.map((kind) => [kind, []])) as unknown as Record<RecordKind, DraftRow[]>
const two = (n: number) => String(n).padStart(2, '0')

function roleOf(isTenant: boolean, isFirst: boolean): LinkRole {
  if (isTenant) return 'tenant'
  return isFirst ? 'head' : 'member'
}
