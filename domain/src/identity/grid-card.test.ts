import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOfficePhone } from './grid-card.ts'

test('a card bears a telephone of an office, and no mobile phone', () => {
  for (const [text, is] of [
    ['0510-83590000', true],
    ['051083590000', true],
    ['010-65550000-802', true],
    ['83590000', true],
    ['400-820-0000', true],
    ['12345', true],
    ['13800000000', false],
    ['138 0000 0000', false],
    ['+8613800000000', false],
    ['8613800000000', false],
    ['找小王', false],
    ['', false],
  ] as const)
    assert.equal(isOfficePhone(text), is, text)
})
