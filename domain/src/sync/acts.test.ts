import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actPromises } from './contract/acts.ts'
import { offlineActs, promiseOf } from './terms.ts'

test('each act is kept under the promise of its name, and none without one', () => {
  for (const name of offlineActs) assert.equal(actPromises[name].name, promiseOf(name))
  assert.deepEqual(Object.keys(actPromises).toSorted(), [...offlineActs].toSorted())
})

test('every act asks for its request id, so that a repeat is known', () => {
  for (const name of offlineActs) assert.ok('requestId' in actPromises[name].ask.shape, name)
})
