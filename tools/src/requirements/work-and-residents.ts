/** Events, visits, what may enter, and everybody around: rows E to U. */
import { full, none, part, type Row } from './row.ts'

const loop = 'server/tests/loop.test.ts'
const visits = 'server/tests/visits.test.ts'
const follow = 'server/tests/follow.test.ts'
const jobs = 'server/tests/event-jobs.test.ts'
const fit = 'server/tests/orders-fit.test.ts'
const workPage = 'apps/console/src/work/WorkPage.tsx'
const eventPage = 'apps/console/src/events/EventPage.tsx'
const dispatchPage = 'apps/console/src/events/DispatchPage.tsx'
const today = 'apps/field/src/day/TodayPage.tsx'

export const workAndResidents: readonly Row[] = [
  part('E1', '六环节：采集上报、核实登记、指挥调度、事件处理、结果反馈、考核评价', '没有考核评价', {
    calls: ['reportEvent', 'getEvent'],
    screens: [eventPage, 'apps/field/src/events/ReportForm.tsx'],
    tests: [`${loop}: level one goes round: report, dispatch, finish, check, closed`],
  }),
  full('E2', '三级处置，各级都由上报的网格员核查后才结案，可以退回', {
    calls: ['act:dispatch', 'act:report-up', 'act:finish', 'act:pass', 'act:fail', 'act:cancel', 'act:ask-cancel'],
    screens: [dispatchPage, eventPage, 'apps/field/src/events/EventSheet.tsx'],
    tests: [
      `${loop}: level two goes to a town department and back to the worker, who sends it back once`,
      `${loop}: level three: hotline, county, police, called back, not solved, reopened`,
      'domain/src/events/doors-walk.test.ts: nothing is closed without a check by somebody else, a forced close by two, or a self-handling left to the sample',
      `${jobs}: a department finishes a matter of each category of the ready catalogue with what its form has slots for`,
      'server/tests/taken-back.test.ts: taken up, it is asked back from the phone; the desk has it in its list, agrees, and all who had it are told',
    ],
  }),
  full('E3', '来源：网格员、联络员、居民随手拍、12345、窗口、巡查、物联感知、上级交办', {
    calls: [
      'reportEvent',
      'submitTicket',
      'importTickets',
      'takeReading',
      'registerSensor',
      'importSensors',
      'listEventReadings',
    ],
    screens: [
      'apps/console/src/events/ReportPage.tsx',
      '/report',
      'apps/console/src/sensors/SensorsPage.tsx',
      'apps/console/src/sensors/EventReadings.tsx',
      'apps/field/src/events/Alarms.tsx',
    ],
    tests: [
      'e2e/sensors.test.ts: devices are added, heard, joined and over at the desk; the phone says plainly that a device told of it',
      'server/tests/sensors.test.ts: devices come out of a table: a trial writes nothing, faults come back as a workbook, and each key is given once',
      `${loop}: level three: hotline, county, police, called back, not solved, reopened`,
      'server/tests/sensors.test.ts: an alarm is an event where the device stands, of the matter and as urgent as the rule of its kind says',
      'server/tests/sensors.test.ts: five hundred alarms of fifty devices at once, before two servers, are one event',
      'server/tests/sensors.test.ts: that an alarm is over closes nothing: a worker looks, a department handles it, and somebody else checks',
    ],
  }),
  none('E4', '吹哨报到：网格吹哨镇街报到，镇街吹哨部门报到'),
  full('E5', '事件分类：矛盾纠纷、安全隐患、治安、民生、城市管理；分类占比', {
    calls: ['listCatalogue', 'saveCategory', 'retireCategory', 'shareEvents', 'exportShares'],
    screens: ['apps/console/src/rules/CataloguePage.tsx', 'apps/console/src/events/shares/SharesPage.tsx'],
    tests: [
      'server/tests/catalogue.test.ts: a category is added with its names, lead, keywords, order and limits, without English, and reported under the same day',
      'server/tests/shares.test.ts: matters are counted by class and kind with their shares, and what was joined or refused is told apart',
    ],
  }),
  full('E6', '时限、催办、督办、延期、退回、改派、协办、挂账、重办、并案', {
    calls: ['act:urge', 'act:supervise', 'act:ask-extension', 'act:return', 'act:ask-suspension', 'act:merge'],
    screens: [eventPage],
    tests: [
      `${loop}: extension, suspension, return and ruling go through their approvals`,
      'server/tests/falling-up.test.ts: a ruling is the town’s for one working day, then the county’s too: in its list, since when and from whom, and told',
      `${loop}: linked reports are answered once and every reporter keeps a code`,
      `${follow}: a resident urges once a day: the button is gone until then, and a repeat is refused with a sentence`,
    ],
  }),
  none('E7', '调解记录：当事人、调解员、协议、回访；小事不出网格比例'),
  full('E8', '隐患：发现、交办、复查到消除', {
    calls: ['listHazards', 'recordVisit', 'endHazard'],
    screens: [workPage, 'apps/console/src/work/HazardsTab.tsx', 'apps/field/src/day/VisitPage.tsx'],
    tests: [
      `${visits}: a hazard becomes an event, is re-checked until it is cleared, and stays linked`,
      'server/tests/kept-open.test.ts: the re-check of a hazard is not dropped: the hazard ends by a re-check, or by a second person with a reason',
    ],
  }),
  full('E9', '结案后问当事人是否满意', {
    calls: ['act:call-back'],
    screens: [eventPage, '/follow'],
    tests: [
      `${follow}: a score is one of five, and anything else is asked for again`,
      'server/tests/heard-each.test.ts: one who is content speaks for himself: the desk sees who is still to be rung, and the last of them closes it',
      'server/tests/heard-each.test.ts: three calls within three minutes are one; each is kept, and three half-days end it',
    ],
  }),
  full('E10', '一站式：一个窗口收下居民带来的任何事，一次登记、分流', {
    calls: ['reportEvent', 'takeService', 'moveService'],
    screens: ['apps/console/src/events/ReportPage.tsx', 'apps/console/src/work/ServicesTab.tsx'],
    tests: [
      `${jobs}: a walk-in that a community officer types is the citizen’s, by desk, and waits for an answer`,
      'e2e/work.test.ts: at the window a request is taken, followed step by step, and ends when the resident was told',
    ],
  }),
  full('V1', '按节奏的走访巡查任务、当日路线、检查表、照片（不记轨迹）', {
    calls: ['listTasks', 'recordVisit', 'saveRule', 'saveForm', 'getRota'],
    screens: [today, 'apps/field/src/day/VisitPage.tsx', workPage],
    tests: [
      'domain/src/visits/planning/planning.test.ts: a day takes what the examples of the rule say, each for the reason they give',
      'domain/src/visits/visits.test.ts: a visit that met somebody does its task, one that met nobody is counted, and a closed task stays closed',
    ],
  }),
  full('V2', '工作周志由所做的事写成，只补不重写', {
    calls: ['getWeek', 'addToWeek', 'confirmWeek', 'listWeeks'],
    screens: ['apps/field/src/more/WeekPage.tsx'],
    tests: ['domain/src/worklog/worklog.test.ts: the week is said in sentences, and a week is Monday to Sunday'],
  }),
  full('V3', '工作例会、值班公示、分级处置有记录', {
    calls: ['callMeeting', 'closeMeeting', 'listMeetings'],
    screens: ['apps/console/src/work/MeetingTabs.tsx'],
    tests: [
      'domain/src/worklog/worklog.test.ts: an agenda says of each open event why it is spoken about, and ends with what was added',
    ],
  }),
  full('V4', '专项行动：有期限的任务组和进度', {
    calls: ['saveCampaign', 'endCampaign', 'listCampaigns'],
    screens: [workPage],
    tests: [`${visits}: a campaign covers its households, shows progress by area, and counts no finds`],
  }),
  full('V5', '代办：上门受理，跟到办结', {
    calls: ['takeService', 'moveService', 'listServices'],
    screens: ['apps/field/src/more/ServicesPage.tsx'],
    tests: ['domain/src/visits/visits.test.ts: a service moves on until the resident was told, and from there nowhere'],
  }),
  full('A1', '网格事项清单：七要素（归属、流程、用时、频次、经费、依据等）、八类', {
    calls: ['listMatters', 'saveMatter', 'switchMatterSet'],
    screens: [workPage],
    tests: [
      `${fit}: a matter holds its owner, steps, effort, frequency, funding and basis, and stays as it was where a field is left out`,
    ],
  }),
  none('A2', '新事项准入：部门申请、审批、权随责走、费随事转'),
  full('A3', '清单外的任务派不下去，被拒的有数', {
    calls: ['orderTask', 'saveCampaign'],
    screens: [workPage],
    tests: [
      `${fit}: a fire campaign does not run under the collecting of people, nor over others or for longer than its matter says`,
      `${fit}: what was turned away is counted with who asked, and read by the centre above and nobody beside`,
    ],
  }),
  full('A4', '每人工作量与工时对照，派任务前提示', {
    calls: ['getRota'],
    screens: [workPage],
    tests: [
      `${fit}: what an order adds to each worker is shown before it is given; too heavy a load needs a word, which is kept`,
      'domain/src/visits/planning/load.test.ts: who serves two grids has one week, and what two serve is shared by both',
    ],
  }),
  none('A5', '随事的钱：应拨、已拨、欠拨'),
  ...[
    '双百分考核',
    '连续三个月末三位的建议由人决定',
    '日常与年终考核',
    '每分可追溯、可申诉',
    '镇街、部门、社区考核',
    '评优',
  ].map((asks, i) => none(`S${i + 1}`, asks)),
  ...['月薪构成', '联络员 1+X', '积分与兑换', '预算与支出'].map((asks, i) => none(`P${i + 1}`, asks)),
  none('T1', '年度培训计划、签到'),
  none('T2', '题库、测试、竞赛、演练'),
  none('T3', '证书与到期'),
  full('T4', '问得到答案的地方：做法、政策、模板', {
    calls: ['searchLibrary', 'saveArticle'],
    screens: ['apps/field/src/more/LibraryPage.tsx', 'apps/console/src/work/PeopleTabs.tsx'],
    tests: [
      'domain/src/library/find.test.ts: a question in plain words finds its article, titles first',
      'server/src/library/ready-articles.test.ts: a question in the words of the door has its article first',
      'server/src/library/ready-articles.test.ts: of questions by which no word was chosen, eight in nine have their article first',
    ],
  }),
  none('X1', '预案与平急转换'),
  none('X2', '四支力量点名到岗'),
  none('X3', '情况报告、广播、恢复与复盘、演练'),
  none('F1', '志愿者、双报到党员、物业、骑手等加入网格'),
  none('F2', '微网格机关志愿者、项目、时长'),
  full('C1', '找我的网格和网格员；扫公示牌；联系群', {
    screens: ['/grid', 'apps/console/src/work/GridCard.tsx'],
    calls: ['getGridCard', 'saveGridCard'],
    tests: [
      'server/tests/find-grid.test.ts: a resident finds the grid by his estate or road, in his own words',
      'server/tests/find-grid.test.ts: the card of a grid shows the telephone of its office and its group, the community’s where it has none, and no mobile phone',
      'server/tests/find-grid.test.ts: a resident finds his grid by where he is: the point goes in the body, once, and stands in no answer',
    ],
  }),
  full('C2', '随手拍上报并查进度，不要账号', {
    screens: ['/report', '/follow'],
    calls: [],
    tests: [
      'server/tests/find-grid.test.ts: a report whose words name one grid lands there; one that may be two waits at the desk',
      `${follow}: who was refused appeals on his page, with his reasons, and the desk has it again`,
      'server/tests/input.test.ts: a resident’s page works without scripts, refuses robots, and keeps what was typed',
    ],
  }),
  part('C3', '满意度调查', '只有结案评价，没有问卷', { screens: ['/follow'], calls: ['act:call-back'], tests: [] }),
  none('C4', '政策白话推送到微网格，有到达数'),
  part('C5', '居民知道存了什么、为什么、谁看过，可要求更正', '由窗口代查，居民没有自己的页面', {
    calls: ['listLooks'],
    screens: ['apps/console/src/registry/RecordPage.tsx'],
    tests: [
      'server/tests/registry-privacy.test.ts: a value is revealed one at a time, with a purpose, against a quota, and the person can be told who looked',
    ],
  }),
  part('K1', '大屏、五级下钻、地图', '只有事件地图', { calls: ['mapEvents'], screens: [dispatchPage], tests: [] }),
  part('K2', '统筹协调、信息汇集、指挥调度、督办落实', '没有分析研判和应急处置', {
    calls: ['act:dispatch', 'act:supervise', 'act:rule', 'listMeetings'],
    screens: [dispatchPage, eventPage],
    tests: [],
  }),
  none('K3', '预判：热点、反复纠纷、上升类别'),
  none('K4', '月度分析报告'),
  none('K5', '雪亮工程、视频会议'),
  full('D1', '字段分级（一般、重要、核心），看得见与否取决于级别、角色、区域和用途', {
    calls: ['revealField', 'listLooks'],
    screens: ['apps/console/src/registry/RecordCard.tsx', 'apps/console/src/registry/FieldsTab.tsx'],
    tests: [
      'server/tests/registry-privacy.test.ts: no answer of any endpoint, to any role, holds a core value in the clear',
      'domain/src/tellings.test.ts: a question that names a stranger, and a link that takes him in, are found out together',
    ],
  }),
  none('D2', '部门申请数据：审批、接口或文件、限额、留痕'),
  part('D3', '12345 等平台：工单进、结果出', '别的平台未接', {
    calls: ['submitTicket', 'importTickets', 'listTicketChanges'],
    screens: [],
    tests: [`${loop}: level three: hotline, county, police, called back, not solved, reopened`],
  }),
  part('D4', '五级贯通、部门横通', '县内贯通，县以上未接', { calls: ['listTicketChanges'], screens: [], tests: [] }),
  full('U1', '人人会用：大字、少步、语音、旧手机可用；“二传手”不共用密码', {
    screens: ['apps/field/src/elder/ElderPages.tsx', 'apps/field/src/day/SpeakInto.tsx'],
    calls: [],
    tests: [
      'e2e/field.test.ts: in the elder version a danger found at a visit is a hazard with a re-check, and a report is of its own matter',
      'e2e/field.test.ts: what is said aloud is written once; a phone that cannot hear says so',
      'e2e/field.test.ts: every page of the phone in both versions and languages is free of serious faults',
    ],
  }),
  full('U2', '沟梁碥湾、地下室没有信号也能用', {
    calls: ['pull', 'push'],
    screens: ['apps/field/src/more/OutboxPage.tsx'],
    tests: [
      'e2e/field.test.ts: two phones write one house: both values stand in words, and one of them is chosen; what waits is found and counted',
      'server/tests/sync.test.ts: acts are applied once however often they are sent, in order, each with its fate',
    ],
  }),
]
