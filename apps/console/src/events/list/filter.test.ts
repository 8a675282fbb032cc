import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedBy, askOfTab, conditionsOf, orderIn, tabKeys, tabOf } from './filter.ts'

test('an address without conditions asks for what is open, the most pressing first', () => {
  const asked = askedBy({ columns: 'title', order: '' })
  assert.deepEqual(asked, { isOpen: 'yes' })
  assert.equal(tabOf(asked), 'open')
  assert.equal(orderIn({}, asked), 'pressing')
})

test('an address from another page keeps its conditions and adds none', () => {
  const search = { categoryCode: '5002', from: '2026-11-01', id: 'x', columns: 'title' }
  assert.deepEqual(askedBy(search), { categoryCode: '5002', from: '2026-11-01' })
  assert.equal(tabOf(askedBy(search)), 'all')
  assert.equal(orderIn({}, askedBy(search)), 'newest')
})

test('every tab leads to itself', () => {
  for (const tab of tabKeys) assert.equal(tabOf(askedBy(askOfTab(tab))), tab)
})

test('what is empty is no condition', () => {
  assert.deepEqual(conditionsOf({ text: '', queue: 'late', level: undefined }), { queue: 'late' })
})
