/** Compares two ledgers beside the server's own thread, so that nobody waits for the arithmetic. */
import { parentPort } from 'node:worker_threads'
import { clusterLedger, linkLedgers, type Pair } from '@fengge/domain/registry/linkage/link'
import { readRecord, type LedgerRow } from '@fengge/domain/registry/linkage/records'
import { bring, type Errand } from '../../kernel/beside.ts'
import { spellName } from '../spelling.ts'
import { slicesOf, type Cluster, type CompareSaid, type CompareTask } from './compared.ts'

let given: Record<'employers' | 'rentals', LedgerRow[]> = { employers: [], rentals: [] }
let found: CompareSaid[] | undefined

parentPort!.on('message', ({ given: task }: Errand) => parentPort!.postMessage(bring(() => take(task as CompareTask))))

function take(task: CompareTask): CompareSaid {
  if ('next' in task) {
    found ??= compare()
    return found.shift() ?? { end: true }
  }
  if ('begin' in task) {
    given = { employers: [], rentals: [] }
    found = undefined
  } else for (const row of task.rows) given[task.side].push(row)
  return { end: true }
}

function compare(): CompareSaid[] {
  const left = given.employers.map((r) => readRecord(r, spellName)),
    right = given.rentals.map((r) => readRecord(r, spellName))
  given = { employers: [], rentals: [] }
  const compared = { ...linkLedgers(left, right), clusters: clusterLedger(right) }
  return (['links', 'doubtful', 'clusters'] as const).flatMap((what) =>
    slicesOf<Pair | Cluster>(compared[what]).map((part) => ({ what, found: part })),
  )
}
