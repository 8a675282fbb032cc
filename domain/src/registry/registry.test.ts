import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { identityCheck } from '../kernel/checksum.ts'
import { readAddress } from './addresses/address.ts'
import { warnOfNumber } from './documents/dummy-numbers.ts'
import { faultsIn, fieldSpecs } from './fields.ts'
import { fullId, judgeIdNumber, readIdNumber } from './identity-number.ts'
import { findColumns, findHeader } from './files/ledger-columns.ts'
import { learnScale, plainScale, scaled } from './linkage/calibrate.ts'
import { clusterLedger, linkLedgers } from './linkage/link.ts'
import { distance } from './linkage/edits.ts'
import { readBorn, readPhone, readRecord } from './linkage/records.ts'

const full = (seventeen: string) => seventeen + identityCheck(seventeen)
const two = (n: number) => String(n).padStart(2, '0')
const anyBody = fc
  .tuple(
    fc.integer({ min: 110101, max: 659001 }),
    fc.integer({ min: 1920, max: 2015 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([area, year, month, day, seq]) => `${area}${year}${two(month)}${two(day)}${String(seq).padStart(3, '0')}`)

test('a number is read however it is written, and every single wrong digit is noticed', () => {
  fc.assert(
    fc.property(anyBody, fc.nat(16), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const whole = full(body)
      assert.deepEqual(readIdNumber(whole), { body, check: 'good' })
      const wide = Array.from(whole)
        .map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
        .join('')
      assert.deepEqual(readIdNumber(` ${wide.toLowerCase()} `), { body, check: 'good' })
      const wrong = body.slice(0, at) + String((Number(body[at]) + by) % 10) + body.slice(at + 1) + whole[17]
      assert.notEqual(readIdNumber(wrong)?.check, 'good')
    }),
  )
})

for (const [why, number, fault, warning] of [
  ['the specimen of the standard checks, and is warned of', full('11010519491231002'), undefined, 'id.dummy'],
  ['a day of 1799 is no birthday of anybody', full('11010517991231002'), 'id.date', undefined],
  ['nor is the last of 1879', full('11010518791231002'), 'id.date', undefined],
  ['the first of 1880 may be', full('44052418800101002'), undefined, undefined],
  ['its specimen is warned of', full('44052418800101001'), undefined, 'id.dummy'],
] as const)
  test(why, () => {
    assert.equal(judgeIdNumber(number, '2026-11-20'), fault)
    assert.equal(warnOfNumber(number, '2026-11-20'), warning)
  })

test('what the desk would refuse is said before it is sent, field by field', () => {
  const today = '2026-03-02'
  const written = { name: '周晓燕', kind: 'floating', idNo: '1101051949123100', phone: '1381234', born: '2027-01-01' }
  assert.deepEqual(faultsIn('person', written, today), [
    { field: 'idNo', fault: 'id.length' },
    { field: 'phone', fault: 'value.phone' },
    { field: 'born', fault: 'value.day' },
  ])
  assert.deepEqual(faultsIn('person', { name: ' ' }, today), [{ field: 'name', fault: 'value.required' }])
  assert.deepEqual(faultsIn('person', { phone: '0510-83591234', idNo: '' }, today), [])
})

test('why a field is asked is said in both languages', () => {
  for (const spec of Object.values(fieldSpecs).flat())
    assert.equal(spec.purpose === '', spec.purposeEn === '', `${spec.name}: ${spec.purpose} / ${spec.purposeEn}`)
})

test('a number of fifteen digits becomes one of eighteen', () => {
  fc.assert(
    fc.property(
      anyBody.filter((b) => b.slice(6, 8) === '19'),
      (body) => {
        const old = readIdNumber(body.slice(0, 6) + body.slice(8))
        assert.deepEqual(old, { body, check: 'absent' })
        assert.equal(judgeIdNumber(fullId(old!), '2026-11-20'), undefined)
      },
    ),
  )
  assert.equal(judgeIdNumber('12345', '2026-11-20'), 'id.length')
  assert.equal(readIdNumber('111111111111111111'), undefined)
  assert.equal(readIdNumber('320000000000000000'), undefined)
})

test('one address in many spellings is one', () => {
  const spellings = [
    '阳光花园3幢2单元501室',
    '阳光花园三幢2单元501',
    '阳光花园 3-2-501',
    '无锡市惠山区阳光花园小区3号楼2单元501',
    '江苏省无锡市惠山区堰桥街道阳光花园3栋二单元501室',
    '阳光花园３＃２单元５０１',
  ]
  for (const text of spellings) {
    const { written: _written, ...parts } = readAddress(text)!
    assert.deepEqual(parts, { estate: '阳光', name: '阳光花园', building: '3', unit: '2', room: '501' }, text)
  }
  assert.equal(readAddress('人民路128号')?.estate, '人民路')
  assert.equal(readAddress('  '), undefined)
})

test('phones and days are read, dummies are nothing', () => {
  assert.equal(readPhone('+86 138-1234-5678'), '13812345678')
  assert.equal(readPhone('11111111111'), '')
  assert.equal(readPhone('无'), '')
  for (const text of ['1990-01-02', '19900102', '1990/1/2', '1990年1月2日', '1990-01-02 00:00:00'])
    assert.equal(readBorn(text), '1990-01-02')
  assert.equal(readBorn('1990-13-02'), '')
})

test('edits are counted, exchanged neighbours as one', () => {
  assert.equal(distance('13812345678', '13812345687', 2), 1)
  assert.equal(distance('abcd', 'abxd', 2), 1)
  assert.equal(distance('abcd', 'acd', 2), 1)
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) =>
      assert.equal(distance(a, b, 3), distance(b, a, 3)),
    ),
  )
})

test('columns are found by their Chinese headers, in any order, below a title row', () => {
  assert.deepEqual(
    findColumns(['序号', '房东姓名', '承租人姓名', '身份证号码（18位）', '联系电话', '房屋地址', '出生日期']),
    { name: 2, idNo: 3, phone: 4, address: 5, born: 6 },
  )
  assert.equal(findHeader([['惠山区某镇出租房屋台账'], ['姓名', '手机', '地址']]), 1)
  assert.equal(
    findHeader([
      ['a', 'b'],
      ['1', '2'],
    ]),
    -1,
  )
})

const spell = (name: string) =>
  Array.from(name).map((c) => ({ 伟: 'wei', 炜: 'wei', 张: 'zhang', 章: 'zhang', 李: 'li', 芳: 'fang' })[c] ?? c)
const person = (i: number, more: object = {}) => ({
  name: `${'张李王赵'[i % 4]}${String.fromCodePoint(0x4e00 + ((i * 37) % 5000))}${String.fromCodePoint(0x4e00 + ((i * 91) % 5000))}`,
  idNo: '',
  phone: `138${String(10_000_000 + i * 7919).slice(0, 8)}`,
  address: `阳光苑${1 + (i % 40)}幢${101 + (i % 30)}室`,
  born: `19${60 + (i % 40)}-0${1 + (i % 9)}-1${i % 10}`,
  ...more,
})

test('people are linked one to one; a family that shares home and phone is not one person', () => {
  const left = Array.from({ length: 400 }, (_, i) => readRecord(person(i), spell))
  const right = Array.from({ length: 300 }, (_, i) =>
    readRecord(person(i * 2, i % 3 === 0 ? { phone: '' } : {}), spell),
  )
  const kin = readRecord({ ...person(1), name: '张二妹', born: '1991-02-03' }, spell)
  const { links } = linkLedgers([...left, kin], right)
  assert.ok(links.length >= 199 && links.length <= 200, String(links.length))
  for (const l of links) assert.equal(l.a, l.b * 2)
  assert.equal(new Set(links.map((l) => l.b)).size, links.length)
  const again = linkLedgers([...left, kin], right)
  assert.deepEqual(again.links, links, 'the same ledgers give the same links')
})

test('rooms of one tenant are one cluster; two checked numbers are never joined', () => {
  const number = (seq: number) => {
    const body = `32020619900101${String(seq).padStart(3, '0')}`
    return body + identityCheck(body)
  }
  const base = Array.from({ length: 200 }, (_, i) => person(i))
  const rows = [
    ...base,
    { ...base[5]!, address: '和平里9幢301' },
    { ...person(900), idNo: number(11) },
    { ...person(900), idNo: number(12) },
  ]
  const clusters = clusterLedger(rows.map((r) => readRecord(r, spell)))
  assert.deepEqual(
    clusters.map((c) => c.members),
    [[5, 200]],
  )
})

test('decisions make probabilities truer, few or one-sided ones change nothing', () => {
  assert.deepEqual(learnScale([{ probability: 0.9, isSame: true }]), plainScale)
  const shy = Array.from({ length: 400 }, (_, i) => ({ probability: 0.3 + (i % 40) / 100, isSame: i % 20 !== 0 }))
  const scale = learnScale(shy)
  assert.ok(scaled(0.5, scale) > 0.8, 'people said yes to nearly all that looked even')
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.98, noNaN: true }), (p) =>
      assert.ok(scaled(p, scale) < scaled(p + 0.01, scale), 'the order stays'),
    ),
  )
})
