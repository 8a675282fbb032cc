/** What the suggestions learn from: rulings, labelled texts, and the models made of them. */
import { rowOf, rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export interface Precedent {
  readonly id: string
  readonly categoryCode: string
  readonly departmentId: string
  readonly eventId: string
  readonly reason: string
  readonly at: number
}

export async function savePrecedent(tx: Tx, county: string, p: Precedent): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.precedent (county_code, id, category_code, department_id, event_id, reason, ruled_at)
      values (${county}, ${p.id}, ${p.categoryCode}, ${p.departmentId}, ${p.eventId}, ${p.reason}, ${new Date(p.at)})
    `,
  )
}

/** Departments that a category was last ruled to, newest first. */
export async function listRuled(tx: Reading, county: string, categoryCode: string): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'events.precedent'>, 'department_id'>>(
    tx,
    sql`
      select department_id
      from events.precedent
      where county_code = ${county} and category_code = ${categoryCode}
      order by ruled_at desc
      limit 5
    `,
  )
  return rows.map((r) => r.department_id)
}

export type LabelKind = 'topic' | 'category'
export interface LabelledText {
  readonly kind: LabelKind
  readonly id: string
  readonly label: string
  readonly text: string
  readonly at: number
}

export async function saveExample(tx: Tx, county: string, e: LabelledText): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.example (county_code, id, kind, label, text, at)
      values (${county}, ${e.id}, ${e.kind}, ${e.label}, ${e.text}, ${new Date(e.at)})
      on conflict (county_code, kind, id) do update
      set label = excluded.label, text = excluded.text, at = excluded.at
    `,
  )
}

/** Of the newest 20,000 the newest of each label, so that no label speaks for all; of each text as much as says what it is about. */
export function listExamples(
  tx: Reading,
  county: string,
  kind: LabelKind,
): Promise<Pick<Row<'events.example'>, 'label' | 'text'>[]> {
  return rowsOf(
    tx,
    sql`
      select label, left(text, ${longestExample}) as text
      from (
          select
            e.label,
            e.text,
            e.at,
            row_number() over (
              partition by e.label
              order by e.at desc
            ) as n
          from (
              select label, text, at
              from events.example
              where county_code = ${county} and kind = ${kind}
              order by at desc
              limit 20000
            ) e
        ) x
      where n <= ${mostOfLabel}
      order by at desc
      limit ${mostExamples}
    `,
  )
}
const longestExample = 600
const mostOfLabel = 300
const mostExamples = 6000

/** Counties that have something to learn from. */
export async function listLearning(tx: Reading): Promise<string[]> {
  const rows = await rowsOf<Pick<Row<'events.example'>, 'county_code'>>(
    tx,
    sql`select distinct county_code from events.example`,
  )
  return rows.map((r) => r.county_code)
}

export function findModel(
  tx: Reading,
  county: string,
  kind: LabelKind,
): Promise<Pick<Row<'events.model'>, 'body'> | undefined> {
  return rowOf(tx, sql`select body from events.model where county_code = ${county} and kind = ${kind}`)
}

export interface Trained {
  readonly kind: LabelKind
  readonly at: number
  readonly examples: number
  /** As it is stored, in JSON. */
  readonly body: string
}

export async function saveModel(tx: Tx, county: string, { kind, at, examples, body }: Trained): Promise<void> {
  await run(
    tx,
    sql`
      insert into events.model (county_code, kind, trained_at, examples, body)
      values (${county}, ${kind}, ${new Date(at)}, ${examples}, ${body}::jsonb)
      on conflict (county_code, kind) do update
      set trained_at = excluded.trained_at, examples = excluded.examples, body = excluded.body
    `,
  )
}
