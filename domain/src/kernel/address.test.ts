import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOfAddress, placeOfAddress, subscribersOf } from './address.ts'

for (const [address, place, network] of [
  ['10.0.0.7', '10.0.0.7', '10.0.0'],
  ['::ffff:10.0.0.7', '10.0.0.7', '10.0.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '2001:db8:1'],
  ['2001:0DB8:1:0002::5%eth0', '2001:db8:1:2', '2001:db8:1'],
  ['2001:db8::6', '2001:db8:0:0', '2001:db8:0'],
  ['::1', '0:0:0:0', '0:0:0'],
  ['device abc', 'device abc', 'device abc'],
] as const)
  test(`an address is counted by its place and its network: ${address}`, () =>
    assert.deepEqual([placeOfAddress(address), networkOfAddress(address)], [place, network]))

test('a subscriber with many long addresses is one; a short address has no more', () => {
  assert.deepEqual(subscribersOf('2001:db8:1:2ff::5'), { line: '2001:db8:1:200', network: '2001:db8:1' })
  assert.deepEqual(subscribersOf('2001:db8:1:201::5'), subscribersOf('2001:db8:1:2ff::5'))
  assert.notEqual(subscribersOf('2001:db8:1:301::5')?.line, '2001:db8:1:200')
  assert.equal(subscribersOf('203.0.113.9'), undefined)
})
