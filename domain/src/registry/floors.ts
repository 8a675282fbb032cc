/**
 * A building as people stand before it: floors from the top, staircases side by side in their order, the rooms of each by
 * number. Rooms whose staircase nobody wrote down stand in a column of their own at the end.
 */
interface Room {
  readonly floor: number
  readonly unitNo: string
  readonly roomNo: string
}

export interface Floors<R> {
  /** Staircases in order; empty for rooms that name none. */
  readonly units: readonly string[]
  /** From the top; `rooms` stand by staircase, in the order of `units`. */
  readonly floors: readonly { readonly floor: number; readonly rooms: readonly (readonly R[])[] }[]
}

const inOrder = (a: string, b: string) =>
  Number(a === '') - Number(b === '') || a.localeCompare(b, 'zh-Hans-CN', { numeric: true })

export function layOutFloors<R extends Room>(rooms: readonly R[]): Floors<R> {
  const units = [...new Set(rooms.map((r) => r.unitNo))].toSorted(inOrder)
  const byFloor = [...Map.groupBy(rooms, (r) => r.floor)].toSorted(([a], [b]) => b - a)
  const floors = byFloor.map(([floor, held]) => ({
    floor,
    rooms: units.map((unit) => held.filter((r) => r.unitNo === unit).toSorted((a, b) => inOrder(a.roomNo, b.roomNo))),
  }))
  return { units, floors }
}
