/** The list of grid matters in the database. */
import type { Matter } from '@fengge/domain/matters/terms'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import type { Tx, Reading, Row } from '../../kernel/db/tx.ts'

const columns = sql.raw(`
  m.id, m.code, m.name, m.name_en as "nameEn", m.class_code as "classCode", m.class_name as "className",
  m.class_name_en as "classNameEn", m.kind, m.owner, m.task_kinds as "taskKinds", m.objects, m.steps, m.minutes,
  m.effort, m.frequency, m.funding, m.basis, m.evidence,
  m.evidence_why as "evidenceWhy", m.set_code as "setCode", m.is_reconstructed as "isReconstructed",
  m.valid_from as "validFrom", m.valid_to as "validTo", m.version
`)

/** Every matter there is or was, set by set. */
export function listAllMatters(tx: Reading, county: string): Promise<Matter[]> {
  return rowsOf<Matter>(
    tx,
    sql`
      select ${columns}
      from matters.matter m
      where m.county_code = ${county}
      order by m.set_code, m.code, m.valid_from
    `,
  )
}

export async function hasMatters(tx: Reading, county: string): Promise<boolean> {
  const found = await rowOf<{ one: number }>(
    tx,
    sql`select 1 as one from matters.matter where county_code = ${county} limit 1`,
  )
  return found !== undefined
}

export function listMattersOn(tx: Reading, county: string, day: string): Promise<Matter[]> {
  return rowsOf<Matter>(
    tx,
    sql`
      select ${columns}
      from matters.matter m
      where m.county_code = ${county} and m.valid_from <= ${day} and (m.valid_to is null or m.valid_to >= ${day})
      order by m.code
    `,
  )
}

/** Ids of what ended before a day. */
export async function listEndedMatters(tx: Reading, county: string, day: string): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'matters.matter'>, 'id'>>(
    tx,
    sql`select id from matters.matter where county_code = ${county} and valid_to < ${day}::date`,
  )
  return rows.map((r) => r.id)
}

export function findMatter(tx: Reading, county: string, id: string): Promise<Matter | undefined> {
  return rowOf<Matter>(
    tx,
    sql`select ${columns} from matters.matter m where m.county_code = ${county} and m.id = ${id}`,
  )
}

export async function insertMatter(tx: Tx, county: string, m: Matter): Promise<void> {
  await run(
    tx,
    sql`
      insert into matters.matter (
          county_code, id, code, name, name_en, class_code, class_name, class_name_en, kind, owner, task_kinds,
          objects, steps, minutes, effort, frequency, funding, basis, evidence, evidence_why, set_code, is_reconstructed, valid_from, valid_to
        )
      values
        (
          ${county}, ${m.id}, ${m.code}, ${m.name}, ${m.nameEn}, ${m.classCode}, ${m.className}, ${m.classNameEn},
          ${m.kind}, ${m.owner}, ${m.taskKinds}::text[], ${m.objects}::text[], ${m.steps}, ${m.minutes}, ${m.effort},
          ${m.frequency}, ${m.funding}, ${m.basis}, ${m.evidence}, ${m.evidenceWhy},
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
        class_name_en = ${m.classNameEn}, kind = ${m.kind}, owner = ${m.owner},
        task_kinds = ${m.taskKinds}::text[], objects = ${m.objects}::text[], steps = ${m.steps},
        minutes = ${m.minutes}, effort = ${m.effort}, frequency = ${m.frequency}, funding = ${m.funding}, basis = ${m.basis}, evidence = ${m.evidence}, evidence_why = ${m.evidenceWhy},
        valid_from = ${m.validFrom}, valid_to = ${m.validTo}, version = version + 1
      where county_code = ${county} and id = ${m.id}
    `,
  )
}

/** Ends every matter of a set the day before a day; those that would end before they begin go out the same day. */
export function endSet(tx: Tx, county: string, setCode: string, on: string): Promise<number> {
  return run(
    tx,
    sql`
      update matters.matter
      set valid_to = greatest(valid_from, ${on}::date - 1), version = version + 1
      where county_code = ${county} and set_code = ${setCode} and (valid_to is null or valid_to >= ${on}::date)
    `,
  )
}
