/** A phone that missed nothing is answered as before, by one look at what was written since; and it misses nothing by it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { notice } from '@fengge/domain/events/rows'
import { saveRecord } from '@fengge/domain/registry/contract'
import { pull } from '@fengge/domain/sync/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { office, openWorld, type Login, type World } from './world.ts'

let world: World
let house: string
const again = async (login: Login, cursor: string) =>
  world.ask(pull, login, { cursor, part: 'all', device: '', waiting: 0, oldest: '', clock: 0, version: '', fault: '' })
type Pulled = Awaited<ReturnType<typeof again>>
const save = async (login: Login, kind: 'estate' | 'building' | 'house', values: object, more: object) => {
  const id = freshId(world.clock.now())
  await world.ask(saveRecord, login, { id, kind, version: 0, values, ...more } as never)
  return id
}
/** Pulls until nothing comes, and then once more: the cursor stays where it was. */
async function settle(login: Login, cursor = ''): Promise<string> {
  const first = await again(login, cursor)
  const second = await again(login, first.cursor)
  const third = await again(login, second.cursor)
  const fourth = await again(login, third.cursor)
  assert.equal(fourth.cursor, third.cursor, `${login} is answered as before`)
  assert.deepEqual(fourth.keep, third.keep)
  return fourth.cursor
}
const changed = ({ rows }: Pulled): string[] =>
  Object.entries(rows)
    .filter(([, list]) => (list?.length ?? 0) > 0)
    .map(([kind]) => kind)

before(async () => {
  world = await openWorld()
  const estate = await save('village', 'estate', { name: '阳光花园', kind: 'estate' }, { placeId: world.at['grid1'] })
  const building = await save('village', 'building', { no: '3', floors: 6 }, { parentId: estate })
  house = await save('village', 'house', { roomNo: '101', use: 'self' }, { parentId: building })
})
after(() => world.close())

test('what others write in a grid comes to its phone with the next pull, and leaves the phone of the next grid idle', async () => {
  let cursor = await settle('worker')
  const elsewhere = await settle('worker2')
  await world.ask(saveRecord, 'village', { id: house, kind: 'house', version: 1, values: { roomNo: '102' } } as never)
  const next = await again('worker', cursor)
  assert.deepEqual(changed(next), ['house'])
  assert.equal((await again('worker2', elsewhere)).cursor, elsewhere)
  cursor = await settle('worker', next.cursor)
  const event = await world.report('worker2', { gridId: world.at['grid1'] })
  const reported = await again('worker', cursor)
  assert.ok(changed(reported).includes('event'))
  assert.ok(reported.keep.event?.some((end) => event.endsWith(end)))
})

test('an act of a desk on what one reported comes, and so does the sentence that tells of it', async () => {
  const event = await world.report('worker', { categoryCode: '1002' })
  let cursor = await settle('worker')
  const ok = async (answer: ReturnType<World['act']>) => assert.equal((await answer).status, 200)
  await ok(world.act('village', event, 'dispatch', { departmentId: office('village-office') }))
  const dispatched = await again('worker', cursor)
  assert.ok(changed(dispatched).includes('event'))
  cursor = await settle('worker', dispatched.cursor)
  await ok(world.act('village', event, 'finish', { result: '已调解' }))
  const handled = await again('worker', cursor)
  assert.ok(handled.rows.notice?.some((wire) => notice.unpack(wire).eventId === event))
  // The sentence stays unread, and the phone is idle with it.
  const idle = await again('worker', await settle('worker', handled.cursor))
  assert.deepEqual(idle.rows.notice, handled.rows.notice)
})

test('who sees more than grids is told of whatever changed in the county', async () => {
  const cursor = await settle('town')
  await world.report('worker2')
  assert.notEqual((await again('town', cursor)).cursor, cursor)
})

test('a crowd of idle phones is answered by a few statements, each with its own', async () => {
  const [one, two] = [await settle('worker'), await settle('worker2')]
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? again('worker', one) : again('worker2', two))),
  )
  answers.forEach((a, i) => assert.equal(a.cursor, i % 2 === 0 ? one : two))
  assert.notEqual(one, two)
})
