/**
 * Addresses as people write them, taken apart: estate, building, unit, room. What stands before the estate (province to
 * community) is left out, and so are remarks and parts of a room. Source: algorithms.md 2.3, R1.
 *
 * Simplified: a hamlet's group belongs to the name of the estate (新和村3组 ▸ 12), and so does the number of a yard that has
 * buildings (惠山大道18号 ▸ 3 ▸ 501).
 */
import { longestAddress, plainAddress } from './address-plain.ts'
import { readTail, type TailParts } from './address-tail.ts'
import { estateKey, estateName } from './estate-name.ts'

export interface AddressParts extends TailParts {
  /** The heart of the estate's name, for likeness (estate-name.ts). */
  readonly estate: string
  /** The estate's name, the same however it is written. */
  readonly name: string
  /** The estate as it was written. */
  readonly written: string
}

const nowhere: TailParts = { building: '', unit: '', room: '' }
const memo = new Map<string, AddressParts | undefined>()

/** Names of estates that are known (`estateName`). */
export interface KnownNames {
  readonly has: (name: string) => boolean
}

/**
 * The parts of an address, or undefined when nothing can be told.
 * @param known by these names it is told where an estate's name ends: 阳光10023幢 is 阳光100, 23幢, where 阳光100 is known
 */
export function readAddress(text: string, known?: KnownNames): AddressParts | undefined {
  if (!known) return readAlone(text.slice(0, longestAddress))
  const plain = plainAddress(namedInBrackets(text.slice(0, longestAddress), known))
  const readable = upToMark.exec(plain)?.[0]
  return (
    readAmong(plain, known) ??
    // 3幢车库12号: of what is no flat as much is told as can be.
    (readable === undefined || readable === plain ? undefined : readAmong(readable, known)) ??
    readAlone(text.slice(0, longestAddress))
  )
}

const inBrackets = /[(（【[]([\u4e00-\u9fff][\u4e00-\u9fff0-9A-Za-z]{1,20})[)）】\]]/g

/** 惠山大道18号（阳光花园）3幢: what stands in brackets is no remark where it is the name of an estate. */
const namedInBrackets = (text: string, known: KnownNames): string =>
  text.replaceAll(inBrackets, (whole, inner: string) => (known.has(estateName(inner)) ? inner : whole))

const areaSign = /[省市区县镇乡村道号路街弄巷会]-?$/

/** An address of forty signs takes a hundred; one made of nothing but numbers would take thousands. */
const mostTries = 300

/** The longest known name that stands before parts of a house and behind nothing but areas and roads. */
function readAmong(plain: string, known: KnownNames): AddressParts | undefined {
  let tries = 0
  for (let at = plain.length; at >= 2; at--) {
    const tail = at === plain.length ? nowhere : readTail(plain, at, true)
    if (!tail) continue
    const before = plain.slice(0, at).replace(/(?:-|第)+$/, '')
    for (let from = 0; from <= before.length - 2; from++) {
      if (from > 0 && !areaSign.test(before.slice(0, from))) continue
      if (++tries > mostTries) return undefined
      const written = before.slice(from)
      const name = estateName(written)
      if (known.has(name)) return { estate: estateKey(written), name, written, ...tail }
    }
  }
  return undefined
}

function readAlone(text: string): AddressParts | undefined {
  if (memo.has(text)) return memo.get(text)
  if (memo.size > 200_000) memo.clear()
  const parts = parse(text)
  memo.set(text, parts)
  return parts
}

function parse(text: string): AddressParts | undefined {
  const inner = withoutOuter(plainAddress(text))
  if (inner === '') return undefined
  const { estate, ...tail } = tailOf(inner)
  const written = withoutRoad(estate)
  return { estate: estateKey(written), name: estateName(written), written, ...tail }
}

/** What a name of an estate never holds. */
const partMark = /\d(?:幢|栋|号楼|座|单元|室)/
const upToMark = /^.*\d(?:幢|栋|号楼|座|单元|室)/

/** The first place from which all that is written are parts of a house; what stands before it is the estate. */
function tailOf(inner: string): TailParts & { estate: string } {
  for (let at = 1; at < inner.length; at++) {
    const tail = readTail(inner, at)
    if (!tail) continue
    const estate = inner.slice(0, at).replace(/(?:-|第)+$/, '')
    // 3幢车库12号: the number is none of the estate's. As much as can be told is told.
    if (partMark.test(estate)) break
    if (estate !== '') return { estate, ...tail }
  }
  const readable = upToMark.exec(inner)?.[0]
  if (readable !== undefined && readable !== inner) return tailOf(readable)
  return { estate: inner, ...nowhere }
}

/** Areas above the estate. Estates have such signs too: each names what it may not follow, and what may not follow it. */
const outer: readonly RegExp[] = [
  /^[\u4e00-\u9fff]{2,7}(?:省|自治区)/,
  /^(?:(?![省区县])[\u4e00-\u9fff]){2,6}?(?<![城超门菜夜都])市(?![场民区])/,
  /^(?:[\u4e00-\u9fff]{2,6}?(?<![小社园校厂宅活景库东南西北中新老发])区|[\u4e00-\u9fff]{1,6}?县|[\u4e00-\u9fff]{2,6}?(?:开发区|新区))(?!域)/,
  /^[\u4e00-\u9fff]{2,7}?(?:街道|(?<![小古名])镇(?![东南西北中]?[路街])|(?<![水故原侨同梦])乡)(?:办事处|人民政府|政府)?/,
  /^[\u4e00-\u9fff]{1,8}?(?:社区居委会|社区居民委员会|社区|居委会|居民委员会|村委会|村民委员会)(?!服务|卫生|中心|警务|食堂)/,
]

function withoutOuter(text: string): string {
  let left = text
  for (const area of outer) {
    const behind = left.replace(area, '').replace(/^-/, '')
    // What leaves no name was no area above one.
    if (/^[\u4e00-\u9fff]{2}/.test(behind) && !readTail(behind, 0)) left = behind
  }
  return left
}

const road = '[\\u4e00-\\u9fff]{1,10}?(?:大道|公路|路|大街|街|巷|弄|道)'
const numbered = new RegExp(
  `^${road}\\d{1,4}(?:-\\d{1,3})?号(?:附\\d+号)?-?(?=[\\u4e00-\\u9fff]{2}[\\u4e00-\\u9fff0-9])(?!大院|小院|院内)`,
)
const named = new RegExp(
  `^${road}(?=[\\u4e00-\\u9fff]{2,}(?:小区|花园|家园|公寓|新村|苑|园|庭|府|城|坊|里|居|湾|郡)(?:[\\u4e00-\\u9fff0-9A-Z]期)?$)(?!小区|花园|家园|公寓|新村)`,
)

/** 惠山大道18号阳光花园 is 阳光花园: the road only says where it lies. */
const withoutRoad = (estate: string): string => estate.replace(numbered, '').replace(named, '')
