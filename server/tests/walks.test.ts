/** Seeded walks through the loop against an own oracle; `npm run walks` takes more of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCalendar, listCatalogue } from '@fengge/domain/events/contract/rules'
import { openWorld, type World } from './world.ts'
import { freeDays, hours, swapDays } from './walks/own-calendar.ts'
import { walk, type Ground, type Walk } from './walks/walker.ts'

const count = Number(process.env['WALKS'] ?? 30)
const first = Number(process.env['WALKS_SEED'] ?? 7)

/** A county has so many walks before a fresh one: its old events would ring in every jump of the clock. */
const share = 10

/** What chance alone seldom comes to, and every run must: nobody answered, a matter about staff, help, an appeal. */
const rare = [
  'fell up',
  'answered after it fell up',
  'recoded from staff',
  'recoded to staff',
  'helped',
  'appealed',
  'refused on appeal',
] as const

const groundOf = async (world: World): Promise<Ground> => {
  const { categories } = await world.ask(listCatalogue, 'county', {})
  const plain = categories.filter((c) => c.stopNotice === null && !c.isSensitive)
  const staff = categories.filter((c) => c.isAboutStaff)
  const photoless = plain.filter((c) => !c.evidence.includes('before') && !c.evidence.includes('after'))
  // Hazards ask for photos and cannot be finished here: they are walked for what must not be done to them.
  return { world, categories: [...photoless, ...plain.filter((c) => c.code.startsWith('30')).slice(0, 3), ...staff] }
}

test('the county reckons with the days of the notice', async () => {
  const world = await openWorld()
  const { days, windows } = await world.ask(getCalendar, 'county', { year: 2026 })
  const of = (kind: string) => days.filter((d) => d.kind === kind && d.day.startsWith('2026')).map((d) => d.day)
  await world.close()
  assert.deepEqual(of('holiday').toSorted(), freeDays.toSorted())
  assert.deepEqual(of('swap').toSorted(), swapDays.toSorted())
  assert.deepEqual(windows, hours)
})

test(`${count} walks through the loop end as the own book says`, { timeout: 3_600_000 }, async (t) => {
  const walks: Walk[] = []
  for (let from = 0; from < count; from += share) walks.push(...(await walkShare(from, Math.min(share, count - from))))
  const sum = (of: (walk: Walk) => number) => walks.reduce((all, walk) => all + of(walk), 0)
  const accepted = sum((w) => w.accepted)
  t.diagnostic(`${accepted} accepted, ${sum((w) => w.refused)} refused, ${sum((w) => w.compared)} comparisons`)
  const faults = walks.flatMap((w) => w.faults.map((fault) => `walk ${w.seed}: ${fault}`))
  assert.equal(faults.length, 0, `${faults.length} walks differ\n${faults.slice(0, 8).join('\n')}`)
  assert.ok(accepted >= count * 4, 'most tries are worth something')
  const reached = rare.map((what) => [what, walks.filter((w) => w.reached.includes(what)).length] as const)
  t.diagnostic(reached.map(([what, n]) => `${what} ${n}`).join(', '))
  for (const [what, n] of reached) assert.ok(n > 0, `no walk came to: ${what}`)
})

async function walkShare(from: number, size: number): Promise<Walk[]> {
  const world = await openWorld()
  try {
    const ground = await groundOf(world)
    world.clock.at('2026-02-09T09:00:00+08:00')
    const walks: Walk[] = []
    for (let i = from; i < from + size; i++) walks.push(await walk(ground, first * 100_000 + i))
    return walks
  } finally {
    await world.close()
  }
}
