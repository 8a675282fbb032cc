/**
 * What may be seen of a record: field by field, by its tier, by the duties of whoever looks, and by where he looks.
 * The screen, the phone's copy, exports and search all ask this one rule. Source: requirements.md D1, domain.md B7.
 * Left out: which records are within reach at all (server/src/registry/sight.ts), and key populations, which are
 * sealed apart and have a keeper of their own.
 */
import type { Duty } from '../kernel/duty.ts'
import { maskValue, type FieldSpec } from './fields.ts'
import type { Value, Values } from './terms.ts'

export type Sight = 'plain' | 'masked' | 'hidden'

/** Where a value would be read: a page, a phone's own copy, a workbook, or a line among what was found. */
export const wheres = ['screen', 'phone', 'export', 'search'] as const
export type Where = (typeof wheres)[number]

/**
 * How a field looks. General fields are plain within reach; important and core ones are masked, or not shown at all
 * to whoever has no use for them; a phone only to whoever has a duty over the person's own place. A phone holds no core field and nothing of a record that its holder may not read;
 * a line of a search holds general fields only. A field that the county switched off is nowhere.
 */
export function sightOf(spec: FieldSpec, duties: ReadonlySet<Duty>, where: Where): Sight {
  if (!spec.isOn) return 'hidden'
  if (where === 'phone' && (spec.tier === 'C' || !duties.has('registry.read'))) return 'hidden'
  if (spec.tier === 'G') return 'plain'
  if (where === 'search') return 'hidden'
  if (duties.has('registry.see-masked')) return 'masked'
  return spec.tier === 'I' && spec.type === 'phone' && duties.has('registry.read') ? 'masked' : 'hidden'
}

/** A value as it looks, or undefined where it does not show. @param open gives the value in the clear, asked only when needed */
export function showValue(spec: FieldSpec, sight: Sight, open: () => Value): Value | undefined {
  if (sight === 'hidden') return undefined
  return sight === 'plain' ? open() : maskValue(spec, open())
}

/** Whether one value may be revealed, with a reason and against the quota. */
export function mayReveal(spec: FieldSpec, duties: ReadonlySet<Duty>): boolean {
  if (spec.tier === 'I') return duties.has('registry.reveal')
  return spec.tier === 'C' && duties.has('registry.reveal-core')
}

/** A record as it is kept, with the fields that are in force in its county and a way to open what is sealed. */
export interface Kept {
  readonly specs: readonly FieldSpec[]
  readonly body: Values
  readonly sealed: Readonly<Record<string, string>>
  readonly open: (sealed: string, code: string) => string
}

export interface Seen {
  readonly values: Record<string, Value>
  /** Codes of values that are masked, and those among them that may be revealed one at a time. */
  readonly masked: string[]
  readonly canReveal: string[]
  /** Codes that the form asks for and that hold nothing, for whoever may ask. */
  readonly gaps: string[]
}

/** What may be seen of a record. @param duties those that the reader has over this very record */
export function seen(record: Kept, duties: ReadonlySet<Duty>, where: Where): Seen {
  const found: Seen = { values: {}, masked: [], canReveal: [], gaps: [] }
  if (where === 'phone' && !duties.has('registry.read')) return found
  for (const spec of record.specs) {
    if (!spec.isOn) continue
    const sealed = record.sealed[spec.code]
    const plain = record.body[spec.code] ?? null
    if (sealed === undefined && plain === null) {
      const isNone = spec.code === 'idNo' && record.body['idKind'] === 'none'
      if (spec.isAsked && !isNone && duties.has('registry.read')) found.gaps.push(spec.code)
      continue
    }
    const sight = sightOf(spec, duties, where)
    const value = showValue(spec, sight, () => (sealed === undefined ? plain : record.open(sealed, spec.code)))
    if (value === undefined) continue
    found.values[spec.code] = value
    if (sight !== 'masked') continue
    found.masked.push(spec.code)
    if (mayReveal(spec, duties)) found.canReveal.push(spec.code)
  }
  return found
}

/** Values one person may reveal in a day; more needs the centre. */
export const revealQuota = 20
/**
 * Numbers and phones one person may ask for in a day, found or not: a search, a question who somebody may be, a
 * comparison that a refusal or a count would answer. Who asks often enough finds a number without revealing it.
 */
export const searchQuota = 30
/**
 * Of these so many identity numbers of one area and birthday: beside a birthday five hundred numbers are left, which
 * thirty a day would find in a fortnight.
 */
export const likeNumbersQuota = 3
