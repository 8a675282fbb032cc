import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  countGuesses,
  facts,
  guessesWithin,
  learnAll,
  standings,
  type Cost,
  type Move,
  type PersonFact,
  type Standing,
} from './tells.ts'

/** Numbers that look like chance, and are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
interface Play {
  readonly start: PersonFact[]
  readonly moves: Move[]
  readonly standing: Standing
}
function playOf(seed: number): Play {
  const roll = dice(seed)
  const some = (most: number) => Array.from({ length: roll(most + 1) }, () => facts[roll(facts.length)]!)
  const costs: readonly Cost[] = ['free', 'counted', 'near']
  const moves = Array.from({ length: 1 + roll(8) }, (_, i): Move => {
    const guess = roll(3) === 0 ? { confirms: facts[roll(facts.length)]!, cost: costs[roll(3)]! } : {}
    const telling = { of: standings.filter(() => roll(2) === 0), facts: some(3), by: some(2), ...guess }
    return { call: `call${i}`, telling }
  })
  return { start: some(3), moves, standing: standings[roll(standings.length)]! }
}
const plays = Array.from({ length: 500 }, (_, i) => playOf(i + 1))
const learntBy = ({ start, moves, standing }: Play) => learnAll(start, moves, standing)
const isWithin = (part: Iterable<PersonFact>, whole: { has: (fact: PersonFact) => boolean }) =>
  [...part].every((fact) => whole.has(fact))

test('whoever knows more, or may call more, learns no less', () => {
  for (const play of plays) {
    const all = learntBy(play)
    assert.ok(isWithin(play.start, all))
    assert.ok(isWithin(learntBy({ ...play, start: play.start.slice(1) }).keys(), all))
    assert.ok(isWithin(learntBy({ ...play, moves: play.moves.slice(1) }).keys(), all))
  }
})

test('in whatever order the calls are made, the same is learnt, and to begin again with it adds nothing', () => {
  for (const play of plays) {
    const all = new Set(learntBy(play).keys())
    assert.deepEqual(new Set(learntBy({ ...play, moves: play.moves.toReversed() }).keys()), all)
    assert.deepEqual(new Set(learntBy({ ...play, start: [...all] }).keys()), all)
  }
})

test('the calls that are named as leading to a fact lead to it, and nothing is named that was known', () => {
  let chains = 0
  for (const play of plays) {
    const known = learntBy({ ...play, moves: [] })
    for (const [fact, chain] of learntBy(play)) {
      assert.equal(chain.length === 0, known.has(fact))
      if (chain.length === 0) continue
      const moves = play.moves.filter((move) => chain.includes(move.call))
      assert.ok(learntBy({ ...play, moves }).has(fact), `${fact} by ${chain.join(' > ')}`)
      chains++
    }
  }
  assert.ok(chains > 300, `${chains} chains`)
})

test('a person who stands otherwise is not told of', () => {
  const moves: Move[] = [{ call: 'see', telling: { of: ['own'], facts: ['name'] } }]
  assert.ok(learnAll([], moves, 'own').has('name'))
  for (const standing of ['guest', 'former', 'stranger'] as const)
    assert.ok(!learnAll([], moves, standing).has('name'), standing)
})

test('what is few enough to try is learnt by trying, unless tries are counted', () => {
  const tries = (fact: PersonFact, cost: Cost, known: PersonFact[]) =>
    learnAll(known, [{ call: 'try', telling: { of: ['own'], facts: [], confirms: fact, cost } }], 'own').has(fact)
  const examples: readonly (readonly [fact: PersonFact, cost: Cost, known: PersonFact[], learnt: boolean])[] = [
    ['phone', 'free', [], false],
    ['phone', 'free', ['phone-mask'], true],
    ['phone', 'counted', ['phone-mask'], false],
    ['idNo', 'free', ['born'], true],
    ['idNo', 'counted', ['born'], false],
    ['idNo', 'counted', ['born', 'sex'], true],
    ['idNo', 'near', ['born', 'sex'], false],
    ['born', 'free', ['year'], true],
    ['born', 'free', [], false],
    ['name', 'free', ['born', 'phone', 'idNo'], false],
    ['id', 'free', ['name'], false],
  ]
  for (const [fact, cost, known, learnt] of examples)
    assert.equal(tries(fact, cost, known), learnt, `${fact} ${cost} ${known.join()}`)
})

test('every hint leaves fewer guesses, never more', () => {
  for (const fact of facts)
    for (const hint of facts)
      for (const known of [new Set<PersonFact>(), new Set<PersonFact>(['born'])])
        assert.ok(countGuesses(fact, new Set([...known, hint])) <= countGuesses(fact, known), `${fact} ${hint}`)
  assert.ok(guessesWithin.near < guessesWithin.counted && guessesWithin.counted < guessesWithin.free)
})
