/** A household's page by the product's own statement, and the row of the journal that a look at it is. */
import { dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { run, sql } from '@fengge/server/kernel/db/sql'
import type { Database } from '@fengge/server/kernel/db/pool'
import { findHousehold, type Household } from '@fengge/server/registry/store/household'

const county = '320206'

export async function readHousehold(database: Database, id: string): Promise<Household | undefined> {
  const household = await findHousehold(database.read, county, { houseId: id, today: dayOf(Date.now()) })
  await tellLook(database)
  return household
}

function tellLook(database: Database): Promise<number> {
  return database.write((tx) =>
    run(
      tx,
      sql`
        insert into audit.journal (county_code, id, at, kind, fact, detail, mac)
        values (${county}, ${freshId()}, now(), 'look', 'bench', '{}', '')
      `,
    ),
  )
}
