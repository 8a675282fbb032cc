/** Whether a row of a ledger speaks of somebody who is registered, for whoever deletes all that is held of him. */
import { readName, readPhone, type LedgerRow } from './records.ts'

/** Empty where it is not known. */
export interface Named {
  readonly name: string
  readonly idNo: string
  readonly phone: string
}

/**
 * By his number; by his name and phone; by his name alone where the row has neither and lies where he lived. Of two of one
 * name the row may be the other's: it is deleted all the same, since it only asks to be looked at.
 */
export function isAbout(row: Pick<LedgerRow, keyof Named>, person: Named, isNear: boolean): boolean {
  const [rowId, rowPhone, phone] = [row.idNo.trim().toUpperCase(), readPhone(row.phone), readPhone(person.phone)]
  if (rowId !== '' && person.idNo !== '') return rowId === person.idNo.toUpperCase()
  if (readName(row.name) !== readName(person.name) || readName(row.name) === '') return false
  if (rowPhone !== '' && phone !== '') return rowPhone === phone
  return isNear
}
