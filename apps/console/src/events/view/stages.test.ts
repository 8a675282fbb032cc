import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventView, FlowRow } from '@fengge/domain/events/contract/views'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { usualLimits } from '@fengge/domain/events/stage-clock'
import { isOver, spansOf, wayOf } from './stages.ts'

const at = (clock: string) => `2026-11-20T${clock}:00+08:00`
const moment = (clock: string) => Date.parse(at(clock))
const calendar: WorkCalendar = {
  version: 1,
  windows: [
    [540, 720],
    [840, 1080],
  ],
  special: new Map(),
}

const step = (action: string, to: FlowRow['to'], clock: string): FlowRow => ({
  seq: 1,
  action,
  from: null,
  to,
  at: at(clock),
  actorName: null,
  actorRole: null,
  actorOffice: null,
  reason: '',
  detail: {},
  names: {},
  evidenceIds: [],
})
const told = (status: EventView['status'], flow: readonly FlowRow[], more: Partial<EventView> = {}) => ({
  flow: [...flow],
  status,
  limits: { ...usualLimits[1] },
  dueAt: null,
  handleDueAt: null,
  isAwaited: false,
  ...more,
})

const way = [
  step('report', 'reported', '09:00'),
  step('verify', 'registered', '09:20'),
  step('dispatch', 'dispatched', '09:50'),
  step('sign', 'in-progress', '12:30'),
  step('ask-extension', 'extend-requested', '13:00'),
  step('agree-extension', 'in-progress', '13:30'),
  step('finish', 'handled', '16:00'),
]

test('the time of an event goes to those who had it, and a step within a part cuts nothing', () => {
  const spans = spansOf(told('handled', way), calendar, moment('17:00'))
  assert.deepEqual(
    spans.map(({ part, from, to, isRunning }) => [part, (to - from) / 60_000, isRunning]),
    [
      ['verify', 20, false],
      ['dispatch', 30, false],
      ['sign', 160, false],
      ['handle', 210, false],
      ['check', 60, true],
    ],
  )
})

test('what was signed two hours forty after its dispatch was signed too late, and the rest was not', () => {
  const spans = spansOf(told('handled', way, { handleDueAt: at('18:00') }), calendar, moment('17:00'))
  assert.deepEqual(spans.map(isOver), [false, false, true, false, false])
})

test('without a calendar nothing is called late', () => {
  assert.ok(spansOf(told('handled', way), undefined, moment('17:00')).every((span) => !isOver(span)))
})

test('what is closed takes no more time', () => {
  const spans = spansOf(told('closed', [...way, step('pass', 'closed', '17:00')]), calendar, moment('23:00'))
  assert.deepEqual(spans.at(-1), { ...spans.at(-1)!, part: 'check', to: moment('17:00'), isRunning: false })
})

test('the way shows what is gone with its time, where it stands, and what is ahead', () => {
  const steps = wayOf(told('registered', way.slice(0, 2)))
  assert.deepEqual(
    steps.map((s) => [s.way, s.state, s.at?.slice(11, 16) ?? '']),
    [
      ['report', 'gone', '09:00'],
      ['verify', 'gone', '09:20'],
      ['register', 'gone', '09:20'],
      ['dispatch', 'now', ''],
      ['sign', 'ahead', ''],
      ['handle', 'ahead', ''],
      ['check', 'ahead', ''],
      ['close', 'ahead', ''],
    ],
  )
})

test('somebody who waits is called back, and what nobody looked at was not verified', () => {
  const steps = wayOf(
    told('registered', [step('report', 'reported', '09:00'), step('register', 'registered', '09:10')], {
      isAwaited: true,
    }),
  )
  assert.deepEqual(
    steps.map((s) => s.way),
    ['report', 'register', 'dispatch', 'sign', 'handle', 'check', 'callback', 'close'],
  )
})
