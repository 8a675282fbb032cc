/** Where a file of area codes is read: never on the thread that serves (kernel/beside.ts). */
import { codesOfFiles, openCrew } from '../../kernel/beside.ts'
import type { Caller } from '../../kernel/context.ts'
import type { ReadAreas } from './read-areas.ts'

const crew = openCrew(new URL('./areas-worker.ts', import.meta.url), {
  threads: 1,
  longest: 5000,
  patience: 30_000,
  memory: 160,
  line: { own: 1, all: 20 },
  codes: codesOfFiles,
})

/** @throws Refusal where it takes too long, or too many wait */
export const readAreasBeside = (caller: Pick<Caller, 'accountId'>, csv: string): Promise<ReadAreas> =>
  crew.lend(caller.accountId ?? 'nobody', (send) => send({ task: 'read', given: csv }, []) as Promise<ReadAreas>)
