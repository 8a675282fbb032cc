/** Acts that phones push although their maker may not do them: what a desk is asked to decide, and what nobody can bury it under. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decideInbox, listInbox, push } from '@fengge/domain/sync/contract'
import { linkPerson, saveRecord } from '@fengge/domain/registry/contract'
import { run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, openWorld, type Login, type World } from '../world.ts'

let world: World
let person: string
let houses: string[]
before(async () => {
  world = await openWorld()
  person = await save('person', { name: '王小芳', kind: 'floating' }, { placeId: world.at['grid1']! })
  const estate = await save('estate', { name: '阳光花园', kind: 'estate' }, { placeId: world.at['grid1']! }, 'village')
  const building = await save('building', { no: '3', floors: 6 }, { parentId: estate })
  const house = (roomNo: string) => save('house', { roomNo, floor: 5, use: 'rental' }, { parentId: building })
  houses = [await house('501'), await house('502')]
  const link = { id: freshId(), personId: person, houseId: houses[1]!, role: 'tenant' as const, fromOn: '2026-01-01' }
  await world.ask(linkPerson, 'worker', { ...link, basis: '租约' })
})
after(() => world.close())

async function save(kind: string, values: object, more: object, login: Login = 'worker'): Promise<string> {
  return (await world.ask(saveRecord, login, { id: freshId(), kind, version: 0, values, ...more } as never)).id
}
let seq = 0
const act = (name: string, ask: object) => {
  const madeAt = new Date(world.clock.now()).toISOString()
  return { requestId: freshId(), seq: ++seq, name, ask, madeAt } as never
}
const send = async (login: Login, acts: readonly never[]) =>
  (await world.ask(push, login, { device: '', acts: [...acts] })).fates.map((f) => [f.fate, f.problem])
const confirm = () => act('confirmRecords', { ids: [person] })
/** Changed by somebody of another village: the desk of the person's village has to decide. */
const change = () => act('saveRecord', { id: person, kind: 'person', version: 1, values: { remark: '租客' } })
const rows = async () => (await world.ask(listInbox, 'village', {})).rows

test('what somebody never had the duty for is refused, and lies with no desk', async () => {
  assert.deepEqual(await send('hotline', [confirm()]), [['refused', 'not-allowed']])
  assert.deepEqual(await rows(), [])
})

test('an act that cannot be read is kept for nobody: neither another form’s, nor a deep one, nor a long one', async () => {
  const before = (await rows()).length
  let deep: object = {}
  for (let i = 0; i < 3000; i++) deep = { deep }
  const wrong = [
    { rubbish: 'x'.repeat(100_000) },
    { id: person, kind: 'person', version: 1, values: { remark: 'x'.repeat(200_000) } },
  ].map((ask) => act('saveRecord', ask))
  for (const login of ['hotline', 'worker2'] as const)
    assert.deepEqual(
      (await send(login, wrong)).map(([fate]) => fate),
      ['refused', 'refused'],
      login,
    )
  const deeper = act('saveRecord', { id: freshId(), kind: 'person', version: 1, values: deep })
  const { status } = await world.refusal(push, 'worker2', { device: '', acts: [deeper] })
  assert.equal(status, 400, 'no phone sends what is a hundred deep: it is not read at all')
  assert.equal((await rows()).length, before)
})

test('who sends very much hides nobody’s act, and the rest of his waits on his phone', async () => {
  const other = change()
  assert.deepEqual(await send('othervillage', [other]), [['kept', 'record.unknown']])
  const fates: unknown[][] = []
  for (let i = 0; i < 5; i++) fates.push(...(await send('worker2', Array.from({ length: 50 }, change))))
  assert.equal(fates.filter(([fate]) => fate === 'kept').length, 200)
  assert.deepEqual(fates.at(-1), ['later', 'inbox.full'])
  const seen = await rows()
  assert.ok(seen.some((r) => r.id === (other as { requestId: string }).requestId))
  const own = seen.find((r) => r.holder === '演员worker2')
  await world.ask(decideInbox, 'village', { id: own!.id, choice: 'note', reason: '留作说明' })
  assert.deepEqual(await send('worker2', [change()]), [['kept', 'record.unknown']], 'some of it is worked off')
  await world.engine.database.write((tx) => run(tx, sql`update sync.inbox set state = 'noted'`))
})

test('the desk is shown every record that it would confirm', async () => {
  const ids = [houses[0]!, person, houses[1]!]
  const sent = act('confirmRecords', { houseId: houses[0]!, ids })
  assert.deepEqual(await send('othervillage', [sent]), [['kept', 'record.unknown']])
  const row = (await rows()).find((r) => r.id === (sent as { requestId: string }).requestId)
  assert.deepEqual(
    row?.about.map((a) => a.id),
    ids,
  )
})

test('whose post has ended since gives what he made in it over to the desk', async () => {
  const made = confirm()
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.posting set to_on = '2026-03-02' where account_id = ${idOf('worker2')}`),
  )
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, from_on)
        select gen_random_uuid(), account_id, 'hotline-operator', role_kind, place_id, '2026-03-03'
        from identity.posting where account_id = ${idOf('worker2')}
      `,
    ),
  )
  world.clock.pass(86_400_000)
  await world.wake()
  assert.deepEqual(await send('worker2', [made, confirm()]), [
    ['kept', 'not-allowed'],
    ['refused', 'not-allowed'],
  ])
})
