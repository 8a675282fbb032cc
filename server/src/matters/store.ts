/** The list of grid matters in the database. */
import type { Matter } from '@fengge/domain/matters/terms'
import { rowOf, rowsOf, sql, type RawBuilder, run, rowsWritten } from '../kernel/db/sql.ts'
import type { Tx, Reading } from '../kernel/db/tx.ts'

const columns = sql.raw(
  `m.id, m.code, m.name, m.name_en as "nameEn", m.class_code as "classCode", m.class_name as "className", m.class_name_en as "classNameEn", m.kind, m.owner, m.minutes, m.frequency, m.basis, m.evidence, m.evidence_why as "evidenceWhy", m.set_code as "setCode", m.is_reconstructed as "isReconstructed", m.valid_from as "validFrom", m.valid_to as "validTo", m.version`,
)

export function findMatters(tx: Reading, county: string, rest: RawBuilder<unknown>): Promise<Matter[]> {
  return rowsOf<Matter>(
    tx,
    sql<Matter>`select ${columns} from matters.matter m where m.county_code = ${county} ${rest}`,
  )
}
export function findMatter(tx: Reading, county: string, id: string): Promise<Matter | undefined> {
  return rowOf<Matter>(
    tx,
    sql<Matter>`select ${columns} from matters.matter m where m.county_code = ${county} and m.id = ${id}`,
  )
}

export async function insertMatter(tx: Tx, county: string, m: Matter): Promise<void> {
  await run(
    tx,
    sql`
      insert into matters.matter (
          county_code, id, code, name, name_en, class_code, class_name, class_name_en, kind, owner, minutes,
          frequency, basis, evidence, evidence_why, set_code, is_reconstructed, valid_from, valid_to
        )
      values
        (
          ${county}, ${m.id}, ${m.code}, ${m.name}, ${m.nameEn}, ${m.classCode}, ${m.className}, ${m.classNameEn},
          ${m.kind}, ${m.owner}, ${m.minutes}, ${m.frequency}, ${m.basis}, ${m.evidence}, ${m.evidenceWhy},
          ${m.setCode}, ${m.isReconstructed}, ${m.validFrom}, ${m.validTo}
        )
    `,
  )
}
export async function updateMatter(tx: Tx, county: string, m: Matter): Promise<void> {
  await run(
    tx,
    sql`
      update matters.matter
      set
        name = ${m.name}, name_en = ${m.nameEn}, class_code = ${m.classCode}, class_name = ${m.className},
        class_name_en = ${m.classNameEn}, kind = ${m.kind}, owner = ${m.owner}, minutes = ${m.minutes},
        frequency = ${m.frequency}, basis = ${m.basis}, evidence = ${m.evidence}, evidence_why = ${m.evidenceWhy},
        valid_from = ${m.validFrom}, valid_to = ${m.validTo}, version = version + 1
      where county_code = ${county} and id = ${m.id}
    `,
  )
}
/** Ends every matter of a set the day before a day; those that would end before they begin go out the same day. */
export async function endSet(tx: Tx, county: string, setCode: string, on: string): Promise<number> {
  return (
    await rowsWritten(
      tx,
      sql`
        update matters.matter
        set valid_to = greatest(valid_from, ${on}::date - 1), version = version + 1
        where county_code = ${county} and set_code = ${setCode} and (valid_to is null or valid_to >= ${on}::date)
        returning id
      `,
    )
  ).length
}
