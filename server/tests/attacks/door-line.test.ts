/** Lines before a door: what one asks delays his own, strangers are never starved, and a full house makes room. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDoor, type Door } from '../../src/kernel/door-line.ts'
import { problemOf, Refusal } from '../../src/kernel/problems.ts'

const door = () =>
  openDoor({
    inside: 1,
    known: { own: 4, all: 40 },
    strangers: { own: 5, all: 8 },
    full: () => new Refusal({ problem: 'too-many-requests', status: 429 }),
  })

/** In which order askers are let in, one at a time; who is refused stands first, with a mark. */
async function orderOf(at: Door, askers: readonly string[]): Promise<string[]> {
  const order: string[] = []
  const leave = await at.enter({ who: 'first', isKnown: false })
  const asked = askers.map(async (who) => {
    try {
      const out = await at.enter({ who, isKnown: who.startsWith('known') })
      order.push(who)
      out()
    } catch (error) {
      order.push(`${who} ${problemOf(error)?.status ?? String(error)}`)
    }
  })
  await Promise.resolve()
  leave()
  await Promise.all(asked)
  return order
}

test('whoever is known goes first, and a stranger has one turn of four', async () => {
  const known = ['known.a', 'known.b', 'known.c', 'known.d', 'known.e']
  const order = await orderOf(door(), ['x', 'x', ...known])
  assert.deepEqual(order, ['known.a', 'known.b', 'known.c', 'x', 'known.d', 'known.e', 'x'])
})

test('turns go round among strangers; a line is full for whoever filled it alone', async () => {
  const order = await orderOf(door(), ['x', 'x', 'x', 'x', 'x', 'x', 'y', 'z'])
  assert.deepEqual(order, ['x 429', 'x', 'y', 'z', 'x', 'x', 'x', 'x'])
})

test('where all places are taken, the longest line makes room for who has a shorter one', async () => {
  const order = await orderOf(door(), ['x', 'x', 'x', 'x', 'x', 'y', 'y', 'y', 'z', 'y'])
  assert.deepEqual(
    order.filter((o) => o.endsWith('429')),
    ['x 429', 'y 429'],
  )
  assert.ok(order.includes('z'))
})

test('whoever is known and has none waiting is never turned away, however many wait; a full line drops the last of the longest', async () => {
  const small = openDoor({
    inside: 1,
    known: { own: 4, all: 3, isFirstFree: true },
    strangers: { own: 5, all: 3 },
    full: () => new Refusal({ problem: 'too-many-requests', status: 429 }),
  })
  const order = await orderOf(small, ['known.a', 'known.b', 'known.c', 'known.d', 'known.d', 'x', 'y', 'z', 'w'])
  assert.deepEqual(
    order.filter((o) => o.endsWith('429')),
    ['known.d 429', 'w 429'],
  )
})
