/** Borders are clipped beside the thread that serves: the worst that is legal holds nobody up, and what was tried is seen. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { listJournal } from '@fengge/domain/audit/contract'
import { checkNet, drawGrid, getPlace, importBorders } from '@fengge/domain/places/contract'
import { foreseeChange, orderChange, splitGrid } from '@fengge/domain/places/net-contract'
import { push } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { clipping } from '../../src/places/clipping/beside.ts'
import { insideOf } from '../../src/places/geometry.ts'
import { idOf, openWorld, type Login, type World } from '../world.ts'
import { bars, measured } from './measured.ts'

let world: World
type Point = [number, number]
const today = '2026-03-02'
const near = (x: number, y: number): Point => [120.2 + x * 0.02, 31.6 + y * 0.04]
const ring = (points: Point[]) => ({ type: 'Polygon' as const, coordinates: [[...points, points[0]!]] })
const circle = (n: number, wave = 0.05, size = 0.4) =>
  ring(
    Array.from({ length: n }, (_, i) => {
      const r = size + wave * Math.sin(i)
      return near(0.5 + r * Math.cos((2 * Math.PI * i) / n), 0.5 + r * Math.sin((2 * Math.PI * i) / n))
    }),
  )
const part = (geometry: object, no: number) => ({ id: freshId(), name: `半${no}`, kind: 'general', geometry }) as never
const split = async (...shapes: object[]) => {
  const id = world.at['grid1']!
  const { version } = (await world.ask(getPlace, 'net', { id })).place
  return { id, version, parts: shapes.map(part), on: today, reason: '试' }
}
/** What is sent is written before anything is measured. */
const sending = (login: Login, path: string, ask: object) => {
  const headers = { authorization: `Bearer token-${login}`, 'content-type': 'application/json' }
  const payload = Buffer.from(
    JSON.stringify(path === foreseeChange.path || path === push.path ? ask : { requestId: freshId(), ...ask }),
  )
  return async () => {
    const answer = await world.app.inject({ method: 'POST', url: path, headers, payload })
    return { status: answer.statusCode, problem: (answer.json() as { problem?: string }).problem }
  }
}

before(async () => {
  world = await openWorld()
  // Threads, parsers and stores are there before anything is measured.
  await world.refusal(foreseeChange, 'net', { change: { kind: 'split', ...(await split(circle(9), circle(9))) } })
  await world.ask(checkNet, 'net', { parentId: world.at['village']! })
})
after(() => world.close())

test('the worst borders that may be drawn hold nobody up at any door', async (t) => {
  const twice = await split(circle(1999), circle(1999))
  const border = { id: twice.id, version: twice.version, geometry: circle(1999) }
  const doors: [path: string, problem: string | undefined, ask: object][] = [
    [foreseeChange.path, 'border.overlap', { change: { kind: 'split', ...twice } }],
    [splitGrid.path, 'border.overlap', twice],
    [orderChange.path, 'border.overlap', { id: freshId(), change: { kind: 'split', ...twice } }],
    [foreseeChange.path, 'net.unsettled', { change: { kind: 'border', borders: [border], on: today, reason: '试' } }],
    [drawGrid.path, 'border.overlap', { parentId: world.at['village'], grid: part(circle(1999), 3), validFrom: today }],
  ]
  for (const [path, problem, ask] of doors) {
    const { value, longest } = await measured(() => sending('net', path, ask))
    t.diagnostic(`${path}: ${value.status} ${value.problem}, longest turn ${longest} ms`)
    if (value.status !== 200) assert.equal(value.problem, problem)
    assert.ok(longest < bars.turn, `${path}: a turn of ${longest} ms`)
  }
})

test('a file of twenty thousand points that lie over what is there, and one of more, hold nobody up', async (t) => {
  const { code } = (await world.ask(getPlace, 'net', { id: world.at['grid1']! })).place
  for (const [n, problem] of [
    [19_000, 'border.overlap'],
    [19_990, 'border.invalid'],
  ] as const) {
    const features = [{ code, geometry: circle(n, 0, 3) }, ...(n > 19_500 ? [{ code, geometry: circle(99) }] : [])]
    const ask = { datum: 'gcj02', features, validFrom: today }
    const { value, longest } = await measured(() => sending('net', importBorders.path, ask))
    t.diagnostic(`${n} points: ${value.status} ${value.problem}, longest turn ${longest} ms`)
    assert.equal(value.problem, problem)
    assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
  }
})

test('a body of nothing but wrong points, or of a list without end, is refused before it is judged piece by piece', async (t) => {
  const wrong = Array.from({ length: 30_000 }, () => [999, 0])
  const many = Array.from({ length: 200_000 }, () => 0)
  const twice = await split(circle(9), circle(9))
  for (const change of [
    { kind: 'split', ...twice, parts: [part(ring(wrong as Point[]), 1), part(ring(wrong as Point[]), 2)] },
    { kind: 'split', ...twice, settled: many },
    { kind: 'split', ...twice, parts: [part({ type: 'MultiPolygon', coordinates: [many.map(() => [])] }, 1)] },
  ]) {
    const { value, longest } = await measured(() => sending('net', foreseeChange.path, { change }))
    t.diagnostic(`${value.status} ${value.problem}, longest turn ${longest} ms`)
    assert.deepEqual([value.status, value.problem], [400, 'ask.invalid'])
    assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
  }
  const acts = sending('worker', push.path, { device: '', acts: many })
  const pushed = await measured(() => acts)
  assert.equal(pushed.value.status, 400)
  assert.ok(pushed.longest < bars.turn, `a turn of ${pushed.longest} ms`)
})

test('borders that were tried and refused stand in the journal by groups, with how often', async () => {
  const twice = await split(circle(20), circle(20))
  for (let n = 0; n < 12; n++) await world.refusal(splitGrid, 'net', twice)
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'splitGrid' })
  assert.deepEqual(
    rows
      .filter((r) => r.detail['problem'] === 'border.overlap')
      .map((r) => r.detail['times'])
      .toSorted((a, b) => Number(b) - Number(a)),
    [10, 1],
  )
  const looked = await world.ask(listJournal, 'auditor', { fact: 'foreseeChange' })
  assert.ok(looked.rows.some((r) => r.detail['problem'] === 'border.overlap'))
})

test('what was reckoned with a net that somebody changed meanwhile is not written', async () => {
  const at = world.at['otherVillage']!
  const shape = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [0.2, 0],
        [0.2, 0.2],
        [0, 0.2],
        [0, 0],
      ].map(([x, y]) => near(x! + 3, y!)),
    ],
  }
  const draw = (no: number) =>
    world.post('net', drawGrid.path, { requestId: freshId(), parentId: at, grid: part(shape, no), validFrom: today })
  const answers = await Promise.all([1, 2, 3].map(draw))
  const taken = answers.filter((a) => a.status === 200)
  assert.ok(taken.length <= 1, JSON.stringify(answers.map((a) => [a.status, a.body.problem])))
})

test('points are found in a border of two thousand as by hand, thousands of them within a turn', async (t) => {
  const border = { type: 'MultiPolygon' as const, coordinates: [circle(1999).coordinates] }
  const [points] = border.coordinates[0]!
  const isInside = insideOf(border)
  const byHand = ([x, y]: Point) =>
    points!.reduce((inside, [ax, ay], i) => {
      const [bx, by] = points!.at(i - 1)!
      return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside
    }, false)
  const asked = [...points!, ...Array.from({ length: 1000 }, (_, i) => near((i % 37) / 37, (i % 91) / 91))]
  for (const p of asked) assert.equal(isInside(...p), byHand(p), p.join())
  const { value, longest } = await measured(() => async () => {
    let inside = 0
    for (let n = 0; n < 10_000; n++) inside += Number(isInside(...near((n % 101) / 101, (n % 997) / 997)))
    return inside
  })
  t.diagnostic(`10,000 points: ${longest} ms`)
  assert.ok(value > 1000 && value < 9000)
  assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
})

test(
  'a check of the net that finds no room in its line is refused before any table is read',
  { timeout: 60_000 },
  async () => {
    const held = Promise.withResolvers<void>()
    const works = ['somebody', ...Array.from({ length: 4 }, () => idOf('net'))].map((accountId) =>
      clipping({ accountId }, 'whole', () => held.promise),
    )
    // Whoever reads the layers now waits until the table is let go.
    const owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    try {
      await owner.query('begin; lock table places.feature in access exclusive mode')
      const refused = await world.refusal(checkNet, 'net', { parentId: world.at['county']! })
      assert.deepEqual([refused.status, refused.problem], [429, 'border.busy'])
    } finally {
      await owner.end()
      held.resolve()
      await Promise.all(works)
    }
  },
)
