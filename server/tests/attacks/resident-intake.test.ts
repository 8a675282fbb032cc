/** Nobody without a session fills the disk or the desks. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { countIntake, reportAsResident } from '../../src/events/door.ts'
import { countUnseen } from '../../src/events/store/intake-counts.ts'
import { actAs } from '../../src/kernel/act-as.ts'
import { residentCaller } from '../../src/kernel/context.ts'
import { rowOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { senderOf, sharesAtDesk } from '../../src/public/sender.ts'
import { mostADay } from '../../src/public/take-report.ts'
import { county, openWorld, type World } from '../world.ts'

let world: World
let photo: Buffer
before(async () => {
  world = await openWorld()
  photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#383' } })
    .jpeg()
    .toBuffer()
})
after(() => world.close())

interface Sent {
  readonly values?: Record<string, string>
  readonly file?: { readonly bytes: Buffer; readonly type?: string; readonly name?: string }
  readonly app?: World['app']
  readonly from?: string
}

/** The form of the page as a browser sends it. */
function report({ values = {}, file, app = world.app, from = '198.51.100.7' }: Sent) {
  const edge = '----edge'
  const fields = {
    county,
    id: freshId(),
    title: '井盖丢失',
    content: '路口井盖丢失',
    category: '5001',
    place: '青石巷口',
    grid: world.at['village']!,
    ...values,
  }
  const parts: Buffer[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  if (file)
    parts.push(
      Buffer.from(
        `--${edge}\r\ncontent-disposition: form-data; name="photo"; filename="${file.name ?? 'a.jpg'}"\r\ncontent-type: ${file.type ?? 'image/jpeg'}\r\n\r\n`,
      ),
      file.bytes,
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${edge}--\r\n`))
  return app.inject({
    method: 'POST',
    url: '/report',
    remoteAddress: from,
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: Buffer.concat(parts),
  })
}

/** Everything under the data folder that came in from somebody. */
function files(): string[] {
  const folder = join(world.engine.settings.dataDir, 'files')
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.includes('-'))
    : []
}
const events = async () =>
  (await rowOf<{ n: number }>(world.engine.database.read, sql`select count(*)::int as n from events.event`))!.n

test('a report that is refused leaves no file, whatever came with it', async () => {
  const before = files()
  const video = Buffer.concat([Buffer.from('000000206674797069736f6d', 'hex'), Buffer.alloc(5_000_000)])
  const refused: [Sent, number][] = [
    [{ values: { category: '9999' }, file: { bytes: photo } }, 422],
    [{ values: { content: '' }, file: { bytes: photo } }, 400],
    [{ values: { grid: freshId() }, file: { bytes: photo } }, 422],
    [{ values: { county: '999999', grid: freshId() }, file: { bytes: photo } }, 422],
    [{ file: { bytes: video, type: 'video/mp4' } }, 415],
    [{ file: { bytes: Buffer.from('%PDF-1.7\n%%EOF'), type: 'application/pdf' } }, 415],
    [{ file: { bytes: photo.subarray(0, 500) } }, 422],
    [{ file: { bytes: Buffer.concat([photo, Buffer.alloc(9_000_000)]) } }, 413],
  ]
  const known = await events()
  for (const [sent, status] of refused) {
    const answer = await report(sent)
    assert.equal(answer.statusCode, status, answer.body.slice(0, 300))
    assert.match(answer.body, /role="alert"/)
  }
  assert.deepEqual(files(), before)
  assert.equal(await events(), known)
})

test('a photo comes in with its report, drawn anew and under a name of the server', async () => {
  const before = files().length
  const id = freshId()
  const sent = await report({ values: { id }, file: { bytes: photo, name: '../../etc/passwd' } })
  assert.equal(sent.statusCode, 200, sent.body)
  assert.equal(files().length, before + 2, 'the photo and its small picture')
  const again = await report({ values: { id }, file: { bytes: photo } })
  assert.equal(again.statusCode, 409, 'the same report again')
  assert.equal(files().length, before + 2, 'leaves nothing')
})

test('one address brings in so much a day and no more, others go on, and the next day it may again', async () => {
  const from = '203.0.113.9'
  const day = dayOf(world.clock.now())
  const sender = senderOf(world.engine.journalKey, day, from)
  const most = mostADay(world.engine)
  const count = (bytes: number, reports = most.reports) =>
    world.engine.database.write((tx) => countIntake(tx, { day, sender, bytes }, { reports, bytes: most.bytes }))
  await count(most.bytes - 1000)
  const withPhoto = await report({ from, file: { bytes: photo } })
  assert.equal(withPhoto.statusCode, 429)
  assert.ok(withPhoto.body.includes('拨打 12345'))
  assert.equal((await report({ from })).statusCode, 200, 'words alone are still let in')
  await assert.rejects(count(0, 2), /report\.quota/)
  assert.equal((await report({ from: '203.0.113.10', file: { bytes: photo } })).statusCode, 200)
  world.clock.pass(dayLength)
  assert.equal((await report({ from, file: { bytes: photo } })).statusCode, 200)
})

test('thirty reports at once are counted one by one', async () => {
  const came = { day: '2026-03-02', sender: 'a crowd', bytes: 0 }
  const counted = await Promise.allSettled(
    Array.from({ length: 30 }, () =>
      world.engine.database.write((tx) => countIntake(tx, came, { reports: 12, bytes: 1 })),
    ),
  )
  assert.equal(counted.filter((c) => c.status === 'fulfilled').length, 12)
})

test('whoever floods a desk closes it to himself and his network, never to others, and never for danger', async () => {
  const deskId = world.at['village']!
  const unseen = () => countUnseen(world.engine.database.read, county, deskId, 1000)
  const mostUnseen = await unseen()
  const waiting = (title: string) => ({ id: freshId(), title, content: title, placeText: '', categoryCode: '5001' })
  const send = (title: string, address: string) =>
    actAs(world.engine, residentCaller(county), 'test', (ctx) =>
      reportAsResident(
        ctx,
        { ...waiting(title), point: null, gridId: deskId, name: '', phone: '', stopNoticeRead: true },
        { mostUnseen: mostUnseen - 1, sharesAt: sharesAtDesk(world.engine.journalKey, dayOf(ctx.now), address) },
      ),
    )
  const flood = async (address: string) => {
    for (let n = 0; n < 3; n++) await send('路灯不亮', address)
    const before = await unseen()
    await assert.rejects(send('路灯不亮', address), /report\.desk-full/)
    assert.equal(await unseen(), before, 'nothing is left of it')
  }
  for (let n = 1; n <= 10; n++) await flood(`203.0.113.${n}`)
  await assert.rejects(send('路灯不亮', '203.0.113.77'), /report\.desk-full/, 'a network of many lines')
  await send('路灯不亮', '198.51.100.20')
  await send('路灯不亮', '2001:db8:7::1')
  await send('楼道起火', '203.0.113.1')
  world.clock.pass(dayLength)
  await send('路灯不亮', '203.0.113.1')
})

test('an address is told apart by its line, and the digest of a day is not that of the next', () => {
  const key = world.engine.journalKey
  const of = (address: string, day = '2026-03-02') => senderOf(key, day, address)
  assert.equal(of('::ffff:203.0.113.9'), of('203.0.113.9'))
  assert.equal(of('2001:db8:1:2::1'), of('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  assert.equal(of('2001:db8::1'), of('2001:db8:0:0:5::'))
  assert.notEqual(of('2001:db8:1:2::1'), of('2001:db8:1:3::1'))
  assert.notEqual(of('203.0.113.9'), of('203.0.113.10'))
  assert.notEqual(of('203.0.113.9'), of('203.0.113.9', '2026-03-03'))
  assert.ok(!of('203.0.113.9').includes('203'))
})
