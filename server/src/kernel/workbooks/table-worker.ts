/** Reads a table in a thread of its own: a page whenever one is asked for, so that it holds no more than that. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Problem } from '@fengge/domain/kernel/problem'
import type { Source } from '../file-bytes.ts'
import { problemOf } from '../problems.ts'
import { streamTable, type TableBars } from './stream-table.ts'

export interface TableTask {
  readonly source: Source
  readonly isXlsx: boolean
  readonly bars: TableBars
}
export type TableSaid = { readonly rows: string[][] } | { readonly end: true } | { readonly refused: Problem }

const { source, isXlsx, bars } = workerData as TableTask
const pages = streamTable(source, isXlsx, bars)
const say = (said: TableSaid) => parentPort!.postMessage(said)

parentPort!.on('message', () => {
  void pages.next().then(
    ({ value, done }) => say(done === true ? { end: true } : { rows: value }),
    (error: unknown) => {
      const refused = problemOf(error)
      if (!refused) throw error
      say({ refused })
    },
  )
})
