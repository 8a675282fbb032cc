/** Attacks on numbers and phones that are kept from whoever has no right to see them: by what shows, and by asking. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read, utils } from '@e965/xlsx'
import { onFile } from '@fengge/domain/registry/fields'
import { askExport, readExport } from '@fengge/domain/registry/bulk-contract'
import * as c from '@fengge/domain/registry/contract'
import { listDoubles, mergePersons } from '@fengge/domain/registry/doubles-contract'
import { listLedgerRows, listLedgerRuns } from '@fengge/domain/registry/ledger-contract'
import { searchQuota } from '@fengge/domain/registry/sight'
import { roles } from '@fengge/domain/identity/roles'
import { rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { csv, header, sendFile } from '../import-files.ts'
import { numberOf, openRegistry, type Registry } from '../registry-world.ts'
import { idOf, type Login, type World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

/** A new day: what was asked before counts no more. */
async function nextDay(): Promise<void> {
  world.clock.pass(86_400_000)
  await world.wake()
}

const find = (login: Login, text: string) => world.post(login, c.searchRegistry.path, { text })
const foundBy = async (login: Login, text: string): Promise<string[]> =>
  (await world.ask(c.searchRegistry, login, { text })).records.map((x) => x.id)
/** Numbers of people of different birthdays. */
const numberOfAnother = (seq: number, i: number) => numberOf(seq, `19${60 + i}0304`)
const phoneOf = (seq: number) => `138${String(10_000_000 + seq * 7919)}`

/** What the journal says of looks of a kind, newest last. */
const looksOf = async (fact: string): Promise<{ account_id: string; detail: Record<string, unknown> }[]> =>
  rowsOf(world.engine.database.read, sql`select account_id, detail from audit.journal where fact = ${fact} order by at`)

test('no digit of an identity number shows, to whoever looks, on whatever page', async () => {
  const idNo = numberOf(101)
  const id = await r.person({ name: '赵无痕', idNo, phone: '13812340101' })
  assert.equal((await r.link(id, r.house)).status, 200)
  await makeRegistrar('supervisor')
  await r.save('supervisor', 'person', { idNo: numberOf(102) }, { id, version: 1 })
  const twin = await r.person({ name: '赵无痕', phone: '13812340101' })
  const stale = await r.save('worker', 'person', { idNo: numberOf(103) }, { id, version: 1 })
  assert.equal(stale.body.details.clashes[0].theirs, onFile)
  const pages = await Promise.all(
    (['worker', 'village', 'leader1', 'liaison'] as const).flatMap((login) => [
      world.get(login, c.getRecord.path, { id }),
      world.get(login, c.getRecord.path, { id, on: '2026-03-02' }),
      world.get(login, c.getHistory.path, { id }),
      world.get(login, c.getHousehold.path, { houseId: r.house }),
      find(login, '赵无痕'),
    ]),
  )
  const doubles = await world.ask(listDoubles, 'village', {})
  assert.ok(doubles.pairs.some((p) => [p.a.id, p.b.id].includes(twin)))
  const text = JSON.stringify([...pages.map((p) => p.body), doubles, stale.body])
  for (const number of [101, 102, 103].map((n) => numberOf(n)))
    for (const part of [number.slice(0, 4), number.slice(0, 6), number.slice(-4), number.slice(14)])
      assert.ok(!new RegExp(`"[^"]*(${part}\\*|\\*${part})[^"]*"`).test(text), part)
  assert.ok(!/\d{3,6}\*{6,}|\*{6,}[\dX]/.test(text), 'nor is there a mask that shows how long it is')
  const record = (await world.ask(c.getRecord, 'worker', { id })).record
  assert.deepEqual([record.values['idNo'], record.values['born']], [onFile, '1990-03-04'])
})

test('an agreed export says that a number is on file, beside the birth day, and no digit of it', async () => {
  const id = freshId()
  await world.ask(askExport, 'village', { id, kind: 'person', placeId: world.at['village']!, purpose: '年度核对台账' })
  const file = await world.get('village', readExport.path, { id })
  const book = read(file.raw)
  const cells = utils.sheet_to_json<Record<string, string>>(book.Sheets[book.SheetNames[0]!]!)
  const numbers = new Set(cells.map((row) => row['证件号码']))
  assert.deepEqual(numbers, new Set(['已登记', undefined]))
})

test('of two ledgers the review shows that numbers are there, and no digit of them', async () => {
  const ledger = (name: string) => `姓名,身份证号,手机,地址\n${name},${numberOf(111)},13812340111,阳光花园3幢501室\n`
  const line = '----fengge-attack'
  const part = (name: string, head: string, body: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${name}"${head}\r\n\r\n${body}\r\n`
  const sent = await world.app.inject({
    method: 'POST',
    url: '/api/registry/ledgers',
    headers: { authorization: 'Bearer token-village', 'content-type': `multipart/form-data; boundary=${line}` },
    payload: `${part('id', '', freshId())}${part('employers', '; filename="a.csv"\r\ncontent-type: text/csv', ledger('钱对账'))}${part('rentals', '; filename="b.csv"\r\ncontent-type: text/csv', ledger('钱对账'))}--${line}--\r\n`,
  })
  assert.equal(sent.statusCode, 200, sent.body)
  const [run] = (await world.ask(listLedgerRuns, 'worker', {})).runs
  const { rows } = await world.ask(listLedgerRows, 'worker', { runId: run!.id, state: 'linked' })
  assert.deepEqual(
    rows.map((x) => [x.employer?.idNo, x.rental?.idNo]),
    [[onFile, onFile]],
  )
})

test('numbers and phones are asked for thirty times a day, found or not, by search and by questions together', async () => {
  await nextDay()
  const id = await r.person({ name: '孙限次', idNo: numberOf(121), phone: '13812340121' })
  const misses = async () => (await looksOf('registry.likely-looked')).filter((x) => x.detail['found'] === 0).length
  const before_ = await misses()
  for (let i = 0; i < 10; i++) assert.equal((await find('worker', numberOfAnother(200, i))).status, 200)
  for (let i = 0; i < 10; i++) assert.equal((await find('worker', phoneOf(i))).status, 200)
  for (let i = 0; i < 5; i++)
    await world.ask(c.findLikely, 'worker', { values: { name: '孙限次', phone: phoneOf(100 + i) } })
  for (let i = 0; i < 4; i++)
    await world.ask(c.findLikely, 'worker', { values: { name: '孙限次', idNo: numberOfAnother(300, i) } })
  assert.equal((await misses()) - before_, 9, 'a miss leaves its row')
  assert.deepEqual(await foundBy('worker', '13812340121'), [id], 'the thirtieth')
  const refused = { status: 429, problem: 'search.quota' }
  for (const refusal of [
    await world.refusal(c.searchRegistry, 'worker', { text: numberOf(121) }),
    await world.refusal(c.searchRegistry, 'worker', { text: '138 1234 0122' }),
    await world.refusal(c.searchRegistry, 'worker', { text: '4321' }),
    await world.refusal(c.searchRegistry, 'worker', { text: `　${numberOf(122).replace(/^(.{6})/, '$1 ')}` }),
    await world.refusal(c.findLikely, 'worker', { values: { phone: '13812340129' } }),
    await world.refusal(c.findLikely, 'worker', { values: { idNo: numberOf(129) } }),
  ])
    assert.deepEqual({ status: refusal.status, problem: refusal.problem }, refused)
  assert.deepEqual(await foundBy('worker', '13812340121'), [id], 'what was asked for is no new question')
  assert.deepEqual(await foundBy('worker', '孙限次'), [id], 'names are no numbers')
  const journal = JSON.stringify(
    await rowsOf(world.engine.database.read, sql`select j::text as x from audit.journal j`),
  )
  assert.ok(!journal.includes(numberOfAnother(200, 0)) && !journal.includes('13812340121'), 'the value is in no row')
  const { alarms } = (await world.get('auditor', '/api/audit/alarms')).body
  assert.ok(
    alarms.some((a: { accountName: string; kind: string }) => a.accountName === '演员worker' && a.kind === 'quota'),
  )
  await nextDay()
  assert.equal((await find('worker', numberOf(121))).status, 200, 'the next day begins anew')
})

test('fifty questions at once are thirty answers', async () => {
  await nextDay()
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => find('worker', phoneOf(1000 + i))))
  assert.equal(answers.filter((a) => a.status === 200).length, searchQuota)
  assert.equal(answers.filter((a) => a.body.problem === 'search.quota').length, 50 - searchQuota)
})

test('by the last four of a number only who may reveal it finds anybody', async () => {
  await nextDay()
  const idNo = numberOf(141)
  const id = await r.person({ name: '李末位', idNo, phone: '13812340141' })
  assert.deepEqual(await foundBy('worker', idNo.slice(-4)), [])
  assert.ok((await foundBy('village', idNo.slice(-4))).includes(id))
  assert.ok((await foundBy('worker', '0141')).includes(id), 'those of a phone show in its mask')
})

test('a save tells nobody whether he guessed what he does not see', async () => {
  await nextDay()
  const id = await r.person({ name: '周难猜', idNo: numberOf(151), phone: '13812340151' })
  assert.equal(
    (await r.save('village', 'person', { idNo: numberOf(152), phone: '13812340152' }, { id, version: 1 })).status,
    200,
  )
  const guess = (values: object) => r.save('worker', 'person', values, { id, version: 1 })
  for (const [wrong, right] of [
    [{ idNo: numberOf(153) }, { idNo: numberOf(152) }],
    [{ phone: '13899990152' }, { phone: '13812340152' }],
  ] as const) {
    const [a, b] = [await guess(wrong), await guess(right)]
    assert.deepEqual([a.status, a.body.details], [b.status, b.body.details])
    assert.equal(a.body.problem, 'record.stale')
  }
  const saved = await r.save('worker', 'person', { phone: '13812340152' }, { id, version: 2 })
  assert.deepEqual(saved.body.changed, ['phone'], 'as any other phone would be')
  const [last] = (await world.ask(c.getHistory, 'worker', { id })).changes
  assert.deepEqual(
    last!.fields.map((f) => f.field),
    ['phone'],
  )
})

test('a merge that is refused for two numbers is a question, and who has asked enough may not try', async () => {
  await nextDay()
  const target = await r.person({ name: '吴同名', idNo: numberOf(161) })
  const own = await r.person({ name: '吴同名', idNo: numberOf(162) }, 'village')
  const merge = () =>
    world.refusal(mergePersons, 'village', {
      keepId: target,
      keepVersion: 1,
      dropId: own,
      dropVersion: 1,
      reason: '试',
    })
  assert.equal((await merge()).problem, 'merge.two-numbers')
  for (let i = 0; i < searchQuota - 1; i++) assert.equal((await find('village', phoneOf(2000 + i))).status, 200)
  assert.equal((await find('village', phoneOf(2999))).status, 429)
  assert.equal((await merge()).problem, 'search.quota')
})

test('a trial import, which tells how many numbers are known, is a question', async () => {
  await nextDay()
  const rows = csv([header, ['郑试导', numberOf(171), '', '', '户主', '']])
  const trial = () => sendFile(world, 'village', { name: 'a.csv', bytes: rows }, { mode: 'trial' })
  assert.equal((await trial()).status, 200)
  for (let i = 0; i < searchQuota - 1; i++) assert.equal((await find('village', phoneOf(3000 + i))).status, 200)
  assert.equal((await trial()).status, 429)
})

test('whoever may merge or import people may reveal their numbers: comparing them is no more than that', () => {
  for (const role of roles)
    if (role.duties.includes('registry.merge') || role.duties.includes('registry.import'))
      assert.ok(role.duties.includes('registry.reveal-core'), role.code)
})

test('of what he wrote down himself, by hand or by a file, nobody is told by doubles who has the number', async () => {
  await nextDay()
  const victim = await r.person({ name: '冯被猜', idNo: numberOf(181), phone: '13812340181' })
  const pairsWith = async (login: Login, id: string) =>
    (await world.ask(listDoubles, login, {})).pairs
      .filter((p) => [p.a.id, p.b.id].includes(id))
      .map((p) => [[p.a.id, p.b.id].find((x) => x !== id), p.reasons])
  const byPhone = await r.person({ name: '冯被猜', phone: '13812340181' }, 'village')
  const byNumber = await r.person({ name: '冯被猜', idNo: numberOf(181) }, 'village')
  const edited = await r.person({ name: '冯被猜' }, 'village')
  const guess = await r.save('village', 'person', { phone: '13812340181' }, { id: edited, version: 1 })
  assert.equal(guess.status, 200)
  const phones = Array.from({ length: 9 }, (_, i) => `1381234018${i}`)
  const rows = csv([header, ...phones.map((phone) => ['冯被猜', '', phone, '', '', ''])])
  assert.equal((await sendFile(world, 'othervillage', { name: 'a.csv', bytes: rows })).status, 200)
  assert.deepEqual(await pairsWith('village', victim), [])
  await nextDay()
  assert.deepEqual(await pairsWith('village', victim), [], 'nor on another day')
  await makeRegistrar('othervillage')
  const others = await pairsWith('supervisor', victim)
  const imported = others.map(([id]) => id as string).filter((id) => ![byPhone, byNumber, edited].includes(id))
  assert.equal(imported.length, 1, 'others are told')
  assert.equal(others.length, 4)
  const byImporter = await pairsWith('othervillage', victim)
  assert.ok(!byImporter.some(([id]) => id === imported[0]), 'who sent the file is not')
  assert.equal(byImporter.length, 3)
})

/** Serves the whole county as one who may merge. */
async function makeRegistrar(login: Login): Promise<void> {
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
        values (${freshId()}, ${idOf(login)}, 'registrar', 'business', ${world.at['county']}, null, '2025-01-01', null)
      `,
    ),
  )
  world.engine.sessions.forget()
}

test('a hundred newcomers a day are written down, and doubles by name and birthday told', async () => {
  await nextDay()
  const known = await r.person({ name: '陈旧识', born: '1990-03-04' })
  for (let i = 0; i < 100; i++) await r.person({ name: `新来${i}`, phone: phoneOf(5000 + i) }, 'village')
  const twin = await r.person({ name: '陈旧识', born: '1990-03-04', phone: phoneOf(5200) }, 'village')
  const pair = (await world.ask(listDoubles, 'village', {})).pairs.find((p) => [p.a.id, p.b.id].includes(twin))
  assert.deepEqual([[pair?.a.id, pair?.b.id].includes(known), pair?.reasons], [true, ['same-name-born']])
})
