/** Words of the registry in both languages. */
type Table = Readonly<Record<string, readonly [zh: string, en: string]>>

export const recordKindWords: Table = {
  person: ['人员', 'Person'],
  house: ['房屋', 'House'],
  building: ['楼栋', 'Building'],
  estate: ['小区（道路）', 'Estate or road'],
  unit: ['单位', 'Unit'],
  facility: ['设施', 'Facility'],
}
export const importKindWords: Table = { ...recordKindWords, link: ['人房关联', 'Links of people and houses'] }
export const sortWords: Table = {
  resident: ['常住', 'Resident'],
  floating: ['流动', 'Floating'],
  overseas: ['境外', 'Overseas'],
  'left-behind': ['留守', 'Left behind'],
  self: ['自住', 'Self-lived'],
  rental: ['出租', 'Rental'],
  group: ['群租', 'Group-rented'],
  vacant: ['空置', 'Vacant'],
  shop: ['商铺', 'Shop'],
  firm: ['企业', 'Firm'],
  social: ['社会组织', 'Social organisation'],
  public: ['机关事业', 'Public body'],
  elevator: ['电梯', 'Elevator'],
  charging: ['充电点', 'Charging point'],
  reservoir: ['水库山塘', 'Reservoir'],
  boiler: ['锅炉', 'Boiler'],
  'fire-lane': ['消防通道', 'Fire lane'],
  'self-built': ['自建房', 'Self-built house'],
  other: ['其他', 'Other'],
  estate: ['小区', 'Estate'],
  road: ['道路', 'Road'],
  village: ['自然村', 'Hamlet'],
}
export const registrySourceWords: Table = {
  'grid-worker': ['网格员采集', 'Grid worker'],
  liaison: ['联络员采集', 'Liaison'],
  resident: ['居民自报', 'Resident'],
  department: ['部门提供', 'Department'],
  import: ['批量导入', 'Import'],
  demo: ['演示数据', 'Demo'],
  proxy: ['代为录入', 'On behalf'],
  office: ['社区或中心', 'Office'],
}
export const sexWords: Table = { male: ['男', 'Male'], female: ['女', 'Female'], '': ['', ''] }
export const tracePurposeWords: Table = {
  event: ['办理事件', 'An event'],
  service: ['为民服务', 'A service'],
  verify: ['核对信息', 'Checking a fact'],
  emergency: ['紧急救助', 'An emergency'],
}
export const revealPurposeWords: Table = {
  contact: ['联系本人', 'Contact'],
  verify: ['核对身份', 'Verify'],
  event: ['办理事件', 'Handle an event'],
  service: ['上门服务', 'Service'],
  emergency: ['应急处置', 'Emergency'],
}
export const linkRoleWords: Table = {
  head: ['户主', 'Head'],
  member: ['家庭成员', 'Member'],
  tenant: ['承租人', 'Tenant'],
  owner: ['房主', 'Owner'],
  'co-resident': ['同住人', 'Co-resident'],
}
export const likelyWords: Table = {
  'same-id': ['证件号码相同', 'Same number'],
  'same-phone': ['手机与姓名读音相同', 'Same phone, same-sounding name'],
  'same-name-born': ['姓名与出生日期相同', 'Same name and birth day'],
  'same-home': ['同住一处、姓名读音相同', 'Same home, same-sounding name'],
  'shared-phone': ['电话相同、姓名不同，请核对', 'Same phone, another name: please check'],
  'sound-name-born': ['读音与出生日期相同', 'Same sound and birth day'],
}
export const likelyNotes: Table = {
  elsewhere: [
    '此人在别处已有登记，请所在社区核实。',
    'This person is registered elsewhere; please ask that community.',
  ],
  ask: ['发出核实请求', 'Ask that community'],
  asked: [
    '已请其所在社区核实，同意后会出现在这一户。',
    'That community was asked; the person shows here when it agrees.',
  ],
  spent: [
    '今日查重次数已用完。可直接保存，有重复的由社区核对合并。',
    'Today’s questions by number are used up. Save all the same; duplicates are merged by the community.',
  ],
}
export const changeWords: Table = {
  create: ['登记', 'Created'],
  edit: ['修改', 'Changed'],
  confirm: ['核实', 'Verified'],
  link: ['关联', 'Linked'],
  unlink: ['解除', 'Unlinked'],
  merge: ['合并', 'Merged'],
  unmerge: ['拆开', 'Taken apart'],
  undo: ['撤回', 'Undone'],
  move: ['划转', 'Moved'],
  placed: ['标注位置', 'Placed'],
  gone: ['撤销', 'Gone'],
  left: ['注销', 'Left'],
  'came-back': ['恢复', 'Back'],
  deleted: ['删除', 'Deleted'],
  closed: ['注销', 'Closed'],
  reopened: ['恢复', 'Back again'],
}
/** What of a record is no field of its form. */
export const besideFieldWords: Table = { point: ['位置（经度,纬度）', 'Point'] }
export const closingWords: Table = {
  'out-of-business': ['歇业', 'Out of business'],
  moved: ['迁出', 'Moved elsewhere'],
  demolished: ['拆除', 'Pulled down'],
  rebuilt: ['改建合并', 'Rebuilt into another'],
  removed: ['移走', 'Taken away'],
  wrong: ['登记错误', 'Wrong record'],
}
export const closingStateWords: Table = {
  open: ['已注销', 'Closed'],
  undone: ['已撤回', 'Taken back'],
}
export const leavingWords: Table = {
  moved: ['搬走了', 'Moved away'],
  died: ['去世了', 'Died'],
  wrong: ['登记错了', 'Wrong record'],
  erased: ['依申请删除', 'Deleted by right'],
}
export const leavingStateWords: Table = {
  planned: ['定于该日搬走', 'Moves on that day'],
  open: ['已注销', 'Gone'],
  undone: ['已撤回', 'Taken back'],
  returned: ['已回来', 'Came back'],
  deleted: ['已删除', 'Deleted'],
}
export const witnessWords: Table = {
  self: ['本人', 'Himself'],
  family: ['家人', 'Family'],
  neighbour: ['邻居', 'A neighbour'],
  landlord: ['房东', 'The landlord'],
  police: ['民警', 'The police'],
  office: ['社区核实', 'The community'],
}
export const erasureBasisWords: Table = {
  withdrawn: ['撤回同意', 'Consent withdrawn'],
  'purpose-over': ['目的已实现或不再必要', 'The purpose is over'],
  unlawful: ['处理违反规定', 'Kept against the rules'],
  other: ['其他法定情形', 'Another case of law'],
}
export const erasureStateWords: Table = {
  open: ['待审核', 'Waiting'],
  agreed: ['已同意', 'Agreed'],
  refused: ['未同意', 'Refused'],
  over: ['已失效（资料已删除）', 'Over: all is deleted'],
}
export const erasureAimWords: Table = {
  erase: ['申请删除', 'To be deleted'],
  undo: ['申请撤回删除', 'To take the deletion back'],
}
export const dayGroupWords: Table = {
  fresh: ['核实周期', 'How long records stay fresh'],
  leaving: ['搬走与漏核', 'Leaving and people verified nowhere'],
  keeping: ['保存期限（注销后、台账比对后）', 'How long it is kept of who left, and of ledgers that were compared'],
}
export const dayTermWords: Table = {
  'fresh/person/resident': ['常住人口', 'Residents'],
  'fresh/person/floating': ['流动人口', 'Floating people'],
  'fresh/person/overseas': ['境外人员', 'People from overseas'],
  'fresh/person/left-behind': ['留守人员', 'People left behind'],
  'fresh/person': ['其他人员', 'Other people'],
  'fresh/house/self': ['自住房', 'Self-lived houses'],
  'fresh/house/rental': ['出租房', 'Rented houses'],
  'fresh/house/group': ['群租房', 'Group-rented houses'],
  'fresh/house/vacant': ['空置房', 'Vacant houses'],
  'fresh/house/shop': ['商铺用房', 'Houses used as shops'],
  'fresh/house': ['其他房屋', 'Other houses'],
  'fresh/unit/shop': ['沿街商铺', 'Street shops'],
  'fresh/unit': ['其他单位', 'Other units'],
  'fresh/facility': ['设施（未定周期的）', 'Facilities without a rhythm of their own'],
  'fresh/building': ['楼栋', 'Buildings'],
  'fresh/estate': ['小区（道路）', 'Estates and roads'],
  nowhere: ['无住处人员查找', 'To look for who lives nowhere'],
  undo: ['注销可撤回', 'To take a leaving back'],
  'keep/moved': ['搬走的', 'Of who moved away'],
  'keep/died': ['去世的', 'Of who died'],
  'keep/wrong': ['登记错误的', 'Of wrong records'],
  'keep/erased': ['依申请删除的', 'Of who asked to be deleted'],
  'keep/ledgers': ['两本台账比对的结果', 'What came of comparing two ledgers'],
}
export const cautionWords: Table = {
  'in-pairs': ['两人同行', 'Go in pairs'],
  'with-police': ['民警陪同', 'With police'],
  'knock-first': ['先电话再上门', 'Phone before knocking'],
  daytime: ['白天上门', 'By day'],
  'with-doctor': ['医生陪同', 'With a doctor'],
}
export const groupRentWords: Table = {
  'people-per-room': ['人多室少，疑似群租', 'Many people for the rooms'],
  'area-per-person': ['人均面积过小，疑似群租', 'Little space a person'],
  partitioned: ['有隔断，疑似群租', 'Partitioned'],
}
export const freshnessWords: Table = {
  fresh: ['已核实', 'Verified'],
  soon: ['三十天内到期', 'Due in thirty days'],
  due: ['已到期', 'Due'],
  never: ['从未核实', 'Never verified'],
}
export const importModeWords: Table = {
  trial: ['试导（不写入）', 'Trial (writes nothing)'],
  good: ['只导入正确的行', 'Good rows only'],
  all: ['全部正确才导入', 'All or nothing'],
}
/** Whether two records with a number each are to be merged. */
export const mergeStateWords: Table = {
  asked: ['待审批', 'Waits'],
  agreed: ['已合并', 'Merged'],
  refused: ['不同意', 'Refused'],
}
/** Whether somebody is kept from somebody. */
export const recusalStateWords: Table = {
  asked: ['待审批', 'Waits'],
  agreed: ['已同意', 'Agreed'],
  refused: ['不同意', 'Refused'],
  lifted: ['已提前解除', 'Lifted early'],
}
export const batchStateWords: Table = {
  waiting: ['排队', 'Waiting'],
  running: ['进行中', 'Running'],
  done: ['完成', 'Done'],
  refused: ['有误未导入', 'Refused'],
  failed: ['失败', 'Failed'],
  undoing: ['正在撤销', 'Being undone'],
  undone: ['已撤销', 'Undone'],
}
export const linkRequestWords: Table = {
  lapsed: [
    '已结束：这户已有户主，可改按成员再提出',
    'Ended: this home has a head by now; he may be asked for as a member',
  ],
  open: ['待核实', 'Waiting'],
  agreed: ['已同意', 'Agreed'],
  refused: ['未同意', 'Refused'],
}
export const exportStateWords: Table = {
  asked: ['待审批', 'Waiting'],
  approved: ['可下载', 'Agreed'],
  refused: ['未同意', 'Refused'],
}
export const tierNameWords: Table = { G: ['一般', 'General'], I: ['重要', 'Important'], C: ['核心', 'Core'] }
export const personalWords: Table = { '-': ['否', 'No'], p: ['是', 'Yes'], s: ['敏感', 'Sensitive'] }
export const faultWords: Table = {
  'value.required': ['必填', 'is required'],
  'value.too-long': ['太长', 'is too long'],
  'value.choice': ['不在可选项中', 'is not one of the choices'],
  'value.day': ['日期有误', 'is no valid day'],
  'value.number': ['不是数字', 'is no number'],
  'value.phone': ['电话号码有误', 'is no phone number'],
  'value.credit-code': ['信用代码有误', 'is no valid credit code'],
  'id.length': ['证件号码位数不对', 'has the wrong length'],
  'id.check-digit': ['证件号码校验位不对，请核对每一位', 'does not check; compare every digit'],
  'id.format': ['与证件类型的号码格式不符', 'is not what numbers of that document look like'],
  'id.none': ['已选无证件或不详，不应再填号码', 'has no number where there is no document'],
  'id.dummy': ['这是样例或常见的虚假号码，请核对证件', 'is a specimen or a made-up number; compare the document'],
  'id.date': ['证件号码中的日期有误', 'holds an impossible date'],
}
export const ledgerStateWords: Table = {
  doubtful: ['待认定', 'To judge'],
  linked: ['已对上', 'Linked'],
  'employer-only': ['只在用工台账', 'Employer’s only'],
  'rental-only': ['只在租房台账', 'Rental only'],
  'many-rooms': ['一人多房', 'Several rooms'],
}
export const agreementWords: Table = {
  'name-0': ['缺', 'missing'],
  'name-1': ['不同', 'different'],
  'name-2': ['差一字', 'one sign off'],
  'name-3': ['读音相近', 'nearly the same sound'],
  'name-4': ['读音相同', 'same sound'],
  'name-5': ['相同', 'same'],
  'idNo-0': ['缺', 'missing'],
  'idNo-1': ['不同', 'different'],
  'idNo-2': ['差两位', 'two digits off'],
  'idNo-3': ['差一位', 'one digit off'],
  'idNo-4': ['相同', 'same'],
  'idNo-5': ['相同且校验通过', 'same and checks'],
  'phone-0': ['缺', 'missing'],
  'phone-1': ['不同', 'different'],
  'phone-2': ['差一位', 'one digit off'],
  'phone-3': ['相同', 'same'],
  'born-0': ['缺或已由证件号码比对', 'missing or compared by number'],
  'born-1': ['不同', 'different'],
  'born-2': ['同年', 'same year'],
  'born-3': ['相近', 'close'],
  'born-4': ['相同', 'same'],
  'address-0': ['缺', 'missing'],
  'address-1': ['不同', 'different'],
  'address-2': ['相近', 'close'],
  'address-3': ['同小区', 'same estate'],
  'address-4': ['同幢', 'same building'],
  'address-5': ['同室', 'same room'],
}
export const overlayWords: Table = {
  released: ['刑满释放', 'Released'],
  correction: ['社区矫正', 'Community correction'],
  'mental-health': ['严重精神障碍', 'Severe mental disorder'],
  drug: ['戒毒康复', 'Drug recovery'],
  juvenile: ['重点青少年', 'Juvenile in need'],
  vagrant: ['流浪乞讨', 'Homeless'],
  hardship: ['困难帮扶', 'Hardship'],
  frail: ['鳏寡孤独病残', 'Alone or ill'],
}
export const helperRoleWords: Table = {
  'grid-worker': ['网格员', 'Grid worker'],
  police: ['社区民警', 'Community police'],
  judicial: ['司法所', 'Judicial office'],
  'social-worker': ['社工', 'Social worker'],
  doctor: ['医生', 'Doctor'],
  family: ['家属', 'Family'],
  volunteer: ['志愿者', 'Volunteer'],
  leader: ['村（社区）干部', 'Community leader'],
}
export const carePurposeWords: Table = {
  visit: ['走访前了解情况', 'Before a visit'],
  plan: ['制定帮扶方案', 'To plan help'],
  'hand-over': ['衔接交接', 'To hand over'],
  emergency: ['突发处置', 'In an emergency'],
  rights: ['答复本人查询', 'To answer the person'],
}
export const careRequestWords: Table = {
  open: ['待审批', 'Waits'],
  agreed: ['已同意', 'Agreed'],
  refused: ['不同意', 'Refused'],
}
