/**
 * Documents that people show, as data: each with what its number looks like where that is known, and since when it is
 * issued. A number of another kind than the citizen's is kept with its kind before it, so that a passport and a permit
 * of the same digits are two. `none`: he has no document; `unknown`: he has one and nobody knows its number, which the
 * form goes on asking for. Source: requirements.md R1; domain.md A6, B2 (formats known by their public description).
 */
import type { Day } from '../../kernel/time.ts'
import { narrow } from '../narrow.ts'
import type { Value, Values } from '../terms.ts'

export interface DocumentKind {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** `citizen`: eighteen digits that check, with birthday and sex in them. */
  readonly number: 'citizen' | 'own' | 'absent'
  readonly format: RegExp | null
  readonly since: Day
}

const kind = (
  code: string,
  [name, nameEn]: readonly [string, string],
  [number, format, since]: readonly [DocumentKind['number'], RegExp | null, Day],
): DocumentKind => ({ code, name, nameEn, number, format, since })

export const documentKinds: readonly DocumentKind[] = [
  kind('id-card', ['居民身份证', 'Identity card'], ['citizen', null, '1984-04-06']),
  kind(
    'hmt-residence',
    ['港澳台居民居住证', 'Residence permit of Hong Kong, Macao, Taiwan'],
    ['citizen', /^8[123]/, '2018-09-01'],
  ),
  kind('passport', ['护照', 'Passport'], ['own', /^[A-Z0-9]{5,12}$/, '1900-01-01']),
  kind(
    'hm-permit',
    ['港澳居民来往内地通行证', 'Mainland permit of Hong Kong and Macao'],
    ['own', /^[HM]\d{8}(\d{2})?$/, '1999-01-15'],
  ),
  kind(
    'tw-permit',
    ['台湾居民来往大陆通行证', 'Mainland permit of Taiwan'],
    ['own', /^(\d{8}|\d{10}[A-Z]?)$/, '1992-05-01'],
  ),
  // Since 2023 eighteen digits that begin with a nine; before, three letters and twelve digits.
  kind(
    'foreign-residence',
    ['外国人永久居留身份证', 'Foreign permanent resident'],
    ['own', /^(9\d{16}[\dX]|[A-Z]{3}\d{12})$/, '2004-08-15'],
  ),
  kind('other', ['其他证件', 'Another document'], ['own', /^[A-Z0-9]{4,24}$/, '1900-01-01']),
  kind('none', ['无证件', 'Has none'], ['absent', null, '1900-01-01']),
  kind('unknown', ['证件不详', 'Not known'], ['absent', null, '1900-01-01']),
]
export const documentOf = (code: Value | undefined): DocumentKind =>
  documentKinds.find((k) => k.code === code) ?? documentKinds[0]!

export type DocumentFault = 'id.format' | 'id.none'

/** A number that is no citizen's as it is kept. @example readDocument(documentOf('passport'), 'e 1234567') // { value: 'passport/E1234567' } */
export function readDocument(kind: DocumentKind, text: string): { value: string } | { fault: DocumentFault } {
  if (kind.number === 'absent') return { fault: 'id.none' }
  const plain = narrow(text)
    .replaceAll(/[\s\-.·()]/g, '')
    .toUpperCase()
  return kind.format === null || kind.format.test(plain) ? { value: `${kind.code}/${plain}` } : { fault: 'id.format' }
}

/** Kinds of which a number is kept in its own form: somebody is looked for by one of them and its number. */
export const ownKinds = ['passport', 'hm-permit', 'tw-permit', 'foreign-residence', 'other'] as const

/** The number as it stands on the document. */
export const plainNumber = (kept: string): string => kept.slice(kept.indexOf('/') + 1)

const nobody = /^(无|没有|无证件?)$/
const notKnown = /^(不详|未知|不清楚|不明)$/

/** What stands for a number in ledgers and mouths: 无 says that he has none, 不详 that nobody knows. */
export function settleDocument(values: Values): Values {
  const text = typeof values['idNo'] === 'string' ? values['idNo'].trim() : ''
  if (nobody.test(text)) return { ...values, idNo: null, idKind: 'none' }
  return notKnown.test(text) ? { ...values, idNo: null, idKind: 'unknown' } : values
}
