/** Samples for accounts, places, the catalogue, matters, the library, weeks and the journal. */
import * as audit from '@fengge/domain/audit/contract'
import * as rules from '@fengge/domain/events/contract/rules'
import * as identity from '@fengge/domain/identity/contract'
import * as accounts from '@fengge/domain/identity/contract/accounts'
import * as photos from '@fengge/domain/identity/contract/badge-photo'
import * as cards from '@fengge/domain/identity/contract/cards'
import { listLabels, saveLabel } from '@fengge/domain/identity/contract/labels'
import { getPublicSettings } from '@fengge/domain/kernel/contract'
import * as library from '@fengge/domain/library/contract'
import * as matters from '@fengge/domain/matters/contract'
import * as places from '@fengge/domain/places/contract'
import * as net from '@fengge/domain/places/net-contract'
import * as log from '@fengge/domain/worklog/contract'
import { idOf, square } from '../../world.ts'
import { fresh, onDay, plain, sample, type Sample } from './asks.ts'
import { asked, keys, told } from './marks.ts'

/** Eight by ten dots. */
const tinyPhoto =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAKCAIAAAAGpYjXAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWPowAEYhrsEAEYcf4Grz+8rAAAAAElFTkSuQmCC'

const grid = (name: string) => ({ ...fresh(), name, kind: 'general' as const, geometry: square(4, 0, 1, 1) })

export const identityAsks: readonly Sample[] = [
  ...plain(getPublicSettings, identity.whoAmI, identity.listDepartments, identity.listRoles, identity.myBadge),
  ...plain(identity.listBadges, photos.myBadgePhoto, accounts.listAccounts, accounts.listTwoSteps, listLabels),
  sample(saveLabel)(() => ({ kind: 'role', code: 'dispatcher', name: '指挥调度员', nameEn: 'Controller' })),
  sample(cards.getGridCard)(({ at }) => ({ placeId: at['grid1']! })),
  sample(cards.saveGridCard)(({ at }) => ({
    placeId: at['grid1']!,
    officePhone: '0510-83590000',
    groupName: '邻里群',
    groupCode: 'https://example.org/g',
    groupUntil: null,
  })),
  sample(identity.signIn)(() => ({ login: 'planted.one', password: keys.wrongPassword })),
  sample(identity.holdSession)(({ device }) => ({ device })),
  sample(identity.readMessages)(() => ({ ids: [] })),
  sample(identity.changePassword)(() => ({ old: keys.wrongPassword, fresh: keys.freshPassword })),
  sample(identity.prepareSecondFactor)(() => ({})),
  sample(identity.confirmSecondFactor)(() => ({ code: '000000', password: keys.wrongPassword })),
  sample(identity.givePosting)(({ account, at }) => ({
    ...fresh(),
    accountId: account,
    roleCode: 'liaison',
    placeId: at['grid1']!,
    departmentId: null,
    fromOn: onDay,
    toOn: null,
  })),
  sample(identity.saveDepartment)(({ at }) => ({
    ...fresh(),
    placeId: at['town']!,
    name: '环卫所',
    kind: 'sanitation',
    status: 'active',
  })),
  sample(identity.issueBadge)(() => ({ ...fresh(), accountId: idOf('worker2') })),
  sample(photos.saveBadgePhoto)(() => ({ photo: tinyPhoto, consents: true })),
  sample(photos.offerBadgePhoto)(() => ({ accountId: idOf('worker2'), photo: tinyPhoto })),
  sample(photos.answerBadgePhoto)(() => ({ at: '2026-03-02T01:00:00.000Z', consents: false })),
  sample(photos.dropBadgePhoto)(() => ({})),
  sample(identity.printBadge)(({ at }) => ({ what: 'board', id: at['grid1']! })),
  sample(accounts.openAccount)(() => ({ ...fresh(), login: `planted.${fresh().id.slice(-12)}`, name: '新开账号' })),
  sample(accounts.resetPassword)(({ account }) => ({ id: account })),
  sample(accounts.giveEnrolCode)(() => ({ id: idOf('worker2') })),
  sample(accounts.renewSecondFactor)(({ account }) => ({ id: account })),
  sample(accounts.redeemCode)(() => ({
    login: 'planted.one',
    first: keys.wrongPassword,
    second: keys.wrongPassword,
    fresh: keys.password,
  })),
  sample(accounts.unlockAccount)(({ account }) => ({ id: account })),
]

export const placesAsks: readonly Sample[] = [
  ...plain(places.listLevels),
  sample(places.listChildren)(({ at }) => ({ parentId: at['village']! })),
  sample(places.searchPlaces)(() => ({ text: asked.suggestedText })),
  sample(places.getPlace)(({ at }) => ({ id: at['grid1']! })),
  sample(places.getBorders)(({ at }) => ({ parentId: at['village']! })),
  sample(places.locatePoint)(() => ({ lng: 120.205, lat: 31.61 })),
  sample(places.checkNet)(({ at }) => ({ parentId: at['village']! })),
  sample(places.getNorms)(({ at }) => ({ countyId: at['county']! })),
  sample(places.importAreas)(() => ({
    csv: 'code,name,level,parent_code\n370000000000,山东省,province,\n',
    isTrial: true,
  })),
  sample(places.importBorders)(() => ({
    datum: 'wgs84',
    features: [{ code: '320206001000', geometry: square(0, 0, 10, 10) }],
    validFrom: onDay,
  })),
  sample(places.saveNorm)(({ at }) => ({
    countyId: at['county']!,
    norm: {
      kind: 'general',
      leastHouseholds: 200,
      mostHouseholds: 500,
      leastPeople: null,
      mostPeople: null,
      source: '规范',
    },
  })),
  sample(places.getWeights)(({ at }) => ({ countyId: at['county']! })),
  sample(places.saveWeights)(({ at }) => ({
    countyId: at['county']!,
    weights: {
      validFrom: onDay,
      person: 1,
      rental: 1,
      unit: 3,
      dispute: 20,
      km2: 100,
      hill: 100,
      water: 50,
      source: '规范',
    },
  })),
  sample(places.importLayer)(({ at }) => ({
    countyId: at['county']!,
    layer: 'estate',
    owner: '住建',
    datum: 'wgs84',
    features: [{ ...fresh(), name: '禾苑', geometry: square(1, 1, 1, 1) }],
  })),
  sample(places.saveLevel)(() => ({ code: 'lane', name: '巷格', nameEn: 'Lane grid', tier: 'grid', ordinal: 66 })),
  sample(places.drawGrid)(({ at }) => ({ parentId: at['otherVillage']!, grid: grid('新一格'), validFrom: onDay })),
  sample(places.changeGrid)(({ at }) => ({
    id: at['grid2']!,
    version: 1,
    name: '第二网格',
    kind: 'general',
    dedicatedKind: null,
    households: 300,
    people: 700,
    normReason: null,
    terrain: 'water',
  })),
]

/** Of the net, once what stands on it has been asked for. */
export const netAsks: readonly Sample[] = [
  sample(net.moveBorder)(({ at }) => ({
    on: onDay,
    borders: [{ id: at['grid2']!, version: 2, geometry: square(2, 0, 2, 4) }],
    reason: '核界',
  })),
  sample(net.splitGrid)(({ at }) => ({
    id: at['grid1']!,
    version: 1,
    on: onDay,
    parts: [
      { ...grid('北格'), geometry: square(0, 2, 2, 2) },
      { ...grid('南格'), geometry: square(0, 0, 2, 2) },
    ],
    reason: '户数过多',
  })),
  sample(net.closeGrid)(({ at }) => ({ id: at['grid2']!, version: 1, on: onDay, reason: '撤并' })),
]

export const rulesAsks: readonly Sample[] = [
  ...plain(
    rules.listCatalogue,
    rules.listCategoryAsks,
    rules.listTicketChanges,
    matters.listMatters,
    matters.listRefusedOrders,
  ),
  sample(rules.listCategoryVersions)(() => ({ code: '5001' })),
  sample(rules.getCalendar)(() => ({ year: 2026 })),
  sample(rules.saveCalendar)(() => ({
    year: 2027,
    days: [],
    windows: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  })),
  sample(rules.submitTicket)(() => ({
    ticketNo: `T-${fresh().id.slice(-8)}`,
    title: '路灯不亮',
    content: '路灯不亮',
    categoryCode: '5002',
    areaCode: '320206001000',
    callerName: told.calledName,
    callerPhone: told.calledPhone,
  })),
  sample(rules.importTickets)(() => ({
    fileName: 't.csv',
    base64: Buffer.from(asked.exportedNote).toString('base64'),
  })),
  sample(matters.saveMatter)(() => ({
    ...fresh(),
    version: 0,
    code: 'X-1',
    name: '巡河',
    nameEn: 'River walk',
    classCode: 'X',
    className: '其他',
    classNameEn: 'Other',
    kind: 'regular',
    owner: 'urban',
    minutes: 10,
    frequency: '每月',
    basis: '无',
    evidence: 'none',
    validFrom: onDay,
    validTo: null,
  })),
  ...plain(library.searchLibrary),
  sample(library.searchLibrary)(() => ({ text: asked.suggestedText })),
  sample(library.saveArticle)(() => ({
    ...fresh(),
    version: 0,
    kind: 'how-to',
    title: '井盖怎么报',
    body: '拍照上报。',
    source: '本县',
    sourceUrl: '',
    validFrom: onDay,
    validTo: null,
  })),
]

export const weekAsks: readonly Sample[] = [
  sample(log.addToWeek)(() => ({ ...fresh(), on: onDay, text: '协助搬运物资' })),
  sample(log.getWeek)(() => ({ on: onDay })),
  sample(log.confirmWeek)(() => ({ on: onDay })),
  sample(log.listWeeks)(() => ({ on: onDay })),
  sample(log.callMeeting)(({ at }) => ({
    ...fresh(),
    placeId: at['village']!,
    kind: 'regular',
    title: '三月例会',
    at: madeToday,
    where: '社区会议室',
  })),
  ...plain(log.listMeetings),
]
const madeToday = '2026-03-02T06:00:00.000Z'

export const auditAsks: readonly Sample[] = [
  ...plain(audit.listAlarms, audit.verifyJournal, audit.listJournal),
  sample(audit.listJournal)(() => ({ fact: 'event-export.asked' })),
]
