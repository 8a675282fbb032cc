/** When a visit is due and what a day takes, as a page for officials: the very examples that the tests of the rules walk. */
import { dayExamples, exampleDay, rhythmExamples } from '@fengge/domain/visits/planning/examples'
import type { WhyKey } from '@fengge/domain/visits/planning/day-plan'

const whyWords: Record<WhyKey, (days: number) => string> = {
  late: (days) => `已过期 ${days} 天`,
  'due-today': () => '今天到期',
  'due-in': (days) => `${days} 天后到期`,
  'same-building': (days) => `同楼顺路，${days} 天后到期`,
  season: () => '当季',
  back: () => '上次未遇到人',
}

function showDay(fromToday: number): string {
  if (fromToday === 0) return '今天'
  return fromToday > 0 ? `${fromToday} 天后` : `${-fromToday} 天前`
}

export function planningText(): string {
  const rhythm = rhythmExamples.map(
    (e) =>
      `| ${[e.what, e.lastOn, e.today, e.asks?.earliestOn ?? '–', e.asks?.dueOn ?? '不下达', e.why].join(' | ')} |`,
  )
  const day = dayExamples.map(({ what, item, taken, because }) => {
    return `| ${[what, item.spot, showDay(item.earliest - exampleDay), item.priority, taken ? whyWords[taken.why](taken.days) : '今天不去', because].join(' | ')} |`
  })
  return `# 走访计划规则

本页由 \`domain/src/visits/planning/examples.ts\` 生成，测试逐行核对两张表。任务须属于清单内有效事项；计划只是建议，网格员可以改顺序；不排名、不计发现数。

## 什么时候到期

从上次用同一表单走访之日起算，在 \`server/src/visits/store/subjects.ts\` 中对全县一次算出。从未走访的，按对象编号分散在一个周期内，免得都挤在同一天。关爱走访用各人自己的周期。同一规则对同一对象只有一件未完成的任务；没遇到人不算完成，任务还在。

| 规则 | 上次走访 | 今天 | 最早可上门 | 到期 | 为什么 |
|---|---|---|---|---|---|
${rhythm.join('\n')}

## 一天排什么

规则在 \`domain/src/visits/planning/day-plan.ts\`，在手机上运行，没有信号也能用。先排到期的，按优先级（9 最高）和到期日；时间排满为止；再带上同楼将到期的；最后排步行顺序。排不下的到期任务逐件列出。

| 任务 | 楼 | 可上门自 | 优先级 | 今天 | 为什么 |
|---|---|---|---|---|---|
${day.join('\n')}
`
}
