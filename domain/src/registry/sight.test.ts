import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Duty } from '../kernel/duty.ts'
import { fieldSpecs, maskValue, specOf } from './fields.ts'
import { exampleFields, sightExamples } from './sight-examples.ts'
import { mayReveal, seen, sightOf, wheres } from './sight.ts'
import { recordKinds } from './terms.ts'

const plain = { name: '王小芳', phone: '13812345678', hukouArea: '甲地', idNo: '900001199003040125' }
const isSealed = (code: string) => code === 'phone' || code === 'idNo'
const record = {
  specs: fieldSpecs.person,
  body: { name: plain.name, hukouArea: plain.hukouArea },
  sealed: { phone: `sealed ${plain.phone}`, idNo: `sealed ${plain.idNo}` },
  open: (text: string) => text.slice('sealed '.length),
}

for (const e of sightExamples)
  test(`${e.who} (${e.where.join(', ')}): ${e.why}`, () => {
    for (const where of e.where) {
      const duties = new Set(e.duties)
      const found = seen(record, duties, where)
      for (const code of exampleFields) {
        const spec = specOf('person', code)!
        assert.equal(sightOf(spec, duties, where), e.looks[code], `${code} on ${where}`)
        const shown = { plain: plain[code], masked: maskValue(spec, plain[code]), hidden: undefined }[e.looks[code]]
        assert.equal(found.values[code], shown, `${code} on ${where}`)
      }
      assert.deepEqual(found.canReveal.toSorted(), e.reveals.toSorted(), where)
    }
  })

const duties = fc.subarray<Duty>([
  'registry.read',
  'registry.write',
  'registry.see-masked',
  'registry.reveal',
  'registry.reveal-core',
])
const where = fc.constantFrom(...wheres)

test('no sealed value is ever seen in the clear, whoever looks and from wherever', () => {
  fc.assert(
    fc.property(duties, where, (held, from) => {
      const found = seen(record, new Set(held), from)
      for (const code of exampleFields.filter(isSealed)) assert.notEqual(found.values[code], plain[code])
    }),
  )
})

test('what a phone holds and a search shows is never more than the screen shows', () => {
  const rank = { plain: 2, masked: 1, hidden: 0 }
  fc.assert(
    fc.property(duties, where, fc.constantFrom(...recordKinds), (held, from, kind) => {
      const set = new Set(held)
      for (const spec of fieldSpecs[kind])
        assert.ok(rank[sightOf(spec, set, from)] <= rank[sightOf(spec, set, 'screen')], spec.code)
    }),
  )
})

test('only what is masked can be revealed, and a field that is switched off is nowhere', () => {
  fc.assert(
    fc.property(duties, where, (held, from) => {
      const set = new Set(held)
      const found = seen(record, set, from)
      for (const code of found.canReveal) {
        assert.ok(found.masked.includes(code))
        assert.ok(mayReveal(specOf('person', code)!, set))
      }
      const off = { ...record, specs: record.specs.map((s) => ({ ...s, isOn: false })) }
      assert.deepEqual(seen(off, set, from), { values: {}, masked: [], canReveal: [], gaps: [] })
    }),
  )
})
