import { isSameUnit, type UnitTraits } from '@fengge/domain/registry/same-unit'
import type { Values } from '@fengge/domain/registry/terms'
import { dutiesOver, placeFor } from '../../sight.ts'
import type { Place } from '../../record-columns.ts'
import { HeldRecords, type Held } from '../held-records.ts'
import type { GoodRow } from '../judge-rows.ts'
import { listUnits } from '../store/records.ts'
import type { PageCounts } from '../page-counts.ts'
import type { Taking } from './take-page.ts'

export async function takeUnits(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  const counts = { created: 0, changed: 0, same: 0, noGrid: 0 }
  const records = new HeldRecords(taking, 'unit')
  const units = await findUnits(taking, rows, records)
  for (const row of rows) {
    const placeId = row.gridId ?? taking.batch.place_id
    const place = placeFor(taking.ctx, placeId)
    if (place.gridId === null) counts.noGrid++
    const traits = traitsOf(row.values, place)
    const there = units.find(traits)
    if (there) counts[records.give(there, row.values) ? 'changed' : 'same']++
    else {
      counts.created++
      units.add(traits, records.make(row.values, placeId))
    }
  }
  if (taking.isReal) await records.save()
  return counts
}

const textOf = (values: Values, code: string) => (values[code] ? String(values[code]) : null)
const traitsOf = (values: Values, place: Place): UnitTraits => ({
  code: textOf(values, 'creditCode'),
  name: String(values['name']),
  ...place,
})

/** Units at hand, by code and by name. */
class Units {
  private readonly by = new Map<string, { traits: UnitTraits; held: Held }[]>()

  add(traits: UnitTraits, held: Held): void {
    for (const key of new Set([traits.code ?? traits.name, traits.name])) {
      const there = this.by.get(key)
      if (there) there.push({ traits, held })
      else this.by.set(key, [{ traits, held }])
    }
  }

  find(row: UnitTraits): Held | undefined {
    return this.by.get(row.code ?? row.name)?.find((u) => isSameUnit(row, u.traits))?.held
  }
}

async function findUnits(taking: Taking, rows: readonly GoodRow[], records: HeldRecords): Promise<Units> {
  const codes = rows.flatMap((r) => textOf(r.values, 'creditCode') ?? [])
  const names = rows.flatMap((r) => (textOf(r.values, 'creditCode') === null ? String(r.values['name']) : []))
  const units = new Units()
  for (const row of await listUnits(taking.ctx.tx, taking.batch.county_code, { codes, names })) {
    // A firm of another place stays as it is there.
    if (!dutiesOver(taking.ctx, row).duties.has('registry.import')) continue
    const place = { gridId: row.grid_id, villageId: row.village_id, townId: row.town_id }
    const held = records.hold(row)
    units.add(traitsOf(held.values, place), held)
  }
  return units
}
