/** An address as somebody wrote it, in one plain form: narrow signs, digits, one kind of dash, nothing that says no place. */
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
const signs = '零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰'

/** 三 → 3, 十二 → 12, 二十三 → 23, 三〇一 → 301. */
export function readNumeral(written: string): string {
  const text = written.replaceAll('拾', '十').replaceAll('佰', '百')
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
const counted = '(?:号|幢|栋|座|单元|室|房|户|楼|层|梯|门|期|区|组|队|社(?!区)|村|弄|支|巷|村民小组|小组|#|-|[0-9])'
const countedNumeral = new RegExp(`[${signs}]+(?=${counted})`, 'g')
/** A numeral behind what was numbered: 三幢二〇一. */
const behind = new RegExp(`(?<=号|幢|栋|座|单元|楼|层|梯|门|#|-)[${signs}]+(?![\\u4e00-\\u9fff])`, 'g')

/** What is longer is no address; the rest of it is not looked at. */
export const longestAddress = 200

/** @returns the address without spaces, with digits for numerals and `-` between bare numbers; empty where there was none */
export function plainAddress(text: string): string {
  return narrow(text.slice(0, longestAddress))
    .normalize('NFKC')
    .trim()
    .replaceAll(/[樓棟單號園區戶層組門莊蘇縣鎮鄉間]/g, (sign) => older[sign] ?? sign)
    .replaceAll(/[—–―‐‑−－_~～/\\|·•*×、]+/g, '-')
    .replaceAll(/(?<=[0-9A-Za-z])[\s,，.。;；:：]+(?=[0-9A-Za-z])/g, '-')
    .replaceAll(/[\s,，。.;；:：'"“”「」]/g, '')
    .replaceAll(/[(（【[][^)）】\]0-9一二三四五六七八九十A-Za-z东西南北]*[)）】\]]/g, '')
    .replaceAll(/[()（）【】[\]]/g, '')
    .replaceAll(countedNumeral, readNumeral)
    .replaceAll(behind, readNumeral)
    .replaceAll(/(?<=\d)号附(\d+)号?/g, '-$1号')
    .replaceAll(/(?<=\d)[oO](?=\d|室|$)/g, '0')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/(?<=号|幢|栋|座|单元|楼|层|#|室)-+|^-+|-+$/g, '')
}
