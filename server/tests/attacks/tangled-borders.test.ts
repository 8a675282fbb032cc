/** A border that crosses itself, or has more points than hands draw, is refused before anything is clipped. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { drawGrid, getPlace, importLayer } from '@fengge/domain/places/contract'
import { foreseeChange, moveBorder, orderChange, splitGrid } from '@fengge/domain/places/net-contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { areaOf, intersectionOf, multi, tidy } from '../../src/places/geometry.ts'
import { crossingsBetween, meetingsWithin } from '../../src/places/tangles.ts'
import { openWorld, square, type World } from '../world.ts'

let world: World
let version: number
before(async () => {
  world = await openWorld()
  version = (await world.ask(getPlace, 'net', { id: world.at['grid1']! })).place.version
})
after(() => world.close())

type Point = [number, number]
const today = '2026-03-02'
const near = (x: number, y: number): Point => [120.2 + x * 0.02, 31.6 + y * 0.04]
/** Points that go to and fro over the whole grid. */
const star = (n: number, seed: number) =>
  ring(
    Array.from({ length: n }, (_, i) => near(((i * 7919 + seed) % 211) / 211, ((i * 104_729 + seed * 31) % 223) / 223)),
  )
const circle = (n: number) =>
  ring(
    Array.from({ length: n }, (_, i) => {
      const r = 0.4 + 0.05 * Math.sin(i)
      return near(0.5 + r * Math.cos((2 * Math.PI * i) / n), 0.5 + r * Math.sin((2 * Math.PI * i) / n))
    }),
  )
/** Teeth from one side: simple by itself, and over another one that lies across it crossed everywhere. */
const comb = (teeth: number, isAcross: boolean) => {
  const points = Array.from({ length: teeth }, (_, i): Point[] => {
    const x = i / teeth
    return [
      [x, 0.05],
      [x, 1],
      [x + 0.5 / teeth, 1],
      [x + 0.5 / teeth, 0.05],
    ]
  }).flat()
  const closed: Point[] = [...points, [1, 0.05], [1, 0], [0, 0]]
  return ring(closed.map(([x, y]) => (isAcross ? near(y, x) : near(x, y))))
}
const ring = (points: Point[]) => ({ type: 'Polygon' as const, coordinates: [[...points, points[0]!]] })
const whole = (shape: { coordinates: Point[][] }) => multi([shape.coordinates])
const part = (geometry: object, name: string) => ({ id: freshId(), name, kind: 'general', geometry }) as never
const splitInto = (...shapes: object[]) => ({
  id: world.at['grid1']!,
  version,
  parts: shapes.map((s, i) => part(s, `部分${i}`)),
  on: today,
  reason: '试',
})
const took = async <T>(work: () => Promise<T> | T): Promise<[T, number]> => {
  const from = process.cpuUsage()
  const done = await work()
  const { user, system } = process.cpuUsage(from)
  return [done, (user + system) / 1000]
}

test('a border that crosses itself two hundred times over is refused at every door, at once', async () => {
  const bad = star(200, 3)
  const change = { kind: 'split', ...splitInto(bad, star(200, 5)) } as const
  const [answer, ms] = await took(() => world.refusal(foreseeChange, 'net', { change }))
  assert.equal(answer.problem, 'border.invalid')
  assert.ok(ms < 1000, `${ms} ms`)
  const border = {
    kind: 'border',
    borders: [{ id: world.at['grid1']!, version, geometry: bad }],
    on: today,
    reason: '试',
  } as const
  const { kind: _, ...moved } = border
  const doors = [
    world.refusal(splitGrid, 'net', splitInto(bad, star(200, 5))),
    world.refusal(moveBorder, 'net', moved as never),
    world.refusal(orderChange, 'net', { id: freshId(), change: border as never }),
    world.refusal(drawGrid, 'net', { parentId: world.at['otherVillage']!, grid: part(bad, '乱'), validFrom: today }),
    world.refusal(importLayer, 'net', {
      countyId: world.at['county']!,
      layer: 'estate',
      owner: '住建',
      datum: 'wgs84',
      features: [{ id: freshId(), name: '乱', geometry: bad }],
    }),
  ]
  for (const refused of await Promise.all(doors)) assert.equal(refused.problem, 'border.invalid')
})

test('parts that are plain by themselves and lie across each other like two combs are refused before they are clipped', async () => {
  const change = { kind: 'split', ...splitInto(comb(100, false), comb(100, true)) } as const
  assert.equal((await world.refusal(foreseeChange, 'net', { change })).problem, 'border.invalid')
  assert.ok(crossingsBetween([whole(comb(100, false))], [whole(comb(100, true))], 400) > 400)
  assert.equal(meetingsWithin(whole(comb(100, true)), 16).crossings, 0)
})

test('a border of more points than hands draw is refused, alone and with others', async () => {
  const long = { kind: 'split', ...splitInto(circle(2001), square(0, 0, 1, 1)) } as const
  assert.equal((await world.refusal(foreseeChange, 'net', { change: long })).problem, 'border.invalid')
  const many = { kind: 'split', ...splitInto(circle(1500), circle(1500), circle(1500)) } as const
  assert.equal((await world.refusal(foreseeChange, 'net', { change: many })).problem, 'border.invalid')
})

test('a plain border of two thousand points is read as it is, and a hundredth of a second is enough to judge a tangle', async () => {
  const drawn = whole(circle(1999))
  const [tidied, ms] = await took(() => tidy(drawn))
  assert.ok(Math.abs(areaOf(tidied!) - areaOf(drawn)) < 1)
  const [refused, less] = await took(() => tidy(whole(star(200, 3))))
  assert.equal(refused, undefined)
  const [, most] = await took(() => intersectionOf(drawn, whole(circle(1999))))
  process.stdout.write(`# read 2,000 points ${ms} ms, refuse a tangle ${less} ms, clip 2,000 with itself ${most} ms\n`)
  assert.ok(ms < 200 && less < 50, `${ms} ${less}`)
})

test('a spike, a ring that goes twice round, and two rings that cross are no border', () => {
  const [a, b, c, d] = [near(0, 0), near(1, 0), near(1, 1), near(0, 1)]
  assert.ok(tidy(whole(ring([a, b, c, d]))))
  assert.equal(tidy(whole(ring([a, c, b, d]))), undefined, 'a bow')
  const corner = ring([near(0.51, 0.52), near(2, 0.52), near(2, 2), near(0.51, 2)])
  assert.equal(tidy(multi([circle(20).coordinates, corner.coordinates])), undefined, 'two rings')
  const twice = [...Array(20)].flatMap(() => circle(20).coordinates[0]!.slice(0, -1))
  assert.equal(tidy(whole(ring(twice))), undefined)
})
