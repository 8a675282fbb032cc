/**
 * Who calls, as far as an address tells: one line, the network that it is in, and what a subscriber of long addresses has to
 * himself. Source: the security review of 2026-11-21, finding 9. Left out: whose an address is.
 */

/** The first groups of a long address, the zeros left out put back; undefined of a short one. */
function groupsOf(address: string): string[] | undefined {
  if (!address.includes(':')) return undefined
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const [first, last] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return [...first, ...Array<string>(zeros).fill('0'), ...last].map((g) => (parseInt(g, 16) || 0).toString(16))
}

const plainOf = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

/**
 * Whose bucket it is when nobody is signed in: the address, of IPv6 the half that a household has to itself.
 * @example placeOfAddress('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2'
 */
export function placeOfAddress(address: string): string {
  const plain = plainOf(address)
  return groupsOf(plain)?.slice(0, 4).join(':') ?? plain
}

/**
 * The network of an address: three of four numbers, or the first three groups of a long one (/24, /48).
 * @example networkOfAddress('203.0.113.9') // '203.0.113'
 */
export function networkOfAddress(address: string): string {
  const plain = plainOf(address)
  return groupsOf(plain)?.slice(0, 3).join(':') ?? plain.split('.').slice(0, 3).join('.')
}

/**
 * What one subscriber may have of long addresses (/56), and where he has his own from (/48); nothing of short ones.
 * @example subscribersOf('2001:db8:1:2ff::5') // { line: '2001:db8:1:200', network: '2001:db8:1' }
 */
export function subscribersOf(address: string): { readonly line: string; readonly network: string } | undefined {
  const groups = groupsOf(plainOf(address))
  if (!groups) return undefined
  const network = groups.slice(0, 3).join(':')
  return { line: `${network}:${(parseInt(groups[3] ?? '0', 16) & 0xff00).toString(16)}`, network }
}
