/** Estates, buildings and facilities of a page: found by what they are called and where, or added. */
import { sortOfEstate } from '@fengge/domain/registry/addresses/estate-name'
import { dutiesOver, placeFor } from '../../sight.ts'
import { findRecords } from '../../store/records.ts'
import { HeldRecords, type Held } from '../held-records.ts'
import { facilityKey, type GoodRow } from '../judge-rows.ts'
import { listByNames } from '../store/records.ts'
import { noCounts, type PageCounts } from '../page-counts.ts'
import type { Taking } from './take-page.ts'

export async function takeEstates(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  const { ctx, batch, rooms } = taking
  const counts = noCounts()
  const records = new HeldRecords(taking, 'estate')
  const known = new Map(rows.map((row) => [row, rooms.findEstate(String(row.values['name']))?.id]))
  const held = await holdAll(taking, records, 'estate', [...known.values()])
  for (const row of rows) {
    const placeId = row.gridId ?? batch.place_id
    if (placeFor(ctx, placeId).gridId === null) counts.noGrid++
    const there = held.get(known.get(row) ?? '')
    // It goes on being called as it is: the file may write its name in another way.
    if (there) counts[records.give(there, { ...row.values, name: null }) ? 'changed' : 'same']++
    else {
      counts.created++
      records.make({ kind: sortOfEstate(String(row.values['name'])), ...row.values }, placeId)
    }
  }
  if (taking.isReal) await records.save()
  return counts
}

export async function takeBuildings(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  const { batch, rooms } = taking
  const counts = noCounts()
  const old: { row: GoodRow; id: string }[] = []
  for (const row of rows) {
    if (!row.room) continue
    const { found, isNew } = rooms.makeBuilding(row.room, row.gridId ?? batch.place_id, row.values)
    if (found.gridId === null) counts.noGrid++
    if (isNew) counts.created++
    else old.push({ row, id: found.id })
  }
  const records = new HeldRecords(taking, 'building')
  const held = await holdAll(
    taking,
    records,
    'building',
    old.map((o) => o.id),
  )
  for (const { row, id } of old) {
    const there = held.get(id)
    counts[there && records.give(there, { ...row.values, no: null }) ? 'changed' : 'same']++
  }
  if (taking.isReal) await records.save()
  return counts
}

/** Given where a file says nothing of it. */
const usualFacility = { kind: 'other', cycleDays: 30 }

export async function takeFacilities(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  const { ctx, batch } = taking
  const counts = noCounts()
  const records = new HeldRecords(taking, 'facility')
  const names = rows.map((row) => String(row.values['name']))
  const there = new Map<string, Held>()
  for (const row of await listByNames(ctx.tx, 'facility', batch.county_code, names)) {
    if (!dutiesOver(ctx, row).duties.has('registry.import')) continue
    const held = records.hold(row)
    there.set(facilityKey(held.values, row.grid_id ?? row.village_id), held)
  }
  for (const row of rows) {
    const placeId = row.gridId ?? batch.place_id
    const place = placeFor(ctx, placeId)
    if (place.gridId === null) counts.noGrid++
    const values = { ...usualFacility, ...row.values }
    const held = there.get(facilityKey(values, place.gridId ?? place.villageId))
    if (held) counts[records.give(held, row.values) ? 'changed' : 'same']++
    else {
      counts.created++
      records.make(values, placeId)
    }
  }
  if (taking.isReal) await records.save()
  return counts
}

async function holdAll(
  { ctx, batch }: Taking,
  records: HeldRecords,
  kind: 'estate' | 'building',
  ids: readonly (string | undefined)[],
): Promise<Map<string, Held>> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
  const rows = await findRecords(ctx.tx, kind, batch.county_code, wanted)
  return new Map(
    rows.filter((row) => dutiesOver(ctx, row).duties.has('registry.import')).map((row) => [row.id, records.hold(row)]),
  )
}
