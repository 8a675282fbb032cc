/** Deadlines as a page for officials: the very examples that the tests of the rules walk, and the limits from the code. */
import type { AlarmKind } from '@fengge/domain/events/alarms'
import {
  dueExamples,
  extensionExamples,
  stopExamples,
  suspensionExamples,
  warningExamples,
} from '@fengge/domain/events/deadline-examples'
import { usualLimits } from '@fengge/domain/events/stage-clock'
import { milestones, type Limit, type Milestone } from '@fengge/domain/events/terms'
import { suspendWords } from '@fengge/web/words/terms.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'

const kindWords: Record<Limit['kind'], string> = {
  'natural-hour': '小时（自然）',
  'natural-day': '天（自然日）',
  'work-hour': '个工作小时',
  'work-day': '个工作日',
}
const milestoneWords: Record<Milestone, string> = {
  accept: '核实受理',
  dispatch: '派遣',
  sign: '签收',
  handle: '办结',
  check: '核查',
  callback: '回访',
}
const alarmWords: Record<AlarmKind, string> = {
  half: '过半',
  soon: '过八成',
  due: '到期',
  late: '超期提醒',
  unsigned: '视同签收',
  unanswered: '申请未答复',
  'back-unanswered': '撤回申请未答复',
  'stop-ends': '恢复办理',
  'stop-review': '挂账复核',
  archive: '归档',
}

const show = ({ kind, value }: Limit) => `${value} ${kindWords[kind]}`
const verdict = (refused: string | null) => (refused === null ? '可以' : `不可以：${sentenceFor(refused, 'zh')}`)
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(row)].join('\n')

const usual = () =>
  table(
    ['环节', '一般', '紧急', '特急'],
    milestones.map((m) => [milestoneWords[m], ...([0, 1, 2] as const).map((u) => show(usualLimits[u][m]))]),
  )

const due = () =>
  table(
    ['起算', '时限', '到期', '为什么'],
    dueExamples.map((e) => [e.from, show(e.limit), e.due, e.why]),
  )

const stops = () =>
  table(
    ['起算', '时限', '停', '恢复', '恢复后到期', '为什么'],
    stopExamples.map((e) => [e.from, show(e.limit), e.stopped, e.resumed, e.due, e.why]),
  )

const suspensions = () =>
  table(
    ['原因', '申请时间', '停到', '已等过', '能否申请', '为什么'],
    suspensionExamples.map((e) => [
      suspendWords[e.reason]![0],
      e.now,
      e.until,
      e.reason === 'citizen' ? `${e.waits} 次` : '–',
      verdict(e.refused),
      e.why,
    ]),
  )

const extensions = () =>
  table(
    ['申请时间', '延到', '已延', '能否申请', '为什么'],
    extensionExamples.map((e) => [e.now, e.until, `${e.extensions} 次`, verdict(e.refused), e.why]),
  )

const warnings = () =>
  table(
    ['事件', '提醒', '为什么'],
    warningExamples.map((e) => [e.what, e.alarms.map(([at, kind]) => `${at} ${alarmWords[kind]}`).join('；'), e.why]),
  )

export function deadlinesText(): string {
  return `# 时限规则

本页由 \`domain/src/events/deadline-examples.ts\` 和 \`domain/src/events/stage-clock.ts\` 生成，服务器、界面与本页用的是同一套规则，\`deadline.test.ts\` 与 \`stage-clock.test.ts\` 逐行核对各表。依据：领域规范 B5、D2、D3 和不变式 I1、I7。

## 工作时间怎么算

工作日和办公时间由县级工作日历给出，每年按国务院放假安排录入假日和调休；周末不上班，调休日上班。表中办公时间为 9:00–12:00、13:30–17:30。自然小时、自然日不看日历。按工作日的，起算当天不计，到最后一个工作日下班为止。\`deadline.test.ts\` “the clock agrees with a walk minute by minute” 用逐分钟走一遍的办法核对任意时刻。

${due()}

## 每一环节多长

事项目录写明的从目录，没写的用下表（\`stage-clock.test.ts\` “a category’s own limit goes before the usual one of its urgency”）。办结时限从派遣起算，不从签收起算，不签收拖不来时间（\`workflow.test.ts\` “the clock of handling starts at dispatch and not at signing”）。

${usual()}

返工给原时限的一半，至少一个工作日；重新办理最多三个工作日（\`stage-clock.test.ts\` “rework has half of the limit and a working day at least; a second handling three working days at most”）。承办部门退回须在派遣后一个工作日内，同一部门一次（\`workflow.test.ts\` “only the department that has it may return it, once, within a working day; the second time is ruled”）。

## 什么时候停表

只有批准的挂账停表；等待审批不停表。停时剩多少，恢复后给多少，不多也不少（\`deadline.test.ts\` “a stop gives back exactly what was left”）；运行时间与停表时间分开累计（\`workflow.test.ts\` “a stop gives its time back, and the worker of another grid sees no buttons”）。

${stops()}

挂账的期限看原因：

${suspensions()}

## 延期

到期前由承办部门申请，写明原因和计划，由本级中心批准。申请和驳回都不改变到期时间（\`stage-clock.test.ts\` “while an extension is asked for and refused, the clock runs on”）。下表的事件 2026-03-05 17:30 到期，原时限三个工作日。

${extensions()}

## 灯色和提醒

剩余一半以上绿灯，两成以上黄灯，不足两成橙灯，超期红灯（\`deadline.test.ts\` “lights turn at a half, a fifth and the end”）。每个提醒只发一次，重启也不重发（\`server/tests/loop.test.ts\` “alarms fire once, survive being asked twice, and nobody signing counts as signed”）。到期起同时告知本级中心，超期一天起告知上级，超期五天自动督办。

${warnings()}

同一事件 24 小时内只能催办一次，无论谁催（\`server/tests/follow.test.ts\` “a resident urges once a day: the button is gone until then, and a repeat is refused with a sentence”）。
`
}
