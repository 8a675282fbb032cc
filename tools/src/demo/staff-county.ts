/**
 * Staff of the demo county as document 000 has it: 557 full-time workers (302 community workers, 225 auxiliary police),
 * the party secretary of each community as 网格长, community police and 治保主任 as deputies, 451 police officers, judges,
 * prosecutors and lawyers in the grids, and a liaison for the micro-grid of each community. Nobody has two roles.
 */
import { hash } from '@node-rs/argon2'
import { placeTree, type Node } from '@fengge/server/places/door'
import type { Ctx } from '@fengge/server/kernel/context'
import { demoLogins, demoPassword } from './logins.ts'
import { countyOffices, townOffices } from './people.ts'
import type { Dice } from './random.ts'
import { Recruiter } from './recruiter.ts'
import { isVillageName, shortName } from './net/spots.ts'

/** Who sits at a desk: whoever dispatches, his chief and the leader. In a community one officer dispatches and decides. */
export interface Desk {
  readonly desk: string
  readonly chief: string
  readonly leader: string
}
export interface Department {
  readonly kind: string
  readonly id: string
  readonly accountId: string
}
export interface Cast {
  /** Departments by the place whose desk sends to them. */
  readonly departments: Map<string, readonly Department[]>
  readonly desks: Map<string, Desk>
  /** Workers by grid. */
  readonly workers: Map<string, string>
  /** The first community, whose people are among the demo's accounts. */
  readonly first: Map<'grid' | 'village' | 'town' | 'county', string>
  readonly hotline: string
  /** Whoever has a login of the demo. */
  readonly people: Map<string, string>
}

/** The net to staff, and from which day on. */
export interface Staffing {
  readonly countyId: string
  /** Grids that the worker before them cares for. */
  readonly dedicated: ReadonlySet<string>
  readonly from: string
}

const known = new Set<string>(demoLogins.map(([login]) => login))
const isDemoLogin = (login: string) => known.has(login)

const single = [
  ['net', 'net-editor'],
  ['rules', 'rules-editor'],
  ['sysadmin', 'system-admin'],
  ['secadmin', 'security-admin'],
  ['auditor', 'audit-admin'],
  ['supervisor', 'supervisor'],
  ['sysadmin2', 'system-admin'],
  ['secadmin2', 'security-admin'],
  ['auditor2', 'audit-admin'],
] as const

export async function staffCounty(ctx: Ctx, staffing: Staffing, dice: Dice): Promise<Cast> {
  const tree = placeTree(ctx)
  const { countyId, dedicated } = staffing
  const staff = new Recruiter(ctx, dice, staffing.from, await hash(demoPassword))
  const cast: Cast = {
    departments: new Map(),
    desks: new Map(),
    workers: new Map(),
    first: new Map([['county', countyId]]),
    hotline: staff.hire({ login: 'hotline', role: 'hotline-operator', placeId: countyId }),
    people: new Map(),
  }
  staffDesk(staff, cast, { placeId: countyId, kinds: countyOffices, login: 'county', urban: 'bureau', name: '' })
  for (const [t, town] of tree.children(countyId).entries()) {
    const login = t === 0 ? 'town' : `town${town.code.slice(6, 9)}`
    const urban = t === 0 ? 'office' : `${login}-urban`
    staffDesk(staff, cast, { placeId: town.id, kinds: townOffices, login, urban, name: town.name })
    if (t === 0) cast.first.set('town', town.id)
  }
  const grids = new GridStaff(staff, cast)
  const villages = tree.below(countyId, 'village').map((id) => tree.get(id)!)
  for (const [v, village] of villages.entries()) {
    staffVillage(staff, cast, village, v)
    for (const [m, placeId] of tree.below(village.id, 'micro').entries()) {
      const login = v === 0 ? 'liaison' : `liaison${village.code.slice(6)}`
      staff.hire({ login: m === 0 ? login : `${login}${m + 1}`, role: 'liaison', placeId })
    }
    for (const id of tree.below(village.id, 'grid')) grids.staff(id, dedicated.has(id))
  }
  sendLawyers(staff, villages)
  for (const [login, role] of single) staff.hire({ login, role, placeId: countyId })
  staff.hire({ login: 'keeper', role: 'overlay-keeper', placeId: cast.first.get('town')! })
  await staff.write()
  for (const { login, id } of staff.accounts) if (isDemoLogin(login)) cast.people.set(login, id)
  return cast
}

/** A desk with its departments. `urban`: the login of the handler of city management. */
interface DeskPlan {
  readonly placeId: string
  readonly kinds: typeof townOffices
  readonly login: string
  readonly urban: string
  readonly name: string
}

function staffDesk(staff: Recruiter, cast: Cast, plan: DeskPlan): void {
  const { placeId, login } = plan
  const desk = staff.hire({ login, role: 'dispatcher', placeId })
  const chief = staff.hire({ login: `${login}chief`, role: 'duty-chief', placeId })
  const leader = staff.hire({ login: login === 'county' ? 'leader' : `${login}leader`, role: 'leader', placeId })
  cast.desks.set(placeId, { desk, chief, leader })
  const special: Readonly<Record<string, string | undefined>> = {
    urban: plan.urban,
    police: login === 'town' ? 'station' : undefined,
  }
  const departments = plan.kinds.map(([kind, title]) => {
    const id = staff.open(placeId, kind, `${plan.name.replace(/(街道|镇)$/, '')}${title}`)
    const own = special[kind] ?? `${login}-${kind}`
    return { kind, id, accountId: staff.hire({ login: own, role: 'handler', placeId, departmentId: id }) }
  })
  cast.departments.set(placeId, departments)
}

/** A community: who takes in and sends, who handles, the leader of its grids and his two deputies. */
function staffVillage(staff: Recruiter, cast: Cast, village: Node, nth: number): void {
  const login = (word: string) => (nth === 0 ? word : `${word}${village.code.slice(6)}`)
  const placeId = village.id
  const office = `${shortName(village.name)}${isVillageName(village.name) ? '村' : '社区'}`
  const id = staff.open(placeId, 'village-office', office)
  const officer = staff.hire({ login: login('village'), role: 'village-officer', placeId })
  const accountId = staff.hire({ login: login('committee'), role: 'handler', placeId, departmentId: id })
  const leader = staff.hire({ login: login('gridleader'), role: 'grid-leader', placeId, origin: 'party-secretary' })
  staff.hire({ login: login('deputy'), role: 'deputy-leader', placeId, origin: 'police' })
  staff.hire({ login: login('security'), role: 'deputy-leader', placeId, origin: 'security-director' })
  cast.departments.set(placeId, [{ kind: 'village-office', id, accountId }])
  cast.desks.set(placeId, { desk: officer, chief: officer, leader })
  if (nth === 0) cast.first.set('village', placeId)
}

/** 451 from police, court, prosecution and the bar go into the grids; the community police among them are deputies. */
const legal = 451
const professions = ['police', 'police', 'judge', 'lawyer', 'prosecutor', 'lawyer'] as const

function sendLawyers(staff: Recruiter, villages: readonly Node[]): void {
  for (let i = 0; i < legal - villages.length; i++) {
    const village = villages[i % villages.length]!
    const origin = professions[Math.floor(i / villages.length + i) % professions.length]!
    staff.hire({ login: `legal${String(i + 1).padStart(3, '0')}`, role: 'legal-officer', placeId: village.id, origin })
  }
}

/** One full-time worker a general grid; a dedicated grid is cared for by the worker before it. */
class GridStaff {
  private count = 0
  private last = ''
  private readonly recruiter: Recruiter
  private readonly cast: Cast
  constructor(recruiter: Recruiter, cast: Cast) {
    this.recruiter = recruiter
    this.cast = cast
  }

  staff(gridId: string, isDedicated: boolean): void {
    if (isDedicated && this.count > 0) this.recruiter.post(this.last, { role: 'grid-worker', placeId: gridId })
    else this.hireFor(gridId)
    this.cast.workers.set(gridId, this.last)
  }

  private hireFor(placeId: string): void {
    const nth = this.count++
    const login = nth === 0 ? 'worker' : `worker${String(nth + 1).padStart(4, '0')}`
    this.last = this.recruiter.hire({ login, role: 'grid-worker', placeId, origin: originOf(nth) })
    if (nth === 0) this.cast.first.set('grid', placeId)
  }
}

/** 302 community workers, 225 auxiliary police, and others. */
function originOf(nth: number): string {
  if (nth < 302) return 'community-worker'
  return nth < 527 ? 'auxiliary-police' : 'other'
}
