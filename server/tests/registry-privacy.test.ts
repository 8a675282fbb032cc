import assert from 'node:assert/strict'
import { readOverlays } from '@fengge/domain/registry/care/contract'
import { after, before, test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { rowOf, rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { describeError } from '../src/kernel/problems.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { logins, type Answer, type Login } from './world.ts'

let world: Registry['world']
let building: Registry['building']
let house: Registry['house']
let other: Registry['other']
let person: Registry['person']

before(async () => {
  ;({ world, building, house, other, person } = await openRegistry())
})
after(() => world.close())

test('a value is revealed one at a time, with a purpose, against a quota, and the person can be told who looked', async () => {
  const id = await person({ name: '被查看', idNo: numberOf(511), phone: '13300001111' })
  const reveal = (login: Login, field: string) =>
    world.post(login, '/api/registry/reveal', body({ id, field, purpose: 'contact', note: '电话联系核对租约' }))
  const once = body({ id, field: 'phone', purpose: 'contact', note: '电话联系核对租约' })
  assert.equal((await world.post('worker', '/api/registry/reveal', once)).body.value, '13300001111')
  assert.deepEqual(
    (await world.post('worker', '/api/registry/reveal', once)).body,
    { value: '13300001111', left: 19 },
    'a repeat is the same look',
  )
  assert.equal(
    (await rowsOf(world.engine.database.read, sql`select 1 from kernel.request where reply::text like '%13300001111%'`))
      .length,
    0,
  )
  assert.equal((await reveal('worker', 'idNo')).body.problem, 'field.not-yours')
  assert.equal((await reveal('liaison', 'phone')).status, 403)
  assert.equal((await reveal('village', 'idNo')).body.value, numberOf(511))
  assert.equal((await reveal('worker2', 'phone')).status, 404)
  let last = await reveal('worker', 'phone')
  for (let i = 0; i < 20 && last.status === 200; i++) last = await reveal('worker', 'phone')
  assert.equal(last.body.problem, 'reveal.quota')
  const alarms = (await world.get('auditor', '/api/audit/alarms')).body.alarms as {
    accountName: string
    kind: string
    refused: number
  }[]
  assert.deepEqual(
    alarms.map((a) => [a.accountName, a.kind, a.refused]),
    [['演员worker', 'quota', 1]],
  )
  const looks = (await world.get('village', '/api/registry/looks', { id })).body.looks as {
    office: string
    purpose: string
  }[]
  assert.ok(
    looks.some((l) => l.purpose === 'contact：电话联系核对租约' && l.office.includes('网格员')),
    JSON.stringify(looks[0]),
  )
  assert.ok(!JSON.stringify(looks).includes('演员'), 'the office is told, not the name')
})

test('of key populations a worker learns that a visit is due and what to mind, never the label', async () => {
  const id = await person({ name: '应访人' })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: other, role: 'member', fromOn: '2026-03-01', basis: '自述' }),
  )
  const overlay = {
    id: freshId(),
    personId: id,
    kind: 'mental-health',
    facts: '病历测试词',
    visitDays: 30,
    cautions: ['in-pairs', 'with-doctor'],
    startedOn: '2026-01-01',
    endedOn: null,
  }
  assert.equal((await world.post('village', '/api/registry/overlay', body(overlay))).status, 403)
  assert.equal((await world.post('keeper', '/api/registry/overlay', body(overlay))).status, 200)
  const page = await world.get('worker', '/api/registry/household', { houseId: other })
  const mine = page.body.living.find((p: { record: { id: string } }) => p.record.id === id)
  assert.deepEqual([mine.visitDue, mine.cautions], [true, ['in-pairs', 'with-doctor']])
  for (const login of ['worker', 'village', 'leader1', 'liaison'] as const)
    assert.ok(
      !/mental-health|病历测试词/.test(
        JSON.stringify((await world.get(login, '/api/registry/household', { houseId: other })).body),
      ),
      login,
    )
  assert.equal(
    (await world.ask(readOverlays, 'keeper', { personId: id })).overlays[0]!.facts,
    '',
    'not without another',
  )
  const kept = await rowsOf(
    world.engine.database.read,
    sql`
      select o::text as x
      from registry.overlay o
      union all
      select j::text
      from audit.journal j
      union all
      select r::text
      from kernel.request r
    `,
  )
  assert.ok(!JSON.stringify(kept).includes('病历测试词'))
})

/** Asks what changes nothing; other endpoints are left alone. */
function askHarmlessly(login: Login, p: Endpoint, ask: Record<string, unknown>): Promise<Answer> | undefined {
  if (p.method === 'GET') return world.get(login, p.path, ask)
  return /\/search|\/likely/.test(p.path) ? world.post(login, p.path, ask) : undefined
}

/** Everything that the database keeps of people, their changes, the journal and answers. */
async function storedText(): Promise<string> {
  const row = await rowOf<{ t: string }>(
    world.engine.database.read,
    sql`
      select string_agg(x, '') as t
      from (
          select r::text as x
          from registry.person r
          union all
          select c::text
          from registry.change c
          union all
          select j::text
          from audit.journal j
          union all
          select k::text
          from kernel.request k
        ) s
    `,
  )
  return row!.t
}

test('no answer of any endpoint, to any role, holds a core value in the clear', async () => {
  const secret = numberOf(611),
    phone = '13200009999'
  const id = await person({ name: '机密人', idNo: secret, phone })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '自述' }),
  )
  await world.post(
    'village',
    '/api/registry/save',
    body({ id, kind: 'person', version: 1, values: { remark: '改过' } }),
  )
  let tried = 0
  for (const p of contract.filter((c) => c.path.startsWith('/api/') && !c.isStream && c.name !== 'revealField')) {
    for (const login of logins) {
      const ask = {
        id,
        houseId: house,
        personId: id,
        text: '机密',
        parentId: building,
        values: { name: '机密人', phone },
        placeId: world.at['village'],
      }
      const keys = Object.keys((p.ask as unknown as { shape?: object }).shape ?? {})
      const fit = Object.fromEntries(Object.entries(ask).filter(([k]) => keys.includes(k)))
      const answer = await askHarmlessly(login, p, fit)
      if (!answer) continue
      tried++
      const text = JSON.stringify(answer.body)
      assert.ok(!text.includes(secret) && !text.includes(phone), `${login} ${p.name}`)
    }
  }
  assert.ok(tried > 800, String(tried))
  const stored = await storedText()
  assert.ok(!stored.includes(secret) && !stored.includes(phone), 'nor does any table hold it')
})

test('a log of a database error names codes and tables, never values', async () => {
  const error = await rowsOf(world.engine.database.read, sql`select ${'34010119900101000 是谁'}::date`).catch(
    (e: unknown) => e,
  )
  assert.match((error as Error).message, /34010119900101000/, 'the database says the value')
  assert.ok(!JSON.stringify(describeError(error)).includes('34010119900101'))
  assert.match(describeError(error).message, /^database error 22007/)
})
