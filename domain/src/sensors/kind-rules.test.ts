import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulesOn, type KindRule } from './kind-rules.ts'
import type { SensorKind } from './terms.ts'

const has =
  (...codes: readonly string[]) =>
  (code: string) =>
    codes.includes(code)
const own = (kind: SensorKind, categoryCode: string, fromOn: string): KindRule => ({
  kind,
  fromOn,
  categoryCode,
  urgency: 1,
  scope: 'device',
  joinMinutes: 10,
  silentMinutes: 60,
  basis: '区通知',
})

test('smoke is a matter of fire where the catalogue has one, what it was before in an older catalogue, and what a county decides', () => {
  const decided = [own('smoke', '3002', '2026-05-01')]
  const cases: [readonly KindRule[], day: string, (code: string) => boolean, SensorKind, string][] = [
    [[], '2026-04-01', has('3018', '3001', '3002'), 'smoke', '3018'],
    [[], '2026-04-01', has('3001', '3002'), 'smoke', '3001'],
    [[], '2026-04-01', has('3018', '3001', '3002'), 'charging-fire', '3018'],
    [[], '2026-04-01', has('3001', '3002'), 'charging-fire', '3002'],
    [[], '2026-04-01', has('3001'), 'gas', '3003'],
    [decided, '2026-04-30', has('3018', '3002'), 'smoke', '3018'],
    [decided, '2026-05-01', has('3018', '3002'), 'smoke', '3002'],
    [decided, '2026-05-01', has(), 'smoke', '3002'],
  ]
  for (const [rules, day, isInForce, kind, code] of cases)
    assert.equal(rulesOn(rules, day, isInForce).get(kind)!.categoryCode, code, `${kind} ${day}`)
})
