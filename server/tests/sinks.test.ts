/** What a row may leave out of what its sink writes: nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSink } from '../src/kernel/db/sink.ts'

test('a row without one of its columns is refused, and one that says null writes null', () => {
  const sink = makeSink<{ id: string; note?: string | null }>('insert into t select * from unnest($$1, $$2)', [
    'id',
    'note',
  ])
  assert.deepEqual(sink.values([{ id: 'a', note: null }]), ['{"a"}', '{NULL}'])
  assert.throws(() => sink.values([{ id: 'a' }]), /a row without its note/)
})
