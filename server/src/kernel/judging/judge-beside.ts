/** Where documents are looked into: never on the thread that serves (kernel/beside.ts), and not for longer than a while. */
import { codesOfFiles, openCrew } from '../beside.ts'
import type { judges } from './judge-worker.ts'

const crew = openCrew(new URL('./judge-worker.ts', import.meta.url), {
  threads: 1,
  longest: 10_000,
  patience: 60_000,
  memory: 256,
  line: { own: 4, all: 60 },
  codes: codesOfFiles,
})

/** @param who whose file it is: he has one thread at a time @throws Refusal */
export const judgeBeside = (kind: keyof typeof judges, path: string, who: string): Promise<unknown> =>
  crew.lend(who, (send) => send({ task: kind, given: path }, []))
