/** Examples of deadlines, stops, extensions and warnings: tests walk them, and docs/rules/deadlines.md shows them. */
import type { AlarmKind } from './alarms.ts'
import type { WorkCalendar } from './deadline.ts'
import type { EventCore, Limit, suspendReasons } from './terms.ts'

/** Office hours 9–12 and 13:30–17:30; the National Day week of 2026 with its two swapped days. */
export const exampleCalendar: WorkCalendar = {
  version: 1,
  windows: [
    [540, 720],
    [810, 1050],
  ],
  special: new Map([
    ['2026-10-01', 'holiday'],
    ['2026-10-02', 'holiday'],
    ['2026-10-05', 'holiday'],
    ['2026-10-06', 'holiday'],
    ['2026-10-07', 'holiday'],
    ['2026-10-10', 'swap'],
    ['2026-09-20', 'swap'],
  ]),
}

/** `2026-03-02 09:00` in China Standard Time, as an instant. */
export const instantOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)

const limit = (value: number, kind: Limit['kind']): Limit => ({ kind, value })

export interface DueExample {
  readonly from: string
  readonly limit: Limit
  readonly due: string
  readonly why: string
}
const due = (from: string, its: Limit, until: string, why: string): DueExample => ({
  from,
  limit: its,
  due: until,
  why,
})

export const dueExamples: readonly DueExample[] = [
  due('2026-11-20 16:30', limit(4, 'work-hour'), '2026-11-23 12:00', '周五下午还剩一小时，其余三小时在周一'),
  due('2026-11-20 12:30', limit(1, 'work-hour'), '2026-11-20 14:30', '午休不计'),
  due('2026-11-21 10:00', limit(1, 'work-hour'), '2026-11-23 10:00', '周六上报，周一起算'),
  due('2026-09-30 17:00', limit(1, 'work-hour'), '2026-10-08 09:30', '国庆假期不计'),
  due('2026-10-09 17:00', limit(1, 'work-hour'), '2026-10-10 09:30', '调休的周六要上班'),
  due('2026-11-20 16:30', limit(1, 'work-day'), '2026-11-23 17:30', '起算当天不计'),
  due('2026-09-30 09:00', limit(3, 'work-day'), '2026-10-10 17:30', '8 日、9 日和调休的 10 日'),
  due('2026-09-19 09:00', limit(1, 'work-day'), '2026-09-20 17:30', '调休的周日是第一个工作日'),
  due('2026-11-20 23:00', limit(2, 'natural-hour'), '2026-11-21 01:00', '急事不等周一'),
  due('2026-10-01 08:00', limit(7, 'natural-day'), '2026-10-08 08:00', '热线的天数是自然日'),
]

export interface StopExample {
  readonly from: string
  readonly limit: Limit
  readonly stopped: string
  readonly resumed: string
  readonly due: string
  readonly why: string
}

export const stopExamples: readonly StopExample[] = [
  {
    from: '2026-11-23 09:00',
    limit: limit(8, 'work-hour'),
    stopped: '2026-11-23 16:30',
    resumed: '2026-11-25 17:00',
    due: '2026-11-26 10:30',
    why: '停时还剩两个工作小时，恢复后接着用',
  },
  {
    from: '2026-11-20 10:00',
    limit: limit(24, 'natural-hour'),
    stopped: '2026-11-20 22:00',
    resumed: '2026-11-22 08:00',
    due: '2026-11-22 20:00',
    why: '自然小时照样只还剩下的十二小时',
  },
  {
    from: '2026-11-20 16:30',
    limit: limit(3, 'work-day'),
    stopped: '2026-11-23 09:00',
    resumed: '2026-12-01 13:30',
    due: '2026-12-04 12:00',
    why: '工作日时限按剩余的工作时间续算，不凑整天',
  },
  {
    from: '2026-11-20 16:30',
    limit: limit(4, 'work-hour'),
    stopped: '2026-11-23 15:00',
    resumed: '2026-11-24 10:00',
    due: '2026-11-23 17:00',
    why: '停时已超期一个半工作小时，恢复后照样超期这么久，挂账不能补救超期',
  },
]

export interface AskedExample {
  readonly now: string
  readonly until: string
  /** Nothing, or the refusal. */
  readonly refused: string | null
  readonly why: string
}

/** Asked of an event that is due on Thursday 2026-03-05 17:30, of a kind that has three working days. */
export const extensionExamples: readonly (AskedExample & { readonly extensions: number })[] = [
  { now: '2026-03-04 10:00', until: '2026-03-10 17:30', extensions: 0, refused: null, why: '最多再给一个原时限' },
  {
    now: '2026-03-04 10:00',
    until: '2026-03-10 17:31',
    extensions: 0,
    refused: 'event.date-too-late',
    why: '超过一个原时限',
  },
  {
    now: '2026-03-04 10:00',
    until: '2026-03-05 17:30',
    extensions: 0,
    refused: 'event.date-too-early',
    why: '不晚于原到期日，不算延期',
  },
  { now: '2026-03-04 10:00', until: '2026-03-06 17:30', extensions: 1, refused: null, why: '第二次仍可申请' },
  {
    now: '2026-03-04 10:00',
    until: '2026-03-06 17:30',
    extensions: 2,
    refused: 'event.extended-twice',
    why: '最多延两次',
  },
  {
    now: '2026-03-05 17:31',
    until: '2026-03-06 17:30',
    extensions: 0,
    refused: 'event.overdue',
    why: '到期前才可申请',
  },
]

export const suspensionExamples: readonly (AskedExample & {
  readonly reason: (typeof suspendReasons)[number]
  readonly waits: number
})[] = [
  {
    reason: 'citizen',
    now: '2026-03-04 10:00',
    until: '2026-03-09 17:30',
    waits: 0,
    refused: null,
    why: '等当事人，最多三个工作日',
  },
  {
    reason: 'citizen',
    now: '2026-03-04 10:00',
    until: '2026-03-10 09:00',
    waits: 0,
    refused: 'event.date-too-late',
    why: '超过三个工作日',
  },
  {
    reason: 'citizen',
    now: '2026-03-04 10:00',
    until: '2026-03-09 17:30',
    waits: 2,
    refused: 'event.waited-twice',
    why: '等当事人最多两次',
  },
  {
    reason: 'third-party',
    now: '2026-03-04 10:00',
    until: '2026-04-03 10:00',
    waits: 0,
    refused: null,
    why: '司法程序、第三方鉴定，最多 30 天',
  },
  {
    reason: 'third-party',
    now: '2026-03-04 10:00',
    until: '2026-04-03 10:01',
    waits: 0,
    refused: 'event.date-too-late',
    why: '超过 30 天',
  },
  {
    reason: 'season',
    now: '2026-03-04 10:00',
    until: '2027-03-04 10:00',
    waits: 0,
    refused: null,
    why: '季节、施工、法定原因，最多一年',
  },
  {
    reason: 'works',
    now: '2026-03-04 10:00',
    until: '2026-03-04 11:00',
    waits: 0,
    refused: 'event.date-too-early',
    why: '一小时以内不必挂账',
  },
]

export interface WarningExample {
  readonly what: string
  readonly event: Partial<EventCore>
  readonly alarms: readonly (readonly [at: string, kind: AlarmKind])[]
  readonly why: string
}

const began = instantOf('2026-03-02 09:00')

export const warningExamples: readonly WarningExample[] = [
  {
    what: '办理中，时限 10 小时',
    event: {
      status: 'in-progress',
      stage: 'handle',
      dueAt: instantOf('2026-03-02 19:00'),
      limits: { handle: limit(10, 'natural-hour') },
    },
    alarms: [
      ['2026-03-02 14:00', 'half'],
      ['2026-03-02 17:00', 'soon'],
      ['2026-03-02 19:00', 'due'],
      ['2026-03-03 09:00', 'late'],
      ['2026-03-04 09:00', 'late'],
    ],
    why: '过半、过八成、到期各一次，超期后每天上午九点一次',
  },
  {
    what: '办理中，时限 3 个工作日，周四下班前派遣',
    event: {
      status: 'in-progress',
      stage: 'handle',
      stageStartedAt: instantOf('2026-03-05 17:30'),
      alarmedAt: instantOf('2026-03-05 17:30'),
      dueAt: instantOf('2026-03-10 17:30'),
      limits: { handle: limit(3, 'work-day') },
    },
    alarms: [
      ['2026-03-09 14:00', 'half'],
      ['2026-03-10 11:48', 'soon'],
      ['2026-03-10 17:30', 'due'],
    ],
    why: '按工作日计的时限，过半和过八成也按工作时间算，周末不走',
  },
  {
    what: '已派遣，无人签收',
    event: { status: 'dispatched', stage: 'handle', dispatchedAt: began, dueAt: instantOf('2026-03-06 17:30') },
    alarms: [['2026-03-03 17:30', 'unsigned']],
    why: '一个工作日不签收视同签收，时限照走',
  },
  {
    what: '申请延期，无人答复',
    event: { status: 'extend-requested', stage: 'handle', statusSince: instantOf('2026-03-03 10:00'), dueAt: null },
    alarms: [['2026-03-04 10:00', 'unanswered']],
    why: '申请满 24 小时无答复，提醒审批人及上级；镇（街道）未答复的，同时转入县级中心的待审批清单',
  },
  {
    what: '周五下午责任裁定，无人裁定',
    event: { status: 'ruling', stage: 'handle', statusSince: instantOf('2026-03-06 16:00'), dueAt: null },
    alarms: [['2026-03-09 17:30', 'unanswered']],
    why: '裁定须在一个工作日内作出，到时未裁定的照上一行办理',
  },
  {
    what: '挂账',
    event: {
      status: 'suspended',
      stage: 'handle',
      suspension: { reason: 'works', since: began, until: instantOf('2026-04-10 09:00'), leftMs: 0 },
    },
    alarms: [
      ['2026-04-01 09:00', 'stop-review'],
      ['2026-04-10 09:00', 'stop-ends'],
    ],
    why: '每满 30 天复核一次，到期自动恢复',
  },
  {
    what: '已结案',
    event: { status: 'closed', closedAt: began },
    alarms: [['2026-04-01 09:00', 'archive']],
    why: '结案满 30 天归档',
  },
]
