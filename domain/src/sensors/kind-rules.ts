/**
 * What an alarm of a kind is: its matter, how urgent, what is joined to it and after how long without a word a device is
 * silent. This is the set a county starts with, designed, not found in a standard; its own rules are rows, each in force
 * from a day (sensors.kind_rule). Source: requirements.md E3; domain.md C3, C5.
 */
import type { Day } from '../kernel/time.ts'
import type { JoinScope, SensorKind } from './terms.ts'

export interface KindRule {
  readonly kind: SensorKind
  /** The first day it is in force; null of the ready set. */
  readonly fromOn: Day | null
  readonly categoryCode: string
  readonly urgency: 0 | 1 | 2
  readonly scope: JoinScope
  /** Devices of one scope are joined while the last alarm is no older. */
  readonly joinMinutes: number
  /** A device that was not heard for so long is silent. */
  readonly silentMinutes: number
  readonly basis: string
}

const basis = '枫格初始设置，由各县（市、区）按本地目录调整'
const day = 24 * 60
const ready = (
  kind: SensorKind,
  categoryCode: string,
  urgency: KindRule['urgency'],
  { scope, joinMinutes, silentMinutes = day }: Pick<KindRule, 'scope' | 'joinMinutes'> & { silentMinutes?: number },
): KindRule => ({ kind, fromOn: null, categoryCode, urgency, scope, joinMinutes, silentMinutes, basis })

export const readyKindRules: readonly KindRule[] = [
  ready('smoke', '3018', 2, { scope: 'building', joinMinutes: 30 }),
  ready('gas', '3003', 2, { scope: 'building', joinMinutes: 30 }),
  ready('charging-fire', '3018', 2, { scope: 'building', joinMinutes: 30 }),
  ready('electrical', '3004', 1, { scope: 'building', joinMinutes: 60 }),
  ready('water-level', '3011', 2, { scope: 'grid', joinMinutes: 60, silentMinutes: 120 }),
  ready('tilt', '3005', 2, { scope: 'building', joinMinutes: 60 }),
  ready('manhole', '3013', 1, { scope: 'device', joinMinutes: day }),
  ready('street-lamp', '5008', 0, { scope: 'grid', joinMinutes: day, silentMinutes: 3 * day }),
  ready('public-door', '3001', 0, { scope: 'building', joinMinutes: 60 }),
  ready('lift', '3008', 2, { scope: 'device', joinMinutes: 60 }),
]

/**
 * A county keeps its own catalogue, and a category that came to the ready one later is not in it: what such an alarm was
 * before, of the same lead department.
 */
const before: Readonly<Partial<Record<SensorKind, string>>> = { smoke: '3001', 'charging-fire': '3002' }

/**
 * The rules of a day: of each kind the county's latest that is in force, else the ready one.
 * @param isInForce whether the county's catalogue has a category
 */
export function rulesOn(
  own: readonly KindRule[],
  on: Day,
  isInForce: (categoryCode: string) => boolean,
): ReadonlyMap<SensorKind, KindRule> {
  const fitting = (rule: KindRule): KindRule => {
    const older = before[rule.kind]
    return older === undefined || isInForce(rule.categoryCode) ? rule : { ...rule, categoryCode: older }
  }
  const rules = new Map(readyKindRules.map((rule) => [rule.kind, fitting(rule)]))
  for (const rule of own.toSorted((a, b) => ((a.fromOn ?? '') < (b.fromOn ?? '') ? -1 : 1)))
    if ((rule.fromOn ?? '') <= on) rules.set(rule.kind, rule)
  return rules
}
