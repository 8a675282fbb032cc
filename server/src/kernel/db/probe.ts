/**
 * Whether the database answers, asked on a session of its own: no queue of the pools stands before it. Whoever asks at
 * the same time shares one answer, and within four seconds there is one.
 */
import pg from 'pg'

export interface Probe {
  readonly isReady: () => Promise<boolean>
  readonly close: () => Promise<void>
}

const longest = 2000

export function createProbe(connectionString: string): Probe {
  let session: pg.Client | undefined
  let asking: Promise<boolean> | undefined
  const drop = async () => {
    const gone = session
    session = undefined
    await gone?.end().catch(() => undefined)
  }
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: longest,
      query_timeout: longest,
      application_name: 'fengge-probe',
    })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const ask = async (): Promise<boolean> => {
    const isKept = session !== undefined
    try {
      session ??= await connect()
      await session.query('select 1')
      return true
    } catch {
      // Not waited for: a session that does not answer may not say good-bye either.
      void drop()
      // One that was kept may have ended with a database that is back by now.
      return isKept && ask()
    }
  }
  return {
    isReady: () =>
      (asking ??= ask().finally(() => {
        asking = undefined
      })),
    close: drop,
  }
}
