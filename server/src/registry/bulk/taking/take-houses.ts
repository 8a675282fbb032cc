import type { GoodRow } from '../judge-rows.ts'
import { HeldRecords } from '../held-records.ts'
import { listWholeHouses } from '../store/records.ts'
import type { PageCounts } from '../page-counts.ts'
import type { Taking } from './take-page.ts'

export async function takeHouses(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  const { ctx, batch, rooms } = taking
  const counts = { created: 0, changed: 0, same: 0, noGrid: 0 }
  const old: { row: GoodRow; id: string }[] = []
  for (const row of rows) {
    if (!row.room) continue
    const { found, isNew } = rooms.make(row.room, row.gridId ?? batch.place_id, row.values)
    if (found.gridId === null) counts.noGrid++
    if (isNew) counts.created++
    else old.push({ row, id: found.id })
  }
  const stored = await listWholeHouses(
    ctx.tx,
    batch.county_code,
    old.map((o) => o.id),
  )
  const houses = new HeldRecords(taking, 'house')
  // Of a home that he may not see nothing is written; it counts as any, so that no number tells which it is.
  const unseen = new HeldRecords(taking, 'house')
  const recordsOf = (id: string) => (ctx.caller.unseen?.has(id) ? unseen : houses)
  const held = new Map(stored.map((r) => [r.id, recordsOf(r.id).hold(r)]))
  for (const { row, id } of old) {
    const house = held.get(id)
    // A room found without its unit keeps the unit it has, and one kept without is given it.
    const said = { ...row.values, roomNo: null, unitNo: row.room?.unit || null }
    const isChanged = house !== undefined && recordsOf(id).give(house, said)
    counts[isChanged ? 'changed' : 'same']++
  }
  if (taking.isReal) await houses.save()
  return counts
}
