/** Forms in the database: their body as JSON, read by its shape. */
import { staysCore, type Form } from '@fengge/domain/visits/forms'
import { readyForms } from '@fengge/domain/visits/ready-forms'
import { StoredForm } from '@fengge/domain/visits/stored'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import type { Tx, Reading, Row } from '../../kernel/db/tx.ts'

type FormRow = Pick<Row<'visits.form'>, 'body' | 'shape' | 'version'>
const formOf = (row: FormRow): Form => {
  const form = StoredForm.read(row.body, row.shape)
  return { ...form, isCore: staysCore(form.code, form), version: row.version }
}

export async function listForms(tx: Reading, county: string): Promise<Form[]> {
  const rows = await rowsOf<FormRow>(
    tx,
    sql`select body, shape, version from visits.form where county_code = ${county} order by code`,
  )
  return rows.map(formOf)
}

export async function findForm(tx: Reading, county: string, code: string): Promise<Form | undefined> {
  const row = await rowOf<FormRow>(
    tx,
    sql`select body, shape, version from visits.form where county_code = ${county} and code = ${code}`,
  )
  return row && formOf(row)
}

export async function saveFormRow(tx: Tx, county: string, form: Form): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.form (county_code, code, body, shape)
      values (${county}, ${form.code}, ${JSON.stringify(form)}::jsonb, ${StoredForm.now})
      on conflict (county_code, code) do update
      set body = excluded.body, shape = excluded.shape, version = visits.form.version + 1
    `,
  )
}

export async function saveReadyForms(tx: Tx, county: string): Promise<void> {
  for (const form of readyForms)
    await run(
      tx,
      sql`
        insert into visits.form (county_code, code, body, shape)
        values (${county}, ${form.code}, ${JSON.stringify(form)}::jsonb, ${StoredForm.now})
        on conflict do nothing
      `,
    )
}
