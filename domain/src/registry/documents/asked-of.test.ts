import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAskedOf } from './asked-of.ts'

test('of each kind of person only what concerns him is asked', () => {
  const fields = ['name', 'idNo', 'country', 'latinName', 'permitUntil', 'cameFrom', 'cameOn']
  const asked = (kind?: string) => fields.filter((field) => isAskedOf(kind, field))
  assert.deepEqual(asked('resident'), ['name', 'idNo'])
  assert.deepEqual(asked('floating'), ['name', 'idNo', 'permitUntil', 'cameFrom', 'cameOn'])
  assert.deepEqual(asked('overseas'), fields)
  assert.deepEqual(asked(), ['name', 'idNo'])
})
