import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read as readWorkbook, utils } from '@e965/xlsx'
import {
  decideLedger,
  exportLedger,
  listLedgerRows,
  listLedgerRuns,
  type LedgerRow,
} from '@fengge/domain/registry/ledger-contract'
import { listJournal } from '@fengge/domain/audit/contract'
import { addDays, dayLength, dayOf } from '@fengge/domain/kernel/time'
import { saveRecord } from '@fengge/domain/registry/contract'
import { saveDays } from '@fengge/domain/registry/days/contract'
import { askRecusal, decideRecusal } from '@fengge/domain/registry/recusal/contract'
import { askErasure, decideErasure } from '@fengge/domain/registry/leaving/contract'
import { forgetLedgers } from '../src/registry/ledgers/forget-ledgers.ts'
import { deleteLeft } from '../src/registry/leaving/delete-left.ts'
import { rowOf, rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { numberOf, sendFile } from './import-files.ts'
import { openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const addressOf = (i: number) => ['文华苑1幢1单元101室', '文华苑1-1-102'][i] ?? `某小区${i}幢101`
const people = Array.from({ length: 40 }, (_, i) => ({
  name: `孙${String.fromCodePoint(0x4f00 + i * 3)}${String.fromCodePoint(0x5f00 + i * 5)}`,
  id: numberOf(700 + i),
  phone: `1370000${String(1000 + i)}`,
  at: addressOf(i),
}))
const employers = [
  '姓名,身份证号,手机,地址',
  ...people.map((p) => `${p.name},${p.id},${p.phone},公司宿舍`),
  `只上班,${numberOf(790)},,`,
].join('\n')
const rentals = [
  '承租人,证件号码,联系电话,房屋地址',
  ...people.map((p) => `${p.name},${p.id},,${p.at}`),
  `只租房,${numberOf(791)},13900000791,文华苑1幢1单元102室`,
].join('\n')

/** Sends two ledgers to be compared. */
function compareLedgers(login: Login, id: string, rented = rentals) {
  const line = '----fengge-test'
  const file = (field: string, text: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${field}"; filename="${field}.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n`
  const head = `--${line}\r\ncontent-disposition: form-data; name="id"\r\n\r\n${id}\r\n`
  return world.app.inject({
    method: 'POST',
    url: '/api/registry/ledgers',
    headers: { authorization: `Bearer token-${login}`, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: `${head}${file('employers', employers)}${file('rentals', rented)}--${line}--\r\n`,
  })
}

test('two ledgers are compared beside the server, results reach the owning grid only, and decisions are kept', async () => {
  const grid = await rowOf<{ code: string }>(
    world.engine.database.read,
    sql`select code from places.place where id = ${world.at['grid1']}`,
  )
  const houses = `小区,幢号,单元,室号,用途,网格编码\n文华苑,1,1,101,出租,${grid?.code}\n文华苑,1,1,102,出租,${grid?.code}\n`
  await sendFile(world, 'village', { name: 'h.csv', bytes: houses }, { kind: 'house' })
  const runId = freshId()
  const answer = await compareLedgers('village', runId)
  assert.equal(answer.statusCode, 200, answer.body)
  const counts = answer.json<Record<'linked' | 'doubtful' | 'employerOnly' | 'rentalOnly', number>>()
  assert.deepEqual([counts.linked + counts.doubtful, counts.employerOnly, counts.rentalOnly], [40, 1, 1], answer.body)

  const seen = async (login: Login, state: LedgerRow['state']) =>
    (await world.ask(listLedgerRows, login, { runId, state })).rows
  const mine = [...(await seen('worker', 'linked')), ...(await seen('worker', 'doubtful'))]
  assert.deepEqual(
    new Set(mine.map((r) => r.rental?.name)),
    new Set(people.slice(0, 2).map((p) => p.name)),
    'the worker sees the rooms of his grid',
  )
  assert.deepEqual(await seen('worker2', 'linked'), [])
  assert.ok(!JSON.stringify(mine).includes(people[0]!.id))
  const sheet = await world.post('village', exportLedger.path, { runId, purpose: '核对群租' })
  assert.equal(sheet.status, 200)
  const book = readWorkbook(sheet.raw)
  const lines = utils.sheet_to_json<Record<string, string>>(book.Sheets[book.SheetNames[0]!]!)
  assert.equal(lines.length, 42)
  assert.ok(lines.some((line) => line['结果'] === '只在租房台账' && line['租房姓名'] === '只租房'))
  assert.ok(lines.every((line) => line['水印']?.includes('核对群租')) && !JSON.stringify(lines).includes(people[0]!.id))
  const { id } = mine[0]!
  await world.ask(decideLedger, 'worker', { id, isSame: true })
  assert.equal((await world.refusal(decideLedger, 'worker2', { id, isSame: true })).status, 404)
  const kept = await rowsOf(world.engine.database.read, sql`select r::text as x from registry.ledger_row r`)
  assert.ok(!JSON.stringify(kept).includes(people[0]!.id), 'rows are kept sealed')
})

test('of somebody whom a worker is kept from a comparison shows him no row, by whatever of hers it has', async () => {
  const [runId, she] = [freshId(), freshId()]
  assert.equal((await compareLedgers('village', runId)).statusCode, 200)
  const named = async () => {
    const asked = (['linked', 'doubtful', 'rental-only'] as const).map((state) =>
      world.ask(listLedgerRows, 'worker', { runId, state }),
    )
    return (await Promise.all(asked)).flatMap(({ rows }) => rows.flatMap((row) => row.rental?.name ?? []))
  }
  const before = await named()
  assert.ok(before.includes(people[1]!.name))
  const values = { name: '别名', kind: 'floating', phone: people[1]!.phone }
  await world.ask(saveRecord, 'worker', { id: she, kind: 'person', version: 0, values, isOther: true })
  const kept = { personId: she, login: 'worker', untilOn: addDays(dayOf(world.clock.now()), 9), reason: '系其前夫' }
  const id = freshId()
  await world.ask(askRecusal, 'village', { id, ...kept })
  await world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
  assert.deepEqual(
    await named(),
    before.filter((name) => name !== people[1]!.name),
  )
})

test('a ledger of names alone links nobody, and says why', async () => {
  const answer = await compareLedgers(
    'village',
    freshId(),
    `姓名,备注\n${people.map((p) => `${p.name},`).join('\n')}\n`,
  )
  const { linked, doubtful, namesOnly } = answer.json<Record<string, unknown>>()
  assert.deepEqual([linked, doubtful, namesOnly], [0, 0, ['rentals']], answer.body)
})

const states = ['linked', 'doubtful', 'employer-only', 'rental-only'] as const
const counted = async () =>
  (await world.ask(listLedgerRuns, 'village', {})).runs.reduce((n, run) => n + run.employers + run.rentals, 0)

test('what was compared of somebody goes when he is deleted, and no other’s', async () => {
  const grid = world.at['grid1']!
  const runId = freshId()
  await compareLedgers('village', runId)
  const names = async () =>
    new Set(
      (await Promise.all(states.map((state) => world.ask(listLedgerRows, 'village', { runId, state })))).flatMap(
        ({ rows }) => rows.flatMap((row) => [row.employer?.name, row.rental?.name]),
      ),
    )
  const [he, other] = people as [(typeof people)[0], (typeof people)[0]]
  const personId = freshId()
  const values = { name: he.name, kind: 'resident', idNo: he.id }
  await world.ask(saveRecord, 'worker', { id: personId, kind: 'person', version: 0, values, placeId: grid })
  const erasure = { id: freshId(), personId, basis: 'purpose-over', shownBy: '本人持证到场' } as const
  await world.ask(askErasure, 'worker', erasure)
  await world.ask(decideErasure, 'village', { id: erasure.id, isAgreed: true })
  assert.ok((await names()).has(he.name))
  world.clock.pass(16 * dayLength)
  await world.wake()
  await deleteLeft(world.engine)
  const left = await names()
  assert.deepEqual([left.has(he.name), left.has(other.name)], [false, true])
})

test('what was compared is deleted after the days of the county, piece by piece', async () => {
  assert.ok((await counted()) > 0)
  world.clock.pass(150 * dayLength)
  await world.wake()
  await forgetLedgers(world.engine)
  assert.ok((await counted()) > 0, 'not before its day')
  const fromOn = dayOf(world.clock.now())
  await world.ask(saveDays, 'rules', { code: 'keep/ledgers', days: 90, fromOn, basis: '县实施细则' })
  await forgetLedgers(world.engine)
  assert.equal(await counted(), 0)
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'registry.ledgers-forgotten' })
  assert.deepEqual(
    rows.map((row) => Number(row.detail['rows']) > 0 && Number(row.detail['runs']) > 0),
    [true],
  )
})
