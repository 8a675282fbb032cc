/** Buildings as a table writes them: an estate, however it is written or whatever else it is called, and a number. */
import { estateName } from '@fengge/domain/registry/addresses/estate-name'
import type { Reading } from '../../kernel/db/tx.ts'
import { listEstates, namesOf } from '../bulk/store/records.ts'
import { listStandingBuildings, type LookedIn, type StandingBuilding } from '../store/buildings.ts'

export type WrittenBuilding = StandingBuilding
interface Written {
  readonly estate: string
  readonly no: string
}

/** How a building's number ends as people write it; it is kept without. */
const ending = /(?<=.)(?:幢|栋|座|号楼|号|#)$/
const numberOf = (no: string): string => no.trim().replace(ending, '').toUpperCase()

/** @returns what finds those that a table means: more than one where several estates of a name have such a building */
export async function findWrittenBuildings(
  tx: Reading,
  within: LookedIn,
  written: readonly Written[],
): Promise<(one: Written) => readonly WrittenBuilding[]> {
  const wanted = new Set(written.map((w) => estateName(w.estate)))
  const estates = new Map<string, readonly string[]>()
  for (const estate of wanted.size === 0 ? [] : await listEstates(tx, within.county, null)) {
    const names = [...new Set(namesOf(estate).map(estateName))].filter((name) => wanted.has(name))
    if (names.length > 0) estates.set(estate.id, names)
  }
  const buildings = await listStandingBuildings(tx, within, [...estates.keys()])
  const byName = Map.groupBy(
    buildings.flatMap((b) => (estates.get(b.parent_id) ?? []).map((name) => ({ key: keyOf(name, b.name), b }))),
    ({ key }) => key,
  )
  return ({ estate, no }) => (byName.get(keyOf(estateName(estate), no)) ?? []).map(({ b }) => b)
}

const keyOf = (name: string, no: string): string => `${name}/${numberOf(no)}`
