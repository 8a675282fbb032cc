/**
 * Arithmetic that may take long, done by a few threads that are kept: the thread that serves never waits for it. A thread
 * is lent to one piece of work for a while; what takes longer, or more memory than a thread has, ends with its thread and is
 * refused. Who asks has one thread at a time and a short line of his own; threads go round among those who wait, so that
 * nobody's work stops another's. Source: issue of secrets, "no hostile input blocks the event loop for more than 50 ms".
 */
import { Worker } from 'node:worker_threads'
import type { Problem } from '@fengge/domain/kernel/problem'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import { Lines, type Waits } from './lines.ts'
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

/** What is said of a file that others stand before, or that takes too much. */
export const codesOfFiles: Bars['codes'] = { busy: 'file.busy', tooMuch: 'file.too-much', failed: 'file.broken' }

export type Send = (errand: Errand, moved: readonly ArrayBuffer[]) => Promise<unknown>
export interface Crew {
  /**
   * Lends a thread.
   * @param who whose work it is; undefined for the server's own, which waits as long as it must
   * @throws Refusal where the line is full, or the work takes too long
   */
  readonly lend: <T>(who: string | undefined, work: (send: Send) => Promise<T>) => Promise<T>
}

interface Waiting extends Waits {
  readonly go: (hand: Hand) => void
  readonly timer: NodeJS.Timeout | undefined
}

/** Waits for a thread in the line of whose work it is, for as long as it is worth. */
function waitIn(lines: Lines<Waiting>, who: string | undefined, { codes, patience }: Bars): Promise<Hand> {
  return new Promise((resolve, reject) => {
    const name = who ?? ''
    const drop = () => {
      clearTimeout(timer)
      reject(refusalOf(codes.busy, 429))
    }
    const giveUp = () => {
      lines.leave(name, waiting)
      drop()
    }
    const timer = who === undefined ? undefined : setTimeout(giveUp, patience)
    const waiting: Waiting = { go: resolve, timer, drop, isOwn: who === undefined }
    if (!lines.join(name, waiting)) drop()
  })
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

const refusalOf = (code: RefusalCode, status = 422): Refusal => new Refusal({ problem: code, status })

/** @param url of a module that answers errands as `bring` does */
export function openCrew(url: URL, bars: Bars): Crew {
  let idle: Hand[] = []
  const busy = new Set<string>()
  const lines = new Lines<Waiting>(bars.line)
  const serve = () => {
    idle = idle.filter((h) => !h.isGone)
    while (busy.size < bars.threads) {
      const next = lines.take(busy)
      if (!next) return
      clearTimeout(next.waits.timer)
      busy.add(next.who)
      next.waits.go(idle.pop() ?? new Hand(url, bars))
    }
  }
  return {
    lend: async (who, work) => {
      const name = who ?? ''
      const entered = waitIn(lines, who, bars)
      serve()
      const hand = await entered
      const timer = setTimeout(() => hand.end(bars.codes.tooMuch), bars.longest)
      try {
        return await work(hand.send)
      } finally {
        clearTimeout(timer)
        busy.delete(name)
        if (!hand.isGone) idle.push(hand)
        serve()
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
