/** A phone whose holder has more open events within reach than a phone holds: what comes into view comes to the phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { event } from '@fengge/domain/events/rows'
import { pull } from '@fengge/domain/sync/contract'
import { run, sql } from '../src/kernel/db/sql.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('as events are closed, older ones come to the phone that is told to hold them, each once', async () => {
  for (let i = 0; i < 411; i++) await world.report('worker', { id: idOf(i) })
  const first = await world.ask(pull, 'leader1', {})
  const held = new Set(first.rows.event?.map((wire) => event.unpack(wire).id.slice(-12)))
  assert.deepEqual([held.size, lacking(held, first.keep.event)], [400, []])
  // The desk closes twenty of those that the phone holds.
  const closed = [...held].slice(0, 20)
  await world.engine.database.write((tx) =>
    run(tx, sql`update events.event set is_open = false where right(id::text, 12) = any(${closed})`),
  )
  const second = await world.ask(pull, 'leader1', { cursor: first.cursor })
  const came = second.rows.event?.map((wire) => event.unpack(wire).id.slice(-12)) ?? []
  assert.deepEqual([came.length, second.keep.event?.length], [11, 391])
  assert.deepEqual(lacking(new Set([...held, ...came]), second.keep.event), [])
  const third = await world.ask(pull, 'leader1', { cursor: second.cursor })
  assert.deepEqual(third.rows.event, [], 'nothing comes twice')
  // Ever again: the window is full, somebody reports, one is closed.
  for (let i = 411; i < 425; i++) await world.report('worker', { id: idOf(i) })
  const fourth = await world.ask(pull, 'leader1', { cursor: third.cursor })
  assert.deepEqual([fourth.rows.event?.length, fourth.keep.event?.length], [14, 400])
  const quiet = await world.ask(pull, 'leader1', { cursor: fourth.cursor })
  assert.deepEqual(quiet.rows.event, [])
})

/** All within one instant, as a list read in from elsewhere: the id alone tells which of them is older. */
const idOf = (i: number) => `019cab00-0000-7000-8000-${String(i).padStart(12, '0')}`
const lacking = (held: ReadonlySet<string>, keep: readonly string[] = []) => keep.filter((end) => !held.has(end))
