/** The statements of a household's page, and the row of the journal that a look at it is. */
import { freshId } from '@fengge/server/kernel/fresh-id'
import { rowOf, rowsOf, run, sql } from '@fengge/server/kernel/db/sql'
import type { Database } from '@fengge/server/kernel/db/pool'

const county = '320206'

interface Standing {
  readonly parent_id: string
}

export async function readHousehold(database: Database, id: string): Promise<object> {
  const tx = database.read
  const kind = await rowOf<{ kind: string }>(
    tx,
    sql`select 'house' as kind from registry.house where county_code = ${county} and id = ${id}`,
  )
  const house = await rowOf<Standing>(
    tx,
    sql`select * from registry.house where county_code = ${county} and id = ${id}`,
  )
  const building = await rowOf<Standing>(
    tx,
    sql`select * from registry.building where county_code = ${county} and id = ${house!.parent_id}`,
  )
  const [estate, links] = await Promise.all([
    rowOf(tx, sql`select * from registry.estate where county_code = ${county} and id = ${building!.parent_id}`),
    rowsOf<{ person_id: string }>(
      tx,
      sql`
        select *
        from registry.link
        where county_code = ${county} and house_id = ${id}
        order by to_on nulls first, is_lead desc, from_on
        limit 200
      `,
    ),
  ])
  const ids = links.map((l) => l.person_id)
  const [people, overlays] = await Promise.all([
    rowsOf(tx, sql`select * from registry.person where county_code = ${county} and id = any(${ids}::uuid[])`),
    rowsOf(
      tx,
      sql`
        select person_id
        from registry.overlay
        where county_code = ${county} and person_id = any(${ids}::uuid[]) and ended_on is null
      `,
    ),
  ])
  await tellLook(database)
  return { kind, house, building, estate, links, people, overlays }
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
