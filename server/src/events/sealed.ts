/** What is sealed of events: who reported them, and the digest by which a number is found. */
import { changed, textOf, type SealedTable } from '../kernel/sealed-table.ts'
import { nameAt, phoneAt } from './store/reporters.ts'

const reporters: SealedTable = {
  table: 'events.reporter',
  keys: ['county_code', 'id'],
  columns: ['name_sealed', 'phone_sealed', 'phone_index'],
  covers: ['name_sealed', 'phone_sealed', 'phone_index'],
  turn: (row, { again, read, index }) => {
    const id = textOf(row, 'id')
    const [name, phone] = [row['name_sealed'] as string | null, row['phone_sealed'] as string | null]
    const number = phone === null ? undefined : read(phone, phoneAt(id))
    return changed(row, {
      name_sealed: name === null ? null : again(name, nameAt(id)),
      phone_sealed: phone === null ? null : again(phone, phoneAt(id)),
      ...(number === undefined ? {} : { phone_index: index(number) }),
    })
  },
}

export const eventsSealed = [reporters]
