/** Words of the phone: acts, their fates, forms of outcome, why something is on today's page. */
import type { HazardEnd } from '@fengge/domain/visits/terms'

type Table = Readonly<Record<string, readonly [zh: string, en: string]>>
export const actStateWords: Table = {
  waiting: ['等待送出', 'Waiting'],
  done: ['已送达', 'Sent'],
  refused: ['未通过', 'Refused'],
  held: ['等前一条', 'Held'],
  kept: ['已移交社区处理', 'With the desk'],
}
/** Acts that a screen has words for; the others carry those of their holder. */
export const actWords: Table = {
  attachEvidence: ['照片', 'Photo'],
  reportEvent: ['上报', 'Report'],
  recordVisit: ['走访', 'Visit'],
  confirmRecords: ['核实', 'Confirm'],
  saveRecord: ['登记', 'Registry'],
  linkPerson: ['入住关联', 'Link'],
  chooseHead: ['设为户主', 'Head of the household'],
  endLink: ['不住这里了', 'Lives here no more'],
  leavePerson: ['人员注销', 'Somebody left'],
  closeRecord: ['单位、房屋注销', 'Closed or gone'],
  undoLeaving: ['撤回注销', 'Leaving taken back'],
  returnPerson: ['回来了', 'Came back'],
  offerMover: ['请迁入地核实', 'Offered to the grid there'],
  takeArrival: ['迁入属实', 'Moved in here'],
  missArrival: ['查无此人', 'Not found here'],
  placeBuilding: ['楼栋位置', 'Where a building stands'],
  takeService: ['代办受理', 'Service'],
  moveService: ['代办进展', 'Service step'],
  addToWeek: ['周志', 'Week log'],
  'act.pass': ['核查通过', 'Passed the check'],
  'act.fail': ['核查不通过', 'Failed the check'],
  'act.check-unable': ['无法核查', 'Could not check'],
  'act.verify': ['核实', 'Verified'],
  'act.self-close': ['自行处置结案', 'Closed on the spot'],
  'act.cancel': ['撤回上报', 'Taken back'],
  'act.ask-cancel': ['申请撤回', 'Asked to take back'],
  'act.sign': ['签收', 'Signed for'],
  'act.finish': ['申请办结', 'Reported done'],
  'act.reopen': ['重新办理', 'Reopened'],
  'act.finish-co-handling': ['协办完成', 'Co-handling done'],
}
/** The fields of an act that hold free words. */
export const toldWords: Table = {
  title: ['标题', 'Title'],
  content: ['内容', 'Content'],
  placeText: ['地点', 'Where'],
  onBehalfOf: ['代谁上报', 'On behalf of'],
  what: ['办什么', 'What for'],
  result: ['结果', 'Result'],
  answer: ['答复', 'Answer'],
  note: ['说明', 'Note'],
  text: ['内容', 'Text'],
  basis: ['依据', 'Basis'],
  reason: ['他写的理由', 'Reason given'],
  hazard: ['隐患', 'Hazard'],
  ordered: ['整改要求', 'Ordered'],
}
export const outcomeWordsOfVisit: Table = {
  met: ['见到本人', 'Met'],
  // Of a hazard that is looked at again, which is no person.
  seen: ['到现场看过', 'Seen on the spot'],
  'not-home': ['未遇到人', 'Nobody home'],
  refused: ['不愿接受', 'Declined'],
  done: ['已完成', 'Done'],
}
export const serviceWords: Table = {
  taken: ['已受理', 'Taken'],
  'handed-in': ['已递交', 'Handed in'],
  answered: ['有结果', 'Answered'],
  told: ['已告知居民', 'Resident told'],
  withdrawn: ['居民撤回', 'Withdrawn'],
}
export const goneWords: Table = {
  moved: ['已调整到其他网格', 'moved to another grid'],
  merged: ['已与其他登记合并', 'merged with another record'],
  gone: ['已撤销', 'removed'],
}
export const articleKindWords: Table = {
  'how-to': ['做法', 'How-to'],
  policy: ['政策', 'Policy'],
  template: ['模板', 'Template'],
}
export const causeWords: Table = {
  'no-contact': ['超过一天没有联系', 'No contact for a day'],
  waiting: ['有内容超过一小时未送出', 'Something waits for over an hour'],
  clock: ['手机时间不准', 'The phone’s clock is wrong'],
  left: ['已离岗', 'Has left'],
  'to-wipe': ['等待清除', 'To be wiped'],
  'storage-full': ['手机存储已满', 'No room on the phone'],
  storage: ['手机存储异常', 'Storage of the phone fails'],
  'signed-out': ['登录已失效', 'Signed out'],
  'network.down': ['网络不通', 'No line'],
  'sync.too-much': ['数据超过手机上限', 'More than a phone may hold'],
  'file.type': ['照片格式不支持', 'A photo of a kind not taken'],
}
export const matterKindWords: Table = {
  regular: ['常规', 'Regular'],
  temporary: ['临时', 'Temporary'],
  emergency: ['应急', 'Emergency'],
}
export const taskKindWords: Table = {
  collect: ['采集核实', 'Collecting'],
  patrol: ['巡查检查', 'Patrol and check'],
  visit: ['走访看望', 'Visiting'],
  mediate: ['调解', 'Mediating'],
  publicise: ['宣传', 'Publicity'],
  serve: ['代办服务', 'Service by proxy'],
  report: ['发现上报', 'Reporting'],
  meet: ['会议', 'Meeting'],
}
export const matterObjectWords: Table = {
  person: ['居民', 'People'],
  'elder-alone': ['独居老人', 'The old who live alone'],
  'left-behind': ['留守人员', 'The left behind'],
  care: ['需关爱人员', 'Those in care'],
  house: ['房屋', 'Houses'],
  'house-rental': ['出租房', 'Rentals'],
  'house-group': ['群租房', 'Group rentals'],
  unit: ['单位', 'Units'],
  'unit-shop': ['沿街商铺', 'Street shops'],
  facility: ['设施', 'Facilities'],
  grid: ['网格', 'The grid'],
}
export const orderDoorWords: Table = {
  order: ['交办任务', 'Order'],
  campaign: ['专项行动', 'Campaign'],
  rule: ['走访规则', 'Visit rule'],
  meeting: ['例会议定', 'Resolution'],
}
export const selectorWords: Table = {
  'elder-alone': ['独居老人（七十岁以上）', 'The old who live alone'],
  'left-behind': ['留守人员', 'The left behind'],
  'house-rental': ['出租房', 'Rentals'],
  'house-group': ['群租房', 'Group rentals'],
  'unit-shop': ['沿街商铺', 'Street shops'],
  facility: ['设施', 'Facilities'],
  care: ['需关爱人员', 'Those in care'],
  grid: ['每个网格', 'Every grid'],
}
export const ownerWords: Table = {
  police: ['公安', 'Police'],
  fire: ['消防', 'Fire service'],
  emergency: ['应急管理', 'Emergency management'],
  market: ['市场监管', 'Market regulation'],
  justice: ['司法行政', 'Justice'],
  civil: ['民政', 'Civil affairs'],
  resources: ['自然资源、水利', 'Natural resources'],
  urban: ['城市管理', 'Urban management'],
  service: ['政务服务', 'Government services'],
  party: ['社会工作', 'Social work'],
  'civil-affairs': ['民政', 'Civil affairs'],
  'human-resources': ['人力资源和社会保障', 'Human resources'],
  agriculture: ['农业农村', 'Agriculture'],
  'centre-office': ['网格化服务管理中心', 'Centre'],
  data: ['数据管理', 'Data management'],
  discipline: ['纪检监察', 'Discipline'],
  education: ['教育', 'Education'],
  environment: ['生态环境', 'Environment'],
  finance: ['金融监管', 'Finance'],
  gas: ['燃气', 'Gas'],
  health: ['卫生健康', 'Health'],
  housing: ['住房和城乡建设', 'Housing'],
  'natural-resources': ['自然资源', 'Natural resources'],
  petition: ['信访', 'Petitions'],
  power: ['供电', 'Power'],
  transport: ['交通运输', 'Transport'],
  utilities: ['公用事业', 'Utilities'],
  'village-office': ['村（社区）', 'Village or community'],
  water: ['水利', 'Water'],
  works: ['市政', 'Public works'],
}
export const hazardEndWords: Readonly<Record<HazardEnd, Table[string]>> = {
  'not-hazard': ['误判，不是隐患', 'It was no hazard'],
  'subject-gone': ['对象已不在', 'No longer there'],
  'in-event': ['已转为事件处置', 'It goes on as an event'],
}
export const dropWords: Table = {
  'rule-ended': ['规则已停用', 'The rule was ended'],
  'matter-ended': ['事项已退出清单', 'The matter left the list'],
  'subject-gone': ['对象已不在', 'No longer there'],
  'care-over': ['照护已结束', 'Care has ended'],
  'hazard-ended': ['隐患已终结', 'The hazard was ended'],
  'person-merged': ['与同一人的另一任务合并', 'The same is asked of the record it was merged with'],
}
