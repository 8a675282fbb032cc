/**
 * Which secret a database was written under, by a digest that tells it and gives nothing of it away. Another one would
 * open nothing that is sealed, find nobody by his number, and seal what is new under a second key: it is refused
 * before anything is written.
 */
import { createHmac } from 'node:crypto'
import pg from 'pg'
import { deriveKey, type Settings } from '../settings.ts'

export interface Marks {
  readonly main: string
  readonly data: string
}
type Secrets = Pick<Settings, 'secret' | 'dataSecret' | 'formerDataSecret'>

const markOf = (secret: string) =>
  createHmac('sha256', deriveKey(secret, 'backup')).update('which secret').digest('hex')
export const marksOf = ({ secret, dataSecret }: Pick<Secrets, 'secret' | 'dataSecret'>): Marks => ({
  main: markOf(secret),
  data: markOf(dataSecret),
})

/** Names of settings that are another secret than those of the marks. @param former accepted for the data: keys are being changed */
export function wrongSecrets(kept: Partial<Marks>, secrets: Secrets): string[] {
  const here = marksOf(secrets)
  const data = [here.data, ...(secrets.formerDataSecret === undefined ? [] : [markOf(secrets.formerDataSecret)])]
  return [
    ...(kept.main !== undefined && kept.main !== here.main ? ['FENGGE_SECRET'] : []),
    ...(kept.data !== undefined && !data.includes(kept.data) ? ['FENGGE_DATA_SECRET'] : []),
  ]
}

/** @throws a sentence where the database was written under another secret; nothing is written */
export async function refuseWrongSecrets(ownerUrl: string, secrets: Secrets): Promise<void> {
  const wrong = wrongSecrets(await asOwner(ownerUrl, readMarks), secrets)
  if (wrong.length > 0)
    throw new Error(`${wrong.join('、')}: 不是这个数据库原来的密钥，请放回原来的密钥再启动；什么都没有改动。
not the secret that this database was written under: put the right one back; nothing was changed`)
}

/** From now on the database is known by these. */
export const noteSecrets = (ownerUrl: string, secrets: Secrets): Promise<void> =>
  asOwner(ownerUrl, async (client) => {
    const kept = await readMarks(client)
    for (const [name, value] of Object.entries(marksOf(secrets)))
      if (kept[name as keyof Marks] !== value)
        await client.query(
          'insert into kernel.secret (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
          [name, value],
        )
  })

async function readMarks(client: pg.Client): Promise<Partial<Marks>> {
  const { rows } = await client.query<{ known: boolean }>("select to_regclass('kernel.secret') is not null as known")
  if (!rows[0]!.known) return {}
  const kept = await client.query<{ name: string; value: string }>(
    "select name, value from kernel.secret where name in ('main', 'data')",
  )
  return Object.fromEntries(kept.rows.map((r) => [r.name, r.value]))
}

async function asOwner<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end())
}
