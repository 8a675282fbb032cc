import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { BodyRoom } from './body-room.ts'

function sender() {
  const { promise: closed, resolve: close } = Promise.withResolvers<void>()
  let bytes = 0
  const body = new Readable({ read: () => undefined })
  return { body, readSoFar: () => bytes, closed, close, come: (n: number) => (bytes += n) }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
const isIn = async (entered: Promise<void>) =>
  Promise.race([
    entered.then(() => true),
    turn()
      .then(turn)
      .then(() => false),
  ])

test('of one sender two bodies are read at a time; the third waits until one is over, another sender’s does not', async () => {
  const room = new BodyRoom({ own: 2, all: 3, waiting: 5 })
  const [a, b, c, other] = [sender(), sender(), sender(), sender()]
  assert.ok(await isIn(room.enter('one', a)))
  assert.ok(await isIn(room.enter('one', b)))
  const third = room.enter('one', c)
  assert.equal(await isIn(third), false)
  assert.ok(await isIn(room.enter('other', other)))
  a.close()
  assert.ok(await isIn(third))
})

test('whose line is full is told to come again', async () => {
  const room = new BodyRoom({ own: 1, all: 3, waiting: 1 })
  const inside = sender()
  await room.enter('one', inside)
  const waiting = room.enter('one', sender())
  await assert.rejects(room.enter('one', sender()), /too-many-requests/)
  inside.close()
  await waiting
})

test('half a body keeps no place: what comes slower than any line is cut off, what comes on is not', async () => {
  let now = 0
  const room = new BodyRoom({ own: 2, all: 3, waiting: 5 }, () => now)
  const [half, honest] = [sender(), sender()]
  await room.enter('one', half)
  await room.enter('one', honest)
  half.come(100_000)
  honest.come(100_000)
  now = 15_000
  room.sweep()
  assert.equal(half.body.destroyed, false)
  honest.come(1_000_000)
  now = 30_000
  room.sweep()
  assert.equal(half.body.destroyed, true)
  assert.equal(honest.body.destroyed, false)
})

test('while others wait half a body loses its place within seconds, and who waits has it', async () => {
  let now = 0
  const room = new BodyRoom({ own: 2, all: 12, waiting: 5 }, () => now)
  const halves = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((who) => [who, who]).map((who) => ({ who, ...sender() }))
  for (const half of halves) {
    await room.enter(half.who, half)
    half.come(600_000)
    half.body.once('close', half.close)
  }
  const honest = room.enter('g', sender())
  // At the slowest pace that is allowed to who is alone.
  for (now = 0; now < 15_000; now += 1000) {
    for (const half of halves) half.come(16_000)
    room.sweep()
    if (await isIn(honest)) break
  }
  assert.ok(await isIn(honest))
  assert.ok(now < 15_000, `after ${now} ms`)
})
