import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guess, learn, usualBounds, type Example } from './triage.ts'

const words = fc.constantFrom('路灯', '积水', '噪音', '违建', '欠薪', '油烟', '井盖', '停车', '邻居', '漏水')
const example: fc.Arbitrary<Example> = fc.record({
  label: fc.constantFrom('市政', '劳动', '邻里', '环保'),
  bag: fc.array(words, { minLength: 1, maxLength: 6 }).map((all) => new Map(all.map((w) => [w, 1]))),
  weight: fc.constantFrom(1, 2),
})

test('a model holds no more labels, words and cells than it may, whatever it learns from', () => {
  fc.assert(
    fc.property(fc.array(example, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (examples, n) => {
      const model = learn(examples, { labels: n, words: n * 2, cells: n * 4 })
      const kept = Object.keys(model.words)
      assert.ok(model.labels.length <= n && kept.length <= n * 2 && kept.length * model.labels.length <= n * 4)
      assert.ok(Object.values(model.words).every((row) => row.length === model.labels.length + 1))
    }),
  )
})

test('what stays within its bounds learns the same with and without them, and however often it is walked through', () => {
  fc.assert(
    fc.property(fc.array(example, { minLength: 1, maxLength: 40 }), (examples) => {
      const anew: Iterable<Example> = { [Symbol.iterator]: () => examples.map((e) => ({ ...e })).values() }
      assert.deepEqual(learn(examples), learn(anew, { labels: 1e6, words: 1e6, cells: 1e9 }))
    }),
  )
})

test('the most frequent labels and words are kept: noise with a label of its own for each text teaches nothing', () => {
  const honest = Array.from({ length: 30 }, (_, i) => ({
    label: i % 2 === 0 ? '市政' : '劳动',
    bag: new Map([[i % 2 === 0 ? '路灯' : '欠薪', 1]]),
    weight: 1,
  }))
  const noise = Array.from({ length: 500 }, (_, i) => ({
    label: `杂${i}`,
    bag: new Map(Array.from({ length: 20 }, (__, k) => [`词${i}-${k}`, 1])),
    weight: 1,
  }))
  const model = learn([...noise, ...honest], { ...usualBounds, labels: 2, words: 10 })
  assert.deepEqual(model.labels, ['劳动', '市政'])
  assert.equal(guess(model, new Map([['欠薪', 1]]))[0]!.label, '劳动')
})
