/** Event numbers: each server reserves blocks by area and day, so that a report costs no round trip for one. */
import { composeEventNumber } from '@fengge/domain/events/event-number'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../kernel/context.ts'
import type { Tx } from '../kernel/db/tx.ts'
import { keptOnShelf } from '../kernel/shelf.ts'
import { reserveNumbers, type BlockOf } from './store/numbers.ts'

interface Block {
  next: number
  readonly last: number
  readonly size: number
}
// A busy area takes larger blocks each time, a quiet one leaves few numbers unused.
const leastBlock = 16,
  mostBlock = 256
type Blocks = Map<string, Promise<Block>>
const shelf = keptOnShelf((): Blocks => new Map())

export async function nextEventNumber(ctx: Asking, areaCode: string): Promise<string> {
  const county = ctx.caller.countyCode
  const day = dayOf(ctx.now)
  const blocks = shelf(ctx)
  const key = `${county}/${areaCode}/${day}`
  for (;;) {
    let pending = blocks.get(key)
    if (!pending) {
      if (blocks.size > 5000) blocks.clear()
      pending = ctx.apart((tx) => reserve(tx, { county, areaCode, day }, leastBlock))
      keep(blocks, key, pending)
    }
    const block = await pending
    if (block.next <= block.last) return composeEventNumber(areaCode, day, block.next++)
    if (blocks.get(key) !== pending) continue
    const size = Math.min(mostBlock, block.size * 2)
    keep(
      blocks,
      key,
      ctx.apart((tx) => reserve(tx, { county, areaCode, day }, size)),
    )
  }
}

function keep(blocks: Blocks, key: string, pending: Promise<Block>): void {
  blocks.set(key, pending)
  pending.catch(() => blocks.delete(key))
}

async function reserve(tx: Tx, block: BlockOf, size: number): Promise<Block> {
  const last = await reserveNumbers(tx, block, size)
  return { next: last - size + 1, last, size }
}
