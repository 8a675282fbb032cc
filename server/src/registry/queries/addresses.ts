/** Where houses stand, in words: each with its building and its estate. */
import {
  addressEndings,
  addressLine,
  addressOrder,
  doorEnding,
  wholeHouse,
  type AddressParts,
} from '@fengge/domain/registry/addresses/address-line'
import type { Asking } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { findRecords, type RecordRow } from '../store/records.ts'

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

export const addressOf = (house: RecordRow, building: RecordRow | undefined, estate: RecordRow | undefined): string =>
  addressLine({
    estate: estate?.name,
    building: building?.name,
    unitNo: text(house.body['unitNo']),
    room: house.name,
  })

/** The same as an expression of SQL, over the columns where the parts stand. @example addressText({ estate: 'e.name', … }) */
export function addressText(columns: Readonly<Record<keyof AddressParts, string>>): RawBuilder<string> {
  const parts = addressOrder.map((name) => sql`nullif(${sql.ref(columns[name])}, '') || ${addressEndings[name]}::text`)
  const { estate, building, room } = columns
  return sql<string>`
    case
      when ${sql.ref(room)} = ${wholeHouse} then concat(${sql.ref(estate)}, ${sql.ref(building)}, ${doorEnding}::text)
      else concat(${sql.join(parts)})
    end
  `
}

/** Addresses of houses, by their ids. */
export async function addressesOf(ctx: Asking, houses: readonly RecordRow[]): Promise<Map<string, string>> {
  const county = ctx.caller.countyCode
  const parentsOf = (rows: readonly RecordRow[]) => [...new Set(rows.flatMap((row) => row.parent_id ?? []))]
  const buildings = await findRecords(ctx.tx, 'building', county, parentsOf(houses))
  const estates = await findRecords(ctx.tx, 'estate', county, parentsOf(buildings))
  const named = new Map([...buildings, ...estates].map((row) => [row.id, row]))
  return new Map(
    houses.map((house) => {
      const building = named.get(house.parent_id ?? '')
      return [house.id, addressOf(house, building, named.get(building?.parent_id ?? ''))]
    }),
  )
}
