/** Every table that holds something sealed or a keyed digest of it: what `npx fengge rotate` goes through. */
import type { SealedTable } from './kernel/sealed-table.ts'
import { replyAt } from './kernel/store.ts'
import { eventsSealed } from './events/sealed.ts'
import { identitySealed } from './identity/sealed.ts'
import { registrySealed } from './registry/sealed.ts'
import { syncSealed } from './sync/sealed.ts'
import { visitsSealed } from './visits/sealed.ts'

/** Replies that are remembered for repeats; those of secret endpoints as `{ sealed }`. */
const replies: SealedTable = {
  table: 'kernel.request',
  keys: ['county_code', 'request_id'],
  columns: ['reply'],
  covers: ['reply'],
  turn: (row, { again }) => {
    const sealed = (row['reply'] as { sealed?: string } | null)?.sealed
    if (typeof sealed !== 'string') return undefined
    const fresh = again(sealed, replyAt(row['request_id'] as string))
    return fresh === sealed ? undefined : { reply: JSON.stringify({ sealed: fresh }) }
  },
}

export const sealedTables: readonly SealedTable[] = [
  ...identitySealed,
  ...eventsSealed,
  ...registrySealed,
  ...visitsSealed,
  ...syncSealed,
  replies,
]
