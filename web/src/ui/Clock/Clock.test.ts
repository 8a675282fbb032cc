import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showLeft } from '../../words/time.ts'
import { reckon } from './reckon.ts'

const at = (clock: string, day = '20') => `2026-11-${day}T${clock}:00+08:00`
const moment = (clock: string, day = '20') => Date.parse(at(clock, day))
const near = (a: number, b: number) => Math.abs(a - b) < 0.005

test('a bar is as long as what is left, and turns at half and at a fifth', () => {
  const limit = { startedAt: at('08:00'), dueAt: at('18:00') }
  const seen = ['08:00', '12:00', '13:00', '15:59', '16:00', '18:00', '18:01'].map((clock) => {
    const { left, light } = reckon(limit, moment(clock))
    return [Math.round(left * 100), light]
  })
  assert.deepEqual(seen, [
    [100, 'green'],
    [60, 'green'],
    [50, 'yellow'],
    [20, 'yellow'],
    [20, 'orange'],
    [0, 'orange'],
    [0, 'red'],
  ])
})

test('over a night that does not count a limit in working hours loses next to nothing', () => {
  const limit = {
    startedAt: at('16:00'),
    dueAt: at('12:00', '21'),
    halfAt: at('09:00', '21'),
    soonAt: at('10:48', '21'),
  }
  assert.ok(reckon(limit, moment('08:59', '21')).left > 0.5)
  assert.ok(near(reckon(limit, moment('09:00', '21')).left, 0.5))
  assert.ok(near(reckon(limit, moment('10:48', '21')).left, 0.2))
})

test('without a limit the bar is whole and has no light', () => {
  assert.deepEqual(reckon({ startedAt: at('08:00'), dueAt: null }, moment('09:00')), { left: 1, light: 'none' })
})

test('time is told in two units at most, and the last minute as less than one', () => {
  const now = moment('10:00')
  const said = (clock: string, day?: string) => showLeft(at(clock, day), now, 'zh')
  assert.deepEqual(
    [said('10:11'), said('11:50'), said('15:00'), said('13:30', '22'), said('08:00'), said('10:00', '17')],
    ['剩 11 分', '剩 1 小时 50 分', '剩 5 小时', '剩 2 天 3 小时', '超 2 小时', '超 3 天'],
  )
  assert.equal(showLeft(new Date(now + 20_000).toISOString(), now, 'zh'), '剩 不到 1 分')
})
