/**
 * Reasons to look whether a house is let to too many (群租): people against rooms and area, and partitions. They are
 * reasons, not a finding. The limits are those that the list of gaps asks the database by.
 */
import type { Value } from './terms.ts'

export const groupRentLimits = { peoplePerRoom: 2, areaPerPerson: 5, from: 3 } as const
/** Uses of a house in which it is let. */
export const letUses: readonly string[] = ['rental', 'group']

export type GroupRentReason = 'people-per-room' | 'area-per-person' | 'partitioned'
export interface LetHouse {
  readonly use: string
  readonly rooms?: Value | undefined
  readonly areaM2?: Value | undefined
  readonly isPartitioned?: Value | undefined
}

export function judgeGroupRent(house: LetHouse, people: number): GroupRentReason[] {
  if (!letUses.includes(house.use)) return []
  const { peoplePerRoom, areaPerPerson, from } = groupRentLimits
  const { rooms, areaM2, isPartitioned } = house
  const reasons: GroupRentReason[] = []
  if (typeof rooms === 'number' && rooms > 0 && people > rooms * peoplePerRoom) reasons.push('people-per-room')
  if (typeof areaM2 === 'number' && people >= from && areaM2 / people < areaPerPerson) reasons.push('area-per-person')
  if (isPartitioned === true && people >= from) reasons.push('partitioned')
  return reasons
}
