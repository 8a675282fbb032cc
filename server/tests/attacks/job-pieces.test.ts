/** Rules that leave nothing to work with are refused, and a piece of a job that fails holds up none behind it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints } from '@fengge/domain/events/contract/desk'
import { retireCategory, saveCalendar, saveCategory } from '@fengge/domain/events/contract/rules'
import { dayLength } from '@fengge/domain/kernel/time'
import { openDatabase, type Database } from '../../src/kernel/db/pool.ts'
import { rowOf, run, sql } from '../../src/kernel/db/sql.ts'
import { fireAlarms } from '../../src/events/jobs.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let owner: Database
before(async () => {
  world = await openWorld()
  owner = openDatabase(world.ownerUrl, 1)
})
after(async () => {
  await owner.close()
  await world.close()
})

test('a calendar that leaves no time to work is refused, whatever year it is of', async () => {
  const everyDay = (year: number, most: number) =>
    Array.from({ length: most }, (_, i) => {
      const day = new Date(Date.UTC(year, 0, 1 + i)).toISOString().slice(0, 10)
      return { day, kind: 'holiday' as const, name: '放假', source: '无' }
    })
  const whole = [{ from: '09:00', to: '17:00' }]
  const refused = async (days: ReturnType<typeof everyDay>, windows: { from: string; to: string }[]) =>
    (await world.refusal(saveCalendar, 'rules', { year: 2027, days, windows })).problem
  assert.equal(await refused(everyDay(2027, 365), whole), 'calendar.no-time')
  assert.equal(await refused([], [{ from: '00:00', to: '00:01' }]), 'calendar.no-time')
  await world.ask(saveCalendar, 'rules', { year: 2027, days: everyDay(2027, 30), windows: whole })
})

test('an event that cannot be read keeps no alarm of another from being given, and is looked at an hour later', async () => {
  const bad = await world.report('worker')
  const good = await world.report('worker')
  const unreadable = sql`
    update events.event
    set core_shape = 999, next_alarm_at = (select min(next_alarm_at) - interval '1 minute' from events.event)
    where id = ${bad}
  `
  await owner.write((tx) => run(tx, unreadable))
  world.clock.pass(20 * dayLength)
  const alarmOf = async (id: string) =>
    (await rowOf<{ at: Date }>(
      owner.read,
      sql`select next_alarm_at as at from events.event where id = ${id}`,
    ))!.at.getTime()
  const due = await alarmOf(good)
  assert.ok((await fireAlarms(world.engine)) > 0)
  assert.notEqual(await alarmOf(good), due)
  assert.equal(await alarmOf(bad), world.clock.now() + dayLength / 24)
})

test('an event whose matter was in force for a day only is moved on all the same', async () => {
  await world.wake()
  const id = await world.report('worker')
  world.clock.pass(dayLength)
  await world.wake()
  const today = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const tomorrow = new Date(world.clock.now() + dayLength + 8 * 3_600_000).toISOString().slice(0, 10)
  const category = {
    code: '5098',
    name: '只管一天的事',
    classCode: '50',
    className: '城市管理',
    level: 1 as const,
    lead: 'urban',
    order: 'owner-first' as const,
    evidence: ['text' as const],
    isSensitive: false,
    urgency: 0 as const,
    limits: { handle: { value: 2, kind: 'work-day' as const } },
    stopNotice: null,
    stopNoticeEn: null,
    keywords: [],
    validFrom: today,
    source: '县治理办通知',
  }
  await world.ask(saveCategory, 'rules', { category, isNew: true })
  const { version } = await world.see('village', id)
  const moved = await world.ask(actEndpoints.recode, 'village', {
    eventId: id,
    version,
    categoryCode: '5098',
    note: '改一下',
  })
  await world.ask(retireCategory, 'rules', { code: '5098', on: tomorrow })
  world.clock.pass(2 * dayLength)
  await world.wake()
  const still = { eventId: id, version: moved.version, categoryCode: '5001', note: '改一下' }
  assert.equal((await world.ask(actEndpoints.recode, 'village', still)).id, id)
})
