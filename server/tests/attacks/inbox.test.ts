/** Acts of others that lie with a desk: the officer sees what he would change, of whom, and who wants it; he applies by his own right. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decideInbox, listInbox, push } from '@fengge/domain/sync/contract'
import { saveRecord } from '@fengge/domain/registry/contract'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { rowOf, rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { county, idOf, openWorld, type Login, type World } from '../world.ts'

let world: World
let person: string
const number = ((body) => body + identityCheck(body))('99000119900304007')
const planted = '请立即点采用，县里已同意'

before(async () => {
  world = await openWorld()
  const values = { name: '王小芳', kind: 'floating', idNo: number, phone: '19912345678' }
  const ask = { id: freshId(), kind: 'person' as const, version: 0, values, placeId: world.at['grid1']! }
  person = (await world.ask(saveRecord, 'worker', ask)).id
})
after(() => world.close())

/** w2 writes of a person of another grid; the act lies with a desk then. */
async function send(name: string, ask: object, more: object = {}): Promise<string> {
  const requestId = freshId()
  const madeAt = new Date(world.clock.now()).toISOString()
  const act = { requestId, seq: 1, name, ask: ask as never, madeAt, ...more }
  const { fates } = await world.ask(push, 'worker2', { device: '', acts: [act as never] })
  assert.deepEqual(
    fates.map((f) => f.fate),
    ['kept'],
  )
  return requestId
}
const rowFor = async (login: Login, id: string) => (await world.ask(listInbox, login, {})).rows.find((r) => r.id === id)

test('the officer sees which fields change from what to what, masked, whose record it is and who wants it', async () => {
  const values = { phone: '13900001111', idNo: number.replace('1990', '1991'), remark: '租客', kind: 'floating' }
  const ask = { id: person, kind: 'person', version: 1, values }
  const id = await send('saveRecord', ask, { subject: planted })
  const row = (await rowFor('village', id))!
  // In the order of the form; what stays as it is, is no change.
  assert.deepEqual(
    row.changes.map((c) => [c.field, c.before, c.after]),
    [
      ['idNo', '••••', '••••'],
      ['phone', '199****5678', '139****1111'],
      ['remark', null, '***'],
    ],
  )
  assert.deepEqual(
    row.about.map((a) => [a.kind, a.id, a.name]),
    [['person', person, '王小芳']],
  )
  assert.equal(row.holder, '演员worker2')
  assert.match(row.post, /网格员/)
  assert.ok(row.isFromOutside, 'he serves nowhere near')
  const all = JSON.stringify(row)
  for (const secret of [planted, '13900001111', number, '19912345678']) assert.ok(!all.includes(secret), secret)
})

test('an act lies with the desk of the record that it would change, wherever its sender says', async () => {
  const ask = {
    id: person,
    kind: 'person',
    version: 1,
    values: { phone: '13900001111' },
    placeId: world.at['otherVillage'],
  }
  const id = await send('saveRecord', ask)
  assert.equal(await rowFor('othervillage', id), undefined)
  assert.ok(await rowFor('village', id))
})

test('nor does a parent that its sender names choose the desk: the record itself tells it', async () => {
  const estate = { kind: 'estate' as const, version: 0, values: { name: '邻村小区', kind: 'estate' } }
  const fresh = { ...estate, id: freshId(), placeId: world.at['otherVillage']! }
  const { id: parentId } = await world.ask(saveRecord, 'othervillage', fresh)
  const ask = { id: person, kind: 'person', version: 1, values: { phone: '13900004444' }, parentId }
  const id = await send('saveRecord', ask)
  assert.equal(await rowFor('othervillage', id), undefined)
  assert.ok(await rowFor('village', id))
})

test('who applies it does so by his own right, and the history and the journal say who wanted it', async () => {
  const id = await send(
    'saveRecord',
    { id: person, kind: 'person', version: 1, values: { phone: '13900002222' } },
    { subject: planted },
  )
  // The duty chief watches phones and keeps no registry: he is offered nothing that would be refused.
  const seen = (await rowFor('chief', id))!
  assert.deepEqual([seen.mayApply, (await rowFor('village', id))!.mayApply], [false, true])
  assert.equal((await world.refusal(decideInbox, 'chief', { id, choice: 'apply' })).problem, 'inbox.cannot-apply')
  await world.ask(decideInbox, 'village', { id, choice: 'apply' })
  const change = await rowOf<{ behalf: string }>(
    world.engine.database.read,
    sql`select more ->> 'onBehalfOf' as behalf from registry.change where record_id = ${person} order by version desc limit 1`,
  )
  assert.equal(change?.behalf, '演员worker2')
  const facts = await rowsOf<{ subject: string; detail: Record<string, unknown> }>(
    world.engine.database.read,
    sql`select subject, detail from audit.journal where fact = 'sync.act-applied'`,
  )
  assert.deepEqual(
    facts.map((f) => [f.subject, f.detail['holder']]),
    [[person, '演员worker2']],
  )
})

test('whoever may not see the record sees that something changes, and nothing else of it', async () => {
  const id = await send('saveRecord', {
    id: person,
    kind: 'person',
    version: 1,
    values: { phone: '13900003333', name: '王大芳' },
  })
  const row = (await rowFor('chief', id))!
  const all = JSON.stringify(row)
  for (const secret of ['13900003333', '139****3333', '王大芳', '王小芳']) assert.ok(!all.includes(secret), secret)
  assert.ok(row.changes.length > 0 && row.changes.every((c) => c.isHidden))
})

test('strays of another place crowd none out of a desk’s list', async () => {
  const mine = await send('saveRecord', { id: person, kind: 'person', version: 1, values: { phone: '13900004444' } })
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into sync.inbox (
            county_code, id, account_id, holder, place_id, name, subject, ask_sealed, problem, made_at, received_at
          )
        select
          county_code, gen_random_uuid(), ${idOf('worker')}, holder, ${world.at['otherVillage']}, name, subject, ask_sealed,
          problem, made_at, received_at + interval '1 minute'
        from sync.inbox, generate_series(1, 600)
        where id = ${mine}
      `,
    ),
  )
  assert.ok(await rowFor('village', mine))
})

test('a file that its maker sent goes over to the desk with the act; one of somebody else’s does not', async () => {
  const event = await world.report('worker')
  const file = async (login: Login) => {
    const id = freshId()
    await world.engine.database.write((tx) =>
      run(
        tx,
        sql`
          insert into events.evidence (county_code, id, uploaded_by, kind, phase, name, mime, size, sha256, path, at)
          values
            (
              ${county}, ${id}, ${idOf(login)}, 'photo', 'before', 'a.jpg', 'image/jpeg', 1, ${'0'.repeat(64)},
              ${`files/${id}`}, now()
            )
        `,
      ),
    )
    return id
  }
  const attach = (evidenceId: string) =>
    send('attachEvidence', { eventId: event, evidenceIds: [evidenceId], phase: 'before' })
  const [own, foreign] = [await file('worker2'), await file('worker')]
  await world.ask(decideInbox, 'village', { id: await attach(own), choice: 'apply' })
  const id = await attach(foreign)
  const refused = await world.refusal(decideInbox, 'village', { id, choice: 'apply' })
  assert.equal(refused.problem, 'inbox.cannot-apply')
  const seen = await world.see('village', event)
  assert.deepEqual(
    seen.evidence.map((e: { id: string }) => e.id),
    [own],
  )
})
