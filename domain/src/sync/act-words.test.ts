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

test('a long text is cut', () => assert.equal(wordsOf({ note: '长'.repeat(900) }).length, 600))
