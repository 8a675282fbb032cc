import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionOf } from './likely-question.ts'

const whole = '990001199003040072'

for (const [why, values, isAtHome, asked] of [
  ['a number is asked by once it checks', { idNo: whole }, false, { idNo: whole }],
  ['its first fifteen digits are no old number', { idNo: whole.slice(0, 15) }, false, undefined],
  [
    'a slip of the finger is not asked by',
    { idNo: whole.slice(0, 17) + (whole.endsWith('2') ? '3' : '2') },
    false,
    undefined,
  ],
  ['a phone is asked by with all its digits', { phone: '138 1234-5678' }, false, { phone: '13812345678' }],
  ['ten digits are none', { phone: '1381234567' }, false, undefined],
  ['a name needs a birth day', { name: '王小芳', born: '1990-03' }, false, undefined],
  ['with one it is enough', { name: '王小芳', born: '1990-03-04' }, false, { name: '王小芳', born: '1990-03-04' }],
  ['at a house its people are known by name', { name: '王小芳' }, true, { name: '王小芳' }],
  ['half a number does not go along', { name: '王小芳', idNo: '99000119' }, true, { name: '王小芳' }],
] as const)
  test(why, () => {
    assert.deepEqual(questionOf(values, isAtHome), asked)
  })
