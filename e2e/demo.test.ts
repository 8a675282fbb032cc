/** The demo county as a visitor finds it: made once, small, on an empty database; everybody signs in by the public password. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { listNotices, searchEvents } from '@fengge/domain/events/contract/desk'
import { signIn, whoAmI } from '@fengge/domain/identity/contract'
import { myBadgePhoto } from '@fengge/domain/identity/contract/badge-photo'
import { getGridCard } from '@fengge/domain/identity/contract/cards'
import type { Endpoint, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { listLeavings } from '@fengge/domain/registry/leaving/contract'
import { listEventReadings, listSensors } from '@fengge/domain/sensors/contract'
import { listCampaigns } from '@fengge/domain/visits/contract/desk'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../server/src/app.ts'
import { countOrphans } from '../server/src/events/door.ts'
import { systemClock } from '../server/src/kernel/clock.ts'
import { migrate } from '../server/src/kernel/db/migrate.ts'
import { rowsOf, sql } from '../server/src/kernel/db/sql.ts'
import { grantServer, serverRole } from '../server/src/kernel/db/server-role.ts'
import type { Engine } from '../server/src/kernel/engine.ts'
import { journalBook, verifyAll } from '../server/src/kernel/journal-chain.ts'
import { createEngine } from '../server/src/main.ts'
import { admin, serverUrlFor, settingsFor, urlFor } from '../server/tests/template.ts'
import { demoLogins, demoPassword, type DemoLogin } from '../tools/src/demo/logins.ts'
import { makeDemo, type Made } from '../tools/src/demo/make-county.ts'
import { listWaiting, type WaitingFor } from '../tools/src/demo/today/waiting.ts'

const days = 32
const county = '320206'
const name = `demo_${process.pid}`
let engine: Engine, app: FastifyInstance, folder: string, made: Made, waiting: readonly WaitingFor[]
const said: string[] = []

before(async () => {
  await admin(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
  await migrate(urlFor(name))
  await grantServer(urlFor(name), { name: serverRole, password: 'only for tests' })
  folder = mkdtempSync(join(tmpdir(), 'fengge-demo-'))
  engine = createEngine(settingsFor(folder), serverUrlFor(name), systemClock)
  const from = addDays(dayOf(Date.now()), 1 - days)
  made = await makeDemo(engine, { county, scale: 0.01, days, from, seed: 5, say: (line) => said.push(line) })
  app = (await createApp(engine)).app
  waiting = await listWaiting(engine, county)
})
after(async () => {
  await app.close()
  await engine.database.close()
  rmSync(folder, { recursive: true, force: true })
  await admin(`drop database ${name} with (force)`)
})

const cookies = new Map<DemoLogin, string>()
async function cookieOf(login: DemoLogin): Promise<string> {
  const known = cookies.get(login)
  if (known !== undefined) return known
  const reply = await app.inject({
    method: signIn.method,
    url: signIn.path,
    payload: { login, password: demoPassword, device: 'desk' },
  })
  assert.equal(reply.statusCode, 200, `${login}: ${reply.body}`)
  // Beside the session stands the mark of the browser.
  const cookie = reply.cookies.find((c) => c.name.endsWith('fengge_session'))
  const found = `${cookie?.name}=${cookie?.value}`
  cookies.set(login, found)
  return found
}
async function listFor(login: DemoLogin, query: Record<string, string>) {
  const cookie = await cookieOf(login)
  const { method, path } = searchEvents
  const sent = method === 'GET' ? { query } : { payload: query }
  const reply = await app.inject({ method, url: path, ...sent, headers: { cookie } })
  assert.equal(reply.statusCode, 200, reply.body)
  return searchEvents.reply.parse(reply.json()).events
}

test('every account of the demo finds between three and twelve things waiting', () => {
  assert.deepEqual(
    waiting.filter((w) => w.total < 3 || w.total > 12),
    [],
  )
  assert.equal(waiting.length, demoLogins.length)
})

test('nobody of the demo has months of notices to read, people from overseas have documents, and firms stand in buildings', async () => {
  for (const login of ['townchief', 'town', 'village', 'leader'] as const) {
    const { path, reply } = listNotices
    const answer = await app.inject({ method: 'GET', url: path, headers: { cookie: await cookieOf(login) } })
    const { unread } = reply.parse(answer.json())
    assert.ok(unread <= 12, `${login}: ${unread}`)
  }
  const [held] = await rowsOf<{ papers: number; without: number; loose: number; helped: number; movers: number }>(
    engine.database.read,
    sql`
      select
        (select count(*)::int from registry.person where body ->> 'idKind' = 'passport' and id_index is not null) as papers,
        (select count(*)::int from registry.person where sort = 'overseas' and id_index is null) as without,
        (
          select count(*)::int
          from registry.unit u left join registry.building b on b.county_code = u.county_code and b.id = u.parent_id
          where b.lng is null
        ) as loose,
        (select count(distinct overlay_id)::int from registry.overlay_helper) as helped,
        (select count(*)::int from registry.arrival where state = 'offered') as movers
    `,
  )
  assert.deepEqual([held!.papers > 0, held!.without, held!.loose, held!.helped, held!.movers], [true, 0, 0, 7, 2])
})

test('everybody of the demo signs in with the password that is printed', async () => {
  for (const [login] of demoLogins) await cookieOf(login)
})

test('some is late, one came back, one is in ruling, one back for rework, one to check, on the lists of those whose turn it is', async () => {
  const statuses = async (login: DemoLogin, queue: string) => (await listFor(login, { queue })).map((e) => e.status)
  const decides = await statuses('townchief', 'to-decide')
  assert.ok(decides.includes('return-requested') && decides.includes('ruling'), decides.join())
  assert.ok(decides.includes('extend-requested') && decides.includes('suspend-requested'), decides.join())
  for (const login of ['committee', 'office', 'bureau'] as const)
    assert.ok((await statuses(login, 'to-handle')).includes('rework'), login)
  assert.ok((await statuses('worker', 'to-check')).length > 0)
  assert.ok((await listFor('supervisor', { queue: 'late' })).length >= 3)
  assert.ok(
    (await listFor('station', { queue: 'to-handle' })).some((e) => e.departmentName !== '堰桥派出所'),
    'co-handled',
  )
})

test('people live in all nine towns by their stated part, and one community is whole', async () => {
  const rows = await rowsOf<{ name: string; n: number }>(
    engine.database.read,
    sql`
      select p.name, count(*)::int as n
      from registry.person r join places.place p on p.id = r.town_id
      group by 1
    `,
  )
  const share = new Map(rows.map((r) => [r.name, Math.round((r.n / made.people) * 100)]))
  assert.deepEqual([made.people, share.size, made.grids], [8416, 9, 617])
  assert.deepEqual([share.get('洛社镇'), share.get('堰桥街道'), share.get('阳山镇')], [20, 16, 5])
})

test('each community has its leader, two deputies, an officer, a handler and a liaison; nobody has two roles', async () => {
  const rows = await rowsOf<{ role: string; origin: string | null; n: number }>(
    engine.database.read,
    sql`
      select p.role_code as role, a.origin, count(distinct a.id)::int as n
      from identity.posting p join identity.account a on a.id = p.account_id
      group by 1, 2
    `,
  )
  const count = (role: string, ...origins: (string | null)[]) =>
    rows
      .filter((r) => r.role === role && (origins.length === 0 || origins.includes(r.origin)))
      .reduce((n, r) => n + r.n, 0)
  assert.deepEqual(
    ['village-officer', 'grid-leader', 'liaison'].map((role) => count(role)),
    // The grid of the demo's worker has ten micro-grids more.
    [123, 123, 133],
  )
  assert.deepEqual([count('deputy-leader', 'police'), count('deputy-leader', 'security-director')], [123, 123])
  assert.equal(count('deputy-leader', 'police') + count('legal-officer'), 451)
  assert.deepEqual(
    [count('grid-worker'), count('grid-worker', 'community-worker'), count('grid-worker', 'auxiliary-police')],
    [557, 302, 225],
  )
  const two = await rowsOf(
    engine.database.read,
    sql`select account_id from identity.posting group by 1 having count(distinct role_code) > 1`,
  )
  assert.deepEqual(two, [])
})

async function asked<E extends Endpoint>(promise: E, login: DemoLogin, query: Record<string, string>) {
  const answer = await app.inject({
    method: 'GET',
    url: promise.path,
    query,
    headers: { cookie: await cookieOf(login) },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return promise.reply.parse(answer.json()) as ReplyOf<E>
}

test('devices told of a storm that is one event, campaigns are under way, and offices have telephones, photos and a move to come', async () => {
  const { counts } = await asked(listSensors, 'net', {})
  assert.deepEqual([counts.all, counts.alarm, counts.fault, counts.silent], [11, 2, 1, 1])
  const noisy = await asked(listSensors, 'net', { filter: 'noisy' })
  assert.deepEqual(
    noisy.sensors.map((s) => [s.name, s.untrue, s.over]),
    [['2幢地下车库', 2, 2]],
  )
  const [storm] = (await listFor('village', { queue: 'all', source: 'sensor', isOpen: 'yes' })).map((e) => e.id)
  const { alarms, devices, cleared } = await asked(listEventReadings, 'village', { eventId: storm! })
  assert.deepEqual([alarms, devices, cleared], [4, 3, 1])
  const { campaigns } = await asked(listCampaigns, 'village', {})
  assert.equal(campaigns.length, 2)
  assert.ok(campaigns.every((c) => c.done > 0 && c.done < c.total))
  const grid = (await asked(whoAmI, 'worker', {})).postings[0]!
  const { shown } = await asked(getGridCard, 'village', { placeId: grid.placeId })
  assert.match(shown!.officePhone, /^0510-555\d{4}$/)
  assert.notEqual((await asked(myBadgePhoto, 'worker', {})).photo, null)
  const { leavings } = await asked(listLeavings, 'village', {})
  assert.equal(leavings.filter((l) => l.state === 'planned').length, 1)
})

test('there are crowded rooms, people from abroad, owners of several homes and people in care', async () => {
  const [found] = await rowsOf<{ crowded: number; abroad: number; several: number; care: number }>(
    engine.database.read,
    sql`
      select
        (
          select count(*)
          from (
              select h.id
              from registry.house h
                join registry.link l on l.county_code = h.county_code and l.house_id = h.id and l.role = 'tenant'
              where h.sort = 'group'
              group by h.id
              having count(*) >= 8
            ) x
        )::int as crowded,
        (select count(*) from registry.person where sort = 'overseas')::int as abroad,
        (
          select count(*)
          from (select person_id from registry.link where to_on is null group by 1 having count(*) > 1) x
        )::int as several,
        (select count(*) from registry.overlay where ended_on is null)::int as care
    `,
  )
  assert.ok(found!.crowded > 0 && found!.abroad > 0 && found!.several > 10 && found!.care >= 5, JSON.stringify(found))
})

test('what was made is whole: the journal, the rows that name events, and a net that only fails where it is meant to', async () => {
  const verdicts = await verifyAll(engine.database.read, journalBook(engine))
  assert.ok([...verdicts.values()].every((v) => v.isWhole))
  assert.ok(Object.values(await countOrphans(engine.database.read)).every((n) => n === 0))
  const net = waiting.find((w) => w.login === 'net')
  assert.equal(net?.total, 6)
  assert.ok(said.length > 5 && made.events > 60)
})
