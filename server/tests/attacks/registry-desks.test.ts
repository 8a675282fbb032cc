/** Attacks by a desk upon what belongs to another: phones, fields of the county, overlays, departments. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { saveDepartment } from '@fengge/domain/identity/contract'
import { readOverlays, saveOverlay } from '@fengge/domain/registry/care/contract'
import { confirmRecords, getHistory, getRecord, saveRecord } from '@fengge/domain/registry/contract'
import { listFields, saveField } from '@fengge/domain/registry/fields-contract'
import { enrolDevice, wipeDevice } from '@fengge/domain/sync/contract'
import { rowOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openCare } from '../open-care.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { county, idOf, office, type Login, type World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

async function givePost(login: Login, role: string, place: string): Promise<void> {
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
        values (${freshId()}, ${idOf(login)}, ${role}, 'business', ${world.at[place]}, null, '2025-01-01', null)
      `,
    ),
  )
  world.engine.sessions.forget()
}

test('a phone is wiped by a desk of the place its holder serves, and by no other', async () => {
  const id = freshId()
  await world.ask(enrolDevice, 'worker', { id, name: '手机', dataKey: randomBytes(32).toString('base64url') })
  const wipe = { id, reason: '手机丢失' }
  assert.equal((await world.refusal(wipeDevice, 'othervillage', wipe)).problem, 'device.unknown')
  const state = () =>
    rowOf<{ wipe: string }>(world.engine.database.read, sql`select wipe from sync.device where id = ${id}`)
  assert.equal((await state())!.wipe, '')
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.posting set to_on = '2026-01-01' where account_id = ${idOf('worker')}`),
  )
  assert.equal((await world.refusal(wipeDevice, 'othervillage', wipe)).status, 404, 'nor of who serves no more')
  await world.ask(wipeDevice, 'village', wipe)
  await world.signBackIn('worker')
  assert.equal((await state())!.wipe, 'asked')
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.posting set to_on = null where account_id = ${idOf('worker')}`),
  )
  world.engine.sessions.forget()
})

test('fields are changed by who serves the county; a sensitive one is switched on for a stated reason', async () => {
  await givePost('othertown', 'rules-editor', 'otherTown')
  const field = {
    kind: 'person',
    code: 'ethnicity',
    isOn: true,
    isAsked: false,
    basis: '法定职责',
    purpose: '民族事务服务',
  } as const
  assert.equal((await world.refusal(saveField, 'othertown', field)).status, 403)
  assert.equal((await world.ask(listFields, 'othertown', {})).canEdit, false)
  assert.equal((await world.ask(listFields, 'rules', {})).canEdit, true)
  assert.equal((await world.refusal(saveField, 'rules', field)).problem, 'field.no-reason')
  const isOn = async () => (await world.ask(listFields, 'rules', {})).fields.find((f) => f.code === 'ethnicity')!.isOn
  assert.equal(await isOn(), false)
  await world.ask(saveField, 'rules', { ...field, reason: '省民宗委专项服务，一次会议决定' })
  assert.equal(await isOn(), true)
  await world.ask(saveField, 'rules', { ...field, purpose: '少数民族服务' })
})

test('an overlay is written over by its own person alone', async () => {
  const mine = await r.person({ name: '秦被护' })
  const other = await r.person({ name: '尤被护' })
  const overlay = {
    id: freshId(),
    personId: mine,
    kind: 'hardship' as const,
    facts: '原文',
    visitDays: 30,
    cautions: [],
    startedOn: '2026-01-01',
    endedOn: null,
  }
  await world.ask(saveOverlay, 'keeper', overlay)
  const taken = { ...overlay, personId: other, facts: '改写', endedOn: '2026-02-01' }
  assert.equal((await world.refusal(saveOverlay, 'keeper', taken)).problem, 'record.unknown')
  await openCare(world, overlay.id)
  const [kept] = (await world.ask(readOverlays, 'keeper', { personId: mine })).overlays
  assert.deepEqual([kept!.facts, kept!.endedOn], ['原文', null])
  await world.ask(saveOverlay, 'keeper', { ...overlay, facts: '补充' })
})

test('a department is changed by who may where it stands, and never across counties', async () => {
  const works = office('town-works')
  const change = { id: works, placeId: world.at['otherTown']!, name: '改名', kind: 'works', status: 'closed' } as const
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`update identity.posting set place_id = ${world.at['otherTown']} where account_id = ${idOf('sysadmin')}`,
    ),
  )
  world.engine.sessions.forget()
  assert.equal((await world.refusal(saveDepartment, 'sysadmin', change)).status, 404)
  assert.equal((await world.refusal(saveDepartment, 'sysadmin', { ...change, placeId: world.at['town']! })).status, 404)
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.posting set place_id = ${world.at['county']} where account_id = ${idOf('sysadmin')}`),
  )
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.department set county_code = '320205' where id = ${works}`),
  )
  world.engine.sessions.forget()
  assert.equal((await world.refusal(saveDepartment, 'sysadmin', { ...change, placeId: world.at['town']! })).status, 404)
  const row = await rowOf<{ name: string; status: string }>(
    world.engine.database.read,
    sql`select name, status from identity.department where id = ${works}`,
  )
  assert.deepEqual(row, { name: '市政管理所', status: 'active' })
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.department set county_code = ${county} where id = ${works}`),
  )
  await world.ask(saveDepartment, 'sysadmin', { ...change, placeId: world.at['town']!, status: 'active' })
})

test('where a value comes from is told by the post of its writer, whatever his phone says', async () => {
  const says = async (login: Login, source: 'grid-worker' | 'department' | 'demo' | 'proxy' | 'office') => {
    const id = freshId()
    const values = { name: '来源测试', kind: 'floating' }
    await world.ask(saveRecord, login, { id, kind: 'person', version: 0, placeId: world.at['grid1'], values, source })
    await world.ask(saveRecord, login, { id, kind: 'person', version: 1, values: { remark: '改' }, source })
    await world.ask(confirmRecords, login, { ids: [id], source })
    const { record } = await world.ask(getRecord, 'village', { id })
    const { changes } = await world.ask(getHistory, 'village', { id })
    return new Set([...Object.values(record.origin).map((o) => o.source), ...changes.map((c) => c.source)])
  }
  assert.deepEqual(await says('worker', 'department'), new Set(['grid-worker']))
  assert.deepEqual(await says('village', 'department'), new Set(['office']), 'his other post is one of a department')
  assert.deepEqual(await says('village', 'grid-worker'), new Set(['office']), 'as phones and desks of before say it')
  assert.deepEqual(await says('liaison', 'demo'), new Set(['liaison']))
  assert.deepEqual(await says('worker', 'proxy'), new Set(['proxy']), 'that somebody asked him to is his to say')
})
