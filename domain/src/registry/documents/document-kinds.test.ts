import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityCheck } from '../../kernel/checksum.ts'
import { faultsIn, readValue, specOf } from '../fields.ts'
import { seen } from '../sight.ts'
import { settleDocument } from './document-kinds.ts'

const today = '2026-03-02'
const idNo = specOf('person', 'idNo')!
const checked = (seventeen: string) => seventeen + identityCheck(seventeen)

for (const [why, idKind, written, kept] of [
  ['a passport, however it is spaced', 'passport', 'e 1234-5678', { value: 'passport/E12345678' }],
  ['a permit of Hong Kong', 'hm-permit', 'h12345678', { value: 'hm-permit/H12345678' }],
  ['its older form with the issue', 'hm-permit', 'M1234567801', { value: 'hm-permit/M1234567801' }],
  ['no permit begins so', 'hm-permit', 'K12345678', { fault: 'id.format' }],
  ['a permit of Taiwan', 'tw-permit', '12345678', { value: 'tw-permit/12345678' }],
  ['of seven digits is none', 'tw-permit', '1234567', { fault: 'id.format' }],
  [
    'a foreign permanent resident, as the card was',
    'foreign-residence',
    'CAN110190010101',
    { value: 'foreign-residence/CAN110190010101' },
  ],
  ['whoever has none has no number', 'none', 'E12345678', { fault: 'id.none' }],
  ['a passport is no identity card', 'id-card', 'E12345678', { fault: 'id.length' }],
  ['nor without saying what it is', undefined, 'E12345678', { fault: 'id.length' }],
  [
    'a residence permit is read as a citizen’s number',
    'hmt-residence',
    checked('81000019900304001'),
    { value: checked('81000019900304001') },
  ],
  ['whose area begins with eighty-one to three', 'hmt-residence', checked('11000019900304001'), { fault: 'id.format' }],
] as const)
  test(why, () => {
    assert.deepEqual(readValue(idNo, written, today, { idKind: idKind ?? null }), kept)
  })

test('无 says that he has none, 不详 that nobody knows: only the second is asked for again', () => {
  assert.deepEqual(settleDocument({ idNo: '无' }), { idNo: null, idKind: 'none' })
  assert.deepEqual(settleDocument({ idNo: ' 不详 ' }), { idNo: null, idKind: 'unknown' })
  const gapsOf = (idKind: string) =>
    seen({ specs: [idNo], body: { idKind }, sealed: {}, open: (x) => x }, new Set(['registry.read']), 'screen').gaps
  assert.deepEqual([gapsOf('none'), gapsOf('unknown'), gapsOf('id-card')], [[], ['idNo'], ['idNo']])
  assert.deepEqual(faultsIn('person', { idKind: 'passport', idNo: 'E12345678' }, today), [])
})
