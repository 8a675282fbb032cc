/** Where models learn: never on the thread that serves (kernel/beside.ts). */
import { codesOfFiles, openCrew } from '../../kernel/beside.ts'
import type { Taught } from './bags.ts'

const crew = openCrew(new URL('./learn-worker.ts', import.meta.url), {
  threads: 1,
  longest: 300_000,
  patience: 600_000,
  memory: 512,
  line: { own: 20, all: 20 },
  codes: codesOfFiles,
})

/** @returns the learnt model as it is stored, in JSON @throws Refusal where it takes too long or too much memory */
export const learnBeside = (taught: readonly Taught[]): Promise<string> =>
  crew.lend(undefined, (send) => send({ task: 'learn', given: taught }, []) as Promise<string>)
