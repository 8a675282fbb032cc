/** What is sealed of accounts: seeds of second factors. */
import { sealedTexts, textOf, type Line } from '../kernel/sealed-table.ts'
import { seedAt } from './store/accounts.ts'

const seedOf = (row: Line) => seedAt(textOf(row, 'id'))

export const identitySealed = [sealedTexts('identity.account', ['id'], { totp_secret: seedOf, totp_pending: seedOf })]
