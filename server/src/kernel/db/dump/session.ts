/** A session of the owner for a long piece of work: values are written as texts that any other server reads alike. */
import pg from 'pg'

const plain = [
  "set timezone = 'UTC'",
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'postgres'",
  'set extra_float_digits = 1',
  "set bytea_output = 'hex'",
  "set maintenance_work_mem = '256MB'",
  'set statement_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
]

export async function inSession<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: 'fengge-backup' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const text of plain) await client.query(text)
    return await work(client)
  } finally {
    await client.end()
  }
}

/** One transaction: all of it or nothing. */
export async function inTransaction<T>(client: pg.Client, begin: string, work: () => Promise<T>): Promise<T> {
  await client.query(begin)
  try {
    const done = await work()
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
