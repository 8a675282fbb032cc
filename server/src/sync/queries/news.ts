/** Whether anything was written that a phone holds, for many phones in one statement. */
import { toldRows, type Told } from '../../kernel/db/feed.ts'
import { rowsPrepared, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { eventNews, unreadOf } from '../../events/door.ts'
import { registryNews } from '../../registry/door.ts'
import { visitNews } from '../../visits/door.ts'

export interface News {
  readonly hasNews: boolean
  /** What is not read of sentences, as a text that changes with it. */
  readonly unread: string
}

/** In the order of the phones. */
export async function listNews(reading: Reading, phones: readonly Told[], now: number): Promise<News[]> {
  const rows = await rowsPrepared<News & { n: number }>(
    reading,
    sql`
      select a.n, (${registryNews()} or ${visitNews()} or ${eventNews()}) as "hasNews", ${unreadOf(now)} as unread
      from ${toldRows(phones)} a
    `,
  )
  return rows.toSorted((a, b) => a.n - b.n)
}
