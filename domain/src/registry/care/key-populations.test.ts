import assert from 'node:assert/strict'
import { test } from 'node:test'
import { careFields, careKinds, editCareValues, strayCareValue } from './key-populations.ts'

test('each kind of key population keeps fields of its own, told apart by their codes', () => {
  for (const kind of careKinds) {
    const codes = careFields[kind].map((f) => f.code)
    assert.ok(codes.length >= 4 && new Set(codes).size === codes.length, kind)
  }
})

test('a value is refused that its kind does not keep, that is no day, or that is none of the choices', () => {
  const table = [
    ['released', { originalCrime: '盗窃', releaseDate: '2025-12-01', isRecidivist: false, riskKind: 'low' }, undefined],
    ['released', { releaseDate: null }, undefined],
    ['released', { releaseDate: '去年' }, 'releaseDate'],
    ['released', { riskKind: 'unknown' }, 'riskKind'],
    ['released', { isRecidivist: 'yes' }, 'isRecidivist'],
    ['released', { diagnosis: '…' }, 'diagnosis'],
    ['mental-health', { riskLevel: '5' }, undefined],
    ['mental-health', { riskLevel: '6' }, 'riskLevel'],
  ] as const
  for (const [kind, values, stray] of table) assert.equal(strayCareValue(kind, values), stray, JSON.stringify(values))
})

test('who does not see what is kept changes what he names, and leaves the rest', () => {
  const kept = { term: '三年', prison: '某监狱' }
  assert.deepEqual(editCareValues(kept, { term: '四年' }), { term: '四年', prison: '某监狱' })
  assert.deepEqual(editCareValues(kept, { prison: null }), { term: '三年' })
})
