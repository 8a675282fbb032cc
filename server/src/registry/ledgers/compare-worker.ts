/** Compares two ledgers beside the server's own thread, so that nobody waits for the arithmetic. */
import { parentPort } from 'node:worker_threads'
import { clusterLedger, linkLedgers, type Pair } from '@fengge/domain/registry/linkage/link'
import { readRecord, type LedgerRow } from '@fengge/domain/registry/linkage/records'
import { bring, type Errand } from '../../kernel/beside.ts'
import { spellName } from '../spelling.ts'
import { slicesOf, type Cluster, type CompareSaid, type CompareTask } from './compared.ts'

type Given = Record<'employers' | 'rentals', LedgerRow[]>

/** Takes the rows of one pair of ledgers after the other, and gives what came of each in parts. */
function comparing(): (task: CompareTask) => CompareSaid {
  let given: Given = { employers: [], rentals: [] }
  let found: CompareSaid[] | undefined
  const begin = () => {
    given = { employers: [], rentals: [] }
  }
  return (task) => {
    if ('next' in task) {
      if (!found) {
        found = compare(given)
        begin()
      }
      return found.shift() ?? { end: true }
    }
    if ('begin' in task) {
      begin()
      found = undefined
    } else for (const row of task.rows) given[task.side].push(row)
    return { end: true }
  }
}

function compare({ employers, rentals }: Given): CompareSaid[] {
  const left = employers.map((r) => readRecord(r, spellName)),
    right = rentals.map((r) => readRecord(r, spellName))
  const compared = { ...linkLedgers(left, right), clusters: clusterLedger(right) }
  return (['links', 'doubtful', 'clusters'] as const).flatMap((what) =>
    slicesOf<Pair | Cluster>(compared[what]).map((part) => ({ what, found: part })),
  )
}

const take = comparing()
parentPort!.on('message', ({ given: task }: Errand) => parentPort!.postMessage(bring(() => take(task as CompareTask))))
