import { z } from 'zod'

/** What a person would call characters: code points, so U+20000 and emoji stay whole. */
export function charactersOf(text: string): string[] {
  return Array.from(text)
}

/** @example countCharacters('𠮷祥里') // 3 */
export function countCharacters(text: string): number {
  return charactersOf(text).length
}

/** Marks over and under one sign beyond any writing: what is put in order by pairs takes the square of them. */
const stacked = /([\p{M}\uFF9E\uFF9F]{16})[\p{M}\uFF9E\uFF9F]+/gu

/** The one way to bring a text into a normal form: its time grows with its length, whoever wrote it. */
export const normal = (text: string, form: 'NFC' | 'NFKC'): string => text.replaceAll(stacked, '$1').normalize(form)

// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu

/** Drops control characters and what turns the way of writing (tab and line feed stay, and what joins emoji), broken surrogates and outer space; NFC. */
export function cleanText(text: string): string {
  const seen = text
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .replace(unseen, (c) => (c === '\u200D' ? c : ''))
  return normal(seen, 'NFC').trim()
}

/** A required line or paragraph of at most `most` characters (code points). */
export function Line(most: number, least = 1) {
  return z
    .string()
    .max(most * 8)
    .transform(cleanText)
    .refine((text) => countCharacters(text) >= least, { error: 'text.too-short', params: { least } })
    .refine((text) => countCharacters(text) <= most, { error: 'text.too-long', params: { most } })
}

/** 王*芳: the first and last character stay when there are three, only the first when there are two. */
export function maskName(name: string): string {
  const letters = charactersOf(name)
  if (letters.length <= 1) return '*'
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`
}

/** 王**: the first character alone, of however many. */
export const maskSurname = (name: string): string => `${charactersOf(name)[0] ?? ''}**`

/** What stands for a value that is there and shown to nobody here. */
export const onFile = '••••'

/** A name that was given, by its first character; one that is masked already shows no more. */
export const maskGiven = (name: string): string => (name === '' ? '' : maskSurname(name))

/** 138****1234. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}
