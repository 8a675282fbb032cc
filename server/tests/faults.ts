/**
 * Plays seeded days of two phones of one worker against the real server and database, with the line cut before and
 * after, repeats, late copies out of order, killed windows, killed connections and wrong clocks, and compares what the
 * books hold with the same day played in order without a fault. The phones run the very outbox of the app.
 */
import { dice } from '@fengge/domain/visits/planning/route'
import { booksOf } from './faults-books.ts'
import { toAct, writeDay, type Deed, type Scene } from './faults-day.ts'
import { playPhones, post } from './faults-phones.ts'
import type { World } from './world.ts'

export { setScene } from './faults-day.ts'

export interface FaultCounts {
  cutBefore: number
  cutAfter: number
  repeats: number
  lateCopies: number
  windowsKilled: number
  connectionsKilled: number
  putAside: number
  acts: number
  lost: number
  doubled: number
  different: string[]
}
export const noFaults = (): FaultCounts => ({
  cutBefore: 0,
  cutAfter: 0,
  repeats: 0,
  lateCopies: 0,
  windowsKilled: 0,
  connectionsKilled: 0,
  putAside: 0,
  acts: 0,
  lost: 0,
  doubled: 0,
  different: [],
})

/** Where in the scene a schedule plays, and by which dice. */
export interface Schedule {
  readonly scene: Scene
  readonly seed: number
  readonly at: number
}
interface Side {
  readonly house: string
  readonly tasks: readonly string[]
  readonly deeds: readonly Deed[]
}

/** One schedule with its faults; then its twin without. What differs is counted. */
export async function playSchedule(world: World, schedule: Schedule, counts: FaultCounts): Promise<void> {
  const { seed } = schedule
  const day = makeSide(world, schedule, 0)
  await playPhones(world, day.deeds, dice(seed * 7 + 3), counts)
  const twin = makeSide(world, schedule, 1)
  await playCalmly(world, twin.deeds)
  counts.acts += day.deeds.length
  const [found, wanted] = [await booksOf(world, day), await booksOf(world, twin)]
  for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
    const a = found[key] ?? '',
      b = wanted[key] ?? ''
    if (a === b) continue
    counts.different.push(`seed ${seed} ${key}: ${a} instead of ${b}`)
    if (a.length < b.length) counts.lost++
    else counts.doubled++
  }
}

/** A day (0) and its twin (1): the same but for house, tasks and ids. */
function makeSide(world: World, { scene, seed, at }: Schedule, side: 0 | 1): Side {
  const house = scene.houses[at * 2 + side]!
  const tasks = scene.tasks.slice(at * 4 + side * 2, at * 4 + side * 2 + 2).map((t) => t.id)
  const ids = dice(seed * 13 + 1 + side)
  return { house, tasks, deeds: writeDay({ world, scene, house, tasks, shape: dice(seed), ids, name: `甲${seed}` }) }
}

/** Connections killed in the day before may only be noticed now: what was not judged is sent again, nothing else. */
async function playCalmly(world: World, deeds: readonly Deed[]): Promise<void> {
  let left = deeds.map((d, seq) => toAct(d, seq))
  for (let tries = 0; tries < 6 && left.length > 0; tries++) {
    const { fates } = await post(world, left)
    const later = new Set(fates.filter((f) => f.fate === 'later').map((f) => f.requestId))
    left = left.filter((a) => later.has(a.requestId))
  }
}
