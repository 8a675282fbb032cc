/**
 * The invented county that every test file gets a copy of: one county with real codes, a square village of two
 * grids, and the people who serve it. Made once a run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { composeId } from '@fengge/domain/kernel/id'
import { roles } from '@fengge/domain/identity/roles'
import { setUpCounty } from '../src/county.ts'
import { saveAccount } from '../src/identity/store/accounts.ts'
import { saveDepartmentRow, savePosting } from '../src/identity/store/postings.ts'
import { saveSession } from '../src/identity/store/sessions.ts'
import { actAs } from '../src/kernel/act-as.ts'
import { systemCaller, type Ctx } from '../src/kernel/context.ts'
import { migrate } from '../src/kernel/db/migrate.ts'
import { grantServer, serverRole } from '../src/kernel/db/server-role.ts'
import type { Tx } from '../src/kernel/db/tx.ts'
import { hashToken } from '../src/kernel/sessions.ts'
import { readSettings, type Settings } from '../src/kernel/settings.ts'
import type { HasShelf } from '../src/kernel/shelf.ts'
import { setClock } from '../src/kernel/stand-ins/set-clock.ts'
import { createEngine } from '../src/main.ts'
import { placeTree } from '../src/places/door.ts'
import { saveBoundary, saveIssuedCode, savePlace } from '../src/places/store/places.ts'

export const county = '320206'
/** Monday morning of a week without holidays. */
export const monday = '2026-03-02T09:00:00+08:00'
/** A stable id for a name, so that a template and its copies agree. */
export const idOf = (name: string) =>
  composeId(
    1_770_000_000_000,
    Uint8Array.from({ length: 10 }, (_, i) => (name.charCodeAt(i % name.length) * 31 + i * 7 + name.length) % 256),
  )

type Position = [number, number]
export const square = (x: number, y: number, w: number, h: number) => {
  const at = (i: number, j: number): Position => [
    Number((120.2 + i / 100).toFixed(6)),
    Number((31.6 + j / 100).toFixed(6)),
  ]
  return {
    type: 'MultiPolygon' as const,
    coordinates: [[[at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h), at(x, y)]]],
  }
}

const codes = { county: '320206000000', town: '320206001000', otherTown: '320206002000', village: '', otherVillage: '' }

/** Who serves where: login, role, place, department. */
const cast: readonly (readonly [login: string, role: string, place: string, department?: string])[] = [
  ['worker', 'grid-worker', 'grid1'],
  ['worker2', 'grid-worker', 'grid2'],
  ['liaison', 'liaison', 'grid1'],
  ['leader1', 'grid-leader', 'grid1'],
  ['village', 'village-officer', 'village'],
  ['village', 'handler', 'village', 'village-office'],
  ['chief', 'duty-chief', 'village'],
  ['othervillage', 'village-officer', 'otherVillage'],
  ['town', 'dispatcher', 'town'],
  ['townchief', 'duty-chief', 'town'],
  ['townleader', 'leader', 'town'],
  ['othertown', 'dispatcher', 'otherTown'],
  ['works', 'handler', 'town', 'town-works'],
  ['urban', 'handler', 'town', 'town-urban'],
  ['county', 'dispatcher', 'county'],
  ['countychief', 'duty-chief', 'county'],
  ['leader', 'leader', 'county'],
  ['supervisor', 'supervisor', 'county'],
  ['bureau', 'handler', 'county', 'county-police'],
  ['hotline', 'hotline-operator', 'county'],
  ['net', 'net-editor', 'county'],
  ['rules', 'rules-editor', 'county'],
  ['keeper', 'overlay-keeper', 'village'],
  ['sysadmin', 'system-admin', 'county'],
  ['secadmin', 'security-admin', 'county'],
  ['auditor', 'audit-admin', 'county'],
]
export const logins = [...new Set(cast.map(([login]) => login))]
export type Login = (typeof cast)[number][0]

const offices = [
  ['village-office', 'village', '示例社区', 'village-office'],
  ['town-works', 'town', '市政管理所', 'works'],
  ['town-urban', 'town', '综合行政执法队', 'urban'],
  ['county-police', 'county', '公安分局', 'police'],
] as const

export const office = (key: (typeof offices)[number][0]) => idOf(key)

export function settingsFor(dataDir: string, more: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({
    FENGGE_DATA_DIR: dataDir,
    FENGGE_SECRET: 'a secret for tests only, 32 characters',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    FENGGE_DEMO: 'off',
    FENGGE_RATE_LIMIT: '100000',
    ...more,
  })
}
function adminUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined) throw new Error('run tests with `npm test`, which starts a database')
  return url
}
export const urlFor = (database: string) => adminUrl().replace(/\/[^/]*$/, `/${database}`)

const server = { name: serverRole, password: 'only for tests' }
/** As the server works on it: by a role that may change rows and no table. */
export function serverUrlFor(database: string): string {
  const url = new URL(urlFor(database))
  url.username = server.name
  url.password = server.password
  return url.href
}

/** A statement by whoever owns the databases. */
export async function admin(sql: string, database = 'postgres'): Promise<void> {
  const client = new pg.Client({ connectionString: urlFor(database) })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** Makes the template; called once before the test files run. */
export async function makeTemplate(): Promise<void> {
  await admin("create database world template template0 encoding 'UTF8' locale 'C'")
  await migrate(urlFor('world'))
  await grantServer(urlFor('world'), server)
  const dataDir = mkdtempSync(join(tmpdir(), 'fengge-template-'))
  const engine = createEngine(settingsFor(dataDir), serverUrlFor('world'), setClock(monday))
  await setUpCounty(engine, county)
  await actAs(engine, systemCaller(county), 'test:world', async (ctx) => {
    const at = { ...placesOf(ctx), grid1: idOf('grid1'), grid2: idOf('grid2') }
    await drawNet(ctx, at)
    for (const [key, place, name, kind] of offices)
      await saveDepartmentRow(ctx.tx, { id: idOf(key), county, placeId: at[place], name, kind, status: 'active' })
    for (const login of logins) await openAccount(ctx, login)
    await givePosts(ctx, at)
  })
  await engine.database.close()
  rmSync(dataDir, { recursive: true })
}

async function drawNet(ctx: Ctx, at: Record<string, string>): Promise<void> {
  for (const [name, shape] of [
    ['county', square(-5, -5, 40, 40)],
    ['town', square(0, 0, 10, 10)],
    ['village', square(0, 0, 4, 4)],
    ['otherVillage', square(4, 0, 4, 4)],
  ] as const)
    await saveBoundary(ctx.tx, at[name]!, shape, '2026-01-01')
  for (const [i, name] of (['grid1', 'grid2'] as const).entries()) {
    const code = `${codes.village}00${i + 1}`
    await savePlace(ctx.tx, {
      id: idOf(name),
      code,
      name: `第${i + 1}网格`,
      level: 'grid',
      parent_id: at['village']!,
      county_code: county,
      kind: 'general',
      dedicated_kind: null,
      households: 400,
      people: 900,
      norm_reason: null,
      terrain: 'plain',
      valid_from: '2026-01-01',
    })
    await saveIssuedCode(ctx.tx, code, idOf(name), '2026-01-01')
    await saveBoundary(ctx.tx, idOf(name), square(i * 2, 0, 2, 4), '2026-01-01')
  }
}

/** An account with a session whose token is `token-` and the login. */
async function openAccount(ctx: Ctx, login: string): Promise<void> {
  await saveAccount(ctx.tx, {
    id: idOf(login),
    county,
    login,
    name: `演员${login}`,
    kind: 'person',
    hash: null,
    mustChange: false,
    isInvented: true,
    now: ctx.now,
  })
  await openSession(ctx.tx, login, ctx.now)
}

/** Anew for who was signed out, or once more with a token of its own. */
export const openSession = (tx: Tx, login: string, now: number, token = `token-${login}`): Promise<void> =>
  saveSession(tx, {
    hash: hashToken(token),
    accountId: idOf(login),
    device: 'field',
    hasSecondFactor: true,
    now,
    expiresAt: now + 3000 * 86_400_000,
  })

async function givePosts(ctx: Ctx, at: Record<string, string>): Promise<void> {
  for (const [i, [login, role, place, department]] of cast.entries())
    await savePosting(ctx.tx, {
      id: idOf(`post${i}-${login}`),
      accountId: idOf(login),
      roleCode: role,
      roleKind: roles.find((r) => r.code === role)!.kind,
      placeId: at[place]!,
      departmentId: department === undefined ? null : idOf(department),
      fromOn: '2025-01-01',
      toOn: null,
    })
}

/** Ids of the official areas that tests speak of. */
export function placesOf(home: HasShelf) {
  const tree = placeTree(home)
  const town = tree.byCode(codes.town)!
  const [village, otherVillage] = tree.children(town.id)
  codes.village = village!.code
  return {
    county: tree.byCode(codes.county)!.id,
    town: town.id,
    otherTown: tree.byCode(codes.otherTown)!.id,
    village: village!.id,
    otherVillage: otherVillage!.id,
    province: tree.byCode('320000000000')!.id,
  }
}
