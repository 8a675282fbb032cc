/** Who sends without an account, as far as it can be told apart: one address, or one line's share of the long ones. */
import { createHmac, type KeyObject } from 'node:crypto'
import { networkOfAddress, placeOfAddress } from '@fengge/domain/kernel/address'

const digestOf = (key: KeyObject, text: string) =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)

/** A keyed digest of an address, another one each day: nobody reads from it who sent what. */
export const senderOf = (key: KeyObject, day: string, address: string): string =>
  digestOf(key, `sender ${day} ${placeOfAddress(address)}`)

/** So much one line, and one network, bring in a day to a desk before which very much lies. */
const fewAtDesk = { line: 3, network: 30 }

/** The same by desk, for one before which very much lies: of the line and of its network, with what each may bring there. */
export const sharesAtDesk = (key: KeyObject, day: string, address: string) => (deskId: string) => [
  { sender: digestOf(key, `desk ${day} ${deskId} ${placeOfAddress(address)}`), most: fewAtDesk.line },
  { sender: digestOf(key, `desk ${day} ${deskId} of ${networkOfAddress(address)}`), most: fewAtDesk.network },
]
