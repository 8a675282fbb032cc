/** Compares two ledgers beside the server's own thread, so that nobody waits for the arithmetic. */
import { parentPort } from 'node:worker_threads'
import { clusterLedger, linkLedgers, type Pair } from '@fengge/domain/registry/linkage/link'
import { readRecord, type LedgerRow } from '@fengge/domain/registry/linkage/records'
import { spellName } from '../spelling.ts'
import { slicesOf, type Cluster, type Compared, type CompareSaid, type CompareTask } from './compared.ts'

const given: Record<'employers' | 'rentals', LedgerRow[]> = { employers: [], rentals: [] }
const say = (said: CompareSaid) => parentPort!.postMessage(said)

parentPort!.on('message', (task: CompareTask) => {
  if ('end' in task) tell(compare())
  else for (const row of task.rows) given[task.side].push(row)
})

function compare(): Compared {
  const left = given.employers.map((r) => readRecord(r, spellName)),
    right = given.rentals.map((r) => readRecord(r, spellName))
  const { links, doubtful } = linkLedgers(left, right)
  return { links, doubtful, clusters: clusterLedger(right) }
}

function tell(compared: Compared): void {
  for (const what of ['links', 'doubtful', 'clusters'] as const)
    for (const found of slicesOf<Pair | Cluster>(compared[what])) say({ what, found })
  say({ end: true })
}
