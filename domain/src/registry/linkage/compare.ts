/**
 * How far two records agree, field by field, in levels. 0 means that one side says nothing; the higher the
 * level the closer. The birth day counts only where an identity number is missing, since the number holds it.
 */
import { distance } from './edits.ts'
import type { LinkRecord } from './records.ts'

export const fields = ['name', 'id', 'phone', 'born', 'address'] as const
export type Field = (typeof fields)[number]
/** Number of levels of each field, level 0 (missing) included. */
export const levelCounts = [6, 6, 4, 5, 6] as const
export type Agreement = readonly [name: number, id: number, phone: number, born: number, address: number]

export function compare(a: LinkRecord, b: LinkRecord): Agreement {
  return [
    a.name === '' || b.name === '' ? 0 : compareNames(a, b),
    !a.id || !b.id ? 0 : compareIds(a.id, b.id),
    a.phone === '' || b.phone === '' ? 0 : comparePhones(a.phone, b.phone),
    (a.id && b.id) || a.born === '' || b.born === '' ? 0 : compareBorn(a.born, b.born),
    !a.address || !b.address ? 0 : compareAddresses(a.address, b.address),
  ]
}

/** 5 same, 4 same sound, 3 nearly the same sound, 2 a sign more, less or other, 1 different. */
function compareNames(a: LinkRecord, b: LinkRecord): number {
  if (a.name === b.name) return 5
  if (a.spelled === b.spelled) return 4
  if (a.folded === b.folded) return 3
  const [long, short] =
    a.sounds.length >= b.sounds.length
      ? [a.folded.split(' '), b.folded.split(' ')]
      : [b.folded.split(' '), a.folded.split(' ')]
  if (long.length < 3 || long[0] !== short[0]) return 1
  if (long.length === short.length) return long.filter((s, i) => s !== short[i]).length === 1 ? 2 : 1
  if (long.length - short.length !== 1 || short.length < 2) return 1
  let at = 0
  for (const sound of long) if (sound === short[at]) at++
  return at === short.length ? 2 : 1
}

/** 3 same, 2 one slip of the hand, 1 different. */
function comparePhones(a: string, b: string): number {
  if (a === b) return 3
  return distance(a, b, 1) <= 1 ? 2 : 1
}

/** 5 same and both check, 4 same, 3 one slip of the hand, 2 two slips, 1 different. Two numbers that both check and differ are two people. */
function compareIds(a: NonNullable<LinkRecord['id']>, b: NonNullable<LinkRecord['id']>): number {
  if (a.body === b.body) return a.check === 'good' && b.check === 'good' ? 5 : 4
  if (a.check === 'good' && b.check === 'good') return 1
  const slips = distance(a.body, b.body, 2)
  return slips > 2 ? 1 : 4 - slips
}

/** 4 same, 3 day and month exchanged or one digit other, 2 same year, 1 different. */
function compareBorn(a: string, b: string): number {
  if (a === b) return 4
  if (a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7)) return 3
  let other = 0
  for (let i = 0; i < 10; i++) if (a[i] !== b[i]) other++
  if (other === 1) return 3
  return a.slice(0, 4) === b.slice(0, 4) ? 2 : 1
}

type Parts = NonNullable<LinkRecord['address']>
/** 5 same room, 4 same building, 3 same estate in another building, 2 an estate that contains the other's name, 1 different. */
function compareAddresses(a: Parts, b: Parts): number {
  if (a.estate !== b.estate)
    return a.estate.length > 2 && b.estate.length > 2 && (a.estate.includes(b.estate) || b.estate.includes(a.estate))
      ? 2
      : 1
  if (a.building === '' || b.building === '') return 3
  if (a.building !== b.building) return 3
  if (a.room === '' || b.room === '') return 4
  return a.room === b.room && (a.unit === b.unit || a.unit === '' || b.unit === '') ? 5 : 4
}
