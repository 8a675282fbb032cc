/** Endpoints of the registry. What names a person travels in bodies, never in addresses, so that no log has it. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { namingRefusals } from './estates-contract.ts'
import { sameReasons } from './editing.ts'
import { Brief, HeadIs, LinkRole, RecordKind, RecordView, Source, Value, Values } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Reason = Line(200)
const recordRefusals = [
  'record.unknown',
  'record.stale',
  'record.fields',
  'field.off',
  'field.not-yours',
  'record.out-of-place',
  'record.same-number',
] as const

export const Person = z.strictObject({
  linkId: Id,
  role: LinkRole,
  fromOn: z.string(),
  toOn: z.string().nullable(),
  basis: z.string(),
  isLead: z.boolean(),
  record: RecordView,
  visitDue: z.boolean(),
  cautions: z.array(z.string()),
})
const Warning = z.strictObject({ field: z.string(), warning: z.enum(['id.dummy']) })
const Likely = z.strictObject({
  id: Id,
  name: z.string(),
  gridName: z.string().nullable(),
  isYours: z.boolean(),
  reasons: z.array(z.enum(sameReasons)),
  /** He had moved away from there; if it is he, he comes back (leaving/contract.ts). */
  left: z.strictObject({ leavingId: Id, onDay: z.string() }).nullable(),
})

export const saveRecord = endpoint({
  name: 'saveRecord',
  isSecret: true,
  method: 'POST',
  path: '/api/registry/save',
  duty: 'registry.write',
  summary: '登记或修改（按字段合并） Save a record, merged by field',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    kind: RecordKind,
    version: z.int().min(0),
    placeId: Id.optional(),
    parentId: Id.nullable().default(null),
    values: Values,
    source: Source.default('grid-worker'),
    onBehalfOf: Line(50, 0).default(''),
    reason: Line(200, 0).default(''),
    /** Another one than those of a like name (an estate), or of the same number (a person), which the writer was shown. */
    isOther: z.boolean().default(false),
  }),
  /** `warnings`: values that were kept and are worth a second look. */
  reply: z.strictObject({
    id: Id,
    version: z.int(),
    changed: z.array(z.string()),
    merged: z.boolean(),
    warnings: z.array(Warning),
  }),
  refusals: [...recordRefusals, ...namingRefusals, 'estate.close'],
})
export const confirmRecords = endpoint({
  name: 'confirmRecords',
  method: 'POST',
  path: '/api/registry/confirm',
  duty: 'registry.write',
  summary: '一键确认 Confirm that records are still true',
  ask: z.strictObject({
    requestId: RequestId,
    houseId: Id.nullable().default(null),
    ids: z.array(Id).min(1).max(50),
    isAsked: z.boolean().default(false),
    reason: Line(200, 0).default(''),
    source: Source.default('grid-worker'),
  }),
  reply: z.strictObject({ confirmed: z.int() }),
  refusals: ['record.unknown', 'household.asked-recently'],
})
export const linkPerson = endpoint({
  name: 'linkPerson',
  method: 'POST',
  path: '/api/registry/link',
  duty: 'registry.write',
  summary: '人与房屋关联 Link a person with a house',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    houseId: Id,
    role: LinkRole,
    fromOn: AskedDay,
    basis: Line(60),
    isLead: z.boolean().default(false),
    /** He is to leave on a day that has not come: that is off, or he leaves on it all the same. Refused until it is said. */
    plan: z.enum(['off', 'stays']).optional(),
    headIs: HeadIs.optional(),
  }),
  /** `isAsked`: he is registered in another place, whose desk was asked (link-contract.ts); nothing is linked yet. */
  reply: z.strictObject({ done: z.literal(true), isAsked: z.boolean() }),
  refusals: ['record.unknown', 'link.there', 'link.quota', 'link.dates', 'link.headed', 'link.planned'],
})
/** A household has one head at a time: whoever headed it is a member from now on. */
export const chooseHead = endpoint({
  name: 'chooseHead',
  method: 'POST',
  path: '/api/registry/choose-head',
  duty: 'registry.write',
  summary: '设为户主 Say who heads a household',
  ask: z.strictObject({ requestId: RequestId, houseId: Id, linkId: Id }),
  reply: Done,
  refusals: ['record.unknown'],
})
export const placeBuilding = endpoint({
  name: 'placeBuilding',
  method: 'POST',
  path: '/api/registry/place-building',
  duty: 'registry.write',
  summary: '标注楼栋位置 Say where a building stands; the walking order of a day needs it',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    lng: z.number().min(73).max(136),
    lat: z.number().min(3).max(54),
  }),
  reply: Done,
  refusals: ['record.unknown', 'record.out-of-place', 'building.placed'],
})
export const endLink = endpoint({
  name: 'endLink',
  method: 'POST',
  path: '/api/registry/unlink',
  duty: 'registry.write',
  summary: '结束关联 End a link',
  ask: z.strictObject({ requestId: RequestId, id: Id, houseId: Id.optional(), toOn: AskedDay, reason: Reason }),
  /** `isLast`: he lives nowhere now, and is looked for within the county's days. */
  reply: z.strictObject({ done: z.literal(true), isLast: z.boolean() }),
  refusals: ['record.unknown', 'link.dates', 'leaving.quota'],
})
export const getRecord = endpoint({
  name: 'getRecord',
  method: 'GET',
  path: '/api/registry/record',
  duty: 'registry.read',
  summary: '一条登记 One record (as of a day)',
  ask: z.strictObject({ id: Id, on: AskedDay.optional() }),
  reply: z.strictObject({
    record: RecordView,
    homes: z.array(
      z.strictObject({
        linkId: Id,
        houseId: Id,
        address: z.string(),
        gridName: z.string().nullable(),
        role: LinkRole,
        fromOn: z.string(),
        toOn: z.string().nullable(),
        isLead: z.boolean(),
      }),
    ),
  }),
  refusals: ['record.unknown', 'record.not-yet'],
})
export const getHistory = endpoint({
  name: 'getHistory',
  method: 'GET',
  path: '/api/registry/history',
  duty: 'registry.read',
  summary: '变更历史 History',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({
    changes: z.array(
      z.strictObject({
        id: Id,
        at: z.string(),
        what: z.string(),
        by: z.string(),
        source: z.string(),
        reason: z.string(),
        fields: z.array(z.strictObject({ field: z.string(), from: Value, to: Value })),
        canUndo: z.boolean(),
      }),
    ),
  }),
  refusals: ['record.unknown'],
})
export const undoChange = endpoint({
  name: 'undoChange',
  method: 'POST',
  path: '/api/registry/undo',
  duty: 'registry.correct',
  summary: '撤回一次变更 Take a change back',
  ask: z.strictObject({ requestId: RequestId, changeId: Id, reason: Reason }),
  reply: z.strictObject({ undone: z.array(z.string()), kept: z.array(z.string()) }),
  refusals: ['record.unknown', 'record.has-children', 'change.not-undoable', 'leaving.quota'],
})
export const getHousehold = endpoint({
  name: 'getHousehold',
  method: 'GET',
  path: '/api/registry/household',
  duty: 'registry.read',
  summary: '一户一页 The page of a household',
  ask: z.strictObject({ houseId: Id }),
  reply: z.strictObject({
    house: RecordView,
    address: z.string(),
    building: RecordView.nullable(),
    estate: RecordView.nullable(),
    living: z.array(Person),
    owners: z.array(Person),
    past: z.array(Person),
    lastAskedAt: z.string().nullable(),
    isQuiet: z.boolean(),
    groupRent: z.array(z.string()),
  }),
  refusals: ['record.unknown'],
})
export const getBuilding = endpoint({
  name: 'getBuilding',
  method: 'GET',
  path: '/api/registry/building',
  duty: 'registry.read',
  summary: '楼栋表 A building by floors and rooms',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({
    building: RecordView,
    estateName: z.string(),
    rooms: z.array(
      z.strictObject({
        id: Id,
        unitNo: z.string(),
        floor: z.int(),
        roomNo: z.string(),
        use: z.string(),
        people: z.int(),
        freshness: z.enum(['fresh', 'soon', 'due', 'never']),
      }),
    ),
  }),
  refusals: ['record.unknown'],
})
export const listGrid = endpoint({
  name: 'listGrid',
  method: 'GET',
  path: '/api/registry/grid',
  duty: 'registry.read',
  summary: '我的网格（按楼栋） Buildings of a place with what is due',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    estates: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        hasProperty: z.boolean().nullable(),
        /** Community and grid of its buildings, which tell estates of one name apart. */
        places: z.array(z.string()),
        buildings: z.array(z.strictObject({ id: Id, no: z.string(), houses: z.int(), due: z.int() })),
      }),
    ),
  }),
  refusals: [],
})
export const listDue = endpoint({
  name: 'listDue',
  method: 'GET',
  path: '/api/registry/due',
  duty: 'registry.read',
  summary: '待核实 What is to be verified',
  ask: z.strictObject({
    kind: RecordKind.optional(),
    placeId: Id.optional(),
    size: z.coerce.number().int().min(1).max(100).default(50),
    after: After,
  }),
  /** The longest due first. */
  reply: z.strictObject({ records: z.array(Brief), total: z.int(), next: Next }),
  refusals: [],
})
export const searchRegistry = endpoint({
  name: 'searchRegistry',
  method: 'POST',
  path: '/api/registry/search',
  duty: 'registry.read',
  summary: '一框搜索 Search people, houses and units from one box',
  ask: z.strictObject({ text: z.string().max(80), placeId: Id.optional() }),
  reply: z.strictObject({ records: z.array(Brief) }),
  refusals: ['search.quota'],
  pace: 'search',
})
export const findLikely = endpoint({
  name: 'findLikely',
  isSecret: true,
  method: 'POST',
  path: '/api/registry/likely',
  duty: 'registry.write',
  summary: '录入前查重 Who it may already be',
  ask: z.strictObject({ values: Values, houseId: Id.optional() }),
  reply: z.strictObject({
    likely: z.array(Likely),
    /** Somebody of another place has this number or phone. */
    isElsewhere: z.boolean(),
  }),
  refusals: ['search.quota'],
  pace: 'search',
})
export const revealField = endpoint({
  name: 'revealField',
  method: 'POST',
  path: '/api/registry/reveal',
  isSecret: true,
  duty: 'registry.reveal',
  summary: '查看完整信息（留痕） Reveal one value, with a reason',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    field: z.string().max(40),
    purpose: z.enum(['contact', 'verify', 'event', 'service', 'emergency']),
    note: Reason,
    eventId: Id.nullable().default(null),
  }),
  reply: z.strictObject({ value: Value, left: z.int() }),
  refusals: ['record.unknown', 'person.left', 'field.not-yours', 'reveal.quota'],
  pace: 'look',
})
export const listLooks = endpoint({
  name: 'listLooks',
  method: 'GET',
  path: '/api/registry/looks',
  duty: 'registry.tell',
  summary: '谁查看过（答复本人） Who looked, to tell the person concerned',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({
    looks: z.array(z.strictObject({ at: z.string(), office: z.string(), what: z.string(), purpose: z.string() })),
  }),
  refusals: ['record.unknown'],
})
export const getComposition = endpoint({
  name: 'getComposition',
  method: 'GET',
  path: '/api/registry/composition',
  duty: ['registry.read', 'registry.count'],
  summary: '构成 Composition figures',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    persons: z.int(),
    byKind: z.record(z.string(), z.int()),
    houses: z.int(),
    byUse: z.record(z.string(), z.int()),
    units: z.int(),
    floatingShare: z.number(),
    rentalShare: z.number(),
    places: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        persons: z.int(),
        floating: z.int(),
        houses: z.int(),
        rental: z.int(),
        units: z.int(),
      }),
    ),
  }),
  refusals: [],
})
export const registryContract = [
  saveRecord,
  confirmRecords,
  linkPerson,
  chooseHead,
  placeBuilding,
  endLink,
  getRecord,
  getHistory,
  undoChange,
  getHousehold,
  getBuilding,
  listGrid,
  listDue,
  searchRegistry,
  findLikely,
  revealField,
  listLooks,
  getComposition,
]
