import type { Likeness } from '@fengge/domain/registry/editing'
import type { PersonRow } from '../store/records.ts'

/** What two persons are compared by (domain/src/registry/editing.ts). */
export const likenessOf = (row: PersonRow): Likeness => ({
  idIndex: row.id_index,
  phoneIndex: row.phone_index,
  name: row.name,
  spelled: row.spelled,
  born: row.born,
})
