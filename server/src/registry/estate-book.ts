/** Estates of some villages and what they are called, kept from one question to the next and read again when one changed. */
import { EstateNames, mostEstates } from '@fengge/domain/registry/addresses/estate-names'
import { estateName } from '@fengge/domain/registry/addresses/estate-name'
import type { Ctx } from '../kernel/context.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'
import { inSlices } from '../kernel/turns.ts'
import { calledOf, countEstates, listEstates, stampEstates, type EstateRow } from './bulk/store/records.ts'
import type { Place } from './record-columns.ts'

export interface EstateBook {
  readonly names: EstateNames
  /** By a name as it is shown. */
  readonly shown: ReadonlyMap<string, EstateRow>
  /** By one name however it is written. */
  readonly named: ReadonlyMap<string, readonly EstateRow[]>
  /** So many more there may be. */
  readonly room: number
}

interface Kept {
  readonly stamp: string
  readonly rows: Map<string, EstateRow>
  readonly names: EstateNames
  readonly shown: Map<string, EstateRow>
  readonly named: Map<string, EstateRow[]>
}

const books = keptOnShelf(() => new Map<string, Promise<Kept>>())
const mostBooks = 50

/** @param villages null: those of the whole county */
export async function estateBook(
  home: HasShelf,
  reading: Reading,
  county: string,
  villages: readonly string[] | null,
): Promise<EstateBook> {
  const all = books(home)
  const key = `${county}/${villages === null ? '*' : villages.join()}`
  const before = all.get(key)
  const next = renew(before, reading, county, villages)
  all.delete(key)
  all.set(key, next)
  for (const oldest of all.keys()) if (all.size > mostBooks) all.delete(oldest)
  const kept = await next.catch((error: unknown) => {
    if (all.get(key) === next) all.delete(key)
    throw error
  })
  const most = villages?.length === 1 ? mostEstates.village : mostEstates.county
  const ofCounty = mostEstates.county - (await countEstates(reading, county))
  return { ...kept, room: Math.max(0, Math.min(most - kept.rows.size, 2 * most - kept.names.size, ofCounty)) }
}

/** One after another: what one reads the next goes on with. */
async function renew(
  before: Promise<Kept> | undefined,
  reading: Reading,
  county: string,
  villages: readonly string[] | null,
): Promise<Kept> {
  const kept = await before?.catch(() => undefined)
  const stamp = await stampEstates(reading, county, villages)
  if (kept?.stamp === stamp) return kept
  const rows = await listEstates(reading, county, villages)
  const isOnlyMore = kept !== undefined && (await countSame(kept, rows)) === kept.rows.size
  const book = isOnlyMore
    ? { ...kept, stamp }
    : { stamp, rows: new Map(), names: new EstateNames(), shown: new Map(), named: new Map() }
  await inSlices(rows, 20, (row) => addRow(book, row))
  return book
}

/** How many of the rows that are known are there as they were. */
async function countSame({ rows }: Kept, fresh: readonly EstateRow[]): Promise<number> {
  let same = 0
  await inSlices(fresh, 1000, (row) => {
    const known = rows.get(row.id)
    if (known?.name === row.name && known.aliases === row.aliases && known.is_vouched === row.is_vouched) same++
  })
  return same
}

function addRow({ rows, names, shown, named }: Kept, row: EstateRow): void {
  if (rows.has(row.id)) return
  rows.set(row.id, row)
  const called = calledOf(row)
  for (const written of [...called.names, ...called.said]) {
    names.add(written)
    if (!shown.has(written)) shown.set(written, row)
    const name = estateName(written)
    named.set(name, [...(named.get(name) ?? []), row])
  }
}

/** Estates of like names, those of one name first, in case it was registered meanwhile. */
export function nearIn(book: EstateBook, written: string, most: number): { id: string; name: string }[] {
  const same = book.named.get(estateName(written)) ?? []
  const near = book.names.allNear(written, most).flatMap((name) => book.shown.get(name) ?? [])
  return [...new Set([...same, ...near])].slice(0, most).map(({ id, name }) => ({ id, name }))
}

/**
 * A new estate is none that is there already, and one of a like name only when the writer says so.
 * @param isOther whether he was shown the like ones, and says that his is another
 */
export async function checkEstate(ctx: Ctx, written: string, { villageId }: Place, isOther: boolean): Promise<void> {
  const villages = villageId === null ? null : [villageId]
  const book = await estateBook(ctx, ctx.tx, ctx.caller.countyCode, villages)
  const near = nearIn(book, written, 5)
  if (book.names.has(estateName(written))) refuse('estate.known', 409, { near })
  if (near.length > 0 && !isOther) refuse('estate.close', 409, { near })
  if (book.room <= 0) refuse('estate.too-many', 409)
}
