/** What people read for the codes of the domain, zh-CN first. One word for one thing: docs/glossary.md. */
export type Language = 'zh' | 'en'
type Pair = readonly [zh: string, en: string]
type Table = Readonly<Record<string, Pair>>

export const statusWords: Table = {
  reported: ['待核实', 'To verify'],
  verifying: ['核实中', 'Verifying'],
  registered: ['待派遣', 'To dispatch'],
  dispatched: ['待签收', 'To sign for'],
  'in-progress': ['办理中', 'In progress'],
  'return-requested': ['申请退回', 'Return asked'],
  ruling: ['责任裁定', 'Ruling'],
  'extend-requested': ['申请延期', 'Extension asked'],
  'suspend-requested': ['申请挂账', 'Suspension asked'],
  suspended: ['挂账', 'Suspended'],
  handled: ['待核查', 'To check'],
  rework: ['返工', 'Rework'],
  verified: ['待回访', 'To call back'],
  callback: ['回访中', 'Calling back'],
  'unreasonable-claimed': ['待复核', 'Second look'],
  closed: ['已结案', 'Closed'],
  reopened: ['重新办理', 'Reopened'],
  rejected: ['不予立案', 'Refused'],
  merged: ['已并案', 'Merged'],
  cancelled: ['已撤回', 'Withdrawn'],
  archived: ['已归档', 'Archived'],
}
export const actionWords: Table = {
  report: ['上报', 'Report'],
  'ask-verify': ['请网格员核实', 'Ask to verify'],
  verify: ['核实', 'Verify'],
  register: ['立案', 'Register'],
  place: ['归入网格', 'Put into a grid'],
  recode: ['更正类别', 'Change category'],
  'agree-recode': ['同意更正类别', 'Agree to another category'],
  'refuse-recode': ['驳回更正类别', 'Refuse another category'],
  refuse: ['不予立案', 'Refuse'],
  appeal: ['申诉', 'Appeal'],
  cancel: ['撤回', 'Withdraw'],
  'ask-cancel': ['申请撤回', 'Ask to withdraw'],
  'agree-cancel': ['同意撤回', 'Agree to withdraw'],
  'refuse-cancel': ['驳回撤回', 'Refuse to withdraw'],
  withdraw: ['退出并案', 'Left the joint report'],
  'self-close': ['自行处置结案', 'Settle on the spot'],
  dispatch: ['派遣', 'Dispatch'],
  'report-up': ['上报上级', 'Report up'],
  'assign-down': ['交办下级', 'Assign down'],
  bypass: ['越级上报', 'Bypass a level'],
  sign: ['签收', 'Sign for'],
  return: ['申请退回', 'Ask to return'],
  'agree-return': ['同意退回', 'Agree to return'],
  'refuse-return': ['驳回退回', 'Refuse return'],
  rule: ['裁定', 'Rule'],
  transfer: ['改派', 'Transfer'],
  'ask-extension': ['申请延期', 'Ask for extension'],
  'agree-extension': ['同意延期', 'Agree to extension'],
  'refuse-extension': ['驳回延期', 'Refuse extension'],
  'ask-suspension': ['申请挂账', 'Ask to suspend'],
  'agree-suspension': ['同意挂账', 'Agree to suspend'],
  'refuse-suspension': ['驳回挂账', 'Refuse suspension'],
  resume: ['恢复办理', 'Resume'],
  'ask-co-handling': ['请求协办', 'Ask for co-handling'],
  'finish-co-handling': ['协办完成', 'Co-handling done'],
  'decline-co-handling': ['不予协办', 'Decline co-handling'],
  finish: ['申请办结', 'Report it done'],
  pass: ['核查通过', 'Pass check'],
  fail: ['退回返工', 'Send back'],
  'check-unable': ['无法核查', 'Cannot check'],
  'call-back': ['登记回访', 'Record call-back'],
  'confirm-unreasonable': ['认定尽责', 'Confirm dutiful'],
  'refuse-unreasonable': ['退回重办', 'Handle again'],
  rate: ['评价', 'Rate'],
  reopen: ['重新办理', 'Reopen'],
  merge: ['并案', 'Merge'],
  unlink: ['取消并案', 'Unlink'],
  split: ['拆分', 'Split'],
  supervise: ['督办', 'Supervise'],
  'lift-supervision': ['解除督办', 'Lift supervision'],
  note: ['批示', 'Direct'],
  remark: ['备注', 'Remark'],
  urge: ['催办', 'Urge'],
  'force-close': ['申请强制结案', 'Ask forced close'],
  'confirm-force-close': ['批准强制结案', 'Confirm forced close'],
  'withdraw-force-close': ['撤回强制结案申请', 'Withdraw the request for a forced close'],
  archive: ['归档', 'Archive'],
  'count-as-signed': ['超时视同签收', 'Counted as signed'],
  'resume-by-date': ['挂账到期恢复', 'Resumed by date'],
  join: ['并入一件', 'A report was joined'],
  part: ['分出一件', 'A report left'],
  rehome: ['随网格调整', 'Moved with its grid'],
  'department-closed': ['部门停用', 'A department was closed'],
  attach: ['补充附件', 'Evidence added'],
}
export const sourceWords: Table = {
  'grid-worker': ['网格员', 'Grid worker'],
  liaison: ['联络员', 'Liaison'],
  resident: ['居民', 'Resident'],
  hotline: ['12345 热线', 'Hotline 12345'],
  department: ['部门', 'Department'],
  sensor: ['感知设备', 'Sensor'],
  leader: ['上级交办', 'From above'],
  inspection: ['巡查', 'Inspection'],
  'sunk-officer': ['部门下沉人员', 'Officer of a department in the grid'],
  window: ['窗口来访', 'At the window'],
}
export const urgencyWords: Table = { 0: ['一般', 'Ordinary'], 1: ['紧急', 'Urgent'], 2: ['特急', 'Most urgent'] }
export const levelWords: Table = {
  1: ['村（社区）', 'Community'],
  2: ['镇（街道）', 'Town'],
  3: ['县（市、区）', 'County'],
}
export const supervisionWords: Table = {
  0: ['无', 'None'],
  1: ['普通督办', 'Ordinary'],
  2: ['黄牌督办', 'Yellow card'],
  3: ['红牌督办', 'Red card'],
}
export const stageWords: Table = {
  accept: ['受理', 'Accept'],
  dispatch: ['派遣', 'Dispatch'],
  handle: ['办理', 'Handle'],
  check: ['核查', 'Check'],
  callback: ['回访', 'Call back'],
}
export const queueWords: Table = {
  all: ['全部', 'All'],
  'to-verify': ['待核实', 'To verify'],
  'to-dispatch': ['待派遣', 'To dispatch'],
  'to-handle': ['待办理', 'To handle'],
  'to-check': ['待核查', 'To check'],
  'to-decide': ['待审批', 'To decide'],
  'to-call': ['待回访', 'To call back'],
  late: ['已超期', 'Late'],
  mine: ['我上报的', 'Mine'],
}
export const tierWords: Table = {
  province: ['省', 'Province'],
  city: ['市', 'City'],
  county: ['县（市、区）', 'County'],
  town: ['镇（街道）', 'Town'],
  village: ['村（社区）', 'Village'],
  grid: ['网格', 'Grid'],
  micro: ['微网格', 'Micro-grid'],
}
export const gridKindWords: Table = {
  general: ['综合网格', 'General'],
  dedicated: ['专属网格', 'Dedicated'],
  micro: ['微网格', 'Micro-grid'],
  mobile: ['流动（海上）网格', 'Mobile'],
}
export const terrainWords: Table = {
  plain: ['平原', 'Plain'],
  hill: ['丘陵山地', 'Hills'],
  water: ['水网', 'Canals and lakes'],
}
export const dedicatedWords: Table = {
  office: ['机关单位', 'Office'],
  park: ['园区', 'Park'],
  building: ['楼宇', 'Building'],
  mall: ['商圈', 'Mall'],
  market: ['市场', 'Market'],
  school: ['学校', 'School'],
  hospital: ['医院', 'Hospital'],
  scenic: ['景区', 'Scenic spot'],
  religious: ['宗教场所', 'Religious site'],
  'street-shops': ['沿街商铺', 'Street shops'],
}
export const findingWords: Table = {
  overlap: ['重叠', 'Overlap'],
  gap: ['空白', 'Gap'],
  'outside-parent': ['越界', 'Outside its parent'],
  'no-boundary': ['未划边界', 'No border'],
  'too-large': ['偏大', 'Too large'],
  'too-small': ['偏小', 'Too small'],
  'too-heavy': ['工作量偏重', 'Too much work'],
  'too-light': ['工作量偏轻', 'Too little work'],
  'blind-spot': ['盲区', 'Blind spot'],
  'shared-spot': ['多头管理', 'Managed twice'],
  'beat-mismatch': ['警格不对应', 'Beat does not match'],
  'unbound-grid': ['部门网格未并入', 'Department grid not bound'],
  invalid: ['边界有误', 'Invalid border'],
}
/** What follows a border, with its measure word. */
export const netThingWords: Table = {
  building: ['栋楼', 'buildings'],
  estate: ['个小区（道路、自然村）', 'estates'],
  house: ['套房屋', 'houses'],
  household: ['套房屋（微网格内）', 'houses (in the micro-grid)'],
  person: ['人', 'persons'],
  unit: ['家单位', 'firms'],
  facility: ['处设施', 'facilities'],
  event: ['件未结事件', 'open events'],
  task: ['项待办任务', 'open tasks'],
  hazard: ['处未消隐患', 'open hazards'],
  service: ['件代办事项', 'services'],
  place: ['个下级网格', 'grids below'],
}
/** One thing of a kind, as a heading of a row. */
export const netThingNames: Table = {
  building: ['楼栋', 'Building'],
  estate: ['小区（道路、自然村）', 'Estate'],
  house: ['房屋', 'House'],
  household: ['微网格内房屋', 'House of a micro-grid'],
  person: ['未登记住处的人员', 'People without a home on file'],
  unit: ['单位', 'Firm'],
  facility: ['设施', 'Facility'],
  event: ['未结事件', 'Open event'],
  task: ['待办任务', 'Open tasks'],
  hazard: ['未消隐患', 'Open hazards'],
  service: ['代办事项', 'Service'],
  place: ['未划边界的下级网格', 'Grid below without a border'],
}
export const loadPartWords: Table = {
  person: ['每人', 'Person'],
  rental: ['每套出租房', 'Rented house'],
  unit: ['每家单位', 'Firm'],
  dispute: ['每件矛盾纠纷（一年内）', 'Dispute in a year'],
  km2: ['每平方公里', 'Square kilometre'],
  hill: ['丘陵山地每平方公里另加', 'More for hills, per km²'],
  water: ['水网每平方公里另加', 'More for canals and lakes, per km²'],
}
export const netChangeWords: Table = {
  border: ['调界', 'Border moved'],
  split: ['拆分', 'Split'],
  merge: ['合并', 'Merge'],
  close: ['撤销', 'Close'],
  carve: ['新建', 'New grid'],
}
export const foldingHowWords: Table = {
  same: ['与所选网格相同', 'The same as the chosen grids'],
  dedicated: ['设为专属网格', 'A dedicated grid of its own'],
  border: ['网格改用它的边界', 'Its border becomes the border of a grid'],
}
export const areaStateWords: Table = {
  open: ['未并入', 'Not folded in'],
  waiting: ['待生效', 'Waiting'],
  folded: ['已并入', 'Folded in'],
  refused: ['未能执行', 'Refused'],
}
export const areaLayerWords: Table = {
  'police-beat': ['警务区', 'Police beat'],
  'department-grid': ['部门网格', 'Department grid'],
}
export const foldingRoleWords: Table = {
  'deputy-leader': ['副网格长', 'Deputy grid leader'],
  'legal-officer': ['进网格政法人员', 'Legal officer in the grid'],
  'sunk-officer': ['部门下沉人员', 'Officer of a department in the grid'],
}
export const orderStateWords: Table = {
  waiting: ['待生效', 'Waiting'],
  running: ['执行中', 'Under way'],
  done: ['已生效', 'In force'],
  refused: ['未能执行', 'Not carried out'],
  withdrawn: ['已撤回', 'Withdrawn'],
}
export const netStepWords: Table = {
  places: ['网格与编码', 'Grids and codes'],
  posts: ['人员岗位', 'Posts'],
  buildings: ['楼栋', 'Buildings'],
  houses: ['房屋', 'Houses'],
  people: ['人口', 'People'],
  firms: ['单位与设施', 'Firms and facilities'],
  tasks: ['任务、隐患与代办', 'Tasks, hazards and services'],
  events: ['未结事件', 'Open events'],
}
export const sizeWords: Table = {
  'in-band': ['符合标准', 'Within the norm'],
  'too-large': ['偏大', 'Too large'],
  'too-small': ['偏小', 'Too small'],
  unknown: ['未填规模', 'Size unknown'],
}
export const limitWords: Table = {
  'natural-hour': ['自然小时', 'hours'],
  'work-hour': ['工作小时', 'working hours'],
  'work-day': ['工作日', 'working days'],
  'natural-day': ['自然日', 'days'],
}
export const milestoneWords: Table = {
  accept: ['受理', 'Accept'],
  dispatch: ['派遣', 'Dispatch'],
  sign: ['签收', 'Sign'],
  handle: ['办理', 'Handle'],
  check: ['核查', 'Check'],
  callback: ['回访', 'Call back'],
}
export const refuseWords: Table = {
  duplicate: ['重复反映', 'Duplicate'],
  untrue: ['不属实', 'Untrue'],
  'not-ours': ['非职权范围', 'Not ours'],
  'in-court': ['已进入诉讼', 'Before the courts'],
  'too-vague': ['内容不具体', 'Too vague'],
  'stop-notice': ['应由专业单位受理', 'Belongs to a utility'],
}
export const suspendWords: Table = {
  season: ['季节原因', 'Season'],
  works: ['工程施工', 'Works'],
  legal: ['法律程序', 'Legal procedure'],
  citizen: ['等待当事人', 'Waiting for the citizen'],
  'third-party': ['等待第三方', 'Waiting for a third party'],
}
export const failWords: Table = {
  'not-done': ['未办理', 'Not done'],
  'partly-done': ['未办完', 'Partly done'],
  'came-back': ['问题复发', 'Came back'],
  'false-evidence': ['反馈不实', 'False evidence'],
}
export const findingOfVerify: Table = {
  exists: ['属实', 'It is there'],
  absent: ['不存在', 'It is not there'],
  unable: ['无法判断', 'Cannot tell'],
}
export const outcomeWords: Table = {
  satisfied: ['已解决', 'Solved'],
  unsatisfied: ['未解决，重办', 'Not solved, again'],
  unreached: ['未接通', 'Not reached'],
  unreasonable: ['诉求不合理', 'Unreasonable'],
}
export const waiterWords: Table = {
  'to-ring': ['待回访', 'To be rung'],
  heard: ['已答复', 'Heard'],
  tried: ['多次未接通', 'Tried in vain'],
  told: ['已告知，期限已过', 'Told, and his term is over'],
}
export const closeWords: Table = {
  normal: ['正常结案', 'Normal'],
  'self-handled': ['自行处置', 'Settled on the spot'],
  duplicate: ['并案', 'Merged'],
  dutiful: ['尽责未满意', 'Dutiful, not satisfied'],
  unreached: ['回访未接通', 'Not reached'],
  forced: ['强制结案', 'Forced'],
}
/** What somebody asked for, by the state in which it waits. */
export const askedWords: Table = {
  'return-requested': ['退回申请', 'asked to hand it back'],
  ruling: ['再次退回，请求裁定', 'handed it back again and asks for a ruling'],
  'extend-requested': ['延期申请', 'asked for more time'],
  'suspend-requested': ['挂账申请', 'asked for a suspension'],
  'unreasonable-claimed': ['诉求不合理的认定', 'claims that the wish is unreasonable'],
}
export const noticeWords: Table = {
  'to-verify': ['有事件待核实', 'To verify'],
  'to-dispatch': ['有事件待派遣', 'To dispatch'],
  'to-handle': ['有事件待办理', 'To handle'],
  rework: ['核查未通过，请返工', 'Sent back for rework'],
  'to-decide': ['有申请待审批', 'To decide'],
  'to-check': ['已申请办结，待您核查', 'To check'],
  'to-call': ['待回访', 'To call back'],
  closed: ['您上报的事件已结案', 'Closed'],
  'cancel-asked': ['上报人申请撤回，请答复', 'The reporter asks to withdraw it'],
  'recode-asked': ['申请不按反映工作人员办理，请另一人答复', 'About nobody who serves? A second one answers'],
  'cancel-agreed': ['已同意撤回您上报的事件', 'Your report was withdrawn, as you asked'],
  'cancel-refused': ['未同意撤回，事件继续办理', 'Not withdrawn: the matter goes on'],
  cancelled: ['事件已由上报人撤回，不必再办', 'Withdrawn by its reporter: nothing more to do'],
  supervise: ['事件被督办', 'Supervised'],
  note: ['有领导批示', 'A leader’s direction'],
  remark: ['有备注', 'A remark'],
  urge: ['事件被催办', 'Urged'],
  'alarm-half': ['时限过半', 'Half the time is gone'],
  'alarm-soon': ['即将到期', 'Due soon'],
  'alarm-due': ['已到期', 'Due'],
  'alarm-late': ['已超期', 'Late'],
  'alarm-unsigned': ['超时未签收', 'Not signed in time'],
  'alarm-unanswered': ['申请到时未答复', 'Not answered in its time'],
  'alarm-back-unanswered': ['撤回申请到时未答复', 'Request to withdraw not answered in its time'],
  'fell-up': ['下级到时未答复，请您答复', 'Not answered below in its time: please answer'],
  'back-fell-up': ['下级到时未答复撤回申请，请您答复', 'Request to withdraw not answered below: please answer'],
  'check-fell': ['逾期未核查，同网格人员和中心均可核查', 'Not checked in time: its grid and the centre may check it'],
  'alarm-stop-ends': ['挂账到期', 'Suspension ends'],
  'alarm-stop-review': ['挂账满月复核', 'Monthly review'],
  'alarm-archive': ['归档', 'Archived'],
}
export const reasonWords: Table = {
  words: ['用词相近', 'Same words'],
  category: ['类别相同', 'Same category'],
  distance: ['相距（米）', 'Metres apart'],
  near: ['同一地点（米）', 'Same place (metres)'],
  caller: ['同一来电号码', 'Same caller'],
  grid: ['同一网格', 'Same grid'],
  day: ['一天之内', 'Within a day'],
  precedent: ['已有裁定', 'Ruled before'],
  catalogue: ['目录主责', 'Lead in the catalogue'],
}
/** Why the machine raised a report. */
export const gradeReasonWords: Table = {
  'size:mass': ['因人数多升级', 'raised for the number of people'],
  'size:group': ['因涉及多人升级', 'raised since it concerns a group'],
}
export const phaseWords: Table = {
  before: ['处置前', 'Before'],
  during: ['处置中', 'During'],
  after: ['处置后', 'After'],
  check: ['核查', 'Check'],
}

/** The word for a code, the code itself when there is none. */
export function word(table: Table, code: string | number | null | undefined, language: Language): string {
  const pair = table[String(code)]
  return pair ? pair[language === 'zh' ? 0 : 1] : String(code ?? '')
}
