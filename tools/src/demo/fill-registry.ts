/**
 * The registry of the demo county: as many people, houses and units as document 000 counts (841,600 with 407,900
 * floating; 438,600 houses with 49,000 rented; 58,000 units), all invented. Numbers begin with an area code that
 * nobody was ever given. At a smaller scale fewer grids are filled, each as full as it would be.
 */
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { dayLength } from '@fengge/domain/kernel/time'
import type { RecordKind, Values } from '@fengge/domain/registry/terms'
import { rowsOf, sql, run } from '@fengge/server/kernel/db/sql'
import type { Tx } from '@fengge/server/kernel/db/tx'
import { insertInto } from '@fengge/server/kernel/db/sink'
import type { Engine } from '@fengge/server/kernel/engine'
import { placeTree } from '@fengge/server/places/door'
import { draftRow, insertDrafts } from '@fengge/server/registry/door'
import { inventName } from './people.ts'
import type { Dice } from './random.ts'

export const registrySize = { persons: 841_600, floating: 407_900, houses: 438_600, rented: 49_000, units: 58_000 }
const estateNames =
  '阳光花园 柳岸新村 金桂苑 和平里 东方华庭 南苑小区 新城佳园 河畔名居 枫林小区 春晓苑 锦绣花园 翠竹园 安居苑 福源里 天一家园 桃源新村 清水湾 银杏花园 梅园里 紫荆花园'.split(
    ' ',
  )
const shopNames = '便民超市 小吃店 理发店 五金店 水果店 药房 面馆 洗衣店 文具店 家电维修部'.split(' '),
  firmNames = '机械厂 纺织有限公司 塑料制品厂 物流有限公司 电子科技有限公司 装饰工程部 模具厂 食品有限公司'.split(' ')
const linkSink = insertInto('registry.link', {
  county_code: 'text',
  id: 'uuid',
  person_id: 'uuid',
  house_id: 'uuid',
  role: 'text',
  from_on: 'date',
  basis: 'text',
  is_lead: 'boolean',
})

interface Home {
  readonly id: string
  readonly use: string
}
interface Share {
  persons: number
  floating: number
  houses: number
  rented: number
  units: number
}

export async function fillRegistry(
  engine: Engine,
  county: string,
  scale: number,
  dice: Dice,
  now: number,
  say: (line: string) => void,
): Promise<Share> {
  const tree = placeTree()
  const general = await rowsOf<{ id: string }>(
    engine.database.read,
    sql`
      select p.id
      from places.place p
      where p.county_code = ${county} and p.level = 'grid' and p.kind = 'general' and p.valid_to is null
      order by
        exists (
          select 1
          from identity.posting q join identity.account a on a.id = q.account_id
          where q.place_id = p.id and a.login = 'worker'
        ) desc,
        p.code
    `,
  )
  const grids = general.slice(0, Math.max(1, Math.ceil(general.length * scale))).map((g) => g.id)
  const total: Share = { persons: 0, floating: 0, houses: 0, rented: 0, units: 0 }
  const of = (n: number, i: number) => {
    const all = Math.round(n * (grids.length / general.length))
    return Math.floor((all * (i + 1)) / grids.length) - Math.floor((all * i) / grids.length)
  }
  const writer = new Writer(engine, county, dice, now)
  for (const [i, gridId] of grids.entries()) {
    const share: Share = {
      persons: of(registrySize.persons, i),
      floating: of(registrySize.floating, i),
      houses: of(registrySize.houses, i),
      rented: of(registrySize.rented, i),
      units: of(registrySize.units, i),
    }
    await writer.fillGrid(gridId, tree.ancestor(gridId, 'village')!.id, tree.ancestor(gridId, 'town')!.id, share, i)
    for (const key of Object.keys(total) as (keyof Share)[]) total[key] += share[key]
    if (i % 50 === 49) say(`  ${total.persons} 人 people`)
  }
  await writer.flush(true)
  return total
}

/** Collects rows and writes them in large groups, one group under way while the next is invented. */
class Writer {
  private readonly rows: Record<string, object[]> = {
    estate: [],
    building: [],
    house: [],
    person: [],
    unit: [],
    link: [],
  }
  private pending: Promise<unknown> = Promise.resolve()
  private seq = 0
  private readonly engine: Engine
  private readonly county: string
  private readonly dice: Dice
  private readonly now: number
  constructor(engine: Engine, county: string, dice: Dice, now: number) {
    this.engine = engine
    this.county = county
    this.dice = dice
    this.now = now
  }

  async fillGrid(gridId: string, villageId: string, townId: string, share: Share, index: number): Promise<void> {
    const place = { gridId, villageId, townId }
    const name = `${estateNames[index % estateNames.length]!}${index >= estateNames.length ? `${Math.floor(index / estateNames.length)}期` : ''}`
    const estate = this.add('estate', place, null, { name, kind: 'estate', hasProperty: index % 6 !== 5 })
    const homes: Home[] = []
    const perBuilding = 44
    for (let b = 0; homes.length < share.houses; b++) {
      const building = this.add('building', place, estate, { no: String(b + 1), floors: 11, unitCount: 2 })
      for (let k = 0; k < perBuilding && homes.length < share.houses; k++) {
        const floor = 1 + Math.floor((k % 22) / 2)
        const use =
          homes.length < share.rented
            ? this.dice.chance(0.04)
              ? 'group'
              : 'rental'
            : this.dice.chance(0.12)
              ? 'vacant'
              : 'self'
        const id = this.add('house', place, building, {
          unitNo: String(1 + Math.floor(k / 22)),
          roomNo: `${floor}0${1 + (k % 2)}`,
          floor,
          use,
          areaM2: 45 + this.dice.int(90),
          rooms: 1 + this.dice.int(4),
        })
        homes.push({ id, use })
      }
    }
    this.fillPeople(place, share, homes)
    for (let k = 0; k < share.units; k++) {
      const isShop = this.dice.chance(0.6)
      this.add('unit', place, null, {
        name: `${name}${k + 1}号${this.dice.pick(isShop ? shopNames : firmNames)}`,
        kind: isShop ? 'shop' : 'firm',
        staffCount: 1 + this.dice.int(isShop ? 5 : 60),
        status: 'open',
      })
    }
    if (this.rows['person']!.length > 4000) await this.flush()
  }

  /** Tenants fill the rented homes first; the rest live where they own, and a few have a second home. */
  private fillPeople(place: Place, share: Share, homes: readonly Home[]): void {
    const { dice } = this
    const rented = homes.filter((h) => h.use === 'rental' || h.use === 'group'),
      owned = homes.filter((h) => h.use === 'self')
    for (let k = 0; k < share.persons; k++) {
      const isFloating = k < share.floating
      const home =
        isFloating && k < rented.length * 3
          ? rented[k % Math.max(1, rented.length)]
          : owned[k % Math.max(1, owned.length)]
      const born = `${1940 + dice.int(83)}-${two(1 + dice.int(12))}-${two(1 + dice.int(28))}`
      const body = `${990_000 + Math.floor(this.seq / 1000)}${born.replaceAll('-', '')}${String(this.seq++ % 1000).padStart(3, '0')}`
      const values: Values = {
        name: inventName(dice),
        kind: isFloating ? 'floating' : dice.chance(0.01) ? 'left-behind' : 'resident',
        idNo: dice.chance(0.93) ? body + identityCheck(body) : null,
        born,
        sex: Number(body[16]) % 2 === 1 ? 'male' : 'female',
        phone: dice.chance(0.85) ? `199${String(dice.int(1e8)).padStart(8, '0')}` : null,
        hukouArea: isFloating
          ? dice.pick(['安徽省阜阳市', '河南省信阳市', '四川省广元市', '江苏省盐城市', '贵州省毕节市'])
          : '江苏省无锡市',
      }
      const id = this.add('person', place, null, values)
      if (home)
        this.tie(
          id,
          home.id,
          isFloating && home.use !== 'self' ? 'tenant' : k % owned.length === k ? 'head' : 'member',
          true,
        )
      if (dice.chance(0.01) && owned.length > 0) this.tie(id, dice.pick(owned).id, 'owner', false)
    }
  }

  private tie(personId: string, houseId: string, role: string, isLead: boolean): void {
    this.rows['link']!.push({
      county_code: this.county,
      id: this.dice.id(this.now),
      person_id: personId,
      house_id: houseId,
      role,
      from_on: `202${this.dice.int(6)}-0${1 + this.dice.int(9)}-01`,
      basis: '演示',
      is_lead: isLead,
    })
  }

  private add(kind: RecordKind, place: Place, parentId: string | null, values: Values): string {
    const at = this.now - this.dice.int(240) * dayLength
    const id = this.dice.id(at)
    this.rows[kind]!.push(
      draftRow(
        {
          id,
          kind,
          county: this.county,
          values,
          place,
          parentId,
          origin: { '*': { source: 'demo', by: '演示', at: new Date(at).toISOString() } },
          now: at,
          batchId: null,
        },
        this.engine.sealer,
      ),
    )
    return id
  }

  /** Writes what was collected, after the group before; the last one is waited for. */
  async flush(isLast = false): Promise<void> {
    const rows = { ...this.rows }
    for (const kind of Object.keys(this.rows)) this.rows[kind] = []
    await this.pending
    this.pending = this.engine.database.write(async (tx: Tx) => {
      for (const kind of ['estate', 'building', 'house', 'person', 'unit'] as const)
        if (rows[kind]!.length > 0) await run(tx, insertDrafts(kind, rows[kind]!))
      if (rows['link']!.length > 0) await run(tx, linkSink.into(rows['link'] as never[]))
    })
    this.pending.catch(() => undefined)
    if (isLast) await this.pending
  }
}

interface Place {
  readonly gridId: string
  readonly villageId: string
  readonly townId: string
}
const two = (n: number) => String(n).padStart(2, '0')
