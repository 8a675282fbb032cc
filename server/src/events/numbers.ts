/** Event numbers: each server reserves blocks by area and day, so that a report costs no round trip for one. */
import { composeEventNumber } from '@fengge/domain/events/event-number'
import { dayOf } from '@fengge/domain/kernel/time'
import { rowOf, sql, type Tx } from '../kernel/db/pool.ts'

const blockSize = 16
const blocks = new Map<string, Promise<{ next: number; last: number }>>()

export async function nextEventNumber(tx: Tx, county: string, areaCode: string, now: number): Promise<string> {
  const day = dayOf(now)
  const key = `${county}/${areaCode}/${day}`
  for (;;) {
    let pending = blocks.get(key)
    if (!pending) {
      if (blocks.size > 5000) blocks.clear()
      pending = reserve(tx, county, areaCode, day)
      blocks.set(key, pending)
      pending.catch(() => blocks.delete(key))
    }
    const block = await pending
    if (block.next <= block.last) return composeEventNumber(areaCode, day, block.next++)
    if (blocks.get(key) === pending) blocks.delete(key)
  }
}

/** Forgets reserved blocks; for tests that change the database under a running process. */
export function forgetBlocks(): void {
  blocks.clear()
}

async function reserve(tx: Tx, county: string, areaCode: string, day: string): Promise<{ next: number; last: number }> {
  const row = await rowOf<{ last: number }>(tx, sql`insert into events.number_block values (${county}, ${areaCode}, ${day}, ${blockSize})
    on conflict (county_code, area_code, day) do update set last = events.number_block.last + ${blockSize} returning last`)
  return { next: row!.last - blockSize + 1, last: row!.last }
}
