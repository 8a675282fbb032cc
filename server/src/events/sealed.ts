/** What is sealed of events: who reported them, the codes they follow by, and the digests by which numbers and codes are found. */
import { changed, textOf, type Line, type SealedTable, type Turning } from '../kernel/sealed-table.ts'
import { followAt, nameAt, phoneAt } from './store/reporters.ts'

/** A code of before, in clear, is sealed; it is found by its digest from then on. */
function turnFollow(row: Line, { again, read, index, seal }: Turning): Record<string, string | null> {
  const at = followAt(textOf(row, 'id'))
  const [clear, sealed] = [row['follow_code'] as string | null, row['follow_sealed'] as string | null]
  const code = sealed === null ? (clear ?? undefined) : read(sealed, at)
  if (code === undefined) return {}
  return {
    follow_code: null,
    follow_index: index(code),
    follow_sealed: sealed === null ? seal(code, at) : again(sealed, at),
  }
}

const reporters: SealedTable = {
  table: 'events.reporter',
  keys: ['county_code', 'id'],
  columns: ['name_sealed', 'phone_sealed', 'phone_index', 'follow_code', 'follow_index', 'follow_sealed'],
  covers: ['name_sealed', 'phone_sealed', 'phone_index', 'follow_index', 'follow_sealed'],
  turn: (row, { again, read, index, seal }) => {
    const id = textOf(row, 'id')
    const [name, phone] = [row['name_sealed'] as string | null, row['phone_sealed'] as string | null]
    const number = phone === null ? undefined : read(phone, phoneAt(id))
    return changed(row, {
      name_sealed: name === null ? null : again(name, nameAt(id)),
      phone_sealed: phone === null ? null : again(phone, phoneAt(id)),
      ...(number === undefined ? {} : { phone_index: index(number) }),
      ...turnFollow(row, { again, read, index, seal }),
    })
  },
}

export const eventsSealed = [reporters]
