/**
 * Writes that are pure inserts, many senders in one transaction. What arrives while a group is under way waits
 * for the next group, so a quiet server writes at once and a busy one shares the cost of a statement and a
 * commit. Nobody is answered before his rows are committed. When one of a group is refused by the database,
 * nothing of the group was written, and each is then written alone: a refusal never touches a neighbour.
 */
import { groupsWaiting } from '../seen/groups-waiting.ts'
import { runNamed } from './sql.ts'
import type { Inserts } from './tx.ts'
import { rowsNamed, type RowsFor, type Sinks } from './sink.ts'

interface Waiting {
  readonly rows: Readonly<Record<string, readonly object[]>>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface GroupWriter<S extends Sinks, O extends Sinks> {
  readonly write: (rows: RowsFor<S>, own: RowsFor<O>) => Promise<void>
}

const mostOfGroup = 64

/**
 * @param sinks what senders write into
 * @param own what whoever makes the writer adds to it
 */
export function createGroupWriter<S extends Sinks, O extends Sinks>(
  handle: Inserts,
  name: string,
  sinks: S,
  own: O,
): GroupWriter<S, O> {
  const all = Object.entries<Sinks[string]>({ ...sinks, ...own })
  const queue: Waiting[] = []
  let isRunning = false
  // The text is made once: only what is written differs.
  let statement = ''
  let used = 0
  all.forEach(([, sink], i) => {
    statement += `${i === 0 ? 'with ' : ', '}rows_${i} as (${sink.text(used + 1)})`
    used += sink.width
  })
  statement += ' select 1'

  const save = (group: readonly Waiting[]) =>
    runNamed(
      handle,
      name,
      statement,
      all.flatMap(([rows, sink]) => sink.values(group.flatMap((w) => rowsNamed(w.rows, rows)))),
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
        groupsWaiting.set({ writer: name }, queue.length)
        pump()
      })
    }
  }
  return {
    write: (rows, more) =>
      new Promise((resolve, reject) => {
        queue.push({ rows: { ...rows, ...more }, resolve, reject })
        // Whatever came in with the same turn of the event loop goes together.
        if (queue.length === 1) setImmediate(pump)
      }),
  }
}
