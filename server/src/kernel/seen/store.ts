/** What an operator wants to know of the database, and the two small tables that the server keeps for him. */
import { rowOf, rowsOf, run, sql } from '../db/sql.ts'
import type { Reading, Row, Tx } from '../db/tx.ts'

/** The last minute that was believed, and what the clock of the database says; both in milliseconds. */
export async function readClock(reading: Reading): Promise<{ mark: number | undefined; database: number }> {
  const row = await rowOf<{ mark: Date | null; database: Date }>(
    reading,
    sql`
      select
        (
          select at
          from kernel.clock
        ) as mark,
        clock_timestamp() as database
    `,
  )
  return { mark: row?.mark?.getTime(), database: row!.database.getTime() }
}

export async function saveClock(tx: Tx, now: number): Promise<void> {
  await run(
    tx,
    sql`
      insert into kernel.clock (at)
      values (${new Date(now)})
      on conflict (only_one) do update
      set at = excluded.at
    `,
  )
}

export type JobRun = Row<'kernel.job_run'>

export async function saveJobRun(tx: Tx, name: string, at: number, tookMs: number): Promise<void> {
  await run(
    tx,
    sql`
      insert into kernel.job_run (name, succeeded_at, took_ms)
      values (${name}, ${new Date(at)}, ${tookMs})
      on conflict (name) do update
      set succeeded_at = excluded.succeeded_at, took_ms = excluded.took_ms, failures = 0
    `,
  )
}

export async function saveJobFailure(tx: Tx, name: string, at: number): Promise<void> {
  await run(
    tx,
    sql`
      insert into kernel.job_run (name, failed_at, failures)
      values (${name}, ${new Date(at)}, 1)
      on conflict (name) do update
      set failed_at = excluded.failed_at, failures = kernel.job_run.failures + 1
    `,
  )
}

export const listJobRuns = (reading: Reading): Promise<JobRun[]> =>
  rowsOf<JobRun>(
    reading,
    sql`select name, succeeded_at, took_ms, failed_at, failures from kernel.job_run order by name`,
  )

/** Bytes of the whole database. */
export async function readDatabaseSize(reading: Reading): Promise<number> {
  const row = await rowOf<{ bytes: number }>(reading, sql`select pg_database_size(current_database()) as bytes`)
  return row!.bytes
}
