/** The tables an intake inserts into, and its rows in one statement inside a running transaction. */
import type { Sink } from '../../kernel/db/sink.ts'
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import { eventSink } from './event.ts'
import { evidenceSink } from './evidence.ts'
import { flowSink } from './flow.ts'
import { noticeSink } from './notices.ts'
import { reporterSink } from './reporters.ts'

export const intakeSinks: readonly Sink<never>[] = [eventSink, flowSink, reporterSink, evidenceSink, noticeSink]

/** Rows of an intake by sink, in the order of `intakeSinks`. */
export type IntakeRows = readonly (readonly object[])[]

/** Writes the rows of an intake; a table without rows is left out. */
export async function saveIntake(tx: Tx, rows: IntakeRows): Promise<void> {
  const parts = intakeSinks.flatMap((sink, i) => {
    const mine = rows[i] ?? []
    return mine.length === 0 ? [] : [sql`${sql.ref(`rows_${i}`)} as (${sink.into(mine as readonly never[])})`]
  })
  if (parts.length > 0) await run(tx, sql`with ${sql.join(parts)} select 1`)
}
