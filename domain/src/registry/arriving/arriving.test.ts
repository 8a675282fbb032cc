import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseOf, insideOf, namedIn, saysPlace } from './arriving.ts'

const at = (gridId: string | null, villageId: string | null, townId: string | null) => ({ gridId, villageId, townId })
const a = at('g1', 'v1', 't1')

for (const [why, places, isDoubtful, course] of [
  ['one grid looks for him', [a, a], false, { ...a, state: 'offered' }],
  ['of two grids the community decides', [a, at('g2', 'v1', 't1')], false, { ...at(null, 'v1', 't1'), state: 'desk' }],
  ['of two communities the town', [a, at('g3', 'v2', 't1')], false, { ...at(null, null, 't1'), state: 'desk' }],
  ['what nobody knows is the county’s', [], false, { ...at(null, null, null), state: 'desk' }],
  ['who was looked for in vain is a desk’s first', [a], true, { ...a, state: 'desk' }],
] as const)
  test(`a mover is offered: ${why}`, () => {
    assert.deepEqual(courseOf(places, isDoubtful), course)
  })

for (const [text, name, says] of [
  ['陈家桥丁香花园1幢', '陈家桥社区居委会', true],
  ['洛社镇丁香花园', '洛社镇', true],
  ['丁香花园1幢', '陈家桥社区居委会', false],
  ['新村东路3号', '新村', false],
] as const)
  test(`words of an address: ${text} ${says ? 'names' : 'does not name'} ${name}`, () => {
    assert.equal(saysPlace(text, name), says)
  })

for (const [text, inside] of [
  ['洛社镇陈家桥社区丁香花园1幢201', '丁香花园1幢201'],
  ['陈家桥丁香花园1幢201', '丁香花园1幢201'],
  ['陈家桥花园1幢201', '陈家桥花园1幢201'],
  ['丁香花园1幢201', '丁香花园1幢201'],
] as const)
  test(`a house is looked for without town and community: ${text}`, () => {
    assert.equal(insideOf(text, ['洛社镇', '陈家桥社区居委会']), inside)
  })

test('of a town and a community that are called alike the one of which more is said is meant', () => {
  const places = ['堰桥街道', '堰桥社区居委会', '长安街道'].map((name) => ({ name }))
  const named = (text: string) => namedIn(text, places).map((p) => p.name)
  assert.deepEqual(named('堰桥社区 阳光花园 3幢'), ['堰桥社区居委会'])
  assert.deepEqual(named('堰桥街道阳光花园3幢'), ['堰桥街道'])
  assert.deepEqual(named('堰桥阳光花园3幢'), ['堰桥街道', '堰桥社区居委会'])
  assert.deepEqual(named('长安街道堰桥社区'), ['堰桥社区居委会', '长安街道'])
  assert.deepEqual(named('阳光花园'), [])
})
