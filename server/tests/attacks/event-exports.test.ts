/** Lists of events leave by a purpose, long ones by a second person. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read as readWorkbook, utils } from '@e965/xlsx'
import {
  askEventExport,
  decideEventExport,
  eventExportLimit,
  listEventExports,
  readEventExport,
} from '@fengge/domain/events/contract/exports'
import { dayLength } from '@fengge/domain/kernel/time'
import { askExport, listExports } from '@fengge/domain/registry/bulk-contract'
import { rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.report('worker')
})
after(() => world.close())

const ask = (login: Login, purpose = '月度研判') => {
  const id = freshId()
  return world.ask(askEventExport, login, { id, filter: {}, purpose }).then((asked) => ({ id, ...asked }))
}
const fetchIt = (login: Login, id: string) => world.get(login, readEventExport.path, { id })
/** As if there were more than one may take without asking. */
const lengthen = (id: string) =>
  world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update events.export_request
        set state = 'asked', expires_at = null, rows = ${eventExportLimit + 1}
        where id = ${id}
      `,
    ),
  )

test('nothing leaves without a purpose, and each row says whose it is and what for', async () => {
  assert.equal((await world.refusal(askEventExport, 'town', { id: freshId(), filter: {}, purpose: '' })).status, 400)
  assert.equal((await world.get('town', readEventExport.path, {})).status, 400)
  assert.equal((await fetchIt('town', freshId())).body.problem, 'export.unknown')
  const { id, state } = await ask('town')
  assert.equal(state, 'approved')
  const book = readWorkbook((await fetchIt('town', id)).raw)
  const rows = utils.sheet_to_json<Record<string, string>>(book.Sheets[book.SheetNames[0]!]!)
  assert.ok(rows.length > 0 && rows.every((row) => row['水印']?.includes('仅用于：月度研判')))
  const told = await rowsOf<{ fact: string; detail: { purpose: string } }>(
    world.engine.database.read,
    sql`select fact, detail from audit.journal where subject = ${id} order by at, fact`,
  )
  assert.deepEqual(
    told.map((t) => [t.fact, t.detail.purpose]),
    [
      ['event-export.asked', '月度研判'],
      ['events.exported', '月度研判'],
    ],
  )
})

test('a long list waits for somebody else, above it and not oneself', async () => {
  const { id } = await ask('townchief')
  await lengthen(id)
  assert.equal((await fetchIt('townchief', id)).body.problem, 'export.not-agreed')
  const decide = { id, isAgreed: true }
  assert.equal((await world.refusal(decideEventExport, 'townchief', decide)).problem, 'export.own')
  assert.equal((await world.refusal(decideEventExport, 'chief', decide)).status, 404, 'a village decides for no town')
  assert.equal((await world.refusal(decideEventExport, 'county', decide)).status, 403)
  const { exports } = await world.ask(listEventExports, 'countychief', {})
  assert.equal(exports.find((e) => e.id === id)?.canDecide, true)
  await world.ask(decideEventExport, 'countychief', decide)
  assert.equal((await world.refusal(decideEventExport, 'leader', { id, isAgreed: false })).problem, 'export.decided')
  assert.equal((await fetchIt('townchief', id)).status, 200)
  assert.equal((await fetchIt('countychief', id)).body.problem, 'export.unknown', 'it is for who asked')
})

test('exports of others push none out of sight that waits: it stands first, the rest comes in pages, and twenty of one wait at the most', async () => {
  const { id } = await ask('townchief', '年终研判')
  await lengthen(id)
  for (let i = 0; i < 101; i++) await ask('othertown')
  const first = (login: Login) => world.ask(listEventExports, login, {}).then(({ exports }) => exports[0]?.id)
  assert.deepEqual([await first('countychief'), await first('townchief')], [id, id])
  const page = await world.ask(listEventExports, 'othertown', {})
  const rest = await world.ask(listEventExports, 'othertown', { after: page.next! })
  const ids = new Set([...page.exports, ...rest.exports].map((e) => e.id))
  assert.deepEqual([page.exports.length, rest.exports.length, rest.next, ids.size], [100, 1, null, 101])
  for (const e of page.exports.slice(0, 20)) await lengthen(e.id)
  const more = await world.refusal(askEventExport, 'othertown', { id: freshId(), filter: {}, purpose: '月度研判' })
  assert.deepEqual([more.status, more.problem], [409, 'export.too-many'])

  const people = { kind: 'person', purpose: '年度核对台账' } as const
  const person = (login: Login, placeId: string) => {
    const asked = freshId()
    return world.ask(askExport, login, { id: asked, placeId, ...people }).then(() => asked)
  }
  const waits = await person('village', world.at['village']!)
  const wait = () =>
    world.engine.database.write((tx) =>
      run(tx, sql`update registry.export_request set state = 'asked' where account_id = ${idOf('village')}`),
    )
  await wait()
  for (let i = 0; i < 100; i++) await person('othervillage', world.at['otherVillage']!)
  const { exports } = await world.ask(listExports, 'chief', {})
  assert.deepEqual([exports[0]?.id, exports[0]?.canDecide], [waits, true])
})

test('what was refused is not handed out, what was agreed to is gone after a week', async () => {
  const refused = await ask('town')
  await lengthen(refused.id)
  await world.ask(decideEventExport, 'leader', { id: refused.id, isAgreed: false })
  assert.equal((await fetchIt('town', refused.id)).body.problem, 'export.not-agreed')
  const { id } = await ask('town')
  world.clock.pass(7 * dayLength + 1000)
  await world.wake()
  assert.equal((await fetchIt('town', id)).body.problem, 'export.expired')
})
