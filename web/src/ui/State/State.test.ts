import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOpen, statuses } from '@fengge/domain/events/terms'
import { ringOf } from './ring.ts'

test('every state has a ring, and only what is over has the ring of an end', () => {
  for (const status of statuses) assert.equal(['done', 'ended'].includes(ringOf(status)), !isOpen(status), status)
})

test('the ring fills with the way gone', () => {
  const way = ['reported', 'registered', 'dispatched', 'in-progress', 'handled', 'closed'] as const
  assert.deepEqual(way.map(ringOf), ['open', 'quarter', 'quarter', 'half', 'most', 'done'])
})
