import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planDay, walkBetween, type PlanItem, type Spot } from './day-plan.ts'
import { dayExamples, exampleDay, exampleSpots } from './examples.ts'
import { liveYear } from './grid-year.ts'
import { judgeRota } from './rota.ts'
import { dice, orderStops, walkThrough } from './route.ts'

/** TSPLIB berlin52, best known tour 7,542. */
const berlin = [
  565, 575, 25, 185, 345, 750, 945, 685, 845, 655, 880, 660, 25, 230, 525, 1000, 580, 1175, 650, 1130, 1605, 620, 1220,
  580, 1465, 200, 1530, 5, 845, 680, 725, 370, 145, 665, 415, 635, 510, 875, 560, 365, 300, 465, 520, 585, 480, 415,
  835, 625, 975, 580, 1215, 245, 1320, 315, 1250, 400, 660, 180, 410, 250, 420, 555, 575, 665, 1150, 1160, 700, 580,
  685, 595, 685, 610, 770, 610, 795, 645, 720, 635, 760, 650, 475, 960, 95, 260, 875, 920, 700, 500, 555, 815, 830, 485,
  1170, 65, 830, 610, 605, 625, 595, 360, 1340, 725, 1740, 245,
]
const matrix = (points: readonly (readonly number[])[], turn = (d: number) => d) =>
  points.map(([x, y]) => points.map(([a, b]) => turn(Math.hypot(x! - a!, y! - b!))))
const free = (n: number) => Array.from({ length: n }, () => ({ stay: 0 }))

test('the order of berlin52 is within three hundredths of the best known tour', () => {
  const points = Array.from({ length: berlin.length / 2 }, (_, i) => [berlin[i * 2]!, berlin[i * 2 + 1]!])
  const route = orderStops({
    walk: matrix(points, Math.round),
    stops: free(points.length - 1),
    startAt: 0,
    isRound: true,
    rounds: 200,
    seed: 1,
  })
  assert.ok(route.walked <= 7542 * 1.03, `${route.walked}`)
})

test('on small days the order is the best there is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), {
        minLength: 2,
        maxLength: 7,
      }),
      fc.integer({ min: 0, max: 1000 }),
      (points, seed) => {
        const walk = matrix(points)
        const ask = { walk, stops: free(points.length - 1), startAt: 0, isRound: false, rounds: 60, seed }
        const best = Math.min(...orders(points.length - 1).map((o) => walkThrough(ask, o).walked))
        assert.ok(orderStops(ask).walked <= best + 1e-6)
      },
    ),
    { numRuns: 60 },
  )
})
function orders(n: number): number[][] {
  return n <= 1
    ? [Array.from({ length: n }, (_, i) => i)]
    : orders(n - 1).flatMap((o) => Array.from({ length: n }, (_, i) => [...o.slice(0, i), n - 1, ...o.slice(i)]))
}

test('every window that a hidden walk keeps is kept', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const random = dice(seed)
    const points = Array.from({ length: 21 }, () => [random() * 40, random() * 40])
    const walk = matrix(points)
    const hidden = Array.from({ length: 20 }, (_, i) => i).toSorted((a, b) => points[a + 1]![0]! - points[b + 1]![0]!)
    let at = 540,
      from = 0
    const stops = free(20).map(() => ({ stay: 5, opens: 0, shuts: 0 }))
    for (const i of hidden) {
      at += walk[from]![i + 1]!
      const width = 40 + random() * 60,
        before = random() * width
      stops[i] = { stay: 5, opens: Math.max(540, at - before), shuts: at - before + width }
      at = Math.max(at, stops[i]!.opens) + 5
      from = i + 1
    }
    assert.equal(orderStops({ walk, stops, startAt: 540, isRound: false, rounds: 30, seed }).late, 0, `seed ${seed}`)
  }
})

test('the way there is as long as the way back, and a matrix where it is not ends all the same', () => {
  const at = fc.record({
    lng: fc.double({ min: 100, max: 130, noNaN: true }),
    lat: fc.double({ min: 20, max: 45, noNaN: true }),
  })
  fc.assert(
    fc.property(at, at, (a, b) => {
      assert.equal(walkBetween(a, b), walkBetween(b, a))
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const random = dice(seed)
      const walk = Array.from({ length: 9 }, (_, i) =>
        Array.from({ length: 9 }, (_x, j) => (i === j ? 0 : 1 + random())),
      )
      assert.equal(
        new Set(orderStops({ walk, stops: free(8), startAt: 0, isRound: false, rounds: 3, seed }).order).size,
        8,
      )
    }),
    { numRuns: 30 },
  )
})

const spots: Spot[] = Array.from({ length: 6 }, (_, i) => ({
  id: `b${i}`,
  lng: 120.3 + i * 0.001,
  lat: 31.6 + (i % 2) * 0.001,
}))
const items = fc
  .array(
    fc.record({
      spot: fc.integer({ min: 0, max: 5 }),
      due: fc.integer({ min: 90, max: 130 }),
      span: fc.integer({ min: 1, max: 40 }),
      minutes: fc.integer({ min: 5, max: 40 }),
      priority: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map((x, i): PlanItem => ({
      id: `i${i}`,
      spot: `b${x.spot}`,
      earliest: x.due - x.span,
      due: x.due,
      minutes: x.minutes,
      priority: x.priority,
    })),
  )

test('a plan takes nothing before its earliest day, nothing twice, and names what is due and left over', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 30, max: 400 }), (list, budget) => {
      const plan = planDay({ today: 100, items: list, spots, start: null, startAt: 540, budget })
      const taken = plan.stops.flatMap((s) => s.items.map((i) => i.id))
      assert.equal(new Set(taken).size, taken.length)
      for (const id of taken) assert.ok(list.find((i) => i.id === id)!.earliest <= 100)
      const due = list.filter((i) => i.due <= 100 && i.earliest <= 100).map((i) => i.id)
      assert.deepEqual([...due].toSorted(), [...due.filter((id) => taken.includes(id)), ...plan.left].toSorted())
      assert.deepEqual(planDay({ today: 100, items: list, spots, start: null, startAt: 540, budget }), plan)
    }),
    { numRuns: 80 },
  )
})

test('a year of one grid: on time, seldom too often, never too soon, and far less walking than oldest first', () => {
  const year = (planner: 'plan' | 'oldest-first', load = 0.85) =>
    liveYear({ seed: 3, days: 240, load, missRate: 0, planner })
  const plan = year('plan'),
    oldest = year('oldest-first')
  assert.ok(plan.onTime >= 0.995, `${plan.onTime}`)
  assert.ok(plan.overVisit <= 1.1, `${plan.overVisit}`)
  assert.equal(plan.tooSoon, 0)
  assert.ok(plan.walked <= 0.65 * oldest.walked)
  const crowded = year('plan', 1.2)
  const late = Object.entries(crowded.lateByPriority)
  assert.ok(
    late.every(([p, n]) => p === '2' || n < 20),
    JSON.stringify(late),
  )
})

test('the rota gives minutes by priority and balances to the minute', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          priority: fc.integer({ min: 1, max: 9 }),
          subjects: fc.integer({ min: 1, max: 300 }),
          periodDays: fc.integer({ min: 1, max: 365 }),
          minutes: fc.integer({ min: 5, max: 60 }),
        }),
        { maxLength: 8 },
      ),
      fc.integer({ min: 0, max: 5000 }),
      (list, capacity) => {
        const rota = judgeRota(
          list.map((d, i) => ({ ruleId: `r${i}`, ...d })),
          capacity,
        )
        assert.equal(
          rota.lines.reduce((n, l) => n + l.met + l.shortMinutes, 0),
          rota.asked,
        )
        assert.ok(rota.lines.reduce((n, l) => n + l.met, 0) <= capacity)
        const firstShort = rota.lines.findIndex((l) => l.shortMinutes > 0)
        if (firstShort >= 0) assert.ok(rota.lines.slice(firstShort + 1).every((l) => l.met === 0))
      },
    ),
  )
})

test('a day takes what the examples of the rule say, each for the reason they give', () => {
  const plan = planDay({
    today: exampleDay,
    items: dayExamples.map(({ what, item }) => ({ ...item, id: what, minutes: 10 })),
    spots: exampleSpots,
    start: null,
    startAt: 540,
    budget: 400,
  })
  const taken = new Map(plan.stops.flatMap((s) => s.items).map(({ id, why, days }) => [id, { why, days }]))
  for (const example of dayExamples) assert.deepEqual(taken.get(example.what), example.taken, example.what)
})
