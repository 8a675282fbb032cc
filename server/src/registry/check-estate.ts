/** A new estate is none that is there already, and one of a like name only when the writer says so. */
import { estateName, isClose } from '@fengge/domain/registry/addresses/estate-name'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { listEstates, namesOf } from './bulk/store/records.ts'
import type { Place } from './record-columns.ts'

/** @param isOther whether he was shown the like ones, and says that his is another */
export async function checkEstate(ctx: Ctx, written: string, { villageId }: Place, isOther: boolean): Promise<void> {
  const villages = villageId === null ? null : [villageId]
  const there = await listEstates(ctx.tx, ctx.caller.countyCode, villages)
  const among = (fits: (name: string) => boolean) =>
    there.filter((row) => namesOf(row).some(fits)).map(({ id, name }) => ({ id, name }))
  const known = among((name) => estateName(name) === estateName(written))
  if (known.length > 0) refuse('estate.known', 409, { near: known.slice(0, 5) })
  const near = isOther ? [] : among((name) => isClose(name, written))
  if (near.length > 0) refuse('estate.close', 409, { near: near.slice(0, 5) })
}
