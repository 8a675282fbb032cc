/** Evidence is what it was when it came: nobody puts another in its place, and nobody is handed another. */
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { attachEvidence, getEvent, sendEvidence } from '@fengge/domain/events/contract/desk'
import { evidenceAttached, evidenceDamaged, evidenceSent } from '@fengge/domain/events/facts'
import { dayLength } from '@fengge/domain/kernel/time'
import { checkFiles } from '../../src/events/door.ts'
import { weighUploads } from '../../src/events/store/evidence.ts'
import { sweepFiles } from '../../src/events/sweep-files.ts'
import { rowOf, rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { damagedFiles } from '../../src/kernel/files.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, openWorld, type Login, type World } from '../world.ts'
import { baseOf, begin, upload } from './uploading.ts'

let world: World
let base: string
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  base = baseOf(world)
})
after(() => world.close())

const picture = (background: string) =>
  sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer()
const read = () => world.engine.database.read
const fileOf = async (id: string) => {
  const row = await rowOf<{ path: string; sha256: string; thumbnail_path: string }>(
    read(),
    sql`select path, sha256, thumbnail_path from events.evidence where id = ${id}`,
  )
  return row ?? assert.fail('no such evidence')
}
const inData = (path: string) => join(world.engine.settings.dataDir, path)
const told = (fact: { name: string }, subject: string) =>
  rowsOf<{ detail: Record<string, unknown> }>(
    read(),
    sql`select detail from audit.journal where fact = ${fact.name} and subject = ${subject}`,
  )

/** A photo of an event of the worker. */
async function tiedPhoto() {
  const { id, status } = await upload(base, 'worker', await picture('#a33'))
  assert.equal(status, 204)
  const eventId = await world.report('worker', { evidenceIds: [id] })
  return { id, eventId }
}

test('a file lies under a name of the server, relative to the data folder, and the journal knows what it holds', async () => {
  const { id, eventId } = await tiedPhoto()
  const { path, sha256 } = await fileOf(id)
  assert.match(path, /^files\/320206\/[0-9a-f]{2}\/[0-9a-f-]{36}-[0-9a-f]{32}$/)
  assert.ok(!path.includes(id))
  assert.equal((await told(evidenceSent, id))[0]?.detail['sha256'], sha256)
  assert.deepEqual((await told(evidenceAttached, eventId))[0]?.detail['files'], [{ id, sha256 }])
})

test('two uploads that end under one id at the same time leave one row and one file', async () => {
  const id = freshId()
  const [red, blue] = [await picture('#f00'), await picture('#00f')]
  const apart = await begin(base, 'worker', red.length, { id, type: 'image/jpeg' })
  assert.equal(apart.status, 201)
  await Promise.all([upload(base, 'worker', red, { id }), upload(base, 'worker', blue, { id })])
  const rows = await rowsOf(read(), sql`select id from events.evidence where id = ${id}`)
  assert.ok(rows.length <= 1)
  const { missing, changed } = await checkFiles(world.engine)
  assert.deepEqual([missing, changed], [[], []])
})

test('a report takes no evidence of another, and evidence of one event is not taken by a second', async () => {
  const { id, eventId } = await tiedPhoto()
  const mine = { id: (await upload(base, 'worker2', await picture('#222'))).id }
  const report = (login: 'worker' | 'worker2', evidenceId: string) =>
    world.post(login, '/api/events/report', {
      requestId: freshId(),
      id: freshId(),
      title: '楼道堆放杂物',
      content: '堆放杂物',
      categoryCode: '5001',
      evidenceIds: [evidenceId],
    })
  assert.equal((await report('worker2', id)).body.problem, 'evidence.unknown')
  assert.equal((await report('worker', mine.id)).body.problem, 'evidence.unknown')
  assert.equal((await report('worker', id)).body.problem, 'evidence.unknown')
  const other = await world.report('worker')
  const attach = { eventId: other, evidenceIds: [mine.id], phase: 'during' as const }
  assert.equal((await world.refusal(attachEvidence, 'worker', attach)).problem, 'evidence.unknown')
  const row = await rowOf<{ event_id: string }>(read(), sql`select event_id from events.evidence where id = ${id}`)
  assert.equal(row?.event_id, eventId)
})

test('a file that was changed or taken away is refused with a sentence, counted and written down', async () => {
  for (const [fault, harm] of [
    ['changed', (path: string) => writeFileSync(path, 'something else')],
    ['missing', (path: string) => rmSync(path)],
  ] as const) {
    const { id } = await tiedPhoto()
    const { path } = await fileOf(id)
    assert.equal((await world.get('worker', '/api/evidence/file', { id })).status, 200)
    const counted = (await damagedFiles.get()).values[0]?.value ?? 0
    harm(inData(path))
    const refused = await world.get('worker', '/api/evidence/file', { id })
    assert.equal(refused.body.problem, 'evidence.damaged')
    assert.equal(refused.status, 410)
    assert.equal((await told(evidenceDamaged, id))[0]?.detail['fault'], fault)
    assert.equal((await damagedFiles.get()).values[0]?.value, counted + 1)
  }
})

test('the small picture is held against its digest too; one without a digest is drawn from the photo', async () => {
  const { id } = await tiedPhoto()
  const { thumbnail_path } = await fileOf(id)
  const small = () => world.get('worker', '/api/evidence/file', { id, size: 'small' })
  assert.equal((await small()).status, 200)
  writeFileSync(inData(thumbnail_path), await picture('#00f'))
  assert.equal((await small()).body.problem, 'evidence.damaged')
  await world.engine.database.write((tx) =>
    run(tx, sql`update events.evidence set thumbnail_sha256 = null where id = ${id}`),
  )
  const { dominant } = await sharp((await small()).raw).stats()
  assert.ok(dominant.r > dominant.b, 'red, as the photo is')
})

test('the check names what is missing, what was changed and what nobody owns', async () => {
  const [gone, altered, whole] = [await tiedPhoto(), await tiedPhoto(), await tiedPhoto()]
  rmSync(inData((await fileOf(gone.id)).path))
  writeFileSync(inData((await fileOf(altered.id)).path), 'other')
  const stray = inData('files/320206/zz/stray')
  mkdirSync(dirname(stray), { recursive: true })
  writeFileSync(stray, 'stray')
  utimesSync(stray, new Date(0), new Date(0))
  const found = await checkFiles(world.engine)
  assert.ok(found.missing.includes(gone.id) && found.changed.includes(altered.id))
  assert.ok(!found.missing.includes(whole.id) && !found.changed.includes(whole.id))
  assert.deepEqual(found.orphaned, ['files/320206/zz/stray'])
})

test('after a day the sweep takes half uploads and files of nobody, and leaves what is owned', async () => {
  const half = freshId()
  assert.equal((await begin(base, 'worker', 5000, { id: half })).status, 201)
  const { id } = await tiedPhoto()
  const stray = inData('files/320206/zz/stray')
  mkdirSync(dirname(stray), { recursive: true })
  writeFileSync(stray, 'stray')
  utimesSync(stray, new Date(0), new Date(0))
  assert.ok(readdirSync(inData('uploads')).includes(half))
  await sweepFiles(world.engine)
  assert.ok(readdirSync(inData('uploads')).includes(half), 'not before a day')
  world.clock.pass(dayLength + 1000)
  await world.wake()
  await sweepFiles(world.engine)
  assert.ok(!readdirSync(inData('uploads')).includes(half))
  assert.deepEqual((await checkFiles(world.engine)).orphaned, [])
  assert.equal((await world.get('worker', '/api/evidence/file', { id })).status, 200)
})

test('who must first change his password sends no file', async () => {
  const set = (must: boolean) =>
    world.engine.database.write((tx) =>
      run(tx, sql`update identity.account set must_change = ${must} where login = 'worker2'`),
    )
  await set(true)
  world.engine.sessions.forget()
  const refused = await upload(base, 'worker2', await picture('#333'))
  assert.deepEqual([refused.status, refused.problem], [403, 'password.must-change'])
  await set(false)
  world.engine.sessions.forget()
})

test('one account begins only so much in a day', async () => {
  const size = world.engine.settings.maxUpload
  const answers = await Promise.all(Array.from({ length: 52 }, () => begin(base, 'liaison', size, {})))
  const refused = answers.filter((a) => a.status === 429)
  assert.ok(answers.filter((a) => a.status === 201).length * size <= 1_000_000_000)
  assert.ok(refused.length > 0)
  assert.equal(((await refused[0]!.json()) as { problem: string }).problem, 'file.quota')
})

test('nor more of it by beginning the same file again and again, small at last', async () => {
  const size = world.engine.settings.maxUpload
  const id = freshId()
  for (const length of [size, 1]) assert.equal((await begin(base, 'leader1', length, { id })).status, 201)
  const { bytes } = await world.engine.database.write((tx) => weighUploads(tx, idOf('leader1'), 0))
  assert.equal(bytes, size + 1)
})

test('the road of uploads answers no other origin, and its faults are sentences', async () => {
  const headers = { authorization: 'Bearer token-worker', 'tus-resumable': '1.0.0', origin: 'https://evil.example' }
  const { id } = await upload(base, 'worker', await picture('#123'))
  const path = `${base}${sendEvidence.path}/${id}`
  const asked = [
    await fetch(path, { method: 'HEAD', headers }),
    await fetch(path, { method: 'OPTIONS', headers }),
    await fetch(path, { method: 'PATCH', headers: { ...headers, 'upload-offset': '7' }, body: 'x' }),
    await fetch(`${base}${sendEvidence.path}`, { method: 'OPTIONS', headers }),
  ]
  for (const answer of asked) assert.equal(answer.headers.get('access-control-allow-origin'), null)
  const bad = [
    fetch(path, { method: 'PATCH', headers: { authorization: headers.authorization }, body: 'x' }),
    fetch(path, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': '99999', 'content-type': 'application/offset+octet-stream' },
      body: 'x',
    }),
    fetch(`${base}${sendEvidence.path}`, { method: 'POST', headers: { ...headers, 'upload-length': '-1' } }),
  ]
  for (const answer of await Promise.all(bad)) {
    const said = (await answer.json()) as { problem: string; status: number }
    assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status))
    assert.match(String(answer.headers.get('content-type')), /problem\+json/)
    assert.match(said.problem, /^[a-z.-]+$/)
  }
})

test('what is tied to an event keeps its phase; more is added by who has a part in it, while it is open, and a step says so', async () => {
  const { id, eventId } = await tiedPhoto()
  const fresh = async (login: Login) => (await upload(base, login, await picture('#357'))).id
  const attach = (login: Login, evidenceId: string, phase: 'before' | 'after' | 'check') =>
    world.post(login, attachEvidence.path, { requestId: freshId(), eventId, evidenceIds: [evidenceId], phase })
  const shown = async () => (await world.ask(getEvent, 'village', { id: eventId })).evidence.map((e) => [e.id, e.phase])
  assert.equal((await attach('worker', id, 'after')).status, 200, 'a repeat is no fault')
  assert.deepEqual(await shown(), [[id, 'before']])
  const strange = await attach('leader1', await fresh('leader1'), 'before')
  assert.deepEqual([strange.status, strange.body.problem], [403, 'not-allowed'])
  const desk = await fresh('village')
  assert.equal((await attach('village', desk, 'before')).status, 200)
  const { flow } = await world.ask(getEvent, 'village', { id: eventId })
  assert.deepEqual(
    [flow.at(-1)!.action, flow.at(-1)!.evidenceIds, flow.at(-1)!.actorName],
    ['attach', [desk], '演员village'],
  )
  assert.equal((await world.act('worker', eventId, 'self-close', { result: '已劝导' })).status, 200)
  for (const phase of ['after', 'check'] as const) await attach('worker', id, phase)
  assert.deepEqual(
    (await shown()).find(([one]) => one === id),
    [id, 'before'],
    'nor does it change after the end',
  )
  const late = await attach('village', await fresh('village'), 'after')
  assert.deepEqual([late.status, late.body.problem], [409, 'event.out-of-turn'])
  const own = await fresh('worker')
  assert.equal((await attach('worker', own, 'after')).status, 200, 'what his phone sends later of his own work')
  world.clock.pass(15 * dayLength)
  await world.wake()
  const after = await attach('worker', await fresh('worker'), 'after')
  assert.equal(after.body.problem, 'event.out-of-turn')
})
