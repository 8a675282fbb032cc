/** One net, the people who serve it, and the basic information: rows G, W, R. */
import { full, none, part, type Row } from './row.ts'

const places = 'server/tests/places.test.ts'
const following = 'server/tests/net-following.test.ts'
const borders = 'server/tests/net-borders.test.ts'
const arriving = 'server/tests/arriving.test.ts'
const folding = 'server/tests/folding.test.ts'
const closings = 'server/tests/closings.test.ts'
const leaving = 'server/tests/registry-leaving.test.ts'
const registers = 'server/tests/registers.test.ts'
const editing = 'server/tests/registry-editing.test.ts'
const finding = 'server/tests/registry-finding.test.ts'
const placesPage = 'apps/console/src/places/PlacesPage.tsx'
const registryPage = 'apps/console/src/registry/RegistryPage.tsx'
const householdPage = 'apps/console/src/registry/HouseholdPage.tsx'

export const netAndRegistry: readonly Row[] = [
  full('G1', '五级以下一棵树：省市县镇村、网格、微网格；农村一二三级网格；级次是数据', {
    calls: ['listLevels', 'saveLevel', 'listChildren', 'importAreas'],
    screens: [placesPage],
    tests: [
      `${places}: a county adds a level of its own, and its worker serves the grids within his grid`,
      `${places}: all five places import without a miss, and a second time change nothing`,
    ],
  }),
  full('G2', '网格种类：综合、专属（机关、园区、楼宇、市场、学校等）、微网格', {
    calls: ['drawGrid', 'changeGrid', 'getPlace'],
    screens: [placesPage, 'apps/console/src/places/GridButton.tsx'],
    tests: [
      `${places}: a grid is drawn inside its village, kept off its neighbours, and gets a code of its own`,
      'e2e/net.test.ts: the details of a grid are changed on its page, and what another changed meanwhile is told and shown',
    ],
  }),
  full('G3', '统一名称、统一编码，编码不重用；各级网格地图', {
    calls: ['getBorders', 'searchPlaces'],
    screens: [placesPage, 'apps/console/src/places/NetMap.tsx'],
    tests: [`${places}: a split re-homes open events and staff, conserves area, and its code is never used again`],
  }),
  full('G4', '划分规则：全覆盖、不重叠、规模适度；兼顾面积、地形、产业、出租、纠纷', {
    calls: ['checkNet', 'getNorms', 'saveNorm', 'getWeights', 'saveWeights', 'changeGrid'],
    screens: [placesPage, 'apps/console/src/places/GridButton.tsx'],
    tests: [
      `${following}: the check of the net counts every finding by kind, gives them page by page, and weighs more than heads`,
      'domain/src/places/load.test.ts: few heads, and industry, rentals and disputes',
      'domain/src/places/load.test.ts: the same heads and width in the hills',
      `${following}: a grid in the hills weighs more than it did on the plain, and its parts and what is merged of them stay hills`,
    ],
  }),
  full('G5', '网格调整（拆、并、移界、撤）注明日期，人房事队随新界走，历史不丢', {
    calls: ['splitGrid', 'mergeGrids', 'moveBorder', 'closeGrid', 'carveGrid'],
    screens: [placesPage],
    tests: [
      'e2e/net-split.test.ts: a grid in which people live is split on the map: foreseen, settled, in force, with everybody moved',
      'server/tests/net-columns.test.ts: after a split nothing in use names the grid that ended, and its board says who serves there now',
      `${borders}: a grid is carved out of two others: both sides are counted, and each goes where its point lies`,
      `${borders}: a file moves no border of a grid in which something stands: it says so and leads to the plan`,
      `${following}: over random changes of the net, nothing is lost and each thing lies in the grid its point lies in`,
      `${following}: nothing is left in a grid that ends, and nothing comes into one that has ended: the database holds it`,
      `${following}: a change for a day to come is settled today, withdrawn or carried out on its day, and tells what it moved`,
      'server/tests/micro-houses.test.ts: over random changes of micro-grids and of their grids, each house lies in the micro-grid that its point lies in',
      'server/tests/net-orders.test.ts: an order that is refused on its day is told to who gave it and to the desks of its grids, with what to do, until they have read it',
    ],
  }),
  full('G6', '部门网格并入一张网：逐个比对、对应或改划、按日生效、人员下沉、按部门和镇街计数', {
    calls: [
      'importLayer',
      'listAreas',
      'compareArea',
      'foldArea',
      'withdrawFolding',
      'listAskedPosts',
      'decideAskedPost',
    ],
    screens: [
      'apps/console/src/places/Foldings.tsx',
      'apps/console/src/places/FoldDialog.tsx',
      'apps/console/src/identity/AskedPosts.tsx',
    ],
    tests: [
      `${folding}: an area is compared with our grids by land and by the people who live in both`,
      `${folding}: an area that is the same as our grids is folded from a day on; its people get posts by a second person`,
      `${folding}: an area becomes a dedicated grid by the plan, with its people, or has its border taken over`,
    ],
  }),
  full('G7', '派出所警务区与镇街一一对应，不一致的列出', {
    calls: ['importLayer', 'checkNet'],
    screens: [placesPage],
    tests: [
      `${following}: the check of the net counts every finding by kind, gives them page by page, and weighs more than heads`,
    ],
  }),
  full('G8', '盲区：不在任何网格的小区、沿街；两个网格都管的地方', {
    calls: ['checkNet', 'locatePoint'],
    screens: [placesPage],
    tests: [`${places}: a point is in exactly one grid of a divided village`],
  }),
  part('W1', '动态化管理数据库：专兼职、来源、性别、学历、证书、任离职', '只有账号、岗位起止和来源', {
    calls: ['openAccount', 'givePosting', 'endPosting', 'listAccounts'],
    screens: ['apps/console/src/identity/AccountsPage.tsx'],
    tests: [
      'server/tests/identity.test.ts: an account is opened, its holder sets his password with both halves, gets a post, and it closes',
    ],
  }),
  none('W2', '队伍结构表（性别、年龄、学历、党员、来源、证书）'),
  part('W3', '网格岗位：网格长、副网格长、专兼职、信息员、联络员、下沉干部；1+7+N、5+X+N', '没有班子配备公式和缺岗表', {
    calls: ['listRoles', 'givePosting'],
    screens: ['apps/console/src/identity/PostDialog.tsx'],
    tests: [],
  }),
  none('W4', '招录：公告、报名、笔试面试、公示、聘用、试用'),
  full('W5', '上岗公示：楼道公示牌、名片、带码工作证；居民可核验', {
    calls: [
      'issueBadge',
      'printBadge',
      'myBadge',
      'revokeBadge',
      'saveGridCard',
      'saveBadgePhoto',
      'offerBadgePhoto',
      'answerBadgePhoto',
      'dropBadgePhoto',
    ],
    screens: ['apps/field/src/more/BadgePage.tsx', '/badge'],
    tests: [
      'domain/src/identity/identity.test.ts: a badge ends with its months or with the post, whichever comes first',
      'server/tests/badge-photo.test.ts: it is on the badge, the cards and the board, and at the door where the code of the minute was typed: each a look in the journal',
      'server/tests/badge-photo.test.ts: a photo that the desk or an administrator took is used once he agrees on his own screen, and is seen by nobody before',
    ],
  }),
  none('W6', '晋升：后备干部、两委人选、连续三年优秀'),
  none('W7', '流动率、稳定性、工龄'),
  none('W8', '联络员保险、通信补贴、装备'),
  full('R1', '实有人口（户籍、流动、境外）、实有房屋、实有单位、标准地址、场所设施', {
    calls: ['saveRecord', 'linkPerson', 'endLink', 'getHousehold'],
    screens: [registryPage, householdPage, 'apps/field/src/registry/HouseSheet.tsx'],
    tests: [
      `${leaving}: somebody from overseas is registered by his passport, sealed as any number, found by it, and stopped twice`,
      'domain/src/registry/addresses/address.test.ts: one house in any common writing is one house',
      'tools/src/ledgers/addresses.test.ts: of 1,000 writings with lanes, hamlets, phases, sides, shops and any dash 990 give the one house, and none a second estate unasked',
      `${editing}: figures are always what a recount gives`,
    ],
  }),
  full('R2', '采集、登记、核验、更新、注销；有鲜度和核验周期，过期成任务', {
    calls: [
      'saveRecord',
      'confirmRecords',
      'listDue',
      'getHistory',
      'undoChange',
      'leavePerson',
      'closeRecord',
      'reopenRecord',
      'listClosings',
      'offerMover',
      'listArrivals',
    ],
    screens: [
      registryPage,
      'apps/console/src/registry/closing/CloseButton.tsx',
      'apps/field/src/registry/HouseSheet.tsx',
      'apps/field/src/more/ArrivalsPage.tsx',
    ],
    tests: [
      `${leaving}: who died is counted, listed and visited no more from that day; his wife heads the house; a slip gives all back`,
      `${leaving}: who moved away stays the owner of his house, and is here again when he comes back`,
      `${closings}: a worker passes a shop that is shut: it stands in no figure, list or search, and its page says since when`,
      `${closings}: nothing is pulled down over somebody’s head; a building goes with its rooms and owners, and comes back with them`,
      `${arriving}: who moves within the county is offered to the grid there alone, which finds him; neither place is told of the other`,
      `${arriving}: a leaving said ahead happens on its day, by whoever said it, and is taken back until then`,
      `${arriving}: the grid where somebody is to be found is told, and has the days of the county for it; after them the desk there has it, and is told`,
      `${leaving}: days are a county’s own, from a day on, within bounds, by who keeps its rules`,
      `${registers}: what is due is counted and paged, the longest due first; a shop that moved away is neither counted nor due`,
      'web/src/offline/today.test.ts: a household whose term is over is a stop of the day; one that is fresh is none',
      `${editing}: any run of edits, undone from the last to the first, gives back exactly what was`,
    ],
  }),
  full('R3', '特殊人群分开保管、更严权限，走访周期、帮扶小组', {
    calls: ['getRecord', 'listTasks', 'listCare', 'resumeCare'],
    screens: ['apps/console/src/registry/care/Overlays.tsx', 'apps/console/src/registry/care/CareBack.tsx'],
    tests: [
      'server/tests/kept-open.test.ts: care whose end is known ahead goes on until that day, and then asks for no visit',
      'server/tests/kept-open.test.ts: who was in care and comes back is brought before the keeper, who takes it up again or lets it rest',
      'server/tests/care.test.ts: what is sealed of key populations is read for a purpose, once somebody else agreed, for two hours, and it is in the journal',
      'server/tests/care.test.ts: a team of helpers has several, each from a day to a day',
      'server/tests/registry-privacy.test.ts: of key populations a worker learns that a visit is due and what to mind, never the label',
    ],
  }),
  full('R4', '一户多房、人户分离：相连，指定牵头网格，至少一处核验；重和漏列出', {
    calls: ['linkPerson', 'chooseHead', 'listGaps', 'findLikely'],
    screens: [
      registryPage,
      'apps/console/src/registry/GapsTab.tsx',
      'apps/console/src/registry/LinkDialog.tsx',
      'apps/field/src/registry/AskedBack.tsx',
      'apps/field/src/registry/MakeHead.tsx',
    ],
    tests: [
      'e2e/field-asked.test.ts: without signal: of two heads of a house it is asked at the door which of them it is',
      'e2e/field-asked.test.ts: what was said without signal and is asked back later opens filled, and goes with the answer',
      `${finding}: one person has two homes in two grids: the first goes on answering, the second sees no more than it needs`,
      `${finding}: who lives nowhere, in several homes or in none that answers for him is named in each list he belongs to`,
      'server/tests/heads.test.ts: a file that names a second head of a house gets that row back, whether the first is on file or in the same file',
      'server/tests/heads.test.ts: houses that had several heads from of old are listed until somebody says who it is',
      'server/tests/heads.test.ts: a household whose one adult leaves has no head and is listed so, and the child that is alone there in a list of its own',
    ],
  }),
  full('R5', '群租两本台账比对：只在一本上的成任务', {
    calls: [],
    screens: ['apps/console/src/registry/ledgers/LedgersTab.tsx'],
    tests: [
      'server/tests/ledgers.test.ts: two ledgers are compared beside the server, results reach the owning grid only, and decisions are kept',
    ],
  }),
  full('R6', '沿街商铺动态台账', {
    calls: ['listRegister'],
    screens: [registryPage],
    tests: [
      `${registers}: street shops stand in a list of their own, the longest due first, paged and counted, and are verified from it`,
      `${registers}: what is due is counted and paged, the longest due first; a shop that moved away is neither counted nor due`,
    ],
  }),
  full('R7', '无物管小区台账', {
    calls: ['listRegister'],
    screens: [registryPage],
    tests: [`${registers}: estates without property management stand in a list of their own, with what they lack`],
  }),
  full('R8', '一次采集、多方使用：不二次录入，不重复问居民', {
    calls: ['getHousehold', 'confirmRecords'],
    screens: ['apps/field/src/registry/HouseSheet.tsx'],
    tests: [
      `${editing}: a household is collected once: gaps are named, confirming is one tap, and nobody is asked twice in ninety days`,
    ],
  }),
  full('R9', 'Excel、CSV 批量导入导出，逐行报错', {
    calls: [],
    screens: ['apps/console/src/registry/ImportsTab.tsx', 'apps/console/src/registry/ExportsTab.tsx'],
    tests: [
      'server/tests/imports.test.ts: faults are named by row and column, come back as a workbook, and mended rows load',
      'server/tests/import-places.test.ts: people with passports and permits come in by files: read by their document, sealed, found by the number, the same again nobody new',
      'server/tests/imports.test.ts: a whole import is undone: what it added goes, what it changed is as before, what people built on stays',
      'e2e/registry.test.ts: an import is tried, its faulty rows come back as a workbook, and load when mended',
    ],
  }),
]
