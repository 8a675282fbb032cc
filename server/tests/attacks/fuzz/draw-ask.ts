/** An ask as a screen would send it, drawn from the schema of its promise: what is hostile is made of it afterwards. */
import type { z } from 'zod'
import { numberOf } from '../../registry-world.ts'
import { uuidOf, type Dice } from './dice.ts'

/** Ids that are there, by the table they are of. */
export type Known = Readonly<Record<string, readonly string[]>>

interface Def {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly entries?: Readonly<Record<string, string | number>>
  readonly values?: readonly unknown[]
  readonly items?: readonly z.ZodType[]
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly left?: z.ZodType
}
const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def

const samples = [
  '甲',
  '楼道堆放杂物',
  '5001',
  '1002',
  '50',
  '320206',
  '320206001000',
  '2026-03-02',
  '2026-03-02T09:00:00+08:00',
  '13800001234',
  'T-0001',
  '000-B01',
  'rental',
  'patrol',
  'grid-worker',
  '09:00',
  '1',
  '123456',
  'abc-def',
  'a',
  '2026',
  'A'.repeat(43),
  'name asc',
  numberOf(901),
  'https://example.org/',
]
const numbers = [65, 0, 1, 2, 3, 5, 12, 30, 120.25, 31.65, 365, 2026, 20_260_302]

const ring = (x: number, y: number, w: number) => [
  [x, y],
  [x + w, y],
  [x + w, y + w],
  [x, y + w],
  [x, y],
]
/** Borders: right ones, and such that cross themselves, turn the wrong way, are nothing, or go round the world. */
const shapes: readonly unknown[] = [
  ...[0.001, 0.02, 0].map((w) => ({ type: 'MultiPolygon', coordinates: [[ring(120.2, 31.6, w)]] })),
  { type: 'Polygon', coordinates: [ring(120.2, 31.6, 0.01)] },
  { type: 'Polygon', coordinates: [ring(120.2, 31.6, 0.01).toReversed(), ring(120.203, 31.603, 0.02)] },
  { type: 'MultiPolygon', coordinates: [[ring(120.2, 31.6, 0.01)], [ring(120.205, 31.605, 0.01)]] },
  {
    type: 'Polygon',
    coordinates: [
      [
        [120, 31],
        [121, 32],
        [121, 31],
        [120, 32],
        [120, 31],
      ],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [-180, -90],
        [180, -90],
        [180, 90],
        [-180, 90],
        [-180, -90],
      ],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [120, 31],
        [120, 31],
        [120, 31],
        [120, 31],
      ],
    ],
  },
  { type: 'Point', coordinates: [120.2, 31.6] },
]

const mayLack: ReadonlySet<string> = new Set(['optional', 'default', 'prefault', 'nullable'])

const tables: Readonly<Record<string, string>> = {
  placeId: 'place',
  gridId: 'place',
  gridIds: 'place',
  parentId: 'place',
  eventId: 'event',
  houseId: 'house',
  personId: 'person',
  accountId: 'account',
  departmentId: 'department',
  matterId: 'matter',
  runId: 'run',
}

export class Drawing {
  private readonly dice: Dice
  private readonly known: Known
  constructor(dice: Dice, known: Known) {
    this.dice = dice
    this.known = known
  }

  draw(schema: z.ZodType, name = '', depth = 0): unknown {
    if (name === 'geometry' && this.dice.chance(0.8)) return this.dice.pick(shapes)
    const def = defOf(schema)
    if (mayLack.has(def.type) && this.dice.chance(0.5)) return def.type === 'nullable' ? null : undefined
    const inner = def.innerType ?? def.in
    return inner ? this.draw(inner, name, depth) : this.drawWhole(schema, name, depth)
  }

  private drawWhole(schema: z.ZodType, name: string, depth: number): unknown {
    const def = defOf(schema)
    switch (def.type) {
      case 'object':
        return this.drawObject(def.shape ?? {}, depth)
      case 'array':
        return this.drawArray(schema, def, name, depth)
      case 'tuple':
        return (def.items ?? []).map((item) => this.draw(item, name, depth + 1))
      case 'record':
        return { [this.dice.pick(samples)]: this.draw(def.valueType!, name, depth + 1) }
      case 'union':
        return this.draw(this.dice.pick(def.options!), name, depth + 1)
      default:
        return this.drawLeaf(schema, def, name)
    }
  }

  /** Of a length that the schema takes. */
  private drawArray(schema: z.ZodType, def: Def, name: string, depth: number): unknown[] {
    for (const length of [1 + this.dice.int(2), 2, 4, 6]) {
      const drawn = Array.from({ length }, () => this.draw(def.element!, name, depth + 1))
      const { error } = schema.safeParse(drawn)
      if (!error?.issues.some((i) => i.path.length === 0)) return drawn
    }
    return []
  }

  private drawObject(shape: Readonly<Record<string, z.ZodType>>, depth: number): Record<string, unknown> {
    if (depth > 12) return {}
    const entries = Object.entries(shape).map(([key, of]) => [key, this.draw(of, key, depth + 1)] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }

  private drawLeaf(schema: z.ZodType, def: Def, name: string): unknown {
    switch (def.type) {
      case 'enum':
        return this.dice.pick(Object.values(def.entries ?? {}))
      case 'literal':
        return def.values?.[0]
      case 'boolean':
        return this.dice.chance(0.5)
      case 'number':
        return this.fitting(schema, numbers)
      case 'string':
        return this.drawText(schema, name)
      default:
        return this.dice.pick(samples)
    }
  }

  private drawText(schema: z.ZodType, name: string): string {
    if (!schema.safeParse(uuidOf(this.dice)).success || schema.safeParse('甲乙').success)
      return this.fitting(schema, samples)
    const ids = this.known[tables[name] ?? this.dice.pick(Object.keys(this.known))] ?? []
    return ids.length === 0 || name === 'requestId' || this.dice.chance(0.2) ? uuidOf(this.dice) : this.dice.pick(ids)
  }

  /** One that the schema takes, where there is one. */
  private fitting<T>(schema: z.ZodType, from: readonly T[]): T {
    const start = this.dice.int(from.length)
    const turned = [...from.slice(start), ...from.slice(0, start)]
    return turned.find((value) => schema.safeParse(value).success) ?? turned[0]!
  }
}
