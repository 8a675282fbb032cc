/** A new estate is none that is there already, and one of a like name only when the writer says so. */
import { estateName } from '@fengge/domain/registry/addresses/estate-name'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { estateBook, nearIn } from './estate-book.ts'
import type { Place } from './record-columns.ts'

/** @param isOther whether he was shown the like ones, and says that his is another */
export async function checkEstate(ctx: Ctx, written: string, { villageId }: Place, isOther: boolean): Promise<void> {
  const villages = villageId === null ? null : [villageId]
  const book = await estateBook(ctx, ctx.tx, ctx.caller.countyCode, villages)
  const near = nearIn(book, written, 5)
  if (book.names.has(estateName(written))) refuse('estate.known', 409, { near })
  if (near.length > 0 && !isOther) refuse('estate.close', 409, { near })
  if (book.room <= 0) refuse('estate.too-many', 409)
}
