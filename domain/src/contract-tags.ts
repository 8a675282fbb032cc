/** What the operations are about, by the first word of their path. */
const about = {
  settings: '公开设置 What an installation says of itself',
  session: '登录与本人 Signing in, and oneself',
  accounts: '账号 Accounts',
  messages: '给本人的消息 What oneself is told',
  postings: '任职 Posts that people hold',
  roles: '角色 Roles and their duties',
  badges: '工作证 Badges',
  departments: '职能部门 Departments',
  labels: '职能部门 Departments',
  places: '区域与网格 Areas and grids',
  net: '网格变更 Changes of the net of grids',
  registry: '实有人口、房屋、单位 People, houses and units',
  events: '事件 Events and their way',
  hotline: '热线工单 Tickets of the hotline',
  evidence: '照片与附件 Photos and files',
  files: '上传 Uploads',
  views: '常用查询 Saved views',
  notices: '提醒 Notices',
  catalogue: '事项目录 The catalogue of categories',
  calendar: '工作日历 The work calendar',
  matters: '网格事项 Matters a grid may be asked to do',
  visits: '走访与任务 Visits and tasks',
  library: '政策与做法 Policies and how-tos',
  worklog: '周志与例会 Week logs and meetings',
  sensors: '感知设备 Devices that tell of alarms',
  sync: '手机同步 What a phone takes and sends',
  audit: '审计 The journal',
} as const

export const contractTags = Object.entries(about).map(([name, description]) => ({ name, description }))

/** @throws when the first word of a path has no tag: a new one is described here first */
export function tagOf(path: string): string {
  const word = path.split('/')[2] ?? ''
  if (!(word in about)) throw new Error(`${path}: no tag tells what "${word}" is about`)
  return word
}
