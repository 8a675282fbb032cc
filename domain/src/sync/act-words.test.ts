import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './act-words.ts'

test('the desk reads what was written, and no id, number or phone of anybody', () => {
  const ask = {
    id: '019a',
    subjectId: '019b',
    ids: ['019c'],
    note: '门锁已换',
    values: { name: '王小芳', phone: '19912345678', idNo: '990001199003040071', remark: ' ' },
    hazards: [{ what: '灶台旁堆物', eventId: '019d' }],
    isAsked: true,
    point: { lng: 1, lat: 2 },
  }
  assert.equal(wordsOf(ask), '门锁已换 · 王小芳 · 灶台旁堆物')
})

test('a number or a phone is told by no field, nor where it was written into a text', () => {
  const values = { contactPhone: '19912345678', headPhone: '051083012345', creditCode: '91350100M000100Y43' }
  const remark = '本人电话19912345678，证件990001199003040071，住3幢501'
  assert.equal(wordsOf({ values }), '91350100M000100Y43')
  assert.equal(wordsOf({ values: { remark } }), '本人电话••••，证件••••，住3幢501')
})

test('a long text is cut', () => assert.equal(wordsOf({ note: '长'.repeat(900) }).length, 600))
