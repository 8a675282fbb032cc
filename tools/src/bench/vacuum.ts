/** Statements that no transaction may hold. */
import pg from 'pg'

/** Puts the tables in the order that the nightly vacuum leaves them in. */
export async function vacuum(url: string, tables: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`vacuum analyze ${tables.join(', ')}`)
  await client.end()
}
