/** Every endpoint says what it tells; and all that a role may call, in pairs, triples and further, stays within its tier. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract } from './contract.ts'
import { roles, type Role } from './identity/roles.ts'
import type { Duty } from './kernel/duty.ts'
import { learnAll, standings, withImplied, type PersonFact, type Standing, type Tells } from './kernel/tells.ts'
import { movesOf, tellings } from './tellings.ts'
import { mayKnow } from './tiers.ts'

/** What somebody may know of a person before the first call: what neighbours, debtors and the like know. */
const hearsay: readonly (readonly PersonFact[])[] = [
  [],
  ['name', 'born', 'sex'],
  ['name', 'phone'],
  ['name', 'phone', 'born', 'sex'],
  ['name', 'home'],
  ['idNo', 'name'],
]
/** Who was of one's own place is remembered. */
const memory: readonly PersonFact[] = ['id', 'name', 'born', 'sex', 'kind', 'phone-mask']
const startsFor = (standing: Standing) =>
  standing === 'former' ? [...hearsay, ...hearsay.map((known) => [...memory, ...known])] : hearsay

/** What a role learns beyond its tier, each fact once, with what is known before and the calls that lead there. */
function excessOf(role: Pick<Role, 'code' | 'duties'>, tells: Tells = tellings, most = Infinity): string[] {
  const duties: ReadonlySet<Duty> = new Set(role.duties)
  const moves = movesOf(duties, contract, tells)
  return standings.flatMap((standing) => {
    const bar = mayKnow(duties, standing)
    const found = new Map<PersonFact, string>()
    for (const start of startsFor(standing)) {
      const known = withImplied(start)
      for (const [fact, chain] of learnAll(start, moves, standing)) {
        if (bar.has(fact) || known.has(fact) || found.has(fact) || chain.length > most) continue
        const before = start.join(' + ') || 'nothing'
        found.set(fact, `${role.code}, of one who is ${standing}, knowing ${before}: ${fact} by ${chain.join(' > ')}`)
      }
    }
    return [...found.values()]
  })
}

test('every endpoint says what it tells of a person, and nothing is said of one that is not there', () => {
  const names = new Set(contract.map((promise) => promise.name))
  assert.deepEqual(
    [...names].filter((name) => tellings[name] === undefined),
    [],
  )
  const acts = /^act:/
  assert.deepEqual(
    Object.keys(tellings).filter((name) => !names.has(name) && !acts.test(name)),
    [],
  )
})

for (const role of roles)
  test(`whatever ${role.code} may call, once, twice, three times or more, tells no more than its tier`, () => {
    assert.deepEqual(excessOf(role), [])
  })

/** A role with the duties of another, and the tables with one line changed. */
const roleOf = (code: string) => roles.find((role) => role.code === code)!
const changed = (more: Tells): Tells => ({ ...tellings, ...more })

test('a question that names a stranger, and a link that takes him in, are found out together', () => {
  const tells = changed({
    findLikely: [
      { of: standings, facts: ['id', 'place'], by: ['name', 'born'] },
      { of: standings, facts: [], by: ['name'], confirms: 'phone' },
    ],
    linkPerson: [{ of: standings, facts: ['name', 'sex', 'born', 'phone-mask'], by: ['id'] }],
  })
  const found = excessOf(roleOf('liaison'), tells)
  for (const sin of [
    'liaison, of one who is stranger, knowing name + born + sex: id by findLikely',
    'liaison, of one who is stranger, knowing name + born + sex: phone-mask by findLikely > linkPerson',
    'liaison, of one who is stranger, knowing name + born + sex: phone by findLikely > linkPerson',
  ])
    assert.ok(found.includes(sin), `${sin} of ${found.join('\n')}`)
  assert.ok(excessOf(roleOf('liaison'), tells, 1).length < found.length, 'two calls give what one does not')
})

test('a mask beside a birthday gives the number to whoever may try thirty a day', () => {
  const tells = changed({ searchRegistry: [{ of: ['own'], facts: ['id'], confirms: 'idNo', cost: 'counted' }] })
  assert.ok(
    excessOf(roleOf('grid-worker'), tells).some((sin) => / own, knowing nothing: idNo by .*searchRegistry$/.test(sin)),
  )
})

test('digits of who told, beside the registry of his place, are his name to an office that may not ask for it', () => {
  const tells = changed({ getEvent: [{ of: ['own'], facts: ['event', 'teller-mask'] }] })
  const found = excessOf(roleOf('grid-leader'), tells).filter((sin) => sin.includes('knowing nothing: teller by'))
  assert.equal(found.length, 1)
  assert.match(found[0]!, /by getEvent > \w+$/)
})

test('a count for a handle that is not one’s own is told as what it tells', () => {
  const tells = changed({ listHazards: [{ of: standings, facts: ['visits'], by: ['id'] }] })
  assert.deepEqual(
    excessOf(roleOf('grid-worker'), tells),
    ['guest', 'former'].map(
      (who) => `grid-worker, of one who is ${who}, knowing nothing: visits by getHousehold > listHazards`,
    ),
  )
})
