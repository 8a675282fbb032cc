/** Who sends without an account, as far as it can be told apart: one address, or one line's share of the long ones. */
import { createHmac, type KeyObject } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** A line gets the first four groups of a long address, and chooses the rest itself. */
function lineOf(address: string): string {
  const short = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (short !== undefined || !isIPv6(address)) return short ?? address
  const [front = '', back = ''] = address.split('%')[0]!.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const gap = Math.max(0, 8 - groups(front).length - groups(back).length)
  const all = [...groups(front), ...Array<string>(address.includes('::') ? gap : 0).fill('0'), ...groups(back)]
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')
}

/** What addresses of one network have in common: three of four numbers, or the first three groups of a long one. */
function networkOf(address: string): string {
  const line = lineOf(address)
  return line.split(/[.:]/).slice(0, 3).join(' ')
}

const digestOf = (key: KeyObject, text: string) =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)

/** A keyed digest of an address, another one each day: nobody reads from it who sent what. */
export const senderOf = (key: KeyObject, day: string, address: string): string =>
  digestOf(key, `sender ${day} ${lineOf(address)}`)

/** So much one line, and one network, bring in a day to a desk before which very much lies. */
const fewAtDesk = { line: 3, network: 30 }

/** The same by desk, for one before which very much lies: of the line and of its network, with what each may bring there. */
export const sharesAtDesk = (key: KeyObject, day: string, address: string) => (deskId: string) => [
  { sender: digestOf(key, `desk ${day} ${deskId} ${lineOf(address)}`), most: fewAtDesk.line },
  { sender: digestOf(key, `desk ${day} ${deskId} of ${networkOf(address)}`), most: fewAtDesk.network },
]
