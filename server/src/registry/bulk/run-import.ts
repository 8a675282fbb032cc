/**
 * Imports run in the background: a trial writes nothing, `all` takes the whole file in one transaction or nothing,
 * `good` takes page after page and leaves the rest to be mended. How far a file is, is kept with what it wrote, so
 * that a kill at any moment neither loses nor doubles a row. The same file again changes nothing.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dayOf } from '@fengge/domain/kernel/time'
import type { ImportKind } from '@fengge/domain/registry/bulk-contract'
import { columnsFor, findHeaderRow, matchHeader, type ImportColumn } from '@fengge/domain/registry/import-columns'
import { actAs } from '../../kernel/act-as.ts'
import { postsWith, type Caller, type Ctx } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import { insertInto } from '../../kernel/db/sink.ts'
import type { Engine } from '../../kernel/engine.ts'
import { describeError, problemOf, refuse } from '../../kernel/problems.ts'
import { findCaller } from '../../kernel/sessions.ts'
import { placeTree } from '../../places/door.ts'
import { fieldBook } from '../field-book.ts'
import { judgeRow, type BadRow, type GoodRow, type Room } from './judge-rows.ts'
import { readRows } from './read-rows.ts'
import { Rooms } from './rooms.ts'
import { takePage, type PageCounts } from './take-page.ts'

export interface BatchRow {
  county_code: string
  id: string
  kind: ImportKind
  file_name: string
  mode: 'trial' | 'all' | 'good'
  state: string
  account_id: string
  place_id: string
  rows: number
  done: number
}
const mostFaults = 5000
const roomKey = (r: Room) => [r.estate, r.building, r.unit, r.room].join('/')
export const batchFile = (engine: Engine, b: { id: string; file_name: string }) =>
  join(engine.settings.dataDir, 'imports', `${b.id}${b.file_name.toLowerCase().endsWith('.xlsx') ? '.xlsx' : '.csv'}`)

/** Runs what waits, oldest first. @returns how many files were finished */
export async function runImports(engine: Engine): Promise<number> {
  let finished = 0
  for (;;) {
    const batch = await rowOf<BatchRow>(
      engine.database.read,
      sql`
        select county_code, id, kind, file_name, mode, state, account_id, place_id, rows, done
        from registry.batch
        where state in ('waiting', 'running')
        order by at
        limit 1
      `,
    )
    if (!batch) return finished
    await runOne(engine, batch)
    finished++
  }
}

async function runOne(engine: Engine, batch: BatchRow): Promise<void> {
  const caller = await findCaller(engine.database.read, batch.account_id, engine.clock.now())
  try {
    if (!caller) throw new Error('the account is closed')
    await setState(engine, batch, 'running')
    const job = new ImportJob(engine, batch, caller)
    await job.run()
  } catch (error) {
    await engine.database.write((tx) =>
      run(
        tx,
        sql`
          update registry.batch
          set
            state = 'failed', problem = ${problemOf(error)?.problem ?? 'server.failed'},
            finished_at = ${new Date(engine.clock.now())}
          where county_code = ${batch.county_code} and id = ${batch.id}
        `,
      ),
    )
    if (!problemOf(error)) process.stderr.write(`import ${batch.id}: ${describeError(error).message}\n`)
  } finally {
    await rm(batchFile(engine, batch), { force: true })
  }
}

async function setState(engine: Engine, b: BatchRow, state: string): Promise<void> {
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        update registry.batch
        set state = ${state}, finished_at = ${['done', 'refused'].includes(state) ? new Date(engine.clock.now()) : null}
        where county_code = ${b.county_code} and id = ${b.id}
      `,
    ),
  )
}

interface Page {
  readonly good: GoodRow[]
  readonly bad: BadRow[]
  readonly upTo: number
}

class ImportJob {
  private readonly engine: Engine
  private readonly batch: BatchRow
  private readonly caller: Caller
  private columns = new Map<number, ImportColumn>()
  private readonly seen = new Set<string>()
  constructor(engine: Engine, batch: BatchRow, caller: Caller) {
    this.engine = engine
    this.batch = batch
    this.caller = caller
  }

  async run(): Promise<void> {
    const { batch, engine } = this
    if (batch.mode === 'good') {
      for await (const page of this.pages())
        if (page.upTo > batch.done) await this.act((ctx) => this.take(ctx, page, true))
      return setState(engine, batch, 'done')
    }
    // First the whole file is judged; only a file without a fault is taken in one piece.
    let faults = 0
    if (batch.mode === 'trial')
      await this.act(async (ctx) => {
        this.seen.clear()
        for await (const page of this.pages()) await this.take(ctx, page, false)
      })
    else
      for await (const page of this.pages()) {
        faults += page.bad.length
        await this.act((ctx) => this.note(ctx, page, { created: 0, changed: 0, same: 0 }))
      }
    if (batch.mode === 'trial') return setState(engine, batch, 'done')
    if (faults > 0) return setState(engine, batch, 'refused')
    await engine.database.write((tx) =>
      run(
        tx,
        sql`
          update registry.batch
          set done = 0, rows = 0
          where county_code = ${batch.county_code} and id = ${batch.id}
        `,
      ),
    )
    await this.act(async (ctx) => {
      this.seen.clear()
      for await (const page of this.pages()) await this.take(ctx, page, true)
      await run(
        ctx.tx,
        sql`
          update registry.batch
          set state = 'done', finished_at = ${new Date(ctx.now)}
          where county_code = ${batch.county_code} and id = ${batch.id}
        `,
      )
    })
  }

  private act(work: (ctx: Ctx) => Promise<void>): Promise<void> {
    return actAs(this.engine, this.caller, 'registry:import', work)
  }

  /** The file page by page, each cell judged. Its rows are numbered as in the file, the first row being 1. */
  private async *pages(): AsyncGenerator<Page> {
    const book = await fieldBook(this.engine.database.read, this.batch.county_code)
    const known = columnsFor(this.batch.kind, book.fields(this.batch.kind))
    const today = dayOf(this.engine.clock.now())
    const posts = postsWith(this.caller, 'registry.import').map((p) => p.placeId)
    const tree = placeTree()
    const within = (id: string) => posts.some((p) => tree.contains(p, id))
    let at = 0
    let isHeaderFound = false
    for await (const rows of readRows(batchFile(this.engine, this.batch), this.batch.file_name)) {
      let body = rows
      if (!isHeaderFound) {
        const head = findHeaderRow(rows, known)
        if (head < 0) refuse('import.no-header', 422)
        this.columns = matchHeader(rows[head]!, known)
        isHeaderFound = true
        await this.engine.database.write((tx) =>
          run(
            tx,
            sql`
              update registry.batch
              set header = ${JSON.stringify(rows[head]!.slice(0, 60).map((c) => c.slice(0, 100)))}::jsonb
              where county_code = ${this.batch.county_code} and id = ${this.batch.id} and header = '[]'
            `,
          ),
        )
        at = head + 1
        body = rows.slice(head + 1)
      }
      const page: Page = { good: [], bad: [], upTo: at + body.length }
      for (const cells of body) {
        at++
        if (cells.every((c) => c.trim() === '')) continue
        const judged = judgeRow(this.batch.kind, at, cells, this.columns, this.batch.county_code, within, today)
        if ('faults' in judged) page.bad.push(judged)
        else if (this.isDouble(judged))
          page.bad.push({
            row: at,
            faults: [{ column: this.batch.kind === 'house' ? '地址' : '证件号码', fault: 'row.double' }],
            cells,
          })
        else page.good.push(judged)
      }
      yield page
    }
  }

  /** The same person, room or firm a second time in one file. */
  private isDouble(row: GoodRow): boolean {
    const key =
      this.batch.kind === 'person'
        ? row.values['idNo'] && `${String(row.values['idNo'])}/${row.room ? roomKey(row.room) : ''}/${row.role}`
        : this.batch.kind === 'unit'
          ? row.values['creditCode']
          : row.room && roomKey(row.room)
    if (typeof key !== 'string' || key === '') return false
    if (this.seen.has(key)) return true
    this.seen.add(key)
    return false
  }

  private async take(ctx: Ctx, page: Page, isReal: boolean): Promise<void> {
    const mark = { source: 'import', by: this.caller.name, at: new Date(ctx.now).toISOString() }
    const villages = [
      ...new Set([placeTree().ancestor(this.batch.place_id, 'village')?.id].filter((v) => v !== undefined)),
    ]
    const rooms = await Rooms.open(ctx, this.batch.id, villages, mark)
    const counts = await takePage(ctx, this.batch, page.good, rooms, mark, isReal)
    if (isReal) await rooms.save(ctx)
    await this.note(ctx, page, counts)
  }

  private async note(ctx: Ctx, page: Page, counts: PageCounts): Promise<void> {
    const { batch } = this
    if (page.bad.length > 0) {
      const kept = await rowsOf<{ n: number }>(
        ctx.tx,
        sql`
          select count(*) as n
          from registry.batch_fault
          where county_code = ${batch.county_code} and batch_id = ${batch.id}
        `,
      )
      const room = mostFaults - Number(kept[0]!.n)
      const rows = page.bad.slice(0, Math.max(0, room)).map((b) => ({
        county_code: batch.county_code,
        batch_id: batch.id,
        row_no: b.row,
        faults: JSON.stringify(b.faults),
        cells_sealed: ctx.sealer.seal(JSON.stringify(b.cells.slice(0, 60).map((c) => c.slice(0, 500)))),
      }))
      if (rows.length > 0) await run(ctx.tx, faultSink.into(rows))
    }
    const n = page.good.length + page.bad.length
    await run(
      ctx.tx,
      sql`
        update registry.batch
        set
          rows = rows + ${n}, done = ${page.upTo}, created = created + ${counts.created},
          changed = changed + ${counts.changed}, same = same + ${counts.same}, faults = faults + ${page.bad.length}
        where county_code = ${batch.county_code} and id = ${batch.id}
      `,
    )
  }
}

const faultSink = insertInto(
  'registry.batch_fault',
  { county_code: 'text', batch_id: 'uuid', row_no: 'int', faults: 'jsonb', cells_sealed: 'text' },
  {},
  'on conflict do nothing',
)
