import { readCursor } from '../../kernel/cursor.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'

/** The rows after where a page ended, in a list ordered by a day and the id. @param column a day of a table `t` */
export function afterDay(column: 't.due_on' | 't.fix_by', after: string | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql``
  const [day, id] = readCursor(after, ['day', 'id'])
  return sql`and (${sql.ref(column)}, t.id) > (${day}::date, ${id}::uuid)`
}
