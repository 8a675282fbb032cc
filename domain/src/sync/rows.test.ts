import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { z } from 'zod'
import { held, heldKinds, kinds, Rows } from './rows.ts'
import type { row } from '../kernel/row.ts'

/** What phones in the field read by place. A column may be added at the end; none is ever moved, renamed ones stay where they are. */
const places: Readonly<Record<string, string>> = {
  estate: 'id version name hasProperty',
  building: 'id version estateId no lng lat floors',
  house: 'id version buildingId roomNo use values dueDay askedDay gridId isNew',
  person: 'id version name kind values dueDay gridId gaps',
  link: 'id personId houseId role isLead fromOn',
  unit: 'id version parentId name kind values dueDay gridId',
  facility: 'id version parentId name kind values dueDay gridId',
  task:
    'id version state matterId origin originName subjectKind subjectId gridId formCode title note earliestOn dueOn ' +
    'windowFrom windowTo minutes priority cautions tries name houseId buildingId address lng lat place',
  service: 'id version state no what personId gridId dueOn takenBy steps askedBy',
  event:
    'id version no title content placeText lng lat gridId reportedAt isMine status categoryCode urgency dueAt ' +
    'stageStartedAt departmentName answer can flow onBehalfOf halfAt soonAt source',
  notice: 'id eventId kind at title',
  config: 'body',
}

test('no column of a row is moved: phones in the field read by place', () => {
  for (const [kind, columns] of Object.entries(places))
    assert.equal(kinds[kind as keyof typeof kinds].columns.join(' '), columns, kind)
  assert.deepEqual(Object.keys(kinds).toSorted(), Object.keys(places).toSorted())
  assert.deepEqual(Object.keys(Rows.shape).toSorted(), Object.keys(places).toSorted())
})

/** Any value that a schema lets through, by the kind of the schema. */
const makers: Readonly<Record<string, (def: Def) => fc.Arbitrary<unknown>>> = {
  nullable: (d) => fc.option(anyOf(d.innerType!)),
  array: (d) => fc.array(anyOf(d.element!), { maxLength: 3 }),
  tuple: (d) => fc.tuple(...d.items!.map(anyOf)),
  union: (d) => fc.oneof(...d.options!.map(anyOf)),
  enum: (d) => fc.constantFrom(...Object.values(d.entries!)),
  literal: (d) => fc.constantFrom(...d.values!),
  record: (d) => fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), anyOf(d.valueType!), { maxKeys: 3 }),
  object: (d) => fc.record(Object.fromEntries(Object.entries(d.shape!).map(([k, s]) => [k, anyOf(s)]))),
  number: (d) =>
    d.check === undefined
      ? fc.double({ noNaN: true, noDefaultInfinity: true })
      : fc.integer({ min: -1000, max: 99_999 }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  string: (d) => (d.format === 'uuid' ? fc.uuid() : fc.string({ maxLength: 12 })),
}
function anyOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as unknown as { readonly _zod: { readonly def: Def } })._zod
  const make = makers[def.type]
  if (!make) throw new Error(`the test knows no ${def.type}`)
  return make(def)
}
interface Def {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly items?: z.ZodType[]
  readonly options?: z.ZodType[]
  readonly entries?: Record<string, string>
  readonly values?: unknown[]
  readonly valueType?: z.ZodType
  readonly shape?: Record<string, z.ZodType>
  readonly format?: string
  readonly check?: string
}

for (const kind of heldKinds)
  test(`a ${kind} that is packed, sent as JSON and unpacked is what it was`, () => {
    const { pack, unpack, wire } = held[kind] as unknown as ReturnType<typeof row<Record<string, z.ZodType>>>
    fc.assert(
      fc.property(anyOf(wire), (sent) => {
        assert.ok(wire.safeParse(sent).success)
        const onTheLine = JSON.parse(JSON.stringify(pack(unpack(sent as unknown[])))) as unknown
        assert.deepEqual(onTheLine, JSON.parse(JSON.stringify(sent)))
        assert.deepEqual(unpack(onTheLine as unknown[]), unpack(JSON.parse(JSON.stringify(sent)) as unknown[]))
      }),
      { numRuns: 60 },
    )
  })

test('what an earlier version did not send yet is null, and what is not defined is never sent', () => {
  const { event } = held
  const [id, version] = ['019a', 3]
  assert.equal(event.unpack([id, version]).answer, null)
  const rich = { ...event.unpack([id, version]), reporter: '张三' }
  assert.equal(JSON.stringify(event.pack(rich)).includes('张三'), false)
})
