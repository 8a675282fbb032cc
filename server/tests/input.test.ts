import { askEventExport, readEventExport } from '@fengge/domain/events/contract/exports'
import { StoredSuggestion } from '@fengge/domain/events/stored'
import { charactersOf } from '@fengge/domain/kernel/text'
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import sharp from 'sharp'
import { submitTicket } from '../src/events/commands/submit-ticket.ts'
import { numberLetters, readCalls } from '../src/events/read-calls.ts'
import { suggestOne } from '../src/events/jobs.ts'
import { readTable } from '../src/kernel/workbooks/read-table.ts'
import { relearn } from '../src/events/suggest.ts'
import { writeWorkbook } from '../src/kernel/workbooks/write-workbook.ts'
import { actAs } from '../src/kernel/act-as.ts'
import { systemCaller } from '../src/kernel/context.ts'
import { rowOf, rowsOf, sql } from '../src/kernel/db/sql.ts'
import type { Row } from '../src/kernel/db/tx.ts'
import { nameFile, writeKept } from '../src/kernel/files.ts'
import { cleanFile } from '../src/kernel/judging/judge-file.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openFollowed } from './following.ts'
import { county, openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())
const letters = join(import.meta.dirname, '../../../shared/data/messages/messages.csv')
const report = (more: Record<string, unknown>) =>
  world.post('worker', '/api/events/report', {
    requestId: freshId(),
    id: freshId(),
    title: '路灯',
    content: '路灯不亮',
    categoryCode: '5008',
    gridId: world.at['grid1'],
    ...more,
  })

test('bad input gets a clear problem document and changes nothing', async () => {
  const before = await rowOf<{ n: number }>(world.engine.database.read, sql`select count(*) as n from events.event`)
  const cases: [Record<string, unknown>, number, string][] = [
    [{ categoryCode: '9999' }, 422, 'category.unknown'],
    [{ gridId: freshId() }, 422, 'place.unknown'],
    [{ occurredAt: '2027-01-01T00:00:00+08:00' }, 422, 'event.date-future'],
    [{ occurredAt: '2026-02-30T00:00:00+08:00' }, 400, 'ask.invalid'],
    [{ content: '长'.repeat(10_000) }, 400, 'ask.invalid'],
    [{ title: '' }, 400, 'ask.invalid'],
    [{ id: 'no' }, 400, 'ask.invalid'],
    [{ evidenceIds: [freshId()] }, 422, 'evidence.unknown'],
    [{ source: 'hotline' }, 403, 'event.source-not-yours'],
    [{ surprise: 1 }, 400, 'ask.invalid'],
    [{ point: { lng: 999, lat: 0 } }, 400, 'ask.invalid'],
  ]
  for (const [more, status, problem] of cases) {
    const answer = await report(more)
    assert.deepEqual([answer.status, answer.body.problem], [status, problem], JSON.stringify(more).slice(0, 80))
    assert.match(String(answer.headers['content-type']), /problem\+json/)
    assert.ok(answer.body.trace)
  }
  assert.deepEqual(await rowOf(world.engine.database.read, sql`select count(*) as n from events.event`), before)
  assert.equal((await world.get('town', '/api/events', { after: 'nonsense' })).status, 400)
})

test('emoji and rare characters are kept, counted once and found', async () => {
  const title = '𠮷祥里𡋾路👍路灯'.padEnd(50, '灯')
  const answer = await report({ title: charactersOf(title).slice(0, 50).join(''), content: '𠀀𠀁'.repeat(400) })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal((await world.see('town', answer.body.id)).content, '𠀀𠀁'.repeat(400))
})

test('a category with a stop notice asks to be read first', async () => {
  const first = await report({ categoryCode: '4007' })
  assert.equal(first.body.problem, 'category.stop-notice')
  assert.ok(first.body.details.notice.length > 5)
  assert.equal((await report({ categoryCode: '4007', stopNoticeRead: true })).status, 200)
})

test('search finds by word, number and place, and lists page without doubles', async () => {
  for (let i = 0; i < 30; i++)
    await report({ title: `污水漫溢 ${i}`, content: '检查井污水漫溢', placeText: '青石巷口', categoryCode: '5011' })
  const search = (ask: Record<string, unknown>) => world.post('town', '/api/events/search', ask)
  const found = (await search({ text: '污水 青石巷', size: 25 })).body
  assert.equal(found.events.length, 25)
  const rest = (await search({ text: '污水 青石巷', size: 25, after: found.next })).body
  assert.equal(new Set([...found.events, ...rest.events].map((e: { id: string }) => e.id)).size, 30)
  assert.equal((await search({ text: found.events[0].no })).body.events.length, 1)
  assert.equal((await search({ text: "'); drop table events.event; --" })).status, 200)
  assert.equal((await world.get('town', '/api/events', { text: '污水' })).status, 400, 'not in an address')
})

test('any list goes to Excel, and opens as what it was', async () => {
  const id = freshId()
  const asked = await world.ask(askEventExport, 'town', { id, filter: { text: '污水' }, purpose: '月度研判' })
  assert.deepEqual(asked, { state: 'approved', rows: 30 })
  const answer = await world.get('town', readEventExport.path, { id })
  assert.equal(answer.status, 200)
  const table = await readTable('events.xlsx', answer.raw)
  assert.equal(table.rows.length, 30)
  assert.equal(table.header[0], '编号')
  const [source, state] = ['来源', '状态'].map((name) => table.header.indexOf(name))
  for (const row of table.rows) assert.match(`${row[source!]}${row[state!]}`, /^\p{Script=Han}+$/u, 'values in Chinese')
  assert.match(String(answer.headers['content-disposition']), /filename\*=UTF-8''%E4%BA%8B%E4%BB%B6/)
})

test('an export of a hundred thousand rows flows through and holds no more than a page', async () => {
  async function* pages() {
    for (let p = 0; p < 20; p++) yield Array.from({ length: 5000 }, (_, i) => [`${p}-${i}`, '=1+1', i])
  }
  let bytes = 0
  for await (const chunk of writeWorkbook(['a', 'b', 'c'], pages())) bytes += (chunk as Buffer).length
  assert.ok(bytes > 200_000)
})

test('files are judged by their bytes, photos lose their location, documents with macros are refused', async () => {
  const dir = world.engine.settings.dataDir
  const photo = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#888' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 36/1 0/1' } })
    .jpeg()
    .toBuffer()
  const judge = (bytes: Buffer, claimed: string) => {
    const path = join(dir, 'came-in')
    writeFileSync(path, bytes)
    return cleanFile(path, claimed, 'somebody')
  }
  const clean = await judge(photo, 'image/jpeg')
  const kept = await nameFile(county, clean)
  await writeKept(dir, kept, clean)
  const meta = await sharp(readFileSync(join(dir, kept.path))).metadata()
  assert.equal(meta.exif, undefined)
  assert.ok(meta.width <= 2048 && kept.thumbnailPath !== null)
  const refused = async (bytes: Buffer, claimed: string) =>
    judge(bytes, claimed).then(
      () => 'kept',
      (e: { problem?: { problem: string } }) => e.problem?.problem,
    )
  assert.equal(await refused(photo, 'application/pdf'), 'file.mislabelled')
  assert.equal(await refused(Buffer.from('MZ not a picture'), 'image/jpeg'), 'file.type')
  assert.equal(await refused(Buffer.alloc(0), 'image/jpeg'), 'file.broken')
  assert.equal(
    await refused(
      Buffer.from('%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>'),
      'application/pdf',
    ),
    'file.unsafe',
  )
  assert.equal(await refused(photo.subarray(0, 400), 'image/jpeg'), 'file.broken')
})

test('an upload in pieces arrives whole and is tied to its event', async () => {
  const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer()
  const id = freshId()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(world.app.server.address() as { port: number }).port}`
  const auth = { authorization: 'Bearer token-worker', 'tus-resumable': '1.0.0' }
  const b64 = (t: string) => Buffer.from(t).toString('base64')
  const made = await fetch(`${base}/api/files`, {
    method: 'POST',
    headers: {
      ...auth,
      'upload-length': String(photo.length),
      'upload-metadata': `id ${b64(id)},name ${b64('a.jpg')},phase ${b64('before')},type ${b64('image/jpeg')}`,
    },
  })
  assert.equal(made.status, 201, await made.text())
  const at = new URL(made.headers.get('location')!, `${base}/api/files`).href
  const half = Math.floor(photo.length / 2)
  for (const [from, to] of [
    [0, half],
    [half, photo.length],
  ] as const) {
    const sent = await fetch(at, {
      method: 'PATCH',
      headers: { ...auth, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
      body: new Uint8Array(photo.subarray(from, to)),
    })
    assert.equal(sent.status, 204, await sent.text())
  }
  const answer = await report({ evidenceIds: [id] })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal((await world.see('town', answer.body.id)).evidence.length, 1)
  assert.equal((await world.get('town', '/api/evidence/file', { id, size: 'small' })).status, 200)
  assert.equal((await world.get('worker2', '/api/evidence/file', { id })).status, 404)
  assert.equal(
    (await fetch(`${base}/api/files`, { method: 'POST', headers: { 'tus-resumable': '1.0.0', 'upload-length': '1' } }))
      .status,
    401,
  )
})

test('a batch of calls comes in whole or not at all; formulas, wrong types and missing columns are named', async () => {
  const send = (fileName: string, bytes: Buffer) =>
    world.post('hotline', '/api/hotline/import', { requestId: freshId(), fileName, base64: bytes.toString('base64') })
  const good = await send(
    'a.csv',
    Buffer.from('工单号,标题,内容,联系电话\nB-00001,停水,一号楼停水,13800000001\nB-00002,噪音,夜间噪音,13800000002\n'),
  )
  assert.deepEqual([good.body.added, good.body.errors.length], [2, 0])
  const bad = await send(
    'b.csv',
    Buffer.from('工单号,标题,内容,联系电话\nB-00003,好的,内容,13800000003\nB,坏的,内容,电话\n'),
  )
  assert.deepEqual(
    [bad.body.added, bad.body.errors.map((e: { row: number; column: string }) => `${e.row}${e.column}`)],
    [0, ['3工单号', '3联系电话']],
  )
  assert.equal(
    (await rowsOf(world.engine.database.read, sql`select 1 from events.event where ticket_no = 'B-00003'`)).length,
    0,
  )
  const sheet = utils.aoa_to_sheet([
    ['工单号', '标题', '内容'],
    ['B-00004', 't', 'c'],
  ])
  sheet['C2'] = { t: 'n', f: '1+1', v: 2 }
  const book = write({ SheetNames: ['s'], Sheets: { s: sheet } }, { type: 'buffer', bookType: 'xlsx' }) as Buffer
  assert.deepEqual((await send('c.xlsx', book)).body.details.cells, ['C2'])
  assert.equal((await send('d.xlsx', Buffer.from('not a zip'))).body.problem, 'file.type')
  assert.equal((await send('e.csv', Buffer.from('a,b\n1,2\n'))).body.problem, 'file.columns')
  const gbk = Buffer.concat([
    Buffer.from([0xb9, 0xa4, 0xb5, 0xa5, 0xba, 0xc5]),
    Buffer.from(','),
    Buffer.from([0xb1, 0xea, 0xcc, 0xe2]),
    Buffer.from(','),
    Buffer.from([0xc4, 0xda, 0xc8, 0xdd]),
    Buffer.from('\nB-00005,x,y\n'),
  ])
  assert.equal((await send('gbk.csv', gbk)).body.added, 1)
})

test(
  'the real letters come in as hotline events with suggestions and reasons',
  { skip: existsSync(letters) ? false : 'the shared letters are not here' },
  async () => {
    const table = await readTable('messages.csv', readFileSync(letters))
    const { calls, faults } = await readCalls(numberLetters(table))
    assert.deepEqual(faults, [])
    assert.equal(calls.length, 306)
    const ids: string[] = []
    for (const call of calls)
      ids.push((await actAs(world.engine, systemCaller(county), 'test', (ctx) => submitTicket(ctx, call))).id)
    const counts = await relearn(world.engine, county)
    // What is told in confidence teaches nothing.
    const open = await rowsOf<{ n: number }>(
      world.engine.database.read,
      sql`select count(*) as n from events.event where id = any(${ids}::uuid[]) and not is_sensitive`,
    )
    assert.equal(counts.topic, open[0]!.n)
    assert.ok(open[0]!.n > 250)
    for (const id of ids.slice(0, 40)) await suggestOne(world.engine, county, id)
    const stored = await rowsOf<Pick<Row<'events.event'>, 'suggestion'>>(
      world.engine.database.read,
      sql`select suggestion from events.event where suggestion is not null`,
    )
    const rows = stored.map((r) => StoredSuggestion.read(r.suggestion))
    assert.ok(rows.length >= 40)
    assert.ok(rows.every((r) => r.categories.length > 0 && r.topics.length > 0))
    assert.ok(rows.filter((r) => r.categories[0]!.words.length > 0).length > rows.length * 0.8)
  },
)

test('a resident’s page works without scripts, refuses robots, and keeps what was typed', async () => {
  const form = (values: Record<string, string>) =>
    world.app.inject({
      method: 'POST',
      url: '/report',
      payload: new URLSearchParams({
        county,
        id: freshId(),
        title: '井盖丢失',
        content: '路口井盖丢失',
        category: '3013',
        place: '青石巷口',
        ...values,
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const sent = await form({})
  const code = /id="code">([2-9A-HJ-NP-Z]{10})</.exec(sent.body)![1]!
  assert.ok((await openFollowed(world, code.toLowerCase())).includes('收到了，网格员会到现场看'))
  assert.equal((await world.app.inject('/follow?code=AAAAAAAAAA')).statusCode, 404)
  const broken = await form({ place: '', content: '<script>alert(1)</script>' })
  assert.equal(broken.statusCode, 400)
  assert.ok(broken.body.includes('&lt;script&gt;') && !broken.body.includes('<script>'))
  const before = await rowOf<{ n: number }>(world.engine.database.read, sql`select count(*) as n from events.event`)
  await form({ site: 'http://spam' })
  assert.deepEqual(await rowOf(world.engine.database.read, sql`select count(*) as n from events.event`), before)
  const page = await world.app.inject('/report')
  assert.ok(page.body.length < 60_000, `${page.body.length} bytes`)
})
