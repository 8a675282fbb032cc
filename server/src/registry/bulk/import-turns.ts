/**
 * Files of several accounts are taken in turn, some pages at a time: counties in turn, and the accounts of each, so that
 * a short file is done while long ones run, whoever sent those. An account's own files stand one behind the other.
 */
import type { Ground } from '../../kernel/ground.ts'
import { ImportWork } from './run-import.ts'
import * as batches from './store/batches.ts'

const turns = { shortest: 3, longest: 60, rowsAPage: 16_000 }

/**
 * Pages of one turn while others wait. What is laid aside is read from its beginning when it is gone on with, so the
 * longer a file has been read, the longer it goes on.
 */
export const pagesOfTurn = (rows: number): number =>
  Math.min(turns.longest, Math.max(turns.shortest, Math.ceil(rows / turns.rowsAPage)))
/** Rows of files under way, known for the sake of those that come twice, beyond which no more are begun but short ones. */
const mostHeld = 2_000_000
/** Up to here a file is short. */
const short = 20_000

/** Runs what waits. @returns how many files were finished */
export async function runImports(engine: Ground): Promise<number> {
  const turns = new Turns(engine)
  try {
    let isMore = true
    while (isMore) isMore = await turns.take()
    return turns.finished
  } finally {
    await turns.layAside()
  }
}

class Turns {
  finished = 0
  readonly #engine: Ground
  readonly #open = new Map<string, ImportWork>()
  /** When a county, or an account, had its last turn. */
  readonly #last = new Map<string, number>()
  #turn = 0

  constructor(engine: Ground) {
    this.#engine = engine
  }

  /** @returns whether there was a file to take */
  async take(): Promise<boolean> {
    const waiting = await batches.listFirstOfEach(this.#engine.database.read)
    const next = this.#choose(waiting)
    if (!next) return false
    this.#turn++
    this.#last.set(next.county_code, this.#turn).set(next.account_id, this.#turn)
    const work = this.#open.get(next.id) ?? new ImportWork(this.#engine, next)
    this.#open.set(next.id, work)
    for (let left = pagesOfTurn(work.rows); left > 0; left--)
      if (await work.goOn()) {
        this.#open.delete(next.id)
        this.finished++
        return true
      }
    if (waiting.length > 1) await work.layAside()
    return true
  }

  async layAside(): Promise<void> {
    for (const work of this.#open.values()) await work.layAside()
  }

  #choose(waiting: readonly batches.BatchRow[]): batches.BatchRow | undefined {
    const rowsOf = (b: batches.BatchRow) => this.#open.get(b.id)?.rows ?? 0
    const held = [...this.#open.values()].reduce((sum, work) => sum + work.rows, 0)
    const most = Math.max(...waiting.map(rowsOf))
    const may = held < mostHeld ? waiting : waiting.filter((b) => rowsOf(b) < short || rowsOf(b) === most)
    const lastOf = (who: string) => this.#last.get(who) ?? 0
    return may.toSorted(
      (a, b) => lastOf(a.county_code) - lastOf(b.county_code) || lastOf(a.account_id) - lastOf(b.account_id),
    )[0]
  }
}
