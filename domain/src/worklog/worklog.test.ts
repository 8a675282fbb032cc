import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countAttendance, writeAgenda } from './meetings.ts'
import { weekOf, writeWeek } from './sentences.ts'
import { StoredLines, StoredMeeting } from './stored.ts'
import type { Attendant } from './terms.ts'

test('the week is said in sentences, and a week is Monday to Sunday', () => {
  assert.deepEqual(weekOf('2026-03-01'), { from: '2026-02-23', to: '2026-03-01' })
  const none = {
    visits: [],
    reported: [],
    checked: { passed: 0, sentBack: 0, ids: [] },
    confirmed: { houses: 0, people: 0 },
    hazards: { found: 0, cleared: 0, open: 0 },
    services: { taken: 0, told: 0 },
    meetings: 0,
  }
  assert.deepEqual(writeWeek(none), [])
  const lines = writeWeek({
    ...none,
    visits: [{ formName: '独居老人走访', formNameEn: 'x', met: 5, missed: 1, ids: [] }],
    reported: [{ category: '道路破损', categoryEn: 'x', count: 2, ids: [] }],
    checked: { passed: 1, sentBack: 1, ids: [] },
  })
  assert.deepEqual(
    lines.map((l) => l.text),
    [
      '独居老人走访 5 次，另有 1 次未遇到人。',
      '上报事件 2 件：道路破损 2 件。',
      '核查办结事件 2 件，通过 1 件，退回返工 1 件。',
    ],
  )
})

test('an agenda says of each open event why it is spoken about, and ends with what was added', () => {
  const event = { id: 'e', no: '1', title: '占道', reworks: 0, dueAt: 1000 }
  const agenda = writeAgenda(
    {
      events: [{ ...event, reworks: 2 }, event, { ...event, dueAt: 3000 }, { ...event, dueAt: null }],
      tasks: [{ title: '夜间巡防', count: 3 }],
      hazards: [{ what: '通道堵塞', fixBy: '2026-03-01' }],
    },
    ['学习文件'],
    2000,
  )
  assert.deepEqual(
    agenda.map((a) => a.text),
    [
      '事件 1 占道（返工 2 次）',
      '事件 1 占道（已超期）',
      '事件 1 占道（即将到期）',
      '事件 1 占道（即将到期）',
      '逾期任务 夜间巡防 3 件',
      '逾期未整改隐患：通道堵塞（期限 2026-03-01）',
      '学习文件',
    ],
  )
})

test('whoever was asked and is not named was absent; whoever came unasked is written down', () => {
  const asked: Attendant[] = ['甲', '乙'].map((name) => ({
    accountId: `id ${name}`,
    name,
    role: '网格员',
    state: 'asked',
  }))
  assert.deepEqual(
    countAttendance(asked, [
      { name: '乙', state: 'came' },
      { name: '丙', state: 'came' },
    ]).map((a) => [a.name, a.state, a.accountId]),
    [
      ['乙', 'came', 'id 乙'],
      ['丙', 'came', null],
      ['甲', 'absent', 'id 甲'],
    ],
  )
})

// One row of each shape there has been, as the database holds it. A new shape adds rows; none is ever changed.
const id = '019b0000-0000-7000-8000-000000000001'
const line = { key: 'meetings', text: '参加例会 1 次。', textEn: 'Attended 1 meetings.', count: 1, ids: [id] }
const meeting = {
  agenda: [{ text: '夜间巡防', eventId: null, taskId: null }],
  attendance: [{ accountId: id, name: '甲', role: '网格员', state: 'came' }],
  resolutions: [{ text: '每周两次', gridId: id, dueOn: '2026-03-30', tasks: 1 }],
}

test('weeks and meetings are read in every shape they were kept in', () => {
  const weeks: readonly (readonly [stored: unknown, shape: number])[] = [[[line], 1]]
  for (const [stored, shape] of weeks) assert.deepEqual(StoredLines.read(stored, shape), [line])
  const meetings: readonly (readonly [stored: unknown, shape: number])[] = [[meeting, 1]]
  for (const [stored, shape] of meetings) assert.deepEqual(StoredMeeting.read(stored, shape), meeting)
  assert.throws(() => StoredLines.read([{ ...line, count: 'one' }], 1), /0\.count/)
})
