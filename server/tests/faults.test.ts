/** Seeded days full of faults end with the same books as days without. `npm run faults` plays ten thousand of them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noFaults, playSchedule, setScene } from './faults.ts'
import { openWorld, type World } from './world.ts'

let world: World
const count = Number(process.env['FAULTS'] ?? 150)
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test(`${count} seeded schedules of two phones lose nothing and double nothing`, { timeout: 3_600_000 }, async () => {
  const counts = noFaults()
  const began = Date.now()
  for (let done = 0; done < count; done += 500) {
    const many = Math.min(500, count - done)
    const scene = await setScene(world, many)
    for (let k = 0; k < many; k++) await playSchedule(world, { scene, seed: done + k + 1, at: k }, counts)
  }
  const { different, ...figures } = counts
  process.stdout.write(
    `${JSON.stringify({ schedules: count, seconds: Math.round((Date.now() - began) / 1000), ...figures })}\n`,
  )
  assert.deepEqual(different.slice(0, 5), [])
  assert.equal(counts.lost + counts.doubled, 0)
  assert.ok(
    counts.cutAfter > count / 4 &&
      counts.repeats > count / 8 &&
      counts.lateCopies > count / 8 &&
      counts.windowsKilled > count / 4 &&
      counts.connectionsKilled > 0,
  )
})
