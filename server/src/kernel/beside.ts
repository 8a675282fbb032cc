/**
 * Arithmetic that may take long, done by a few threads that are kept: the thread that serves never waits for it. A thread
 * is lent to one piece of work for a while; what takes longer, or more memory than a thread has, ends with its thread and is
 * refused. Who asks has one thread at a time and a short line of his own; threads go round among those who wait, so that
 * nobody's work stops another's. Source: issue of secrets, "no hostile input blocks the event loop for more than 50 ms".
 */
import { Worker } from 'node:worker_threads'
import type { Problem } from '@fengge/domain/kernel/problem'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import { describeError, problemOf, Refusal, refuse } from './problems.ts'

/** What a thread is given; buffers may go with it. */
export interface Errand {
  readonly task: string
  readonly given: unknown
}
export type Brought = { readonly value: unknown } | { readonly refused: Problem } | { readonly failed: string }

export interface Bars {
  /** Threads at the most. */
  readonly threads: number
  /** The longest that one may be lent, in milliseconds. */
  readonly longest: number
  /** The longest that somebody waits for one, in milliseconds. */
  readonly patience: number
  /** Megabytes that a thread may hold. */
  readonly memory: number
  /** So many pieces of work wait for one account, and for all together. */
  readonly line: { readonly own: number; readonly all: number }
  readonly codes: { readonly busy: RefusalCode; readonly tooMuch: RefusalCode; readonly failed: RefusalCode }
}

export type Send = (errand: Errand, moved: readonly ArrayBuffer[]) => Promise<unknown>
export interface Crew {
  /**
   * Lends a thread.
   * @param who whose work it is; undefined for the server's own, which waits as long as it must
   * @throws Refusal where the line is full, or the work takes too long
   */
  readonly lend: <T>(who: string | undefined, work: (send: Send) => Promise<T>) => Promise<T>
}

interface Waiting {
  readonly go: (hand: Hand) => void
  readonly timer: NodeJS.Timeout | undefined
}

/** A thread, and the errand it is on. */
class Hand {
  readonly #worker: Worker
  readonly #bars: Bars
  #answer: { resolve: (value: unknown) => void; reject: (error: unknown) => void } | undefined
  isGone = false

  constructor(url: URL, bars: Bars) {
    const { memory } = bars
    this.#bars = bars
    this.#worker = new Worker(url, {
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    })
    this.#worker.on('message', (brought: Brought) => this.#settle(brought))
    this.#worker.on('error', (error) => {
      const isSpent = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.end(isSpent ? bars.codes.tooMuch : bars.codes.failed)
    })
    // It keeps no process alive; who waits for it has a timer.
    this.#worker.unref()
  }

  send: Send = (errand, moved) =>
    new Promise((resolve, reject) => {
      if (this.isGone) refuse(this.#bars.codes.tooMuch, 422)
      this.#answer = { resolve, reject }
      this.#worker.postMessage(errand, [...moved])
    })

  #settle(brought: Brought): void {
    const answer = this.#answer
    this.#answer = undefined
    if ('value' in brought) return answer?.resolve(brought.value)
    if ('refused' in brought) return answer?.reject(new Refusal(brought.refused))
    process.stderr.write(`beside: ${brought.failed}\n`)
    answer?.reject(refusalOf(this.#bars.codes.failed))
  }

  end(code: RefusalCode): void {
    this.isGone = true
    void this.#worker.terminate()
    this.#answer?.reject(refusalOf(code))
    this.#answer = undefined
  }
}

const refusalOf = (code: RefusalCode): Refusal => new Refusal({ problem: code, status: 422 })

/** @param url of a module that answers `Errand`s by `answering` */
export function openCrew(url: URL, bars: Bars): Crew {
  const idle: Hand[] = []
  let hands = 0
  const busy = new Set<string>()
  /** Those who wait, whose turn comes next first. */
  const lines = new Map<string, Waiting[]>()
  let waiting = 0
  const free = (): Hand | undefined => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      if (!kept.isGone) return kept
      hands--
    }
    if (hands >= bars.threads) return undefined
    hands++
    return new Hand(url, bars)
  }
  /** Hands go to those who wait as long as there are both. */
  const serveLine = () => {
    for (const [who, line] of lines) {
      if (busy.has(who)) continue
      const hand = free()
      if (!hand) return
      const next = line.shift()!
      waiting--
      clearTimeout(next.timer)
      // He stands behind the others with what else he has.
      lines.delete(who)
      if (line.length > 0) lines.set(who, line)
      busy.add(who)
      next.go(hand)
    }
  }
  const enter = (who: string, isOwn: boolean) =>
    new Promise<Hand>((resolve, reject) => {
      const line = lines.get(who) ?? []
      if (!isOwn && (line.length >= bars.line.own || waiting >= bars.line.all)) refuse(bars.codes.busy, 429)
      const entry: Waiting = {
        go: resolve,
        timer: isOwn
          ? undefined
          : setTimeout(() => {
              const at = line.indexOf(entry)
              if (at < 0) return
              line.splice(at, 1)
              waiting--
              if (line.length === 0) lines.delete(who)
              reject(new Refusal({ problem: bars.codes.busy, status: 429 }))
            }, bars.patience),
      }
      line.push(entry)
      waiting++
      lines.set(who, line)
      serveLine()
    })
  const leave = (who: string, hand: Hand) => {
    busy.delete(who)
    if (hand.isGone) hands--
    else idle.push(hand)
    serveLine()
  }
  return {
    lend: async (who, work) => {
      const name = who ?? ''
      const hand = await enter(name, who === undefined)
      const timer = setTimeout(() => hand.end(bars.codes.tooMuch), bars.longest)
      try {
        return await work(hand.send)
      } finally {
        clearTimeout(timer)
        leave(name, hand)
      }
    },
  }
}

/** What a thread of a crew does with what it is sent. */
export function bring(work: () => unknown): Brought {
  try {
    return { value: work() }
  } catch (error) {
    const refused = problemOf(error)
    return refused ? { refused } : { failed: describeError(error).stack ?? describeError(error).message }
  }
}
