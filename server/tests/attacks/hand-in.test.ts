/** What a phone hands in before it is wiped: all that waits, once each, with its photos, and nothing that is in the books. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import {
  decideInbox,
  enrolDevice,
  handIn,
  listDevices,
  listInbox,
  push,
  readHandedPhoto,
  wipeDevice,
} from '@fengge/domain/sync/contract'
import { run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type World } from '../world.ts'

const sharp = createRequire(import.meta.url)('sharp') as (typeof import('sharp'))['default']
let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

interface Phone {
  readonly device: string
  readonly token: string
  readonly key: Buffer
}
async function enrolPhone(): Promise<Phone> {
  const key = randomBytes(32)
  const ask = { id: freshId(), name: '测试机', dataKey: key.toString('base64url') }
  const { id, token } = await world.ask(enrolDevice, 'worker', ask)
  return { device: id, token, key }
}
/** As it lies on a phone: AES-256-GCM under its data key. */
function seal({ key }: Phone, bytes: Buffer): string {
  const iv = randomBytes(12),
    cipher = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}
const photo = (id: string, eventId: string) => ({ id, eventId, phase: 'before' })
const kept = (phone: Phone, act: object, state: string, photos: readonly object[] = []): string =>
  seal(phone, Buffer.from(JSON.stringify({ act, state, photos, label: '', problem: '', tries: 0, sentAt: '' })))
const report = (seq: number, more: object = {}) => {
  const id = freshId()
  const ask = {
    id,
    title: '路灯不亮',
    content: '三幢楼下路灯不亮',
    categoryCode: '5001',
    gridId: world.at['grid1'],
    ...more,
  }
  const madeAt = new Date(world.clock.now()).toISOString()
  return { requestId: freshId(), seq, name: 'reportEvent' as const, ask, madeAt, subject: id }
}
const picture = async (background = '#886644'): Promise<Buffer> => {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([Buffer.from('{"type":"image/jpeg"}\n'), bytes])
}
const wanted = async (phone: Phone) => {
  await world.ask(wipeDevice, 'village', { id: phone.device, reason: '手机丢失' })
  await world.signBackIn('worker')
}
const evidenceOf = (event: { evidence: { id: string }[] }) => event.evidence.map((e) => e.id)
const open = async () => (await world.ask(listInbox, 'village', {})).rows
/** As the page of the desk applies an act: with the photos that its row shows. */
async function apply(id: string): Promise<void> {
  const { photos } = (await open()).find((r) => r.id === id)!
  await world.ask(decideInbox, 'village', { id, choice: 'apply', photos: comeOf(photos) })
}
const comeOf = (photos: readonly { id: string; hasCome: boolean; digest: string }[]) =>
  photos.filter((p) => p.hasCome).map(({ id, digest }) => ({ id, digest }))

test('acts that are in the books, or that lie with the desk, are handed to the desk no second time', async () => {
  const phone = await enrolPhone()
  const [done, lost, waits, refused] = [report(1), report(2), report(4), report(5)]
  const missing = { id: freshId(), kind: 'house', version: 1, values: {} }
  const desk = { ...report(3), name: 'saveRecord' as const, ask: missing }
  // The answer to `lost` never reached the phone: it still takes it for waiting.
  const { fates } = await world.ask(push, 'worker', { device: phone.device, acts: [done, lost, desk] })
  assert.deepEqual(
    fates.map((f) => f.fate),
    ['done', 'done', 'kept'],
  )
  await wanted(phone)
  const sealed = [
    kept(phone, done, 'done'),
    kept(phone, lost, 'waiting'),
    kept(phone, desk, 'kept'),
    kept(phone, waits, 'waiting'),
    kept(phone, refused, 'refused'),
  ]
  const { device, token } = phone
  for (let i = 0; i < 2; i++)
    assert.deepEqual(await world.ask(handIn, null, { device, token, sealed }), { wipe: true, kept: 3, photos: 0 })
  const ids = (await open()).map((r) => r.id)
  assert.deepEqual(ids.toSorted(), [desk, waits, refused].map((a) => a.requestId).toSorted())
})

test('what a desk has decided comes to it no second time', async () => {
  const phone = await enrolPhone()
  const act = report(1)
  await wanted(phone)
  const { device, token } = phone
  const sealed = [kept(phone, act, 'waiting')]
  await world.ask(handIn, null, { device, token, step: 'part', sealed })
  await world.ask(decideInbox, 'village', { id: act.requestId, choice: 'apply' })
  assert.equal((await world.ask(handIn, null, { device, token, sealed })).kept, 0)
  assert.ok((await open()).every((r) => r.id !== act.requestId))
})

test('photos come with the act that waits for them, and are evidence once the desk applies it', async () => {
  const phone = await enrolPhone()
  const act = report(1)
  const [seen, missing] = [freshId(), freshId()]
  await wanted(phone)
  const { device, token } = phone
  const sealed = [kept(phone, act, 'waiting', [photo(seen, act.ask.id), photo(missing, act.ask.id)])]
  await world.ask(handIn, null, { device, token, step: 'part', sealed })
  const photos = [
    { id: seen, sealed: seal(phone, await picture()) },
    { id: freshId(), sealed: seal(phone, await picture()) },
    { id: missing, sealed: 'rubbish' },
  ]
  const part = await world.ask(handIn, null, { device, token, step: 'part', sealed: [], photos })
  assert.deepEqual(
    part,
    { wipe: true, kept: 0, photos: 1 },
    'what no act told of, and what cannot be opened, is nobody’s',
  )
  await world.ask(handIn, null, { device, token, sealed: [] })
  const row = (await open()).find((r) => r.id === act.requestId)
  assert.deepEqual(
    row?.photos.map(({ id, hasCome }) => ({ id, hasCome })).toSorted((a, b) => Number(b.hasCome) - Number(a.hasCome)),
    [
      { id: seen, hasCome: true },
      { id: missing, hasCome: false },
    ],
  )
  const shown = await world.get('village', readHandedPhoto.path, { id: seen })
  assert.deepEqual([shown.status, shown.headers['content-type']], [200, 'image/jpeg'])
  for (const login of ['othervillage', 'worker'] as const)
    assert.ok((await world.get(login, readHandedPhoto.path, { id: seen })).status >= 403, login)
  await apply(act.requestId)
  assert.deepEqual(evidenceOf(await world.see('village', act.ask.id)), [seen])
})

test('a photo that did not follow its act, which is in the books, is attached to it by the desk', async () => {
  const phone = await enrolPhone()
  const act = report(1)
  await world.ask(push, 'worker', { device: phone.device, acts: [act] })
  const late = freshId()
  await wanted(phone)
  const { device, token } = phone
  const sealed = [kept(phone, act, 'done', [photo(late, act.ask.id)])]
  const photos = [{ id: late, sealed: seal(phone, await picture()) }]
  await world.ask(handIn, null, { device, token, sealed, photos })
  const row = (await open()).find((r) => r.id === late)
  assert.equal(row?.name, 'attachEvidence')
  await apply(late)
  assert.deepEqual(evidenceOf(await world.see('village', act.ask.id)), [late])
})

test('what the desk looked at is what it applies: a photo that came is not sent anew, and none is added to what was shown', async () => {
  const phone = await enrolPhone()
  const act = report(1)
  const [seen, waits, added] = [freshId(), freshId(), freshId()]
  await wanted(phone)
  const { device, token } = phone
  const told = (...ids: string[]) => [
    kept(
      phone,
      act,
      'waiting',
      ids.map((id) => photo(id, act.ask.id)),
    ),
  ]
  const send = (id: string, sealed: string) =>
    world.ask(handIn, null, { device, token, step: 'part', sealed: [], photos: [{ id, sealed }] })
  await world.ask(handIn, null, { device, token, step: 'part', sealed: told(seen, waits) })
  const red = seal(phone, await picture('#ff0000'))
  assert.equal((await send(seen, red)).photos, 1)
  const rowOf = async () => (await open()).find((r) => r.id === act.requestId)!
  const shown = await rowOf()
  const look = async () => (await world.get('village', readHandedPhoto.path, { id: seen })).raw
  const looked = await look()
  assert.equal((await send(seen, red)).photos, 1, 'the same once more has come')
  assert.equal((await send(seen, seal(phone, await picture('#0000ff')))).photos, 0)
  assert.deepEqual(await look(), looked)
  await world.ask(handIn, null, { device, token, step: 'part', sealed: told(seen, waits, added) })
  assert.deepEqual((await rowOf()).photos, shown.photos)
  assert.equal(
    (await open()).find((r) => r.id === added)?.name,
    'attachEvidence',
    'it lies beside, as an act of its own',
  )
  await send(waits, seal(phone, await picture('#00ff00')))
  const decide = (photos: { id: string; digest: string }[]) => ({ id: act.requestId, choice: 'apply' as const, photos })
  for (const photos of [[], comeOf(shown.photos), comeOf((await rowOf()).photos).map((p) => ({ ...p, digest: '' }))]) {
    const refused = await world.refusal(decideInbox, 'village', decide(photos))
    assert.deepEqual([refused.status, refused.problem], [409, 'inbox.stale'])
  }
  await apply(act.requestId)
  assert.deepEqual(evidenceOf(await world.see('village', act.ask.id)).toSorted(), [seen, waits].toSorted())
})

test('a phone says nothing and loses nothing to who has no token of it, and asking alone wipes nothing', async () => {
  const phone = await enrolPhone()
  const { device, token } = phone
  assert.equal((await world.refusal(handIn, null, { device, token: 'wrong', sealed: [] })).status, 404)
  assert.equal((await world.ask(handIn, null, { device, token, sealed: [] })).wipe, false)
  await wanted(phone)
  assert.equal((await world.ask(handIn, null, { device, token, step: 'ask', sealed: [] })).wipe, true)
  const listed = async () => (await world.ask(listDevices, 'village', { only: 'all' })).devices.map((d) => d.id)
  assert.ok((await listed()).includes(device), 'it is not held for wiped before it has handed in')
  await world.ask(handIn, null, { device, token, sealed: [] })
  assert.ok(!(await listed()).includes(device))
})

test('a phone that was wiped may repeat what it handed in, and hands in nothing more', async () => {
  const phone = await enrolPhone()
  const { device, token } = phone
  const sealed = [kept(phone, report(1), 'waiting')]
  await wanted(phone)
  await world.ask(handIn, null, { device, token, sealed })
  const before = await open()
  const repeated = await world.ask(handIn, null, { device, token, sealed })
  assert.equal(repeated.wipe, true, 'its answer may have been lost')
  const late = freshId()
  for (const more of [kept(phone, report(2), 'waiting'), kept(phone, report(3), 'done', [photo(late, freshId())])]) {
    const refused = await world.refusal(handIn, null, { device, token, step: 'part', sealed: [more] })
    assert.deepEqual([refused.status, refused.problem], [409, 'device.wiped'])
  }
  const photos = [{ id: late, sealed: seal(phone, await picture()) }]
  assert.equal((await world.ask(handIn, null, { device, token, step: 'part', sealed: [], photos })).photos, 0)
  assert.deepEqual(await open(), before)
})

test('a phone hands in so many acts, and photos of so many bytes, and no more', async () => {
  const phone = await enrolPhone()
  const { device, token } = phone
  const [act, seen] = [report(1), freshId()]
  await wanted(phone)
  const first = [kept(phone, act, 'waiting', [photo(seen, act.ask.id)])]
  await world.ask(handIn, null, { device, token, step: 'part', sealed: first })
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into sync.photo (county_code, id, act_id, device_id, event_id, phase, picture, received_at)
        select
          county_code, gen_random_uuid(), act_id, device_id, event_id, phase, repeat('x', 16000000), received_at
        from sync.photo, generate_series(1, 10)
        where id = ${seen}
      `,
    ),
  )
  const photos = [{ id: seen, sealed: seal(phone, await picture()) }]
  const tooMuch = await world.refusal(handIn, null, { device, token, step: 'part', sealed: [], photos })
  assert.deepEqual([tooMuch.status, tooMuch.problem], [409, 'device.full'])
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into sync.inbox (
            county_code, id, account_id, holder, device_id, place_id, name, subject, ask_sealed, problem, made_at,
            received_at
          )
        select
          county_code, gen_random_uuid(), account_id, holder, device_id, place_id, name, subject, ask_sealed, problem,
          made_at, received_at
        from sync.inbox, generate_series(1, 1999)
        where id = ${act.requestId}
      `,
    ),
  )
  const more = [kept(phone, report(2), 'waiting')]
  const tooMany = await world.refusal(handIn, null, { device, token, step: 'part', sealed: more })
  assert.equal(tooMany.problem, 'device.full')
  const again = await world.ask(handIn, null, { device, token, sealed: first })
  assert.equal(again.wipe, true, 'what is here already may be sent again')
})

test('a photo that is none by its bytes, a drawing among them, is opened for no desk', async () => {
  const phone = await enrolPhone()
  const act = report(1)
  const seen = freshId()
  await wanted(phone)
  const { device, token } = phone
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'
  const photos = [{ id: seen, sealed: seal(phone, Buffer.from(`{"type":"image/jpeg"}\n${drawing}`)) }]
  const sealed = [kept(phone, act, 'waiting', [photo(seen, act.ask.id)])]
  await world.ask(handIn, null, { device, token, sealed, photos })
  assert.equal((await world.get('village', readHandedPhoto.path, { id: seen })).status, 404)
})
