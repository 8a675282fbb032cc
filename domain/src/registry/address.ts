/** Addresses as people write them, taken apart by their suffixes: estate, building, unit, room. Source: algorithms.md 2.3. */
import { narrow } from './narrow.ts'

export interface AddressParts {
  /** The estate or road without what different hands add to it. */
  readonly estate: string
  /** The estate as it was written. */
  readonly written: string
  readonly building: string
  readonly unit: string
  readonly room: string
}

const numerals: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** 三 → 3, 十二 → 12, 二十三 → 23, 三〇一 → 301. */
export function readNumeral(text: string): string {
  if (!/[十百]/.test(text)) return text.replaceAll(/./gu, (sign) => String(numerals[sign] ?? sign))
  const [hundreds, belowHundred] = split(text, '百')
  const [tens, ones] = split(belowHundred, '十')
  return String(
    (hundreds === '' ? 0 : countOf(hundreds)) * 100 + countOf(tens) * 10 + (numerals[ones.replace(/^零/, '')] ?? 0),
  )
}

/** What stands before a sign, undefined where the sign is missing, and what stands behind it. */
function split(text: string, sign: string): [before: string | undefined, behind: string] {
  const at = text.indexOf(sign)
  return at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)]
}

/** How many hundreds or tens: 十 alone is one ten. */
function countOf(before: string | undefined): number {
  return before === undefined ? 0 : (numerals[before.replace('零', '')] ?? 1)
}

const outer =
  /^(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,7}?市)?(?:[\u4e00-\u9fff]{1,6}?(?:区|县|市)(?!域))?(?:[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道))?(?:[\u4e00-\u9fff]{1,8}?(?:社区|居委会|村委会))?/
const suffix = /(?:住宅)?(?:小区|花园|家园|公寓|新村|苑|园|庭|府|城|坊|里)$/
const place = '(?:幢|栋|座|号楼|#楼|#|号)'
const number = '[0-9A-Za-z]{1,4}'

const shapes = [
  new RegExp(
    `^(.+?)(${number})${place}(?:楼)?-?(?:(${number})(?:单元|门|梯))?-?(?:(\\d{1,2})[层楼])?-?(\\d{2,4})?(?:室|房|户|号)?$`,
  ),
  new RegExp(`^(.+?)(${number})-(?:(${number})-)?()(\\d{2,4})(?:室|房|户|号)?$`),
]

const memo = new Map<string, AddressParts | undefined>()

/** The parts of an address, or undefined when nothing can be told. */
export function readAddress(text: string): AddressParts | undefined {
  if (memo.has(text)) return memo.get(text)
  if (memo.size > 400_000) memo.clear()
  const parts = parse(text)
  memo.set(text, parts)
  return parts
}

function parse(text: string): AddressParts | undefined {
  const plain = narrow(text)
    .replaceAll(/[\s,，。.;；()（）]/g, '')
    .replaceAll(/[—–_~～/]/g, '-')
  const digits = plain.replaceAll(/[零〇一二两三四五六七八九十百]+(?=幢|栋|座|号|单元|室|楼|层|-|\d)/g, readNumeral)
  const inner = stripOuter(digits)
  if (inner === '') return undefined
  for (const shape of shapes) {
    const found = shape.exec(inner)
    if (!found) continue
    const [, estate = '', building = '', unit = '', , room = ''] = found
    return {
      estate: estateKey(estate),
      written: estate.replace(/-+$/, ''),
      building: clean(building),
      unit: clean(unit),
      room: clean(room),
    }
  }
  return { estate: estateKey(inner), written: inner, building: '', unit: '', room: '' }
}

const clean = (text: string) => text.toUpperCase().replace(/^0+(?=.)/, '')

function stripOuter(text: string): string {
  const rest = text.replace(outer, '')
  // A prefix that eats everything was no prefix.
  return rest === '' || /^[0-9A-Za-z]/.test(rest) ? text : rest
}

/** 阳光花园小区 and 阳光花园 are one; 阳光 and 阳光苑 are taken for one as well, since people drop the ending. */
export function estateKey(estate: string): string {
  const bare = estate.replace(/-+$/, '')
  const once = bare.replace(suffix, '')
  const twice = once.replace(suffix, '')
  return [twice, once].find((name) => name.length >= 2) ?? bare
}
