/** The tables an intake inserts into, and its rows in one statement inside a running transaction. */
import type { RowsFor } from '../../kernel/db/sink.ts'
import { run, sql } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import { eventSink } from './event.ts'
import { evidenceSink } from './evidence.ts'
import { flowSink } from './flow.ts'
import { noticeSink } from './notices.ts'
import { reporterSink } from './reporters.ts'

export const intakeSinks = {
  event: eventSink,
  flow: flowSink,
  reporter: reporterSink,
  evidence: evidenceSink,
  notice: noticeSink,
}

export type IntakeRows = RowsFor<typeof intakeSinks>

/** Writes the rows of an intake by a text that never varies: where there is no evidence or notice, of none. */
export async function saveIntake(tx: Tx, { event, flow, reporter, evidence, notice }: IntakeRows): Promise<void> {
  await run(
    tx,
    sql`
      with
        rows_event as (${eventSink.into(event)}),
        rows_flow as (${flowSink.into(flow)}),
        rows_reporter as (${reporterSink.into(reporter)}),
        rows_evidence as (${evidenceSink.into(evidence)}),
        rows_notice as (${noticeSink.into(notice)})
      select 1
    `,
  )
}
