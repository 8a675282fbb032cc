/** Photos that phones handed in, in the database: announced by the acts they belong to, then filled. */
import { createHash } from 'node:crypto'
import { rowOf, rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { Amount } from './inbox.ts'

export type HandedPhoto = Row<'sync.photo'>

/** A photo that is to come, once however often its act is handed in; until it is here it follows the act it was told with last. */
export async function expectPhoto(tx: Tx, p: Omit<HandedPhoto, 'picture' | 'digest'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into sync.photo (county_code, id, act_id, device_id, event_id, phase, received_at)
      values
        (${p.county_code}, ${p.id}, ${p.act_id}, ${p.device_id}, ${p.event_id}, ${p.phase}, ${p.received_at})
      on conflict (county_code, id) do update
      set act_id = excluded.act_id
      where photo.picture is null and photo.device_id = excluded.device_id
    `,
  )
}

type Sent = Pick<HandedPhoto, 'county_code' | 'device_id' | 'id'> & { readonly sealed: string }
/** Once: the same again has come already, anything else never does. @returns false where no act of this phone announced it, or another picture came */
export async function fillPhoto(tx: Tx, p: Sent): Promise<boolean> {
  const digest = createHash('sha256').update(p.sealed).digest('hex')
  const filled = await run(
    tx,
    sql`
      update sync.photo
      set picture = ${p.sealed}, digest = ${digest}
      where county_code = ${p.county_code} and id = ${p.id} and device_id = ${p.device_id} and digest in ('', ${digest})
    `,
  )
  return filled > 0
}

/** What a phone has handed in of photos, without those that it is about to send. */
export async function amountOfPhotos(
  tx: Reading,
  county: string,
  deviceId: string,
  without: readonly string[],
): Promise<Amount> {
  const row = await rowOf<Amount>(
    tx,
    sql`
      select count(*)::int as number, coalesce(sum(octet_length(picture)), 0)::float8 as signs
      from sync.photo
      where county_code = ${county} and device_id = ${deviceId} and id <> all(${without}::uuid[])
    `,
  )
  return row!
}

/** What a desk sees of the photos of acts: whose they are, and whether they arrived. */
export const listPhotos = (
  tx: Reading,
  county: string,
  acts: readonly string[],
): Promise<Pick<HandedPhoto, 'id' | 'act_id' | 'digest'>[]> =>
  rowsOf<Pick<HandedPhoto, 'id' | 'act_id' | 'digest'>>(
    tx,
    sql`
      select id, act_id, digest
      from sync.photo
      where county_code = ${county} and act_id = any(${acts}::uuid[])
      order by id
    `,
  )

export type OpenablePhoto = HandedPhoto & Pick<Row<'sync.device'>, 'key_sealed'>
/** Photos of an act that have arrived, with the key that opens them. */
export const listArrived = (tx: Reading, county: string, actId: string): Promise<OpenablePhoto[]> =>
  rowsOf<OpenablePhoto>(
    tx,
    sql`
      select
        p.county_code, p.id, p.act_id, p.device_id, p.event_id, p.phase, p.picture, p.digest, p.received_at, d.key_sealed
      from sync.photo p
        join sync.device d on d.county_code = p.county_code
        and d.id = p.device_id
      where p.county_code = ${county} and p.act_id = ${actId} and p.picture is not null
      order by p.id
    `,
  )

/** One of them. */
export const findArrived = (tx: Reading, county: string, id: string): Promise<OpenablePhoto | undefined> =>
  rowOf(
    tx,
    sql<OpenablePhoto>`
      select
        p.county_code, p.id, p.act_id, p.device_id, p.event_id, p.phase, p.picture, p.digest, p.received_at,
        d.key_sealed
      from sync.photo p
        join sync.device d on d.county_code = p.county_code
        and d.id = p.device_id
      where p.county_code = ${county} and p.id = ${id} and p.picture is not null
    `,
  )

/** Photos that are evidence by now. */
export async function dropPhotos(tx: Tx, county: string, ids: readonly string[]): Promise<void> {
  await run(tx, sql`delete from sync.photo where county_code = ${county} and id = any(${ids}::uuid[])`)
}
