/** The house watches itself; and each rule of the house goes red on a sin of its own, and only it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { contract } from '@fengge/domain/contract'
import { moves } from '@fengge/domain/events/moves'
import { roles } from '@fengge/domain/identity/roles'
import { dutiesOf } from '@fengge/domain/kernel/duty'
import { commonRefusals, type Endpoint } from '@fengge/domain/kernel/endpoint'
import { hasSentence } from '@fengge/web/words/problems.ts'
import { actionWords, statusWords } from '@fengge/web/words/terms.ts'
import { documentRules } from './document-rules.ts'
import { dutyRules } from './duty-rules.ts'
import { folderRules } from './folder-rules.ts'
import { openHouse, plantedIn, testsOf } from './house.ts'
import { lockRules } from './lock-rules.ts'
import { memoryRules } from './memory-rules.ts'
import { textRules } from './text-rules.ts'
import { wiringRules } from './wiring-rules.ts'
import { wordRules } from './word-rules.ts'

const house = openHouse()
const rules = [
  ...textRules,
  ...documentRules,
  ...wiringRules,
  ...lockRules,
  ...memoryRules,
  ...folderRules,
  ...dutyRules,
  ...wordRules,
]
const found = new Map(rules.map((rule) => [rule, rule.find(house)]))

test('the house is seen whole', () => {
  assert.ok(house.paths.length > 450, `${house.paths.length} files`)
  assert.ok(testsOf(house).length > 25)
  assert.ok(contract.length > 190)
})

for (const rule of rules) {
  test(rule.name, () => {
    assert.deepEqual(found.get(rule), [])
  })
  test(`a sin is found: ${rule.name}`, () => {
    const sinful = plantedIn(house, rule.sin(house))
    const red = rules.filter((r) => r.find(sinful).some((fault) => !found.get(r)!.includes(fault)))
    assert.deepEqual(
      red.map((r) => r.name),
      [rule.name],
    )
  })
}

type Words = Readonly<Record<string, readonly string[]>>

/** Actions and states of the table of moves that have no word in one of the languages. */
function wordless(table: typeof moves, actions: Words, statuses: Words): string[] {
  const states = Object.values(table).flatMap((m) => [...m.from, ...(m.to === 'same' ? [] : m.to)])
  const isSaid = (words: readonly string[] | undefined) => words?.every((w) => w !== '') === true
  return [
    ...Object.keys(table).filter((action) => !isSaid(actions[action])),
    ...states.filter((state) => !isSaid(statuses[state])),
  ]
}

test('every action and state has its words in both languages', () => {
  assert.deepEqual(wordless(moves, actionWords, statusWords), [])
  assert.deepEqual(wordless(moves, { ...actionWords, sign: ['签收', ''] }, statusWords), ['sign'])
})

type Refusing = { readonly refusals: readonly string[] }
const refusals = (promises: readonly Refusing[]) => new Set([...commonRefusals, ...promises.flatMap((p) => p.refusals)])
const unsaid = (promises: readonly Refusing[]) => [...refusals(promises)].filter((code) => !hasSentence(code))

test('every refusal has a sentence for a person', () => {
  assert.deepEqual(unsaid(contract), [])
  assert.deepEqual(unsaid([...contract, { refusals: ['grid.on-fire'] }]), ['grid.on-fire'])
})

/** Duties that an endpoint asks for and no role is given by default. */
const ungranted = (granted: ReadonlySet<string>) =>
  [...new Set(contract.flatMap((p) => dutiesOf(p.duty)))].filter((duty) => !granted.has(duty))

test('every duty of the contract is granted to some role', () => {
  const granted = new Set<string>(roles.flatMap((r) => r.duties))
  assert.deepEqual(ungranted(granted), [])
  granted.delete('net.edit')
  assert.deepEqual(ungranted(granted), ['net.edit'])
})

/** What is secret by itself, or holds what is sealed at rest, wherever it stands in an ask or a reply. */
const secretFields = new Set(
  `password firstPassword old fresh secret uri token dataKey sealed followCode first second half oneTimeCode
  phone callerPhone askedBy values answers facts base64`.split(/\s+/),
)
/** A code that lets in or proves who one is, among those that name a category or a role. */
const isProof = (promise: Endpoint, field: string) =>
  field === 'code' && /^\/api\/(session|accounts|badges)\//.test(promise.path)

function fieldsOf(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return []
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' ? Object.keys(value as object) : []),
    ...fieldsOf(value),
  ])
}

/** Endpoints whose answers would be remembered in clear (kernel.request) although they hold a secret. */
const unmarked = (promises: readonly Endpoint[]) =>
  promises
    .filter((p) => p.method === 'POST' && !p.isSecret)
    .filter((p) =>
      [p.ask, p.reply]
        .flatMap((s) => fieldsOf(z.toJSONSchema(s, { io: 'input', unrepresentable: 'any' })))
        .some((field) => secretFields.has(field) || isProof(p, field)),
    )
    .map((p) => p.name)

test('every endpoint that takes or gives a secret says so, and is remembered sealed', () => {
  assert.deepEqual(unmarked(contract), [])
  const named = contract.find((p) => p.name === 'changePassword')!
  const { isSecret: _, ...bare } = named
  assert.deepEqual(unmarked([...contract, bare]), ['changePassword'])
})
