/** What is sealed of accounts: seeds of second factors, and photos for badges. */
import { sealedTexts, textOf, type Line } from '../kernel/sealed-table.ts'
import { seedAt } from './store/accounts.ts'
import { offeredAt, photoAt } from './store/badge-photos.ts'

const seedOf = (row: Line) => seedAt(textOf(row, 'id'))

export const identitySealed = [
  sealedTexts('identity.account', ['id'], { totp_secret: seedOf, totp_pending: seedOf }),
  sealedTexts('identity.badge_photo', ['account_id'], { photo_sealed: (row) => photoAt(textOf(row, 'account_id')) }),
  sealedTexts('identity.badge_photo_offer', ['account_id'], {
    photo_sealed: (row) => offeredAt(textOf(row, 'account_id')),
  }),
]
