import { judgeLooks } from '../audit/look-alarm.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkDigit, isCreditCode } from './checksum.ts'
import { judgeIdNumber } from '../registry/identity-number.ts'
import { composeId, Id } from './id.ts'
import { areaLevelOf, composeGridCode, isAreaCode, isGridCode, isMicroCode, parentAreaCode } from './place-code.ts'
import { cleanText, countCharacters, Line, maskName, maskPhone, normal } from './text.ts'
import { addDays, dayNumber, dayNumberAt, dayOf, isDay, startOf, weekdayOf } from './time.ts'

test('identity numbers of the standard check, and broken ones do not', () => {
  for (const good of ['11010519491231002X', '440524188001010014'])
    assert.equal(judgeIdNumber(good, '2026-11-20'), undefined, good)
  for (const bad of ['110105194912310021', '11010519491331002X', '', '1101051949123100'])
    assert.ok(judgeIdNumber(bad, '2026-11-20'), bad)
  assert.equal(judgeIdNumber('11010519491231002X', '1949-12-30'), 'id.date', 'nobody is born tomorrow')
})

test('credit codes check', () => {
  assert.ok(isCreditCode('91350100M000100Y43'))
  for (const bad of ['91350100M000100Y44', '91350100I000100Y43', '']) assert.ok(!isCreditCode(bad), bad)
})

test('a single wrong digit never passes the event number check', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{25}$/), fc.nat(24), fc.integer({ min: 1, max: 9 }), (digits, at, add) => {
      const wrong = digits.slice(0, at) + String((Number(digits[at]) + add) % 10) + digits.slice(at + 1)
      assert.notEqual(checkDigit(wrong), checkDigit(digits))
    }),
  )
})

test('area and grid codes are told apart', () => {
  assert.ok(isAreaCode('370102013006') && !isAreaCode('990102013006') && !isAreaCode('37010201300'))
  assert.ok(isGridCode('370102013006008') && !isGridCode('370102013006000'))
  assert.ok(isMicroCode('37010201300600801') && !isMicroCode('37010201300600800'))
  assert.equal(areaLevelOf('370102013006'), 'village')
  assert.equal(parentAreaCode('370102013006'), '370102013000')
  assert.equal(parentAreaCode('370102013000'), '370102000000')
  assert.equal(parentAreaCode('370000000000'), undefined)
  assert.equal(composeGridCode('370102013006', 8), '370102013006008')
  assert.equal(composeGridCode('370102013006', 1000), undefined)
})

test('days are days in China', () => {
  assert.equal(dayOf(Date.parse('2026-11-19T16:00:00Z')), '2026-11-20')
  assert.equal(addDays('2026-02-28', 1), '2026-03-01')
  assert.equal(dayNumber('1970-01-02'), 1)
  // Half past midnight in China is the day before in Greenwich.
  assert.equal(dayNumberAt(Date.parse('2026-03-02T00:30:00+08:00')), dayNumber('2026-03-02'))
  assert.equal(weekdayOf('2026-11-20'), 5)
  assert.ok(isDay('2024-02-29') && !isDay('2026-02-29') && !isDay('2026-13-01'))
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      (at) => startOf(dayOf(at)) <= at && at < startOf(addDays(dayOf(at), 1)),
    ),
  )
})

test('rare characters and emoji count as one and survive', () => {
  assert.equal(countCharacters('𠮷野家👍'), 4)
  assert.equal(cleanText('  𠀀\u0000乱\u0007 '), '𠀀乱')
  assert.equal(cleanText('甲\u202E乙\u2066丙'), '甲乙丙', 'what turns the way of writing is dropped')
  assert.ok(!Line(3).safeParse('𠀀𠀁𠀂𠀃').success)
  assert.ok(Line(3).safeParse('𠀀𠀁𠀂').success)
})

test('names and phones are masked', () => {
  assert.deepEqual(['王芳', '王小芳', '欧阳小芳', '王'].map(maskName), ['王*', '王*芳', '欧**芳', '*'])
  assert.equal(maskPhone('13800001234'), '138****1234')
})

test('client ids are valid UUIDv7 and keep time order', () => {
  const a = composeId(1, new Uint8Array(10).fill(255))
  const b = composeId(2, new Uint8Array(10))
  assert.ok(Id.safeParse(a).success && a < b && a[14] === '7')
})

test('looks are unusual by figures anybody can check', () => {
  assert.equal(judgeLooks({ today: 20, refusedByQuota: 0, usual: 0 }), undefined, 'few looks are never unusual')
  assert.equal(judgeLooks({ today: 200, refusedByQuota: 0, usual: 10 }), 'many')
  assert.equal(judgeLooks({ today: 200, refusedByQuota: 0, usual: 90 }), undefined)
  assert.equal(judgeLooks({ today: 1, refusedByQuota: 1, usual: 50 }), 'quota')
})

test('marks heaped on one sign are no writing: what is put in order by pairs is bounded before it is', () => {
  for (const pair of ['\u0301\u0316', '\uFF9E\u0334', '\u3099\u0334', '\u064B\u0655'])
    for (const form of ['NFC', 'NFKC'] as const)
      assert.ok(normal(`a${pair.repeat(2000)}b`, form).length <= 20, `${pair} ${form}`)
  assert.equal(normal('e\u0301', 'NFC'), 'é')
  assert.equal(cleanText(`王${'\u0301\u0316'.repeat(50_000)}芳`).length, 18)
})
