/** Staff of the demo county: document 000's 557 full-time workers (302 community workers, 225 auxiliary police). */
import { hash } from '@node-rs/argon2'
import { saveAccount, saveDepartmentRow, savePosting } from '@fengge/server/identity/store'
import { placeTree } from '@fengge/server/places/door'
import type { Ctx } from '@fengge/server/kernel/context'
import { sql, run } from '@fengge/server/kernel/db/sql'
import { roles } from '@fengge/domain/identity/roles'
import { countyOffices, inventName, townOffices } from './people.ts'
import type { Dice } from './random.ts'

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

export interface Cast {
  readonly villageOffice: Map<string, string>
  readonly offices: Map<string, { kind: string; id: string; accountId: string }[]>
  readonly desks: Map<string, { desk: string; chief: string; leader: string }>
  readonly workers: Map<string, string>
  readonly hotline: string
}

interface Hire {
  readonly login: string
  readonly role: string
  readonly placeId: string
  readonly departmentId?: string
  readonly origin?: string
}

export async function staffCounty(ctx: Ctx, countyId: string, dice: Dice, from: string): Promise<Cast> {
  const tree = placeTree()
  const county = ctx.caller.countyCode
  const password = await hash(demoPassword)
  const demo = new Set<string>(demoLogins.map(([login]) => login))
  const kindOf = new Map(roles.map((r) => [r.code, r.kind]))
  const post = (accountId: string, h: Pick<Hire, 'role' | 'placeId' | 'departmentId'>) =>
    savePosting(ctx.tx, {
      id: dice.id(ctx.now),
      accountId,
      roleCode: h.role,
      roleKind: kindOf.get(h.role)!,
      placeId: h.placeId,
      departmentId: h.departmentId ?? null,
      fromOn: from,
      toOn: null,
    })
  const hire = async (h: Hire) => {
    const id = dice.id(ctx.now)
    await saveAccount(ctx.tx, {
      id,
      county,
      login: h.login,
      name: inventName(dice),
      kind: 'person',
      hash: demo.has(h.login) ? password : null,
      mustChange: false,
      isInvented: true,
      now: ctx.now,
    })
    if (h.origin) await run(ctx.tx, sql`update identity.account set origin = ${h.origin} where id = ${id}`)
    await post(id, h)
    return id
  }
  const office = async (placeId: string, kind: string, name: string) => {
    const id = dice.id(ctx.now)
    await saveDepartmentRow(ctx.tx, { id, county, placeId, name, kind, status: 'active' })
    return id
  }
  const cast: Cast = {
    villageOffice: new Map(),
    offices: new Map(),
    desks: new Map(),
    workers: new Map(),
    hotline: await hire({ login: 'hotline', role: 'hotline-operator', placeId: countyId }),
  }
  const towns = tree.children(countyId)
  await staffDesk(countyId, countyOffices, 'county', 'bureau')
  for (const [t, town] of towns.entries())
    await staffDesk(
      town.id,
      townOffices,
      t === 0 ? 'town' : `town${town.code.slice(6, 9)}`,
      t === 0 ? 'office' : '',
      town.name,
    )
  let w = 0
  for (const [v, village] of tree
    .below(countyId, 'village')
    .map((id) => tree.get(id)!)
    .entries()) {
    const departmentId = await office(
      village.id,
      'village-office',
      `${village.name}${/村|社区|委员会/.test(village.name) ? '' : '村（社区）'}`,
    )
    cast.villageOffice.set(village.id, departmentId)
    const officer = await hire({
      login: v === 0 ? 'village' : `village${village.code.slice(6)}`,
      role: 'village-officer',
      placeId: village.id,
    })
    await post(officer, { role: 'handler', placeId: village.id, departmentId })
    cast.desks.set(village.id, { desk: officer, chief: officer, leader: officer })
    for (const grid of tree.children(village.id)) w = await staffGrid(grid.id, w)
  }
  for (const [login, role] of [
    ['net', 'net-editor'],
    ['rules', 'rules-editor'],
    ['sysadmin', 'system-admin'],
    ['secadmin', 'security-admin'],
    ['auditor', 'audit-admin'],
    ['supervisor', 'supervisor'],
  ] as const)
    await hire({ login, role, placeId: countyId })
  return cast

  async function staffDesk(
    placeId: string,
    kinds: typeof townOffices,
    login: string,
    officeLogin: string,
    name = '',
  ): Promise<void> {
    const desk = await hire({ login, role: 'dispatcher', placeId })
    const chief = await hire({ login: `${login}chief`, role: 'duty-chief', placeId })
    const leader = await hire({ login: login === 'county' ? 'leader' : `${login}leader`, role: 'leader', placeId })
    cast.desks.set(placeId, { desk, chief, leader })
    const list: { kind: string; id: string; accountId: string }[] = []
    for (const [kind, title] of kinds) {
      const id = await office(placeId, kind, `${name.replace(/(街道|镇)$/, '')}${title}`)
      list.push({
        kind,
        id,
        accountId: await hire({
          login: officeLogin !== '' && kind === 'urban' ? officeLogin : `${login}-${kind}`,
          role: 'handler',
          placeId,
          departmentId: id,
        }),
      })
    }
    cast.offices.set(placeId, list)
  }

  /** One full-time worker a general grid; a dedicated grid is cared for by the worker before it. */
  async function staffGrid(gridId: string, count: number): Promise<number> {
    const isDedicated = dedicated.has(gridId)
    if (isDedicated && count > 0) {
      const accountId = lastWorker
      await post(accountId, { role: 'grid-worker', placeId: gridId })
      cast.workers.set(gridId, accountId)
      return count
    }
    const origin = count < 302 ? 'community-worker' : count < 527 ? 'auxiliary-police' : 'other'
    lastWorker = await hire({
      login: count === 0 ? 'worker' : `worker${String(count + 1).padStart(4, '0')}`,
      role: 'grid-worker',
      placeId: gridId,
      origin,
    })
    if (count === 0) await hire({ login: 'liaison', role: 'liaison', placeId: gridId })
    cast.workers.set(gridId, lastWorker)
    return count + 1
  }
}

let lastWorker = ''
/** Ids of dedicated grids, told by the one who drew them. */
export const dedicated = new Set<string>()
