/** Samples for the registry, visits and phones. */
import * as arriving from '@fengge/domain/registry/arriving/contract'
import * as bulk from '@fengge/domain/registry/bulk-contract'
import * as care from '@fengge/domain/registry/care/contract'
import * as registry from '@fengge/domain/registry/contract'
import * as doubles from '@fengge/domain/registry/doubles-contract'
import * as estates from '@fengge/domain/registry/estates-contract'
import * as fields from '@fengge/domain/registry/fields-contract'
import * as ledgers from '@fengge/domain/registry/ledger-contract'
import * as closings from '@fengge/domain/registry/closing/contract'
import * as days from '@fengge/domain/registry/days/contract'
import * as leaving from '@fengge/domain/registry/leaving/contract'
import * as links from '@fengge/domain/registry/link-contract'
import * as recusal from '@fengge/domain/registry/recusal/contract'
import * as trace from '@fengge/domain/registry/trace-contract'
import { exportRegister, listRegister } from '@fengge/domain/registry/registers/contract'
import * as sync from '@fengge/domain/sync/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import { countGridTasks } from '@fengge/domain/visits/contract/today'
import * as visitRules from '@fengge/domain/visits/contract/rules'
import * as visits from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { fresh, madeAt, onDay, plain, sample, type Sample } from './asks.ts'
import { asked, told } from './marks.ts'

const reveal = (field: string) =>
  sample(registry.revealField)(({ person }) => ({ id: person, field, purpose: 'contact', note: '电话联系核对租约' }))
const search = (text: string) => sample(registry.searchRegistry)(() => ({ text }))

export const registryAsks: readonly Sample[] = [
  ...plain(registry.listGrid, registry.listDue, registry.getComposition, doubles.listDoubles),
  ...plain(
    fields.listFields,
    links.listLinkRequests,
    links.listGaps,
    bulk.listBatches,
    bulk.listExports,
    ledgers.listLedgerRuns,
  ),
  sample(registry.getRecord)(({ person }) => ({ id: person })),
  sample(registry.getRecord)(({ unit }) => ({ id: unit })),
  sample(registry.getRecord)(({ person }) => ({ id: person, on: onDay })),
  sample(registry.getHistory)(({ person }) => ({ id: person })),
  sample(registry.getHousehold)(({ stage }) => ({ houseId: stage.played.house })),
  sample(registry.getBuilding)(({ stage }) => ({ id: stage.played.building })),
  sample(registry.listLooks)(({ person }) => ({ id: person })),
  ...[told.personName, 'sangzheyu', told.idNo, told.phone, told.idNo.slice(-4), told.phone.slice(-4)].map(search),
  ...[asked.searchedPhone, asked.searchedNo].map(search),
  ...[told.personName, told.idNo, told.phone].map((text) =>
    sample(trace.tracePersons)(() => ({ text, purpose: 'event', note: '核实报事人的住处' })),
  ),
  sample(registry.findLikely)(() => ({ values: { name: told.personName, idNo: told.idNo } })),
  sample(registry.findLikely)(() => ({ values: { name: asked.refusedName, phone: asked.likelyPhone } })),
  ...['phone', 'idNo', 'remark', 'contactName'].map(reveal),
  ...plain(recusal.listRecusals, days.listDays, leaving.listErasures, leaving.listLeavings),
  sample(leaving.listLeavings)(({ person }) => ({ personId: person })),
  sample(estates.listHeldEstates)(({ batch }) => ({ id: batch })),
  ...plain(care.listCareRequests, care.listCare),
  sample(listRegister)(() => ({ register: 'shops' })),
  sample(care.readOverlays)(({ person }) => ({ personId: person })),
  sample(bulk.readFaults)(({ batch }) => ({ id: batch })),
  sample(bulk.readTemplate)(() => ({ kind: 'person' })),
  sample(bulk.readDoorCode)(({ stage }) => ({ id: stage.played.house })),
  ...ledgers.ledgerStates.map((state) => sample(ledgers.listLedgerRows)(({ run }) => ({ runId: run, state }))),
  sample(ledgers.exportLedger)(({ run }) => ({ runId: run, purpose: asked.exportedNote })),
  sample(exportRegister)(() => ({ register: 'shops', purpose: asked.exportedNote })),
  sample(care.exportCareDue)(() => ({ purpose: asked.exportedNote })),
]

export const registryWrites: readonly Sample[] = [
  sample(registry.saveRecord)(({ at }) => ({
    ...fresh(),
    kind: 'person',
    version: 0,
    values: { name: asked.refusedName, kind: 'floating', phone: asked.refusedPhone, idNo: 'X1' },
    placeId: at['grid1']!,
  })),
  sample(registry.saveRecord)(({ person }) => ({
    id: person,
    kind: 'person',
    version: 1,
    values: { phone: told.otherPhone, idNo: told.idNo },
  })),
  sample(registry.confirmRecords)(({ person, stage }) => ({ houseId: stage.played.house, ids: [person] })),
  sample(registry.placeBuilding)(({ stage }) => ({ id: stage.played.building, lng: 120.205, lat: 31.61 })),
  sample(links.askLink)(({ far }) => ({
    ...fresh(),
    houseId: far,
    values: { name: told.personName, idNo: told.idNo },
    role: 'tenant',
    fromOn: onDay,
    basis: '自述',
  })),
  sample(care.saveHelper)(({ overlay }) => ({
    ...fresh(),
    overlayId: overlay,
    role: 'family',
    name: told.helperName,
    contact: told.helperPhone,
    fromOn: '2026-02-01',
  })),
  sample(care.askCare)(({ overlay }) => ({ ...fresh(), overlayId: overlay, purpose: 'visit', note: '走访前了解' })),
  sample(care.decideCare)(({ careRequest }) => ({ id: careRequest, isAgreed: true })),
  sample(care.saveOverlay)(({ overlay, person }) => ({
    id: overlay,
    personId: person,
    kind: 'drug',
    facts: told.care,
    visitDays: 30,
    cautions: ['in-pairs'],
    startedOn: '2026-01-01',
    endedOn: null,
  })),
  sample(fields.saveField)(() => ({
    kind: 'person',
    code: 'employer',
    isOn: true,
    isAsked: false,
    basis: '法定职责',
    purpose: '联系',
    reason: '试点',
  })),
  sample(doubles.keepApart)(({ person, twin }) => ({ aId: person, bId: twin, reason: '不是一人' })),
  sample(ledgers.decideLedger)(({ ledgerRow }) => ({ id: ledgerRow, isSame: true })),
  sample(registry.linkPerson)(({ twin, stage }) => ({
    ...fresh(),
    personId: twin,
    houseId: stage.played.other,
    role: 'co-resident',
    fromOn: onDay,
    basis: '自述',
  })),
  sample(registry.chooseHead)(({ link, stage }) => ({ houseId: stage.played.house, linkId: link })),
]

/** He is sent to a grid, is not found, is sent again, and lives there. */
const sent = sample(arriving.decideArrival)(({ arrival, at }) => ({ id: arrival, gridId: at['grid2']! }))
export const arrivingAsks: readonly Sample[] = [
  ...plain(arriving.listArrivals),
  sent,
  ...plain(arriving.listArrivals),
  sample(arriving.missArrival)(({ arrival }) => ({ id: arrival, note: '邻居不认识' })),
  sent,
  sample(arriving.takeArrival)(({ arrival, far }) => ({
    id: arrival,
    linkId: freshId(),
    houseId: far,
    role: 'tenant',
    fromOn: onDay,
  })),
  sample(arriving.offerMover)(({ twin }) => ({ ...fresh(), personId: twin, toWhere: told.movedTo, onDay })),
]

/** He is taken for gone, which was a slip; and moves away, and comes back. */
const [slip, journey] = [freshId(), freshId()]
const shut = freshId()
const went = { kind: 'moved', onDay, toWhere: '邻县', seenBy: 'neighbour' } as const
const cared = {
  id: freshId(),
  kind: 'released',
  visitDays: 30,
  startedOn: '2026-01-01',
  endedOn: null,
} as const
const keptFrom = { login: 'worker2', untilOn: '2026-12-31', reason: '系其近亲属，申请回避' }
export const leavingAsks: readonly Sample[] = [
  sample(leaving.leavePerson)(({ twin }) => ({ ...went, id: slip, personId: twin })),
  sample(leaving.undoLeaving)(({ twin }) => ({ id: slip, personId: twin, reason: '看错了' })),
  sample(care.saveOverlay)(({ twin }) => ({ ...cared, cautions: [], personId: twin })),
  sample(leaving.leavePerson)(({ twin }) => ({ ...went, id: journey, personId: twin })),
  sample(leaving.returnPerson)(({ twin }) => ({ id: journey, personId: twin, onDay })),
  sample(care.resumeCare)(() => ({ id: cared.id, isTaken: true })),
  sample(leaving.askErasure)(({ twin }) => ({ ...fresh(), personId: twin, basis: 'other', shownBy: '本人到场' })),
  sample(leaving.decideErasure)(({ erasure }) => ({ id: erasure, isAgreed: false, reason: '法定职责须保存' })),
  sample(recusal.askRecusal)(({ twin }) => ({ ...fresh(), personId: twin, ...keptFrom })),
  sample(recusal.decideRecusal)(({ recusal: id }) => ({ id, isAgreed: true })),
  sample(recusal.askLift)(({ recusal: id }) => ({ id, reason: '双方已无往来，申请解除' })),
  sample(recusal.decideLift)(({ recusal: id }) => ({ id, isAgreed: true })),
  sample(closings.closeRecord)(({ unit }) => ({ id: shut, recordId: unit, kind: 'moved', onDay })),
  sample(closings.listClosings)(({ unit }) => ({ recordId: unit })),
  sample(closings.reopenRecord)(({ unit }) => ({ id: shut, recordId: unit, reason: '仍在营业' })),
  sample(days.saveDays)(() => ({ code: 'nowhere', days: 20, fromOn: onDay, basis: '县实施细则' })),
]

/** After these little is left to ask for. */
export const registryEndings: readonly Sample[] = [
  sample(links.decideLink)(({ linkRequest }) => ({ id: linkRequest, isAgreed: true })),
  sample(registry.endLink)(({ link }) => ({ id: link, toOn: onDay, reason: '搬离' })),
  sample(estates.settleEstate)(({ batch }) => ({ id: batch, written: '阳光苑', estateId: null })),
  sample(bulk.undoBatch)(({ batch }) => ({ id: batch, reason: '导错文件' })),
]

export const visitsAsks: readonly Sample[] = [
  ...plain(
    visitRules.listForms,
    visitRules.listRules,
    desk.listTasks,
    desk.listHazards,
    desk.listCampaigns,
    countGridTasks,
  ),
  ...[desk.exportTasks, desk.exportCampaigns].map((promise) =>
    sample(promise)(() => ({ purpose: asked.exportedNote })),
  ),
  ...plain(desk.getRota, desk.listSafety, visits.listVisits),
  sample(visits.listServices)(() => ({ state: 'all' })),
  sample(visits.recordVisit)(({ walk, stage }) => ({
    ...fresh(),
    taskId: null,
    matterId: walk,
    formCode: 'rental',
    subjectKind: 'house',
    subjectId: stage.played.house,
    outcome: 'met',
    answers: { exit: 'good', power: 'good', gas: 'none' },
    note: told.visitNote,
    madeAt,
  })),
  sample(visits.takeService)(({ serve, at, person }) => ({
    ...fresh(),
    matterId: serve,
    what: '代办居住证',
    personId: person,
    askedBy: told.askedBy,
    phone: told.askedPhone,
    dueOn: '2026-03-25',
    gridId: at['grid1']!,
    madeAt,
  })),
  sample(visits.moveService)(({ service }) => ({ id: service, to: 'handed-in', note: '已递交' })),
  sample(visits.shareSafety)(() => ({ ...fresh(), where: told.whereAlone, minutes: 30 })),
  sample(visits.endSafety)(({ safety }) => ({ id: safety })),
  sample(desk.orderTask)(({ walk, at }) => ({
    ...fresh(),
    matterId: walk,
    gridIds: [at['grid1']!],
    title: '巡查',
    dueOn: '2026-03-05',
    minutes: 20,
  })),
  sample(desk.dropTask)(({ task }) => ({ id: task, reason: '重复' })),
  sample(desk.endHazard)(({ hazard }) => ({ id: hazard, reason: 'not-hazard', word: '已看过，不是隐患' })),
  sample(desk.weighOrder)(({ at }) => ({ gridIds: [at['grid1']!], minutes: 10, toOn: onDay })),
  sample(desk.saveCampaign)(({ walk, at }) => ({
    ...fresh(),
    matterId: walk,
    name: '专项',
    placeId: at['village']!,
    selector: 'house-rental',
    formCode: 'rental',
    fromOn: '2026-03-05',
    toOn: '2026-03-20',
    minutes: 10,
  })),
  sample(visitRules.saveRule)(({ walk, at }) => ({
    rule: {
      ...fresh(),
      matterId: walk,
      name: '月访',
      nameEn: 'Monthly',
      selector: 'house-rental',
      formCode: 'rental',
      periodDays: 30,
      minutes: 10,
      windowFrom: null,
      windowTo: null,
      months: [],
      placeId: at['grid1']!,
      priority: 2,
      isOn: true,
      version: 0,
    },
  })),
  sample(visitRules.saveForm)(() => ({
    form: {
      code: 'planted',
      name: '试表',
      nameEn: 'Trial',
      subject: 'house',
      fields: [{ code: 'door', name: '门况', nameEn: 'Door', type: 'flag', isRequired: true }],
    },
  })),
]

const houseEdit = (subject: string) => ({
  requestId: freshId(),
  seq: 2,
  name: 'saveRecord' as const,
  madeAt,
  subject,
})

export const syncAsks: readonly Sample[] = [
  ...plain(sync.pull, sync.listInbox),
  sample(sync.listDevices)(() => ({ only: 'all' })),
  sample(sync.pull)(({ device }) => ({ part: 'day', device })),
  sample(sync.enrolDevice)(() => ({ ...fresh(), name: '测试机', dataKey: 'A'.repeat(43) })),
  sample(sync.recoverKey)(({ device }) => ({ id: device })),
  sample(sync.push)(({ person, stage }) => ({
    device: '',
    acts: [
      {
        ...houseEdit(told.personName),
        ask: { id: person, kind: 'person', version: 9, values: { phone: told.otherPhone } },
      },
      {
        ...houseEdit('x'),
        ask: { id: stage.played.house, kind: 'house', version: 1, values: { remark: told.remark } },
      },
    ],
  })),
]

export const syncEndings: readonly Sample[] = [
  sample(sync.decideInbox)(({ inbox }) => ({ id: inbox, choice: 'drop', reason: '不采用' })),
  sample(sync.wipeDevice)(({ device }) => ({ id: device, reason: '手机丢失' })),
]
