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

/** A keyed digest of an address, another one each day: nobody reads from it who sent what. */
export function senderOf(key: KeyObject, day: string, address: string): string {
  return createHmac('sha256', key)
    .update(`sender ${day} ${lineOf(address)}`)
    .digest('base64url')
    .slice(0, 22)
}
