/** Staff of the demo county: document 000's 557 full-time workers (302 community workers, 225 auxiliary police). */
import { hash } from '@node-rs/argon2'
import { saveAccount } from '@fengge/server/identity/store/accounts'
import { saveDepartmentRow, savePosting } from '@fengge/server/identity/store/postings'
import { placeTree } from '@fengge/server/places/door'
import type { Ctx } from '@fengge/server/kernel/context'
import { roles } from '@fengge/domain/identity/roles'
import { countyOffices, inventName, townOffices } from './people.ts'
import type { Dice } from './random.ts'
import { saveOrigin } from './store.ts'

/** Demo accounts a person can sign in with. The password is public: it opens invented data only. */
export const demoPassword = 'Demo-grid-2026'
export const demoLogins = [
  ['worker', '专职网格员', 'Grid worker', '/field/'],
  ['liaison', '微网格联络员（70 岁）', 'Liaison, 70', '/field/'],
  ['village', '村（社区）受理员', 'Community officer', '/console/'],
  ['town', '镇（街道）派遣员', 'Town dispatcher', '/console/'],
  ['townchief', '镇（街道）值班长', 'Town duty chief', '/console/'],
  ['office', '镇综合行政执法队处置员', 'Town department handler', '/console/'],
  ['county', '县级派遣员', 'County dispatcher', '/console/'],
  ['countychief', '县级值班长', 'County duty chief', '/console/'],
  ['bureau', '城市管理局处置员', 'County bureau handler', '/console/'],
  ['leader', '分管领导', 'Leader in charge', '/console/'],
  ['supervisor', '督办员', 'Supervisor', '/console/'],
  ['hotline', '热线受理员', 'Hotline operator', '/console/'],
  ['net', '网格管理员', 'Net editor', '/console/'],
  ['rules', '业务管理员', 'Rules editor', '/console/'],
  ['sysadmin', '系统管理员', 'System administrator', '/console/'],
  ['secadmin', '安全管理员', 'Security administrator', '/console/'],
  ['auditor', '审计管理员', 'Audit administrator', '/console/'],
] as const

/** Who sits at a desk: whoever dispatches, his chief and the leader. In a community one officer is all of them. */
export interface Desk {
  readonly desk: string
  readonly chief: string
  readonly leader: string
}
interface Department {
  readonly kind: string
  readonly id: string
  readonly accountId: string
}
export interface Cast {
  readonly villageOffice: Map<string, string>
  readonly departments: Map<string, readonly Department[]>
  readonly desks: Map<string, Desk>
  readonly workers: Map<string, string>
  readonly hotline: string
}

interface Post {
  readonly role: string
  readonly placeId: string
  readonly departmentId?: string
}
interface Hire extends Post {
  readonly login: string
  readonly origin?: string
}

/** The net to staff, and from which day on. */
export interface Staffing {
  readonly countyId: string
  /** Grids that the worker before them cares for. */
  readonly dedicated: ReadonlySet<string>
  readonly from: string
}

const single = [
  ['net', 'net-editor'],
  ['rules', 'rules-editor'],
  ['sysadmin', 'system-admin'],
  ['secadmin', 'security-admin'],
  ['auditor', 'audit-admin'],
  ['supervisor', 'supervisor'],
] as const

export async function staffCounty(ctx: Ctx, staffing: Staffing, dice: Dice): Promise<Cast> {
  const tree = placeTree(ctx)
  const { countyId, dedicated } = staffing
  const staff = new Recruiter(ctx, dice, staffing.from, await hash(demoPassword))
  const cast: Cast = {
    villageOffice: new Map(),
    departments: new Map(),
    desks: new Map(),
    workers: new Map(),
    hotline: await staff.hire({ login: 'hotline', role: 'hotline-operator', placeId: countyId }),
  }
  await staffDesk(staff, cast, { placeId: countyId, kinds: countyOffices, login: 'county', urban: 'bureau', name: '' })
  for (const [t, town] of tree.children(countyId).entries()) {
    const login = t === 0 ? 'town' : `town${town.code.slice(6, 9)}`
    const urban = t === 0 ? 'office' : `${login}-urban`
    await staffDesk(staff, cast, { placeId: town.id, kinds: townOffices, login, urban, name: town.name })
  }
  const grids = new GridStaff(staff, cast)
  for (const [v, id] of tree.below(countyId, 'village').entries()) {
    const village = tree.get(id)!
    await staffVillage(staff, cast, village, v === 0 ? 'village' : `village${village.code.slice(6)}`)
    for (const grid of tree.children(id)) await grids.staff(grid.id, dedicated.has(grid.id))
  }
  for (const [login, role] of single) await staff.hire({ login, role, placeId: countyId })
  return cast
}

const logins = new Set<string>(demoLogins.map(([login]) => login))
const kindOf = new Map(roles.map((r) => [r.code, r.kind]))

/** Opens accounts, posts and departments. */
class Recruiter {
  private readonly ctx: Ctx
  private readonly dice: Dice
  private readonly from: string
  private readonly password: string
  constructor(ctx: Ctx, dice: Dice, from: string, password: string) {
    this.ctx = ctx
    this.dice = dice
    this.from = from
    this.password = password
  }

  async hire(h: Hire): Promise<string> {
    const { ctx } = this
    const id = this.dice.id(ctx.now)
    await saveAccount(ctx.tx, {
      id,
      county: ctx.caller.countyCode,
      login: h.login,
      name: inventName(this.dice),
      kind: 'person',
      hash: logins.has(h.login) ? this.password : null,
      mustChange: false,
      isInvented: true,
      now: ctx.now,
    })
    if (h.origin) await saveOrigin(ctx.tx, id, h.origin)
    await this.post(id, h)
    return id
  }

  async post(accountId: string, p: Post): Promise<void> {
    await savePosting(this.ctx.tx, {
      id: this.dice.id(this.ctx.now),
      accountId,
      roleCode: p.role,
      roleKind: kindOf.get(p.role)!,
      placeId: p.placeId,
      departmentId: p.departmentId ?? null,
      fromOn: this.from,
      toOn: null,
    })
  }

  async open(placeId: string, kind: string, name: string): Promise<string> {
    const id = this.dice.id(this.ctx.now)
    const county = this.ctx.caller.countyCode
    await saveDepartmentRow(this.ctx.tx, { id, county, placeId, name, kind, status: 'active' })
    return id
  }
}

/** A desk with its departments. `urban`: the login of the handler of city management. */
interface DeskPlan {
  readonly placeId: string
  readonly kinds: typeof townOffices
  readonly login: string
  readonly urban: string
  readonly name: string
}

async function staffDesk(staff: Recruiter, cast: Cast, plan: DeskPlan): Promise<void> {
  const { placeId, login } = plan
  const desk = await staff.hire({ login, role: 'dispatcher', placeId })
  const chief = await staff.hire({ login: `${login}chief`, role: 'duty-chief', placeId })
  const leaderLogin = login === 'county' ? 'leader' : `${login}leader`
  const leader = await staff.hire({ login: leaderLogin, role: 'leader', placeId })
  cast.desks.set(placeId, { desk, chief, leader })
  const departments: Department[] = []
  for (const [kind, title] of plan.kinds) {
    const id = await staff.open(placeId, kind, `${plan.name.replace(/(街道|镇)$/, '')}${title}`)
    const own = kind === 'urban' ? plan.urban : `${login}-${kind}`
    departments.push({
      kind,
      id,
      accountId: await staff.hire({ login: own, role: 'handler', placeId, departmentId: id }),
    })
  }
  cast.departments.set(placeId, departments)
}

async function staffVillage(
  staff: Recruiter,
  cast: Cast,
  village: { readonly id: string; readonly name: string },
  login: string,
): Promise<void> {
  const ending = /村|社区|委员会/.test(village.name) ? '' : '村（社区）'
  const departmentId = await staff.open(village.id, 'village-office', `${village.name}${ending}`)
  cast.villageOffice.set(village.id, departmentId)
  const officer = await staff.hire({ login, role: 'village-officer', placeId: village.id })
  await staff.post(officer, { role: 'handler', placeId: village.id, departmentId })
  cast.desks.set(village.id, { desk: officer, chief: officer, leader: officer })
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

  async staff(gridId: string, isDedicated: boolean): Promise<void> {
    if (isDedicated && this.count > 0) await this.recruiter.post(this.last, { role: 'grid-worker', placeId: gridId })
    else await this.hireFor(gridId)
    this.cast.workers.set(gridId, this.last)
  }

  private async hireFor(placeId: string): Promise<void> {
    const nth = this.count++
    const login = nth === 0 ? 'worker' : `worker${String(nth + 1).padStart(4, '0')}`
    this.last = await this.recruiter.hire({ login, role: 'grid-worker', placeId, origin: originOf(nth) })
    if (nth === 0) await this.recruiter.hire({ login: 'liaison', role: 'liaison', placeId })
  }
}

/** 302 community workers, 225 auxiliary police, and others. */
function originOf(nth: number): string {
  if (nth < 302) return 'community-worker'
  return nth < 527 ? 'auxiliary-police' : 'other'
}
