import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRole } from './terms.ts'
import { bondsOf, findSamePerson, namesakeKey, type Bond, type Known, type Traits } from './same-person.ts'

const traits = (some: Partial<Omit<Traits, 'homes'>> & { home?: string }): Traits => ({
  number: null,
  name: '王伟',
  phone: null,
  born: null,
  place: 'grid1',
  ...some,
  homes: new Set(some.home === undefined ? [] : [some.home]),
})
const known = (some: Parameters<typeof traits>[0], isMet = false): Known => ({ traits: traits(some), isMet })

type Some = Parameters<typeof traits>[0]
const examples: readonly (readonly [row: Some, person: Some, bonds: readonly Bond[], why: string])[] = [
  [{ number: 'n1', name: '王卫' }, { number: 'n1' }, ['number'], 'the number decides, the row mends the name'],
  [{ number: 'n1', home: 'a' }, { home: 'a' }, [], 'a number nobody has yet is somebody new'],
  [{ home: 'a' }, { home: 'b' }, [], 'the same name in another room is another person'],
  [{ home: 'a' }, {}, [], 'a name is not enough'],
  [{}, { home: 'a' }, [], 'nor the other way round'],
  [{ home: 'a' }, { home: 'a' }, ['home'], 'name and room agree'],
  [{ home: 'a' }, { home: 'a', number: 'n1', phone: 'p1' }, ['home'], 'more may be known of him'],
  [{ home: 'a', phone: 'p1' }, { home: 'a', phone: 'p2' }, [], 'two phones are two people'],
  [{ home: 'b', phone: 'p1' }, { home: 'a', phone: 'p1' }, ['phone'], 'a second home'],
  [{ home: 'b', born: '1990-01-01' }, { home: 'a', born: '1990-01-01' }, ['born'], 'a second home'],
  [{ born: '1990-01-01' }, { born: '1990-01-01', number: 'n1' }, [], 'too many share name and day'],
  [
    { born: '1990-01-01', home: 'a' },
    { born: '1990-01-01', number: 'n1', home: 'a' },
    ['born', 'home'],
    'the room too',
  ],
  [{ home: 'a', born: '1990-01-01' }, { home: 'a', born: '1962-01-01' }, [], 'father and son'],
  [{ phone: 'p1', born: '1990-01-01' }, { phone: 'p1', born: '1990-01-10' }, ['phone'], 'a birth day put right'],
  [{ phone: 'p1', name: '王芳' }, { phone: 'p1' }, [], 'a household shares a phone'],
  [{}, {}, ['place'], 'a name alone is found again at its place'],
  [{}, { place: 'grid2' }, [], 'and nowhere else'],
]

for (const [row, person, bonds, why] of examples)
  test(`${JSON.stringify(row)} and ${JSON.stringify(person)}: ${bonds.join(' and ') || 'two people'}, ${why}`, () => {
    assert.deepEqual(bondsOf(traits(row), known(person)), bonds)
  })

test('in one file two birth days are two people, even at one phone', () => {
  const row = traits({ phone: 'p1', born: '1990-01-01' })
  assert.deepEqual(bondsOf(row, known({ phone: 'p1', born: '1962-01-01' }, true)), [])
})

test('a name alone in one file is somebody else each time, and found again by the next file', () => {
  assert.deepEqual(bondsOf(traits({}), known({}, true)), [])
  assert.deepEqual(bondsOf(traits({}), known({})), ['place'])
})

test('of several the one bound closest is meant, then the one whom the row changes least, then the first', () => {
  const son = known({ home: 'a', born: '1990-01-01' }),
    father = known({ home: 'a', born: '1962-01-01' })
  const never = () => 0
  assert.equal(findSamePerson(traits({ home: 'a', born: '1962-01-01' }), [son, father], never), father)
  assert.equal(
    findSamePerson(traits({ home: 'a' }), [son, father], (p) => (p === son ? 1 : 0)),
    father,
  )
  assert.equal(findSamePerson(traits({ home: 'a' }), [son, father], never), son)
  assert.equal(findSamePerson(traits({ home: 'b' }), [son, father], never), undefined)
})

test('two rows of one name in one room say the same, an owner and a tenant do not, nor does a row that says more', () => {
  const key = (values: Record<string, string>, role: LinkRole = 'member', room?: string) =>
    namesakeKey({ name: '王伟', ...values }, role, room, JSON.stringify(values))
  assert.equal(key({ sex: 'male' }, 'head', 'a'), key({}, 'member', 'a'))
  assert.notEqual(key({}, 'owner', 'a'), key({}, 'head', 'a'))
  assert.notEqual(key({}, 'member', 'a'), key({}, 'member', 'b'))
  assert.notEqual(key({ sex: 'male' }), key({}), 'without a room the whole line counts')
  assert.equal(key({}), key({}))
  assert.equal(key({ phone: '13800000000' }), undefined)
})
