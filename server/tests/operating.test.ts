/** What whoever keeps the server going is told, and what waits while the clock of the machine is not believed. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dayLength, hour, minute } from '@fengge/domain/kernel/time'
import { forgetNotices } from '../src/events/seen/forget-notices.ts'
import { rowOf, sql } from '../src/kernel/db/sql.ts'
import { toldOf, type Job } from '../src/kernel/jobs.ts'
import { problemOf } from '../src/kernel/problems.ts'
import { guardClock, judgeClock } from '../src/kernel/running/clock-guard.ts'
import { listJobRuns, readClock, saveClock } from '../src/kernel/seen/store.ts'
import { forgetFaults } from '../src/registry/bulk/forget-faults.ts'
import { batchOf, sendFile } from './import-files.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('a clock is believed near its last minute and near that of the database, and after a long week-end at a start', () => {
  const at = Date.UTC(2026, 10, 27)
  const judge = (ahead: number, more: Partial<Parameters<typeof judgeClock>[0]> = {}) =>
    judgeClock({ now: at + ahead, database: at + ahead, mark: at, isStart: false, ...more })
  assert.equal(judge(minute), undefined)
  assert.equal(judge(2 * hour), 'ahead')
  assert.equal(judge(3 * dayLength, { isStart: true }), undefined)
  assert.equal(judge(60 * dayLength, { isStart: true }), 'ahead')
  assert.equal(judge(60 * dayLength, { isStart: true, mark: undefined }), undefined)
  assert.equal(judge(-4 * minute), undefined)
  assert.equal(judge(-6 * minute), 'behind')
  assert.equal(judge(minute, { database: at - 5 * minute }), 'apart')
})

test('work on a clock is written down with how it ended: what failed, how often since, and when it last went well', async () => {
  let isBroken = true
  const job = toldOf(
    {
      name: 'test.night',
      run: async () => {
        if (isBroken) throw new Error('broken')
      },
    },
    { log: () => undefined },
  )
  const runs = async () => (await listJobRuns(world.engine.database.read)).find((r) => r.name === 'test.night')
  for (let n = 0; n < 2; n++) await assert.rejects(job.run(world.engine))
  assert.deepEqual([(await runs())?.failures, (await runs())?.succeeded_at], [2, null])
  isBroken = false
  await job.run(world.engine)
  assert.equal((await runs())?.failures, 0)
  assert.equal((await runs())?.succeeded_at?.getTime(), world.engine.clock.now())
})

test('the figures say what waits, how old it is, and how full the disk is', async () => {
  const backups = mkdtempSync(join(tmpdir(), 'fengge-backups-'))
  try {
    mkdirSync(join(backups, 'backups', '20260101T000000Z'), { recursive: true })
    writeFileSync(join(backups, 'backups', '20260101T000000Z', 'manifest.json'), '{}')
    Object.assign(world.engine.settings, { backupDir: backups })
    await world.report('worker')
    const { payload } = await world.app.inject({ method: 'GET', url: '/metrics', remoteAddress: '127.0.0.1' })
    const value = (name: string) => {
      const line = payload.split('\n').find((one) => one.startsWith(`${name} `))
      return line === undefined ? undefined : Number(line.slice(name.length + 1))
    }
    for (const pool of ['write', 'own', 'apart', 'read', 'plans', 'callers'])
      assert.equal(value(`fengge_database_connections{pool="${pool}",state="waiting"}`), 0, pool)
    assert.ok(value('fengge_disk_bytes{state="free"}')! > 0)
    assert.ok(value('fengge_database_bytes')! > 1_000_000)
    assert.ok(value('fengge_journal_unsealed{county="320206"}')! > 0)
    assert.equal(value('fengge_alarms_due'), 0)
    assert.equal(value('fengge_phones{state="all"}'), 0)
    assert.ok(value('fengge_backup_seconds')! > 1_700_000_000)
    assert.equal(value('fengge_clock_held'), 0)
    assert.equal(value('fengge_job_failures{job="test.night"}'), 0)
  } finally {
    rmSync(backups, { recursive: true, force: true })
  }
})

test('a full disk is told as one, by files and by the database, and is no fault of what was sent', () => {
  for (const code of ['ENOSPC', 'EDQUOT', '53100'])
    assert.deepEqual(
      [problemOf(Object.assign(new Error(), { code }))].map((p) => [p?.problem, p?.status]),
      [['server.disk-full', 507]],
    )
})

test('notices and rows that an import could not take are dropped after their term, and nothing before it', async () => {
  const { read } = world.engine.database
  const count = async () => {
    const row = await rowOf<{ notices: number; faults: number }>(
      read,
      sql`
        select
          (select count(*)::int from events.notice) as notices,
          (select count(*)::int from registry.batch_fault) as faults
      `,
    )
    return [row!.notices > 0, row!.faults > 0]
  }
  await world.report('worker')
  const { id } = await sendFile(world, 'village', { name: 'a.csv', bytes: '姓名,公民身份号码\n甲,1\n' })
  await batchOf(world, id)
  assert.deepEqual(await count(), [true, true])
  const tidy = async (days: number) => {
    const clock = { now: () => world.clock.now() + days * dayLength }
    await forgetNotices({ ...world.engine, clock })
    await forgetFaults({ ...world.engine, clock })
    return count()
  }
  assert.deepEqual(await tidy(89), [true, true])
  assert.deepEqual(await tidy(91), [true, false])
  assert.deepEqual(await tidy(401), [false, false])
})

test('while the clock is not believed no work is done by it, until somebody says that it is right', async () => {
  world.clock.at(Date.now())
  const ground = { ...world.engine, settings: { ...world.engine.settings, isDemo: false } }
  const told: string[] = []
  await world.engine.database.write((tx) => saveClock(tx, Date.now() - 60 * dayLength))
  const guard = await guardClock(ground, (line) => told.push(line))
  const done: string[] = []
  const jobOf = (name: string, isTimeless: boolean): Job => ({
    name,
    isTimeless,
    run: async () => void done.push(name),
  })
  const running = { log: () => undefined, isClockBelieved: guard.isBelieved }
  const alarms = toldOf(jobOf('alarms', false), running)
  const sealing = toldOf(jobOf('sealing', true), running)
  try {
    for (const job of [alarms, sealing]) await job.run(ground)
    assert.deepEqual(done, ['sealing'])
    assert.match(told.join(), /far ahead.*npx fengge clock right/)
    // What is held is not marked: the minute stays the one that was believed.
    await guard.look()
    assert.equal(guard.isBelieved(), false)
    await world.engine.database.write((tx) => saveClock(tx, world.engine.clock.now()))
    await guard.look()
    for (const job of [alarms, sealing]) await job.run(ground)
    assert.deepEqual(done, ['sealing', 'alarms', 'sealing'])
    const { mark } = await readClock(world.engine.database.read)
    assert.equal(mark, world.engine.clock.now())
  } finally {
    guard.stop()
  }
})
