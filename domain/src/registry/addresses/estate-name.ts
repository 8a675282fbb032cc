/**
 * What an estate, road or hamlet is called. Two writings of one name are the same (`estateName`); a name that is only
 * near a known one is never taken for it, nor for a new estate, before somebody has said which (`findClose`). Source: R1.
 */
import { distance } from '../linkage/edits.ts'
import { plainAddress } from './address-plain.ts'

const ending = /(?:住宅小区|居民小区|小区|住宅区|生活区)$/
const coreEnding = /(?:住宅)?(?:小区|花园|家园|公寓|新村|苑|园|庭|府|城|坊|里)$/
/** Signs that part one place from another beside it: 人民东路 is not 人民路, 枫林3期 not 枫林4期. */
const parting = /[0-9A-Z东西南北中上下大小新老前后内外甲乙丙丁]/

/** One name however it is written: 阳光花园小区 is 阳光花园, 新和村第三村民小组 is 新和村3组. Not to be shown: 村 may be missing. */
export function estateName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size > 50_000) names.clear()
  const name = nameOf(text)
  names.set(text, name)
  return name
}
const names = new Map<string, string>()

function nameOf(text: string): string {
  const plain = plainName(text)
  const bare = plain.replace(ending, '')
  return bare.length >= 2 ? bare : plain
}

/** A text in which groups of villages are written in one way, whatever else it holds. */
export const plainName = (text: string): string =>
  plainAddress(text)
    .replace(/第?(\d+)(?:村民小组|生产小组|生产队|小组|组|队|社)/, '$1组')
    .replace(/(?:村委会|村民委员会|村)(?=\d+组)/, '')
    .toUpperCase()

/** The heart of a name, without what people drop: 阳光花园, 阳光苑 and 阳光 have one. For likeness, never for sameness. */
export function estateKey(text: string): string {
  const bare = estateName(text)
  const once = bare.replace(coreEnding, '')
  const twice = once.replace(coreEnding, '')
  return [twice, once].find((name) => name.length >= 2) ?? bare
}

/** Whether two names may mean one place, so that a person must say: not the same, yet near. */
export function isClose(one: string, other: string): boolean {
  const a = estateName(one),
    b = estateName(other)
  if (a === b) return false
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const apart = signsApart(short, long)
  if (apart !== '' && Array.from(apart).every((sign) => parting.test(sign))) return false
  if (estateKey(a) === estateKey(b)) return true
  if (short.length >= 3 && long.includes(short)) return !/\d+(?:号|弄|组|期|区)/.test(long.replace(short, ''))
  return short.length >= 4 && distance(a, b, 1) === 1
}

/** What stands in one of two texts alone, behind what they begin and before what they end with alike. */
function signsApart(short: string, long: string): string {
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  let end = 0
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++
  return short.slice(start, short.length - end) + long.slice(start, long.length - end)
}

/** What a name says that it is the name of. */
export function sortOfEstate(name: string): 'estate' | 'road' | 'village' {
  const plain = estateName(name)
  if (/\d组$/.test(plain) || /(?:[^新]村|宅|浜|巷上|头)$/.test(plain)) return 'village'
  return /(?:大道|公路|路|街|巷|弄)$/.test(plain) ? 'road' : 'estate'
}
