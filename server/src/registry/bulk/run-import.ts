/**
 * Imports run in the background: a trial writes nothing, `all` takes the whole file in one transaction or nothing,
 * `good` takes page after page and leaves the rest to be mended. How far a file is, is kept with what it wrote, so
 * that a kill at any moment neither loses nor doubles a row. The same file again changes nothing.
 */
import { rm } from 'node:fs/promises'
import type { Batch } from '@fengge/domain/registry/bulk-contract'
import type { Provenance } from '@fengge/domain/registry/terms'
import { actAs } from '../../kernel/act-as.ts'
import { isPassing } from '../../kernel/answer-problem.ts'
import type { Caller, Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { callerOf } from '../recusal/unseen.ts'
import { describeError, problemOf, refuse } from '../../kernel/problems.ts'
import { readRows } from '../../kernel/workbooks/read-table.ts'
import { batchFile, openImport } from './import-file.ts'
import { LaidRows } from './laid-rows.ts'
import { readPages, villagesOf, type Page } from './read-pages.ts'
import type { BadRow, GoodRow } from './judge-rows.ts'
import { Rooms } from './rooms.ts'
import * as batches from './store/batches.ts'
import { listMade } from './store/made.ts'
import { noCounts, type PageCounts } from './page-counts.ts'
import { takePage } from './taking/take-page.ts'

const mostFaults = 5000
/** Rows that are taken in one piece: nobody's house may be held for minutes. */
const mostInOnePiece = 20_000
/** A file during which the server ended so often, without a page in between, is not begun again. */
const mostTries = 5

/** One file while it is taken. It may be laid aside between two pages: then it keeps no reader. */
export class ImportWork {
  readonly #engine: Ground
  readonly #batch: batches.BatchRow
  #job: ImportJob | undefined
  #isLaidAside = false
  #pages: AsyncGenerator<void> | undefined

  constructor(engine: Ground, batch: batches.BatchRow) {
    this.#engine = engine
    this.#batch = batch
  }

  /** Rows that are known of it so far. */
  get rows(): number {
    return this.#job?.rows ?? 0
  }

  /** Takes one page more. @returns whether that was its end, good or bad @throws what is no fault of the file */
  async goOn(): Promise<boolean> {
    const [engine, batch] = [this.#engine, this.#batch]
    try {
      if (this.#job && this.#isLaidAside) this.#job.caller = await this.#findCaller()
      this.#isLaidAside = false
      this.#pages ??= await this.#begin()
      const { done } = await this.#pages.next()
      if (done !== true) return false
    } catch (error) {
      // The file stays, and is gone on with when there is a database again, and room.
      if (isPassing(error)) {
        await engine.database.write((tx) => batches.forgetTry(tx, batch)).catch(() => undefined)
        throw error
      }
      const problem = problemOf(error)?.problem ?? 'server.failed'
      const at = new Date(engine.clock.now())
      await engine.database.write((tx) => batches.failBatch(tx, batch, problem, at))
      if (!problemOf(error)) process.stderr.write(`import ${batch.id}: ${describeError(error).message}\n`)
    }
    await this.layAside()
    await rm(batchFile(engine, batch), { force: true })
    return true
  }

  async layAside(): Promise<void> {
    this.#isLaidAside = true
    await this.#job?.layAside()
  }

  async #begin(): Promise<AsyncGenerator<void>> {
    this.#job = new ImportJob(this.#engine, this.#batch, await this.#findCaller())
    return this.#job.run()
  }

  /** As he may at this moment. */
  async #findCaller(): Promise<Caller> {
    const { database, clock } = this.#engine
    const found = await callerOf(database.read, this.#batch.account_id, clock.now())
    if (!found) throw new Error('the account is closed')
    return found
  }
}

class ImportJob {
  private readonly engine: Ground
  private readonly batch: batches.BatchRow
  caller: Caller
  /** Records that the rows so far are about. */
  private met = new Set<string>()
  private reading: LaidRows | undefined
  rows = 0
  constructor(engine: Ground, batch: batches.BatchRow, caller: Caller) {
    this.engine = engine
    this.batch = batch
    this.caller = caller
  }

  async layAside(): Promise<void> {
    await this.reading?.layAside()
  }

  /** Comes by behind each page. */
  async *run(): AsyncGenerator<void> {
    const tries = await this.engine.database.write((tx) => batches.beginBatch(tx, this.batch))
    if (tries > mostTries) refuse('import.broken-off', 422)
    const ways = { good: () => this.takeGood(), trial: () => this.tryAll(), all: () => this.takeAll() }
    yield* ways[this.batch.mode]()
  }

  /** Page after page, each with its progress; a file broken off goes on behind its last page. */
  private async *takeGood(): AsyncGenerator<void> {
    const { batch, engine } = this
    if (batch.done > 0)
      this.met = new Set(batch.kind === 'link' ? [] : await listMade(engine.database.read, batch.kind, batch))
    for await (const page of this.pages()) {
      if (page.upTo > batch.done)
        await this.act(async (ctx) => {
          await this.take(ctx, page, 'real')
        })
      yield
    }
    await this.setState('done')
  }

  private async *tryAll(): AsyncGenerator<void> {
    // Of one that was broken off nothing was written but counts: it is told anew.
    await this.engine.database.write((tx) => batches.tellAnew(tx, this.batch))
    for await (const page of this.pages()) {
      await this.act(async (ctx) => {
        await this.take(ctx, page, 'trial')
      })
      yield
    }
    await this.setState('done')
  }

  /** First the whole file is judged; only a file without a fault is taken, in one piece. */
  private async *takeAll(): AsyncGenerator<void> {
    const { batch, engine } = this
    let faults = 0
    for await (const judged of this.pages()) {
      if (judged.upTo > mostInOnePiece) refuse('import.too-long', 422, { most: mostInOnePiece })
      await this.act(async (ctx) => {
        faults += await this.take(ctx, judged, 'judged')
      })
      yield
    }
    if (faults > 0) {
      await this.setState('refused')
      return
    }
    await engine.database.write((tx) => batches.restartBatch(tx, batch))
    // What was met while the file was judged is met anew.
    this.met.clear()
    await this.act(async (ctx) => {
      for await (const page of this.pages()) await this.take(ctx, page, 'real')
      await batches.setBatchState(ctx.tx, batch, 'done', new Date(ctx.now))
    })
  }

  private async setState(state: Batch['state']): Promise<void> {
    const finishedAt = new Date(this.engine.clock.now())
    await this.engine.database.write((tx) => batches.setBatchState(tx, this.batch, state, finishedAt))
  }

  private act(work: (ctx: Ctx) => Promise<void>): Promise<void> {
    return actAs(this.engine, this.caller, 'registry:import', work)
  }

  private async *pages(): AsyncGenerator<Page> {
    const { engine, batch } = this
    const rows = new LaidRows(async () => readRows(await openImport(engine, batch), batch.file_name))
    this.reading = rows
    for await (const page of readPages(engine, batch, { caller: this.caller, rows })) {
      this.rows = page.upTo
      yield page
    }
  }

  /** @returns how many rows of the page cannot be taken */
  private async take(ctx: Ctx, judged: Page, how: 'real' | 'trial' | 'judged'): Promise<number> {
    const isReal = how === 'real'
    const { batch, met } = this
    const mark = this.markAt(ctx)
    const rooms = await this.roomsOf(ctx, judged)
    const page = sift(judged, rooms)
    const back: BadRow[] = []
    const counts = await takePage({ ctx, batch, rooms, mark, isReal, met }, page.good, back)
    if (isReal) await rooms.save(ctx)
    const isBack = new Set(back.map((b) => b.row))
    const good = page.good.filter((g) => !isBack.has(g.row))
    await this.note(ctx, { ...page, good, bad: [...page.bad, ...back] }, how === 'judged' ? noCounts() : counts)
    return page.bad.length + back.length
  }

  private markAt(ctx: Ctx): Provenance {
    return { source: 'import', by: this.caller.name, at: new Date(ctx.now).toISOString() }
  }

  /** The rooms that a page names, as far as they are there. */
  private async roomsOf(ctx: Ctx, page: Page): Promise<Rooms> {
    const { batch } = this
    const making = { batchId: batch.id, mark: this.markAt(ctx) }
    const rooms = await Rooms.open(ctx, villagesOf(ctx, batch.place_id), making)
    await rooms.load(page.good.map((r) => r.room))
    return rooms
  }

  private async note(ctx: Ctx, page: Page, counts: PageCounts): Promise<void> {
    const { batch } = this
    if (page.bad.length > 0) {
      const left = Math.max(0, mostFaults - (await batches.countFaults(ctx.tx, batch)))
      const faults = page.bad.slice(0, left).map((b) => ({
        row: b.row,
        faults: b.faults,
        sealed: ctx.sealer.seal(
          JSON.stringify(b.cells.slice(0, 60).map((c) => c.slice(0, 500))),
          batches.cellsAt(batch.id, b.row),
        ),
      }))
      await batches.addFaults(ctx.tx, batch, faults)
    }
    await batches.addProgress(ctx.tx, batch, {
      ...counts,
      rows: page.good.length + page.bad.length,
      upTo: page.upTo,
      faults: page.bad.length,
    })
  }
}

/** A row that leaves out the unit where several have such a room goes back: nobody is put into one of them by chance. */
function sift(page: Page, rooms: Rooms): Page {
  const isUnsure = ({ room }: GoodRow) => room !== undefined && rooms.isUnsure(room)
  const back = page.good.filter(isUnsure)
  if (back.length === 0) return page
  const faults = [{ column: '地址', fault: 'address.unit-needed' }]
  return {
    ...page,
    good: page.good.filter((row) => !isUnsure(row)),
    bad: [...page.bad, ...back.map(({ row, cells }) => ({ row, faults, cells }))],
  }
}
