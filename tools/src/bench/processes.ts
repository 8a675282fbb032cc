/** Processes of the rig and what they say to each other: a question, and its answer or its fault. */
import { fork } from 'node:child_process'
import { join } from 'node:path'

interface Question {
  readonly id: number
  readonly name: string
  readonly given: unknown
}
interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly fault?: string
}

export interface Companion {
  readonly ask: <T>(name: string, given?: unknown) => Promise<T>
  readonly end: () => Promise<void>
}

/** Starts a file of this folder as a process of its own, with settings in its environment. */
export function startCompanion(file: string, env: NodeJS.ProcessEnv = {}): Companion {
  const child = fork(join(import.meta.dirname, file), { env: { ...process.env, ...env } })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', ({ id, value, fault }: Answer) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (fault === undefined) one?.resolve(value)
    else one?.reject(new Error(fault))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended`))
  })
  return {
    ask: <T>(name: string, given?: unknown) =>
      new Promise<T>((resolve, reject) => {
        const question: Question = { id: ++asked, name, given }
        waiting.set(question.id, { resolve: resolve as (value: unknown) => void, reject })
        child.send(question)
      }),
    end: async () => {
      child.disconnect()
      await ended
    },
  }
}

/** In a companion: answers what it is asked until the one who started it lets go. */
export function answerMessages(answers: Readonly<Record<string, (given: unknown) => Promise<unknown>>>): void {
  process.on('message', ({ id, name, given }: Question) => {
    const answer = async () => answers[name]!(given)
    answer().then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, fault: error instanceof Error ? (error.stack ?? '') : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
