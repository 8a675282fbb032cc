/**
 * Changes of a record as pure rules: two editors of one record merge by field, a real conflict is shown, and
 * whatever was done can be undone as long as nobody has built on it. Source: requirements.md R2, R8.
 */
import type { Value, Values } from './terms.ts'

/** What one change did to one record, field by field. */
export interface FieldChange {
  readonly from: Value
  readonly to: Value
}
export type FieldChanges = Readonly<Record<string, FieldChange>>

export interface Clash {
  readonly field: string
  readonly theirs: Value
  readonly yours: Value
}

/**
 * Applies what an editor changed on an earlier version to the record as it is now.
 * @param since fields that others changed after the version the editor saw
 * @param unseen fields whose values the editor may not see: whether he wrote what stands there is not told, neither by
 * a clash that does not come nor by a change that is none
 */
export function mergeEdit(
  now: Values,
  wanted: Values,
  since: ReadonlySet<string>,
  unseen: ReadonlySet<string> = new Set(),
): { values: Values; changes: FieldChanges; clashes: readonly Clash[] } {
  const values: Record<string, Value> = { ...now }
  const changes: Record<string, FieldChange> = {}
  const clashes: Clash[] = []
  for (const [field, yours] of Object.entries(wanted)) {
    const theirs = now[field] ?? null
    if (theirs === yours && (theirs === null || !unseen.has(field))) continue
    if (since.has(field)) clashes.push({ field, theirs, yours })
    else {
      values[field] = yours
      changes[field] = { from: theirs, to: yours }
    }
  }
  return { values, changes, clashes }
}

/** Takes a change back; a field that was changed again since is left and named. */
export function undoEdit(
  now: Values,
  changes: FieldChanges,
): { values: Values; changes: FieldChanges; kept: readonly string[] } {
  const values: Record<string, Value> = { ...now }
  const back: Record<string, FieldChange> = {}
  const kept: string[] = []
  for (const [field, { from, to }] of Object.entries(changes)) {
    if ((now[field] ?? null) !== to) {
      kept.push(field)
      continue
    }
    if (from === null) delete values[field]
    else values[field] = from
    back[field] = { from: to, to: from }
  }
  return { values, changes: back, kept }
}

/** A record as it was before some changes, newest change first. */
export function rewind(now: Values, changes: readonly FieldChanges[]): Values {
  const values: Record<string, Value> = { ...now }
  for (const change of changes) {
    for (const [field, { from }] of Object.entries(change)) {
      if (from === null) delete values[field]
      else values[field] = from
    }
  }
  return values
}

/** Why two persons may be one; the strongest reason first. */
export const sameReasons = [
  'same-id',
  'same-phone',
  'same-name-born',
  'sound-name-born',
  'same-home',
  'shared-phone',
] as const
export type SameReason = (typeof sameReasons)[number]
export interface Likeness {
  readonly idIndex: string | null
  readonly phoneIndex: string | null
  readonly name: string
  readonly spelled: string
  readonly born: string | null
}

export function reasonsFor(a: Likeness, b: Likeness): SameReason[] {
  const reasons: SameReason[] = []
  if (a.idIndex !== null && a.idIndex === b.idIndex) reasons.push('same-id')
  // Two people with two numbers are two people, whatever else they share.
  else if (a.idIndex !== null && b.idIndex !== null) return []
  if (a.phoneIndex !== null && a.phoneIndex === b.phoneIndex && a.spelled === b.spelled) reasons.push('same-phone')
  if (a.born !== null && a.born === b.born) {
    if (a.name === b.name) reasons.push('same-name-born')
    else if (a.spelled === b.spelled) reasons.push('sound-name-born')
  }
  return reasons
}

/**
 * The same for whoever asks who stands at the door: one phone under two names is a hint, no more. Father and son share
 * one, and so do a boss and his workers; a pair of records that share nothing else is not offered as a double.
 */
export function hintsFor(a: Likeness, b: Likeness): SameReason[] {
  const reasons = reasonsFor(a, b)
  const haveNumbers = a.idIndex !== null && b.idIndex !== null
  const sharesPhone = a.phoneIndex !== null && a.phoneIndex === b.phoneIndex && !reasons.includes('same-phone')
  return sharesPhone && !(haveNumbers && a.idIndex !== b.idIndex) ? [...reasons, 'shared-phone'] : reasons
}

/** The same for whoever is not to hear whether two numbers, or two phones, are one: it is the same whether they are or not. */
export const reasonsBesideNumbers = (a: Likeness, b: Likeness): SameReason[] =>
  a.idIndex !== null && b.idIndex !== null ? [] : reasonsFor({ ...a, phoneIndex: null }, b)
