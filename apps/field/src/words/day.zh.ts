import type { Sayings } from '@fengge/web/words/sayings.ts'

const days = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const hours = (minutes: number) =>
  minutes >= 60 ? `${Math.floor(minutes / 60)} 小时${minutes % 60 > 0 ? ` ${minutes % 60} 分` : ''}` : `${minutes} 分`

export const zh = {
  today: '今日',
  day: (month: number, day: number, weekday: number) => `${month}月${day}日 ${days[weekday]}`,
  toCheck: '待核查',
  toHandle: '待处理',
  sum: (toCheck: number, toHandle: number, calls: number, done: number) =>
    [
      toCheck > 0 && `核查 ${toCheck} 件`,
      toHandle > 0 && `处理 ${toHandle} 件`,
      calls > 0 && `走访核实 ${calls} 户次`,
      done > 0 && `已办 ${done} 件`,
    ]
      .filter(Boolean)
      .join(' · '),
  sumEmpty: '今天没有到期的事。',
  checkOnTheSpot: '已办结，请到现场看一眼',
  visits: '走访',
  places: (count: number, minutes: number) => `${count} 处 · 约 ${hours(minutes)}`,
  fromHere: '从我这里排',
  reorder: '调顺序',
  reorderDone: '排好了',
  earlier: (name: string) => `把${name}提前`,
  later: (name: string) => `把${name}推后`,
  walk: (minutes: number) => `步行 ${minutes} 分`,
  missed: '按这个顺序会错过约定时间',
  confirm: '核实住户',
  confirmMany: (count: number) => `核实住户 ${count} 户`,
  late: (n: number) => `已超 ${n} 天`,
  dueToday: '今天到期',
  dueIn: (n: number) => `还有 ${n} 天`,
  sameBuilding: (n: number) => `还有 ${n} 天，同一幢楼顺路`,
  basis: (matter: string) => `依据：${matter}`,
  noPlace: '未标位置',
  left: (count: number) => `今天排不下的还有 ${count} 件，明天优先`,
  setPin: '设手机口令，没有信号也能用',
  notices: '消息',
  leftLately: (count: number) => `近期有 ${count} 条登记移出本网格，详见“更多”。`,
  haveRead: '知道了',
  holdToTalk: '按住说话',
  listening: '正在听…松开结束',
  deaf: '这部手机听不了。请用输入法键盘上的话筒说，或直接写。',
} as const satisfies Sayings
