/**
 * Whether a row of a file and a unit at hand are one: its credit code says so; without one the name does, where one
 * place lies within the other. A chain has a shop of the same name in every grid.
 */
export interface UnitTraits {
  readonly code: string | null
  readonly name: string
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

const fits = (a: string | null, b: string | null) => a === null || b === null || a === b

export function isSameUnit(row: UnitTraits, unit: UnitTraits): boolean {
  if (row.code !== null) return row.code === unit.code
  return (
    row.name === unit.name &&
    fits(row.gridId, unit.gridId) &&
    fits(row.villageId, unit.villageId) &&
    fits(row.townId, unit.townId)
  )
}
