/** What is said inside stays inside: a word planted in every internal field of acts is on no page of a resident. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { acts, type Action } from '@fengge/domain/events/acts'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { forcedAnswer } from '@fengge/domain/events/forms/standard-answers'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openFollowed } from './following.ts'
import { office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const inside = '里面的话'
const answer = '师傅已上门，感谢您的反映。'
const internal = ['note', 'result', 'plan'] as const
const planted = new Set<Action>()

interface Told {
  readonly id: string
  readonly code: string
}

async function tell(gridId = world.at['grid1']!): Promise<Told> {
  const id = freshId(world.clock.now())
  const { followCode } = await world.ask(reportEvent, 'hotline', {
    id,
    title: '楼道灯坏了',
    content: '三单元楼道灯坏了一周',
    categoryCode: '4012',
    source: 'hotline',
    gridId,
    caller: { name: '陈大姐', phone: '13800003333' },
  })
  return { id, code: followCode }
}

/** Takes acts, each with the word in all that is not written for the citizen, and looks at his page after each. */
async function walk({ id, code }: Told, steps: readonly (readonly [Login, Action, Record<string, unknown>?])[]) {
  for (const [login, action, more = {}] of steps) {
    const fields = internal.filter((field) => field in acts[action])
    if (fields.length > 0) planted.add(action)
    const done = await world.act(login, id, action, { ...Object.fromEntries(fields.map((f) => [f, inside])), ...more })
    assert.equal(done.status, 200, `${login} ${action} ${JSON.stringify(done.body)}`)
    const page = await openFollowed(world, code)
    assert.ok(!page.includes(inside), `${action} shows what was said inside`)
  }
}

const later = (hours: number) => new Date(world.clock.now() + hours * 3_600_000).toISOString()

test('through all requests, checks and call-backs a resident reads his answer and nothing else', async () => {
  const told = await tell()
  const [works, urban] = [office('town-works'), office('town-urban')]
  await walk(told, [
    ['village', 'ask-verify'],
    ['worker', 'verify', { finding: 'exists' }],
    ['village', 'report-up'],
    ['town', 'dispatch', { departmentId: works }],
    ['works', 'sign'],
    ['works', 'return', { suggestedDepartmentId: urban, basis: 'other-duty' }],
    ['townchief', 'agree-return'],
    ['town', 'dispatch', { departmentId: urban }],
    ['urban', 'sign'],
  ])
  const { handleDueAt } = await world.see('urban', told.id)
  const until = new Date(Date.parse(handleDueAt) + 3_600_000).toISOString()
  await walk(told, [
    ['urban', 'ask-extension', { until }],
    ['townchief', 'agree-extension'],
    ['urban', 'ask-suspension', { reason: 'citizen', until: later(30) }],
    ['townchief', 'agree-suspension'],
    ['urban', 'resume'],
    ['urban', 'ask-co-handling', { departmentIds: [works] }],
    ['works', 'finish-co-handling'],
    ['leader', 'supervise', { grade: 1 }],
    ['leader', 'note'],
    ['leader', 'urge'],
    ['leader', 'lift-supervision'],
    ['townchief', 'force-close', { answer }],
    ['townchief', 'withdraw-force-close'],
    ['urban', 'finish', { answer }],
    ['worker', 'fail', { reason: 'not-done' }],
    ['urban', 'finish', { answer }],
    ['worker', 'check-unable'],
    ['town', 'pass'],
    ['town', 'call-back', { outcome: 'unreasonable', score: 2, isSolved: false }],
    ['townleader', 'confirm-unreasonable'],
  ])
  assert.ok((await openFollowed(world, told.code)).includes(answer))
})

test('who is refused, or whose matter is closed by force, reads what was written for him', async () => {
  const own = '您反映的灯属于小区物业维修范围，我们已转告物业。'
  const refused = await tell()
  await walk(refused, [['village', 'refuse', { reason: 'not-ours', answer: own }]])
  assert.ok((await openFollowed(world, refused.code)).includes(own))
  const unsaid = await tell()
  await walk(unsaid, [['village', 'refuse', { reason: 'untrue' }]])
  assert.ok((await openFollowed(world, unsaid.code)).includes('未发现您反映的情况'))
  for (const [more, shown] of [
    [{ answer: own }, own],
    [{}, forcedAnswer],
  ] as const) {
    const forced = await tell()
    await walk(forced, [
      ['village', 'register'],
      ['village', 'report-up'],
      ['townchief', 'force-close', more],
      ['townleader', 'confirm-force-close'],
    ])
    assert.ok((await openFollowed(world, forced.code)).includes(shown))
  }
})

test('who was joined to another reads nothing of what the desks said of it', async () => {
  const [first, second] = [await tell(), await tell()]
  await walk(first, [
    ['village', 'recode', { categoryCode: '1002' }],
    ['village', 'recode', { categoryCode: '4012' }],
    ['village', 'register'],
    ['village', 'dispatch', { departmentId: office('village-office') }],
  ])
  await walk(second, [['village', 'merge', { intoEventId: first.id }]])
  await walk(first, [
    ['village', 'finish', { answer }],
    ['worker', 'pass'],
  ])
  const page = await openFollowed(world, second.code)
  assert.ok(page.includes(answer) && !page.includes(inside))
  assert.ok(planted.size >= 24, String(planted.size))
})
