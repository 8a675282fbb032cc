import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldSpecs } from '../registry/fields.ts'
import { wordsIn, wordsOf } from './act-words.ts'
import { offlineActs } from './terms.ts'

test('the desk reads what was written in words, by the field it stood in', () => {
  const ask = {
    id: '019a',
    subjectId: '019b',
    note: '门锁已换',
    answers: { health: '高血压' },
    hazards: [{ what: '灶台旁堆物', orderedText: '当天清走', eventId: '019d' }, 'rubbish'],
    isAsked: true,
  }
  assert.deepEqual(wordsIn('recordVisit', ask), [
    { field: 'note', text: '门锁已换' },
    { field: 'hazard', text: '灶台旁堆物' },
    { field: 'ordered', text: '当天清走' },
  ])
  assert.equal(wordsOf('recordVisit', ask), '门锁已换 · 灶台旁堆物 · 当天清走')
})

test('no field of any record is told, wherever it stands in an act and whatever act it is', () => {
  const codes = [...new Set(Object.values(fieldSpecs).flatMap((specs) => specs.map((s) => s.code)))]
  assert.ok(codes.length > 40)
  const values = Object.fromEntries(codes.map((code) => [code, '植入']))
  for (const name of offlineActs) {
    const ask = {
      values,
      answers: values,
      hazards: [{ ...values, what: '' }],
      phone: '植入',
      askedBy: '植入',
      ids: ['植入'],
    }
    assert.deepEqual(wordsIn(name, ask), [], name)
  }
})

test('a number or a phone is not told either where somebody wrote it into a text', () => {
  const note = '本人电话19912345678，证件990001199003040071，码91350100M000100Y43，住3幢501'
  assert.equal(wordsOf('recordVisit', { note }), '本人电话••••，证件••••，码91350100M000100Y43，住3幢501')
})

test('a long text is cut', () => assert.equal(wordsOf('reportEvent', { content: '长'.repeat(900) }).length, 600))
