/** The file of a batch page by page, each row judged. Rows are numbered as in the file, the first being 1. */
import { dayOf } from '@fengge/domain/kernel/time'
import { EstateNames } from '@fengge/domain/registry/addresses/estate-names'
import { columnsFor, recordKindOf, findHeaderRow, matchHeader } from '@fengge/domain/registry/files/import-columns'
import { postsWith, type Caller } from '../../kernel/context.ts'
import { sourceOf, type Ground } from '../../kernel/ground.ts'
import type { HasShelf } from '../../kernel/shelf.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { estateBook } from '../estate-book.ts'
import { fieldBook } from '../field-book.ts'
import type { LaidRows } from './laid-rows.ts'
import { judgeRow, SeenRows, type BadRow, type GoodRow, type Judging } from './judge-rows.ts'
import { inSlices } from '../../kernel/turns.ts'
import { keepHeader, type BatchRow } from './store/batches.ts'

export interface Page {
  readonly good: GoodRow[]
  readonly bad: BadRow[]
  /** The number of its last row. */
  readonly upTo: number
}

/** @throws Refusal where no header row is found among the first, or nothing below it */
export async function* readPages(
  engine: Ground,
  batch: BatchRow,
  { caller, rows: reading }: { readonly caller: Caller; readonly rows: LaidRows },
): AsyncGenerator<Page> {
  const book = await fieldBook(sourceOf(engine), batch.county_code)
  const known = columnsFor(batch.kind, book.fields(recordKindOf(batch.kind)))
  const posts = postsWith(caller, 'registry.import').map((p) => p.placeId)
  const tree = placeTree(engine)
  const seen = new SeenRows(batch.kind, batch.place_id)
  let judging: Judging | undefined
  let at = 0
  let rows = 0
  for (let read = await reading.next(); read !== undefined; read = await reading.next()) {
    let body = read
    if (!judging) {
      const head = findHeaderRow(read, known)
      const header = read[head] ?? refuse('import.no-header', 422)
      judging = {
        kind: batch.kind,
        columns: matchHeader(header, known),
        county: batch.county_code,
        tree,
        within: (id) => posts.some((p) => tree.contains(p, id)),
        today: dayOf(engine.clock.now()),
        estates: await knownEstates(engine, batch),
      }
      const shown = header.slice(0, 60).map((c) => c.slice(0, 100))
      await engine.database.write((tx) => keepHeader(tx, batch, shown))
      at = head + 1
      body = read.slice(head + 1)
    }
    const page = await judgePage(judging, seen, at, body)
    at += body.length
    rows += page.good.length + page.bad.length
    yield page
  }
  await reading.layAside()
  if (rows === 0) refuse('file.empty', 422)
}

/** Rows that are judged in one turn. */
const slice = 20

async function judgePage(
  judging: Judging,
  seen: SeenRows,
  before: number,
  body: readonly (readonly string[])[],
): Promise<Page> {
  const page: Page = { good: [], bad: [], upTo: before + body.length }
  await inSlices(body, slice, (cells, i) => {
    if (cells.every((c) => c.trim() === '')) return
    const judged = judgeRow(judging, before + i + 1, cells)
    const double = 'faults' in judged ? undefined : seen.findDouble(judged)
    if ('faults' in judged) page.bad.push(judged)
    else if (double) page.bad.push({ row: judged.row, faults: [double], cells })
    else page.good.push(judged)
  })
  return page
}

/** The villages whose rooms a file may name: none but those of the place it was sent for; null for the whole county. */
export function villagesOf(home: HasShelf, placeId: string): string[] | null {
  const tree = placeTree(home)
  if (tree.get(placeId)?.tier === 'county') return null
  const village = tree.ancestor(placeId, 'village')
  return village ? [village.id] : tree.below(placeId, 'village')
}

/** So many new estates one file brings. */
const mostOfFile = 5000

async function knownEstates(engine: Ground, batch: BatchRow): Promise<EstateNames> {
  const villages = villagesOf(engine, batch.place_id)
  const { names, room } = await estateBook(engine, engine.database.read, batch.county_code, villages)
  return new EstateNames([], { base: names, room: Math.min(room, mostOfFile) })
}
