/** Toneless pinyin of names, sign by sign, with the readings that surnames have (单 shan, 仇 qiu, 曾 zeng). */
import { pinyin } from 'pinyin-pro'

const signs = new Map<string, string>()
const surnames = new Map<string, string>()
const doubled: ReadonlySet<string> = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 长孙 宇文 司徒 夏侯 端木 南宫 独孤 万俟 澹台 呼延 轩辕 单于'.split(
    ' ',
  ),
)

function spellSign(sign: string): string {
  let sound = signs.get(sign)
  if (sound === undefined) {
    sound = pinyin(sign, { toneType: 'none', v: true }).toLowerCase() || sign
    signs.set(sign, sound)
  }
  return sound
}

function spellSurname(name: string): string {
  let sound = surnames.get(name)
  if (sound === undefined) {
    sound = pinyin(name, { toneType: 'none', v: true, surname: 'head' }).toLowerCase()
    surnames.set(name, sound)
  }
  return sound
}

/** One sound for each sign of a name. */
export function spellName(name: string): string[] {
  const letters = Array.from(name)
  const head = doubled.has(letters.slice(0, 2).join('')) ? 2 : 1
  return [...spellSurname(letters.slice(0, head).join('')).split(' '), ...letters.slice(head).map(spellSign)]
}

const typed = new Map<string, { full: string; initials: string }>()

/** Full pinyin without gaps, and initials, as people type them into a search box. */
export function spellForSearch(name: string): { full: string; initials: string } {
  let known = typed.get(name)
  if (!known) {
    const sounds = spellName(name)
    known = { full: sounds.join(''), initials: sounds.map((s) => s[0] ?? '').join('') }
    if (typed.size > 50_000) typed.clear()
    typed.set(name, known)
  }
  return known
}
