/**
 * Writes that are pure inserts, many senders in one transaction. What arrives while a group is under way waits
 * for the next group, so a quiet server writes at once and a busy one shares the cost of a statement and a
 * commit. Nobody is answered before his rows are committed. When one of a group is refused by the database,
 * nothing of the group was written, and each is then written alone: a refusal never touches a neighbour.
 */
import { runNamed, sql, type Tx } from './pool.ts'
import type { Sink } from './sink.ts'

/** Rows by sink, in the order of the writer's sinks. */
export type SinkRows = readonly (readonly object[])[]

interface Waiting { readonly rows: SinkRows; resolve(): void; reject(error: unknown): void }

export interface GroupWriter { write(rows: SinkRows): Promise<void> }

const mostGroups = 1
const mostOfGroup = 64

export function createGroupWriter(tx: Tx, name: string, sinks: readonly Sink<never>[]): GroupWriter {
  const queue: Waiting[] = []
  let running = 0

  const save = (group: readonly Waiting[]) => {
    const parts = sinks.map((sink, i) => sql`${sql.ref(`rows_${i}`)} as (${sink.into(group.flatMap((w) => w.rows[i] ?? []) as never[])})`)
    return runNamed(tx, name, sql`with ${sql.join(parts)} select 1`)
  }
  const settle = async (group: readonly Waiting[]) => {
    try {
      await save(group)
      for (const one of group) one.resolve()
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error)
      else for (const one of group) await settle([one])
    }
  }
  const pump = () => {
    while (queue.length > 0 && running < mostGroups) {
      running++
      void settle(queue.splice(0, mostOfGroup)).finally(() => {
        running--
        pump()
      })
    }
  }
  return {
    write: (rows) => new Promise((resolve, reject) => {
      queue.push({ rows, resolve, reject })
      // Whatever came in with the same turn of the event loop goes together.
      if (queue.length === 1) setImmediate(pump)
    }),
  }
}
