/** The table of a county's report: matters by class and kind, of an area and a time. Requirement E5. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportShares, shareEvents } from '@fengge/domain/events/contract/shares'
import { countEvents, listEvents } from '@fengge/domain/events/contract/desk'
import { countedStatuses } from '@fengge/domain/events/shares'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
  for (const categoryCode of ['1002', '1002', '1004']) await world.report('worker', { categoryCode })
  const intoEventId = await world.report('worker', { categoryCode: '5001' })
  const twice = await world.report('worker', { categoryCode: '5001', title: '重复的一件' })
  const joined = await world.act('village', twice, 'merge', { intoEventId })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
})
after(() => world.close())

const march = { from: '2026-03-01', to: '2026-03-31' }

test('matters are counted by class and kind with their shares, and what was joined or refused is told apart', async () => {
  const { total, open, setAside, classes } = await world.ask(shareEvents, 'county', march)
  assert.deepEqual([total, open, setAside], [4, 4, 1])
  const told = classes.map((c) => [c.code, c.count, c.percent, c.kinds.map((k) => [k.code, k.count, k.percent])])
  assert.deepEqual(told, [
    [
      '10',
      3,
      75,
      [
        ['1002', 2, 50],
        ['1004', 1, 25],
      ],
    ],
    ['50', 1, 25, [['5001', 1, 25]]],
  ])
  for (const { code, count } of classes) {
    const behind = { classCode: code, statuses: countedStatuses, ...march }
    assert.equal((await world.ask(countEvents, 'county', behind)).total, count, 'the list behind a number has as many')
  }
  assert.ok(classes.every((c) => c.name !== c.code && c.kinds.every((k) => k.name !== k.code)))
})

test('who sees a place counts that place, in the days he asks for', async () => {
  assert.equal((await world.ask(shareEvents, 'othertown', march)).total, 0)
  assert.equal((await world.ask(shareEvents, 'county', { ...march, placeId: world.at['otherVillage'] })).total, 0)
  assert.equal((await world.ask(shareEvents, 'county', { ...march, placeId: world.at['grid1'] })).total, 4)
  assert.equal((await world.ask(shareEvents, 'county', { from: '2026-02-01', to: '2026-02-28' })).total, 0)
  for (const wrong of [
    { from: '2026-03-02', to: '2026-03-01' },
    { from: '2025-01-01', to: '2026-03-01' },
  ])
    assert.equal((await world.refusal(shareEvents, 'county', wrong)).problem, 'ask.invalid')
})

test('what is told in confidence is counted for those alone who have a part in it', async () => {
  const told = { categoryCode: '1003', isSecret: true, title: '求保密的一件' }
  const secret = await world.report('worker', told)
  for (const login of ['worker', 'county', 'townleader', 'leader'] as const) {
    const { events } = await world.ask(listEvents, login, { size: 100 })
    const { classes } = await world.ask(shareEvents, login, march)
    const isCounted = classes.some((c) => c.kinds.some((k) => k.code === told.categoryCode))
    assert.equal(
      isCounted,
      events.some((e) => e.id === secret),
      login,
    )
  }
  const { events } = await world.ask(listEvents, 'leader', { size: 100 })
  assert.ok(events.every((e) => e.id !== secret))
})

test('the table leaves as a workbook for a purpose', async () => {
  const sheet = await world.post('village', exportShares.path, { ...march, purpose: '半年小结' })
  assert.equal(sheet.status, 200)
  assert.match(String(sheet.headers['content-type']), /spreadsheetml/)
})

test('the county’s table of months gone by counts what was told in confidence too: many of a kind as that kind, few as one line', async () => {
  const secret = (categoryCode: string) => world.report('worker', { categoryCode, isSecret: true })
  for (let i = 0; i < 6; i++) await secret('1007')
  for (let i = 0; i < 3; i++) await secret('1001')
  for (let i = 0; i < 2; i++) await secret('2013')
  world.clock.at('2026-04-10T09:00:00+08:00')
  await world.wake()
  const kindsOf = (of: Awaited<ReturnType<typeof shares>>) =>
    new Map(of.classes.flatMap((c) => c.kinds).map((k) => [k.code, k]))
  const shares = (login: 'leader' | 'townleader', more: object = {}) =>
    world.ask(shareEvents, login, { ...march, to: '2026-04-10', ...more })
  const whole = await shares('leader')
  assert.deepEqual(whole.confided, { counted: 12, joined: { count: 6, percent: 37.5 }, until: '2026-03-31' })
  assert.deepEqual([whole.total, kindsOf(whole).get('1007')?.confided], [16, 6])
  assert.ok(!kindsOf(whole).has('1001') && !kindsOf(whole).has('2013'))
  const stability = whole.groups.find((g) => g.code === 'stability')!
  assert.deepEqual([stability.name, stability.count, stability.percent], ['平安稳定类', 9, 56.3])
  assert.equal((await shares('leader', { placeId: world.at['town'] })).confided.counted, 0, 'of no smaller place')
  assert.equal((await shares('townleader')).confided.counted, 0, 'and nobody below the county')
  const oneDay = await shares('leader', { from: '2026-03-02', to: '2026-03-30' })
  assert.deepEqual(
    [oneDay.confided.counted, oneDay.confided.until],
    [0, null],
    'whole months alone: days told apart would tell of one',
  )
  const listed = await world.ask(listEvents, 'leader', { size: 100, categoryCode: '1007' })
  assert.deepEqual(listed.events, [], 'the list behind it stays for who has a part')
})
