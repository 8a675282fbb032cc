/** The phones of people whom an account may not see: what they told of is found by them, also by one that they gave up. */
import type { Reading } from '../../kernel/db/tx.ts'
import type { Sealer } from '../../kernel/seal.ts'
import { openChanges, openerOf } from '../record-columns.ts'
import { listPhoneChanges, listPhones } from './store.ts'

/** Keyed digests as the slice of events keeps them, under every key in use. */
export async function numbersOf(
  reading: Reading,
  sealer: Sealer,
  county: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const now = await listPhones(reading, county, ids)
  const before = await listPhoneChanges(reading, county, ids)
  const phones = [
    ...now.flatMap(({ id, phone }) => opened(() => [openerOf(id, sealer)(phone, 'phone')])),
    ...before.flatMap((change) =>
      opened(() => {
        const { phone } = openChanges({ ...change, kind: 'person' }, sealer)
        return phone ? [phone.from, phone.to] : []
      }),
    ),
  ].filter((phone) => typeof phone === 'string' && phone !== '')
  return [...new Set(phones.flatMap((phone) => sealer.indexes(String(phone))))]
}

/** What can be opened by nobody any more finds nothing, and locks nobody out. */
function opened<T>(open: () => T[]): T[] {
  try {
    return open()
  } catch {
    return []
  }
}
