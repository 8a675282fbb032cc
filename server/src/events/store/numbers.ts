/** Blocks of event numbers in the database. */
import { rowWritten, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'

export interface BlockOf {
  readonly county: string
  readonly areaCode: string
  readonly day: string
}

/** Reserves so many numbers of an area and day. @returns the last of them */
export async function reserveNumbers(tx: Tx, { county, areaCode, day }: BlockOf, size: number): Promise<number> {
  const row = await rowWritten<Pick<Row<'events.number_block'>, 'last'>>(
    tx,
    sql`
      insert into events.number_block (county_code, area_code, day, last)
      values (${county}, ${areaCode}, ${day}, ${size})
      on conflict (county_code, area_code, day) do update
      set last = events.number_block.last + ${size}
      returning last
    `,
  )
  return row!.last
}
