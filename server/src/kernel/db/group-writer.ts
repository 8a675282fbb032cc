/**
 * Writes that are pure inserts, many senders in one transaction. What arrives while a group is under way waits
 * for the next group, so a quiet server writes at once and a busy one shares the cost of a statement and a
 * commit. Nobody is answered before his rows are committed. When one of a group is refused by the database,
 * nothing of the group was written, and each is then written alone: a refusal never touches a neighbour.
 */
import { runNamed } from './sql.ts'
import type { Inserts } from './tx.ts'
import type { Sink } from './sink.ts'

/** Rows by sink, in the order of the writer's sinks. */
export type SinkRows = readonly (readonly object[])[]

interface Waiting {
  readonly rows: SinkRows
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export type { Sink }

export interface GroupWriter {
  readonly write: (rows: SinkRows) => Promise<void>
}

const mostOfGroup = 64

export function createGroupWriter(handle: Inserts, name: string, sinks: readonly Sink<never>[]): GroupWriter {
  const queue: Waiting[] = []
  let isRunning = false
  // The text is made once: only what is written differs.
  let statement = ''
  let used = 0
  sinks.forEach((sink, i) => {
    statement += `${i === 0 ? 'with ' : ', '}rows_${i} as (${sink.text(used + 1)})`
    used += sink.width
  })
  statement += ' select 1'

  const save = (group: readonly Waiting[]) =>
    runNamed(
      handle,
      name,
      statement,
      sinks.flatMap((sink, i) => sink.values(group.flatMap((w) => w.rows[i] ?? []) as never[])),
    )
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
    if (queue.length > 0 && !isRunning) {
      isRunning = true
      void settle(queue.splice(0, mostOfGroup)).finally(() => {
        isRunning = false
        pump()
      })
    }
  }
  return {
    write: (rows) =>
      new Promise((resolve, reject) => {
        queue.push({ rows, resolve, reject })
        // Whatever came in with the same turn of the event loop goes together.
        if (queue.length === 1) setImmediate(pump)
      }),
  }
}
