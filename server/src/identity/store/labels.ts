/** How a county calls its roles and centres, in the database. */
import { readyOffices, type LabelKind } from '@fengge/domain/identity/labels'
import { rowsOf, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

type Words = 'name' | 'name_en'

/** The name of `identity.role r` as the county calls it. */
export const roleCalled = (county: RawBuilder<unknown>, words: Words): RawBuilder<string> => sql<string>`
  coalesce(
    (
      select b.${sql.ref(words)}
      from identity.label b
      where b.county_code = ${county} and b.kind = 'role' and b.code = r.code
    ),
    r.${sql.ref(words)}
  )
`

/** The centre of the place `places.public_place l` as the county calls it: the place, and what stands behind its name. */
export const centreCalled: RawBuilder<string> = sql<string>`
  l.name || coalesce(
    (
      select b.name
      from identity.label b
      where b.county_code = l.county_code and b.kind = 'office' and b.code = l.level
    ),
    case l.level
      when 'county' then ${sql.lit(readyOffices.county[0])}
      when 'town' then ${sql.lit(readyOffices.town[0])}
      else ''
    end
  )
`

type LabelRow = Pick<Row<'identity.label'>, 'kind' | 'code' | 'name' | 'name_en'>

export function listLabelRows(reading: Reading, county: string): Promise<LabelRow[]> {
  return rowsOf<LabelRow>(
    reading,
    sql`select kind, code, name, name_en from identity.label where county_code = ${county} order by kind, code`,
  )
}

export async function saveLabelRow(tx: Tx, county: string, label: LabelRow): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.label (county_code, kind, code, name, name_en)
      values (${county}, ${label.kind}, ${label.code}, ${label.name}, ${label.name_en})
      on conflict (county_code, kind, code) do update
      set name = excluded.name, name_en = excluded.name_en
    `,
  )
}

/** Back to the word of the ready set. */
export async function dropLabelRow(tx: Tx, county: string, kind: LabelKind, code: string): Promise<void> {
  await run(tx, sql`delete from identity.label where county_code = ${county} and kind = ${kind} and code = ${code}`)
}
