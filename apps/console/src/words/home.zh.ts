/** Words of the first pages. */
export const homeZh = {
  greeting: (hour: number, name: string) => `${partOfDay(hour)}好，${name}`,
  waits: '等着您的',
  report: '上报事件',
  counting: '正在数…',
  sumNothing: '没有超时的，也没有今天到期的',
  sum: (parts: readonly string[]) => `先看：${parts.join('，')}`,
  sumLate: (count: number) => `${count} 件超时`,
  sumBack: (count: number) => `${count} 件退了回来`,
  sumDue: (count: number) => `${count} 件今天到期`,
  sumDecide: (count: number) => `${count} 件等您审批`,
  longest: (span: string) => `最久${span}`,
  nearest: (clock: string) => `最近 ${clock}`,

  late: '超时',
  due: '今天到期',
  back: '退回来的',
  check: '等您核查',
  verify: '等您核实',
  decide: '等您审批',
  dispatch: '等您派遣',
  call: '等您回访',
  sign: '等您签收',
  carded: '督办中',
  handle: '等您办理',

  first: '先做这些',
  firstWhy: '按时限与退回排好',
  allOpen: '全部在办',
  nothingFirst: '眼下没有要紧的',
  nothingFirstWhy: '超时的、退回来的、今天到期的，都会自动出现在这里。',
  loading: '正在加载',
  slow: '还在加载，网络较慢',
  actOn: (act: string, title: string) => `${act}：${title}`,
  doUrge: '看并催办',
  doLook: '看进展',
  doHandle: '去办理',
  doCheck: '核查',
  doVerify: '核实',
  doDecide: '审批',
  doDispatch: '派遣',
  doCall: '回访',
  doSign: '签收',

  twoWeeks: '两周进出',
  byDay: '按日，件',
  asTable: '看表格',
  asChart: '看图',
  day: '日期',
  reported: '上报',
  ended: '结案',
  open: '在办',
  chartAbout: '近两周每日上报、结案和在办件数，按 T 看表格。',

  agenda: '今天的安排',
  agendaWhy: '和这一周',
  allWork: '走访与任务',
  nothingOn: '这一周没有安排',
  nothingOnWhy: '召集的例会、快结束的专项行动会出现在这里。',
  campaignEnds: (name: string) => `专项结束：${name}`,
  doneOf: (done: number, total: number) => `已完成 ${done} / ${total}`,
  today: '今天',
  tomorrow: (clock: string) => `明天 ${clock}`.trim(),

  inGrids: '今天在网格里',
  upTo: (clock: string) => `截至 ${clock}`,
  allPhones: '同步情况',
  gridAndWorker: '网格 · 网格员',
  phoneSync: '手机同步',
  unsent: (count: number) => `存 ${count} 条未传`,
  never: '还没有同步过',
  ago: (minutes: number) => agoOf(minutes),
  noPhone: '未绑手机',
  visitedToday: '今日走访',
  noGrids: '这里还没有网格',
  noGridsWhy: '划好网格后，每个网格的走访、在办和手机同步会出现在这里。',
}

function partOfDay(hour: number): string {
  if (hour < 12) return '上午'
  return hour < 18 ? '下午' : '晚上'
}

function agoOf(minutes: number): string {
  if (minutes < 2) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  return minutes < 1440 ? `${Math.floor(minutes / 60)} 小时前` : `${Math.floor(minutes / 1440)} 天前`
}
