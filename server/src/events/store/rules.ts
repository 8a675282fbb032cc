/** The catalogue and the work calendar in the database: dated rows, days, office hours. */
import { StoredCategory, StoredHours, type OfficeHours } from '@fengge/domain/events/stored'
import type { Category } from '@fengge/domain/events/terms'
import type { z } from 'zod'
import { rowOf, rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** Every row of the catalogue, of today and before. */
export async function listCategories(tx: Reading, county: string): Promise<Category[]> {
  const rows = await rowsOf<Pick<Row<'events.category'>, 'code' | 'valid_from' | 'valid_to' | 'body'>>(
    tx,
    sql`
      select code, valid_from, valid_to, body
      from events.category
      where county_code = ${county}
      order by code, valid_from
    `,
  )
  return rows.map((r) => ({
    ...StoredCategory.read(r.body),
    code: r.code,
    validFrom: r.valid_from,
    validTo: r.valid_to,
  }))
}

export async function hasCatalogue(tx: Reading, county: string): Promise<boolean> {
  return (await rowOf(tx, sql`select 1 from events.category where county_code = ${county} limit 1`)) !== undefined
}

/** Puts a row in force from its day; the one before ends that day, one of the same day or later is replaced. */
export async function saveCategory(tx: Tx, county: string, category: Omit<Category, 'validTo'>): Promise<void> {
  const { code, validFrom, ...body } = category
  await run(
    tx,
    sql`
      delete from events.category
      where county_code = ${county} and code = ${code} and valid_from >= ${validFrom}
    `,
  )
  await run(
    tx,
    sql`
      update events.category
      set valid_to = ${validFrom}
      where county_code = ${county} and code = ${code} and (valid_to is null or valid_to > ${validFrom})
    `,
  )
  await run(
    tx,
    sql`
      insert into events.category (county_code, code, valid_from, body)
      values (${county}, ${code}, ${validFrom}, ${JSON.stringify(StoredCategory.numbered(body))}::jsonb)
    `,
  )
}

/** Ends a row of the catalogue. @returns whether there was one in force to end */
export async function endCategory(tx: Tx, county: string, code: string, on: string): Promise<boolean> {
  const changed = await run(
    tx,
    sql`
      update events.category
      set valid_to = ${on}
      where county_code = ${county} and code = ${code} and valid_to is null and valid_from < ${on}
    `,
  )
  return changed > 0
}

export type Day = Pick<Row<'events.calendar_day'>, 'day' | 'name' | 'source'> & { kind: 'holiday' | 'swap' }

export function listDays(tx: Reading, county: string): Promise<Day[]> {
  return rowsOf<Day>(
    tx,
    sql`select day, kind, name, source from events.calendar_day where county_code = ${county} order by day`,
  )
}

export function listDaysOf(tx: Reading, county: string, year: number): Promise<Day[]> {
  return rowsOf<Day>(
    tx,
    sql`
      select day, kind, name, source
      from events.calendar_day
      where county_code = ${county} and day between ${`${year}-01-01`} and ${`${year}-12-31`}
      order by day
    `,
  )
}

export async function clearDays(tx: Tx, county: string, year: number): Promise<void> {
  await run(
    tx,
    sql`
      delete from events.calendar_day
      where county_code = ${county} and day between ${`${year}-01-01`} and ${`${year}-12-31`}
    `,
  )
}

export async function saveDays(tx: Tx, county: string, days: readonly Day[]): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.calendar_day (county_code, day, kind, name, source)
      select ${county}, day, kind, name, source
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d (day date, kind text, name text, source text)
      on conflict do nothing
    `,
  )
}

type Windows = z.infer<typeof OfficeHours>

/** Office hours with their version; none where a county has set none. */
export async function findHours(
  tx: Reading,
  county: string,
): Promise<{ version: number; windows: Windows } | undefined> {
  const row = await rowOf<Pick<Row<'events.office_hours'>, 'version' | 'windows' | 'shape'>>(
    tx,
    sql`select version, windows, shape from events.office_hours where county_code = ${county}`,
  )
  return row && { version: row.version, windows: StoredHours.read(row.windows, row.shape) }
}

export async function saveHours(tx: Tx, county: string, windows: Windows): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.office_hours (county_code, version, windows, shape)
      values (${county}, 1, ${JSON.stringify(windows)}::jsonb, ${StoredHours.now})
      on conflict (county_code) do update
      set version = events.office_hours.version + 1, windows = excluded.windows, shape = excluded.shape
    `,
  )
}
