/** Where borders are clipped: never on the thread that serves (kernel/beside.ts). */
import { openCrew, type Bars } from '../../kernel/beside.ts'
import type { Caller } from '../../kernel/context.ts'
import { keptOnShelf, type HasShelf } from '../../kernel/shelf.ts'
import { pack, unpack } from './pack.ts'
import type { tasks } from './tasks.ts'

type Tasks = typeof tasks
/** Has a task done by the thread that was lent. @throws Refusal, of the task or because it takes too long */
export type Clip = <N extends keyof Tasks>(task: N, ...given: Parameters<Tasks[N]>) => Promise<ReturnType<Tasks[N]>>

const url = new URL('./clip-worker.ts', import.meta.url)
const bars: Bars = {
  threads: 2,
  longest: 5000,
  patience: 15_000,
  memory: 256,
  line: { own: 4, all: 60 },
  codes: { busy: 'border.busy', tooMuch: 'border.too-much', failed: 'border.invalid' },
}
/** What somebody draws, and what is read or checked as a whole, which takes longer and has a thread of its own. */
const crews = {
  drawn: openCrew(url, bars),
  whole: openCrew(url, { ...bars, threads: 1, longest: 20_000, patience: 40_000 }),
}

/** Lends a thread to a piece of work: one account's, or the system's own where nobody called. */
export function clipping<T>(
  caller: Pick<Caller, 'accountId'> | undefined,
  size: keyof typeof crews,
  work: (clip: Clip) => Promise<T>,
): Promise<T> {
  return crews[size].lend(caller && (caller.accountId ?? 'nobody'), (send) =>
    work(async (task, ...given) => {
      const { packed, blocks } = await pack(given)
      return unpack(await send({ task, given: packed }, blocks)) as never
    }),
  )
}

const warmed = keptOnShelf(() => ({ isWarm: false }))
/** Has a thread there before anybody draws: to start one takes a while. */
export async function warmClipping(home: HasShelf): Promise<void> {
  const kept = warmed(home)
  if (kept.isWarm) return
  kept.isWarm = true
  await clipping(undefined, 'drawn', (clip) => clip('areSame', []))
}
