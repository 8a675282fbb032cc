/**
 * Devices in the grid of the demo's worker and what they said: a storm of three smoke detectors that is one event, one
 * that is often wrong, a fault, a battery that runs low, one that is silent, one that was taken down.
 */
import type { Act } from '@fengge/domain/events/acts'
import { dayLength, minute } from '@fengge/domain/kernel/time'
import type { SensorKind } from '@fengge/domain/sensors/terms'
import { act } from '@fengge/server/events/door'
import { departmentsById } from '@fengge/server/identity/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { deviceCaller, type Caller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { placeTree } from '@fengge/server/places/door'
import { endSensor, registerSensor } from '@fengge/server/sensors/commands/keep-device'
import { takeReading } from '@fengge/server/sensors/commands/take-reading'
import { estateOf, isVillageName } from '../net/spots.ts'
import { listBuildings } from '../store.ts'
import { callerFor } from './office-work.ts'
import { listAlarmed } from './store-today.ts'

interface Plan {
  readonly name: string
  readonly kind: SensorKind
  readonly spot: string
  /** The kind of department whose it is. */
  readonly owner: string
  /** The building by its number; none where it stands outside. */
  readonly building?: number
}
const plans: readonly Plan[] = [
  { kind: 'smoke', owner: 'fire', building: 1, name: '1幢1单元3楼', spot: '1幢1单元3楼楼道' },
  { kind: 'smoke', owner: 'fire', building: 1, name: '1幢1单元5楼', spot: '1幢1单元5楼楼道' },
  { kind: 'smoke', owner: 'fire', building: 1, name: '1幢1单元7楼', spot: '1幢1单元7楼楼道' },
  { kind: 'smoke', owner: 'fire', building: 2, name: '2幢地下车库', spot: '2幢地下车库B12车位旁' },
  { kind: 'charging-fire', owner: 'fire', building: 2, name: '电动车充电棚1号', spot: '2幢南侧电动车充电棚' },
  { kind: 'gas', owner: 'gas', building: 3, name: '底商后厨', spot: '3幢底商后厨' },
  { kind: 'electrical', owner: 'power', building: 1, name: '1幢配电间', spot: '1幢一层配电间' },
  { kind: 'lift', owner: 'market', building: 1, name: '1幢1号', spot: '1幢1单元1号梯' },
  { kind: 'public-door', owner: 'fire', building: 2, name: '2幢消防门', spot: '2幢1单元屋顶消防门' },
  { kind: 'manhole', owner: 'works', name: '北门窨井01', spot: '小区北门外人行道' },
  { kind: 'water-level', owner: 'water', name: '中心河泵站', spot: '中心河泵站' },
  { kind: 'street-lamp', owner: 'works', name: '北门路灯07', spot: '小区北门外第七根灯杆' },
]

export async function placeDevices(engine: Engine, county: string, gridId: string): Promise<void> {
  const demo = await Devices.place(engine, county, gridId)
  for (const days of [19, 8]) await demo.cryWolf('2幢地下车库', days * dayLength)
  const far = { '2幢消防门': 6 * dayLength } as Record<string, number>
  for (const { name } of plans)
    await demo.say(
      name,
      { reading: 'heartbeat', battery: name === '电动车充电棚1号' ? 14 : 86 },
      far[name] ?? 40 * minute,
    )
  await demo.say('底商后厨', { reading: 'fault' }, 30 * minute)
  await demo.say('1幢1单元3楼', { reading: 'alarm', value: 0.31 }, 12 * minute)
  await demo.say('1幢1单元5楼', { reading: 'alarm', value: 0.24 }, 10 * minute)
  await demo.say('1幢1单元3楼', { reading: 'alarm', value: 0.36 }, 9 * minute)
  await demo.say('1幢1单元7楼', { reading: 'alarm', value: 0.18 }, 8 * minute)
  await demo.say('1幢1单元7楼', { reading: 'clear' }, 5 * minute)
  await demo.end('北门路灯07', '灯杆随道路改造拆除')
}

type Said = Pick<Parameters<typeof takeReading>[1], 'reading'> & { readonly value?: number; readonly battery?: number }

class Devices {
  private readonly engine: Engine
  private readonly county: string
  private readonly keeper: Caller
  private readonly ids = new Map<string, string>()
  private constructor(engine: Engine, county: string, keeper: Caller) {
    this.engine = engine
    this.county = county
    this.keeper = keeper
  }

  /** They were put up a month ago. */
  static async place(engine: Engine, county: string, gridId: string): Promise<Devices> {
    const demo = new Devices(engine, county, await callerFor(engine, county, 'net'))
    const tree = placeTree(engine)
    const townId = tree.ancestor(gridId, 'town')!.id
    const estate = estateOf(tree.get(gridId)!.code, isVillageName(tree.ancestor(gridId, 'village')!.name))
    const { read } = engine.database
    const offices = [...(await departmentsById(read, county)).values()].filter((d) => d.placeId === townId)
    const buildings = await listBuildings(read, county, gridId)
    const gate = buildings.at(-1)
    for (const [i, { kind, name, spot, owner, building }] of plans.entries()) {
      const stands = building === undefined ? undefined : buildings[building - 1]
      const point = stands ? null : { lng: (gate?.lng ?? 0) + i * 1e-6, lat: gate?.lat ?? 0 }
      const id = freshId(engine.clock.now())
      const departmentId = offices.find((o) => o.kind === owner)?.id ?? null
      const where = { buildingId: stands?.id ?? null, point, spot: `${estate}${spot}` }
      await actAs(demo.at(30 * dayLength), demo.keeper, 'demo:device', (ctx) =>
        registerSensor(ctx, { requestId: ctx.requestId, id, kind, name, departmentId, validTo: null, ...where }),
      )
      demo.ids.set(name, id)
    }
    return demo
  }

  private at(ago: number): Engine {
    return { ...this.engine, clock: setClock(this.engine.clock.now() - ago) }
  }

  async say(name: string, said: Said, ago: number): Promise<void> {
    const caller = deviceCaller(this.county, this.ids.get(name)!)
    await actAs(this.at(ago), caller, 'demo:reading', (ctx) => takeReading(ctx, { message: ctx.requestId, ...said }))
  }

  /** An alarm that was nothing: the worker looked, and the town's desk refused it. */
  async cryWolf(name: string, ago: number): Promise<void> {
    await this.say(name, { reading: 'alarm', value: 0.2 }, ago)
    const [eventId = ''] = await listAlarmed(this.engine.database.read, this.county, this.ids.get(name)!)
    const acts: [login: string, after: number, move: Act][] = [
      ['worker', 18 * minute, { action: 'verify', finding: 'absent', note: '到场查看无烟无火，探头积灰' }],
      ['town', 50 * minute, { action: 'refuse', reason: 'untrue', note: '误报，已通知物业清灰' }],
    ]
    for (const [login, after, move] of acts) {
      const caller = await callerFor(this.engine, this.county, login)
      await actAs(this.at(ago - after), caller, `demo:${move.action}`, (ctx) =>
        act(ctx, { eventId, evidenceIds: [] }, move),
      )
    }
    await this.say(name, { reading: 'clear' }, ago - 60 * minute)
  }

  async end(name: string, reason: string): Promise<void> {
    const id = this.ids.get(name)!
    await actAs(this.engine, this.keeper, 'demo:device', (ctx) =>
      endSensor(ctx, { requestId: ctx.requestId, id, reason }),
    )
  }
}
