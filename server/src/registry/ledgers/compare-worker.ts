/** Compares two ledgers beside the server's own thread, so that nobody waits for the arithmetic. */
import { parentPort, workerData } from 'node:worker_threads'
import { clusterLedger, linkLedgers, type Pair } from '@fengge/domain/registry/linkage/link'
import { readRecord, type LedgerRow } from '@fengge/domain/registry/linkage/records'
import { spellName } from '../spelling.ts'

export interface Compared {
  readonly links: readonly Pair[]
  readonly doubtful: readonly Pair[]
  readonly clusters: readonly { members: number[]; probability: number }[]
}

const { employers, rentals } = workerData as { employers: LedgerRow[]; rentals: LedgerRow[] }
const left = employers.map((r) => readRecord(r, spellName)),
  right = rentals.map((r) => readRecord(r, spellName))
const { links, doubtful } = linkLedgers(left, right)
parentPort!.postMessage({ links, doubtful, clusters: clusterLedger(right) } satisfies Compared)
