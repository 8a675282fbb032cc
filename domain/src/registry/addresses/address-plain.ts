/** An address as somebody wrote it, in one plain form: narrow signs, digits, one kind of dash, nothing that says no place. */
import { normal } from '../../kernel/text.ts'
import { narrow } from '../narrow.ts'

const numerals: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  '○': 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
}
const signs = '零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰廿卅'

/** 三 → 3, 十二 → 12, 二十三 → 23, 廿三 → 23, 三〇一 → 301. */
export function readNumeral(written: string): string {
  const text = written.replaceAll('拾', '十').replaceAll('佰', '百').replaceAll('廿', '二十').replaceAll('卅', '三十')
  if (!/[十百]/.test(text)) return text.replaceAll(/./gu, (sign) => String(numerals[sign] ?? sign))
  const [hundreds, belowHundred] = split(text, '百')
  const [tens, ones] = split(belowHundred, '十')
  return String(
    (hundreds === '' ? 0 : countOf(hundreds)) * 100 +
      countOf(tens) * 10 +
      (numerals[ones.replace(/^[零〇○]/, '')] ?? 0),
  )
}

/** What stands before a sign, undefined where the sign is missing, and what stands behind it. */
function split(text: string, sign: string): [before: string | undefined, behind: string] {
  const at = text.indexOf(sign)
  return at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)]
}

/** How many hundreds or tens: 十 alone is one ten. */
function countOf(before: string | undefined): number {
  return before === undefined ? 0 : (numerals[before.replace(/[零〇○]/, '')] ?? 1)
}

/** Signs of the old writing that stand in addresses. */
const older: Readonly<Record<string, string>> = {
  樓: '楼',
  棟: '栋',
  單: '单',
  號: '号',
  園: '园',
  區: '区',
  戶: '户',
  層: '层',
  組: '组',
  門: '门',
  莊: '庄',
  蘇: '苏',
  縣: '县',
  鎮: '镇',
  鄉: '乡',
  間: '间',
}

/** Words that a number stands before, when it numbers a part of an address. */
const counted =
  '(?:号|幢|栋|座|单元|室|房|户|楼|层|梯|门|期|区|组|队|社(?!区)|村|弄|支|巷|村民小组|小组|生产队|[甲乙丙丁](?:幢|栋|号楼|座)|#|-|[0-9])'
const countedNumeral = new RegExp(`[${signs}]+(?=${counted})`, 'g')
/** A numeral behind what was numbered: 三幢二〇一. */
const behind = new RegExp(`(?<=号|幢|栋|座|单元|楼|层|梯|门|#|-)[${signs}]+(?![\\u4e00-\\u9fff])`, 'g')

/** What a form asks for, with the sign that is written for it: 楼栋：20 is 20幢. */
const labels: readonly (readonly [label: RegExp, sign: string])[] = [
  [/(?:楼栋|幢号|栋号|楼号|楼幢|幢|栋)(?:号|名称)?[:：]\s*([0-9A-Za-z]{1,5})(?:幢|栋|号楼)?/g, '$1幢'],
  [/(?:单元|梯)号?[:：]\s*([0-9A-Za-z]{1,3})(?:单元)?/g, '$1单元'],
  [/(?:房间|室|房)号?[:：]\s*([0-9A-Za-z]{1,6})室?/g, '$1室'],
  [/(?:小区|地址|住址|道路)(?:名称|名)?[:：]/g, ''],
]
const readLabels = (text: string): string =>
  text.includes(':') || text.includes('：')
    ? labels.reduce((left, [label, sign]) => left.replaceAll(label, sign), text)
    : text

const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']

/** What is longer is no address; the rest of it is not looked at. */
export const longestAddress = 200

/** @returns the address without spaces, with digits for numerals and `-` between bare numbers; empty where there was none */
export function plainAddress(text: string): string {
  return (
    readLabels(normal(narrow(text.slice(0, longestAddress)), 'NFKC').trim())
      .replaceAll(/(?<![A-Za-z])[IVX]{1,4}(?=期)/g, (roman) => String(romans.indexOf(roman) + 1 || roman))
      .replaceAll(/[樓棟單號園區戶層組門莊蘇縣鎮鄉間]/g, (sign) => older[sign] ?? sign)
      .replaceAll(/[—–―‐‑−－ー_~～/\\|·•*×、]+/g, '-')
      // No numeral stands between digits, nor is anything added up: these are dashes of somebody who typed fast.
      .replaceAll(/(?<=[0-9])[一=+](?=[0-9])/g, '-')
      .replaceAll(/(?<=[0-9A-Za-z])[\s,，.。;；:：]+(?=[0-9A-Za-z])/g, '-')
      .replaceAll(/[\s,，。.;；:：'"“”「」]/g, '')
      .replaceAll(/[(（【[][^)）】\]0-9一二三四五六七八九十A-Za-z东西南北]*[)）】\]]/g, '')
      .replaceAll(/[()（）【】[\]]/g, '')
      .replaceAll(countedNumeral, readNumeral)
      .replaceAll(behind, readNumeral)
      .replaceAll(/(?<=\d)(?:号附|号?之)(\d+)号?/g, '-$1号')
      .replaceAll(/第(?=\d{1,2}期)|门牌号?:?(?=\d)/g, '')
      .replaceAll(/(?<=\d)[oO](?=\d|室|$)/g, '0')
      .replaceAll(/-{2,}/g, '-')
      .replaceAll(/(?<=号|幢|栋|座|单元|楼|层|#|室)-+|^-+|-+$/g, '')
  )
}
