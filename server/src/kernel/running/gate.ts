/**
 * So many of one kind at a time. The sessions of the database are shared by all kinds of calls: without it one kind that
 * hangs, on a lock or on a slow statement, would soon hold all of them.
 */
import { problem } from '@fengge/domain/kernel/problem'
import { Refusal } from '../problems.ts'

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** Half of the sessions that read (pool.ts). */
export const ofOneKind = 5
/** The longest that somebody stands before it, in milliseconds. */
const patience = 10_000

export function createGate(most: number = ofOneKind, longest: number = patience): Gate {
  let within = 0
  const standing: (() => void)[] = []
  const enter = () =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        standing.splice(standing.indexOf(go), 1)
        reject(new Refusal(problem('server.draining', 503, { retryAfter: 5 })))
      }, longest)
      standing.push(go)
    })
  return async (work) => {
    if (within >= most) await enter()
    else within++
    try {
      return await work()
    } finally {
      // Whoever stands first takes the place as it is.
      const next = standing.shift()
      if (next) next()
      else within--
    }
  }
}
