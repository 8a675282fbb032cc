/** Values that break things, and the ways in which they get into an ask. */
import type { Dice } from './dice.ts'

const deep = (n: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < n; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

export const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -0.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31) - 1,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202egnp.exe',
  '👨‍👩‍👧‍👦',
  '𠮷'.repeat(40),
  'e\u0301'.repeat(100),
  '\r\nset-cookie: a=b',
  "' or 1=1 --",
  "'); drop table events.event; --",
  '$1',
  '%s%n%x',
  '%',
  '_',
  '\\',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '/dev/null',
  'constructor',
  'toString',
  'x'.repeat(5000),
  '9999-12-31',
  '0000-01-01',
  '2026-02-30',
  '-000001-01-01',
  '9999-12-31T23:59:59.999Z',
  '2026-03-02T25:61:00+99:99',
  'NaN',
  'Infinity',
  '1e400',
  '0x10',
  '१२३',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{"a":1}',
  [],
  {},
  [[]],
  [null],
  { $ne: 1 },
  { toString: 1, valueOf: 2 },
  deep(30),
  deep(200),
  Array.from({ length: 500 }, (_, i) => i),
]

type Holder = Record<string, unknown> | unknown[]
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

/** Every place in a value that something else can be put into. */
function placesIn(value: unknown, depth = 0): { readonly in: Holder; readonly key: string }[] {
  if (!isHolder(value) || depth > 6) return []
  return Object.keys(value).flatMap((key) => [
    { in: value, key },
    ...placesIn((value as Record<string, unknown>)[key], depth + 1),
  ])
}

/** Changes an ask in one way. */
export function spoil(dice: Dice, ask: Record<string, unknown>): void {
  const places = placesIn(ask)
  const place = places.length > 0 ? dice.pick(places) : { in: ask, key: 'a' }
  const holder = place.in as Record<string, unknown>
  const way = dice.roll()
  if (way < 0.6) holder[place.key] = structuredClone(dice.pick(hostileValues))
  else if (way < 0.7) delete holder[place.key]
  else if (way < 0.8)
    holder[`${dice.pick(['x', '\0', 'constructor', '%', '𠮷'])}${dice.int(9)}`] = structuredClone(
      dice.pick(hostileValues),
    )
  else if (way < 0.9) holder[place.key] = [holder[place.key]]
  else holder[place.key] = JSON.stringify(holder[place.key] ?? null)
}

/** JSON that no object gives: keys that change every object, keys that come twice, numbers beyond numbers. */
export const rawTexts: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '123',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"requestId":1,"requestId":2}',
  '{"version":1e999}',
  '{"version":-0}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"a":"${'x'.repeat(1_200_000)}"}`,
  '{"a":"\\ud800"}',
  '\ufeff{}',
  '{"a":1}{"b":2}',
  '<xml/>',
]
