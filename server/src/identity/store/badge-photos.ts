/** Photos for badges in the database: sealed, one a person, no longer than he consents and serves. */
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { rowOf, rowsOf, rowWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import type { SealedAt } from '../../kernel/seal.ts'

export const offeredAt = (accountId: string): SealedAt => `identity.badge_photo_offer.photo_sealed:${accountId}`
export const photoAt = (accountId: string): SealedAt => `identity.badge_photo.photo_sealed:${accountId}`

type PhotoRow = Pick<Row<'identity.badge_photo'>, 'account_id' | 'photo_sealed'>
type OwnRow = PhotoRow & Pick<Row<'identity.badge_photo'>, 'consented_on'>

export interface NewPhoto {
  readonly accountId: string
  readonly sealed: string
  readonly consentedOn: string
  readonly now: number
}

export async function savePhoto(tx: Tx, f: NewPhoto): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.badge_photo (account_id, photo_sealed, consented_on, saved_at)
      values (${f.accountId}, ${f.sealed}, ${f.consentedOn}, ${new Date(f.now)})
      on conflict (account_id) do update
      set photo_sealed = excluded.photo_sealed, consented_on = excluded.consented_on, saved_at = excluded.saved_at
    `,
  )
}

export const findPhoto = (reading: Reading, accountId: string): Promise<OwnRow | undefined> =>
  rowOf<OwnRow>(
    reading,
    sql`
      select account_id, photo_sealed, consented_on
      from identity.badge_photo
      where account_id = ${accountId}
    `,
  )

/** An offer that nobody answered is kept for two weeks. */
export const offersSince = (now: number): Date => new Date(now - 14 * dayLength)

type OfferRow = Pick<Row<'identity.badge_photo_offer'>, 'photo_sealed' | 'by_name' | 'offered_at'>

/** A photo that waits for its holder's word; a newer one stands in its place. */
export async function saveOffer(
  tx: Tx,
  o: Pick<Row<'identity.badge_photo_offer'>, 'account_id' | 'photo_sealed' | 'by_account' | 'by_name' | 'offered_at'>,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into identity.badge_photo_offer (account_id, photo_sealed, by_account, by_name, offered_at)
      values (${o.account_id}, ${o.photo_sealed}, ${o.by_account}, ${o.by_name}, ${o.offered_at})
      on conflict (account_id) do update
      set
        photo_sealed = excluded.photo_sealed, by_account = excluded.by_account, by_name = excluded.by_name,
        offered_at = excluded.offered_at
    `,
  )
}

/** One that is not older than it is kept. */
export const findOffer = (reading: Reading, accountId: string, since: Date): Promise<OfferRow | undefined> =>
  rowOf<OfferRow>(
    reading,
    sql`
      select photo_sealed, by_name, offered_at
      from identity.badge_photo_offer
      where account_id = ${accountId} and offered_at > ${since}
    `,
  )

/** @returns the offer, which is no more */
export const takeOffer = (tx: Tx, accountId: string, at: Date): Promise<OfferRow | undefined> =>
  rowWritten<OfferRow>(
    tx,
    sql`
      delete from identity.badge_photo_offer
      where account_id = ${accountId} and offered_at = ${at}
      returning photo_sealed, by_name, offered_at
    `,
  )

/** Whether an account is open and has a post, today or later. */
const hasPost = (accountId: RawBuilder<unknown>, today: string) => sql`
  exists (
    select 1
    from identity.posting p
      join identity.account a on a.id = p.account_id
      and a.status = 'active'
    where p.account_id = ${accountId}
      and (p.to_on is null or p.to_on >= ${today})
  )
`

/** @param today whoever has no post then is left out */
export const listPhotos = (reading: Reading, accountIds: readonly string[], today: string): Promise<PhotoRow[]> =>
  rowsOf<PhotoRow>(
    reading,
    sql`
      select f.account_id, f.photo_sealed
      from identity.badge_photo f
      where f.account_id = any(${accountIds}::uuid[])
        and ${hasPost(sql`f.account_id`, today)}
    `,
  )

/** @returns whether there was one */
export async function dropPhoto(tx: Tx, accountId: string): Promise<boolean> {
  return (await run(tx, sql`delete from identity.badge_photo where account_id = ${accountId}`)) > 0
}

export async function dropOffer(tx: Tx, accountId: string): Promise<void> {
  await run(tx, sql`delete from identity.badge_photo_offer where account_id = ${accountId}`)
}

/** Those of whoever has no post any more, and what nobody answered. */
export async function dropIdlePhotos(tx: Tx, now: number): Promise<void> {
  const today = dayOf(now)
  await run(
    tx,
    sql`
      delete from identity.badge_photo_offer f
      where f.offered_at <= ${offersSince(now)} or not ${hasPost(sql`f.account_id`, today)}
    `,
  )
  await run(tx, sql`delete from identity.badge_photo f where not ${hasPost(sql`f.account_id`, today)}`)
}
