import type { Sayings } from '../../words/sayings.ts'

/** What the parts of events say, beside the words for the codes of the domain. */
export const zh = {
  card1: '普督',
  card2: '黄督',
  card3: '红督',
  returned: (count: number) => `退 ${count}`,
  repeated: (count: number) => `反复 ${count}`,
  rework: (count: number) => `返工 ${count}`,
  reopened: (count: number) => `重办 ${count}`,
  asked: () => '待答复',
  unchecked: () => '逾期未核查',
  joined: (count: number) => `已并 ${count} 件`,
  together: () => '两人同行',
  unsent: (count: number) => `未传 ${count}`,
  core: () => '核心',
  secret: () => '敏感',
  unplaced: () => '未归网格',
  unsigned: () => '未按时签收',
  yourTurn: '轮到您',
  noLimit: '没有时限',
  restsUntil: (day: string) => `等到 ${day}`,
  dueBy: (at: string) => `${at} 到期`,
  dueByKind: (kind: string, at: string) => `${kind}：${at} 到期`,
} as const satisfies Sayings
