/**
 * Endpoints of key populations: kept by their keeper, who reads what is sealed only when somebody else agreed to it for a
 * purpose, for a short time. Source: requirements.md R3; domain.md A11 (art. 28), B3.
 */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { ExportPurpose, listExport } from '../../kernel/list-export.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { After, Next } from '../../kernel/page.ts'
import { careKinds, CareValues, cautions, helperRoles } from './key-populations.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const saveOverlay = endpoint({
  name: 'saveOverlay',
  method: 'POST',
  path: '/api/registry/overlay',
  duty: 'overlay.keep',
  summary: '特殊人群登记 Keep an overlay',
  isSecret: true,
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    kind: z.enum(careKinds),
    /** What is left out stays as it is: nobody need see it to change something else. */
    facts: Line(1000, 0).optional(),
    /** Fields of the kind (key-populations.ts); null clears one. */
    values: CareValues.default({}),
    visitDays: z.int().min(1).max(365),
    cautions: z.array(z.enum(cautions)).max(5),
    startedOn: AskedDay,
    endedOn: AskedDay.nullable(),
  }),
  reply: Done,
  refusals: ['record.unknown', 'care.field', 'care.dates', 'care.quota'],
})

const Helper = z.strictObject({
  id: Id,
  role: z.enum(helperRoles),
  name: z.string(),
  contact: z.string(),
  fromOn: z.string(),
  toOn: z.string().nullable(),
})
const Former = z.strictObject({
  replacedAt: z.string(),
  replacedBy: z.string(),
  facts: z.string(),
  values: CareValues,
  visitDays: z.int(),
  cautions: z.array(z.enum(cautions)),
  endedOn: z.string().nullable(),
  /** What was written first of all. */
  isFirst: z.boolean(),
})
export const careRequestStates = ['open', 'agreed', 'refused'] as const
export const careStates = ['sealed', 'asked', 'open'] as const
export const readOverlays = endpoint({
  name: 'readOverlays',
  method: 'GET',
  path: '/api/registry/overlays',
  duty: 'overlay.keep',
  summary: '特殊人群台账 Overlays of a person',
  /** `formerOf`: of this one what stood there before goes on after where a page of it ended. */
  ask: z.strictObject({ personId: Id, formerOf: Id.optional(), after: After }),
  reply: z.strictObject({
    overlays: z.array(
      z.strictObject({
        id: Id,
        kind: z.enum(careKinds),
        /** `open`: somebody agreed that whoever asks reads what is sealed, until then. */
        state: z.enum(careStates),
        openUntil: z.string().nullable(),
        /** Empty unless it is open. */
        facts: z.string(),
        values: CareValues,
        visitDays: z.int(),
        visitedAt: z.string().nullable(),
        dueAt: z.string().nullable(),
        cautions: z.array(z.enum(cautions)),
        startedOn: z.string(),
        endedOn: z.string().nullable(),
        team: z.array(Helper),
        /** What stood there before, the newest first, twenty to a page, and what was written first; empty unless it is open. */
        former: z.array(Former),
        formerTotal: z.int(),
        formerNext: Next,
      }),
    ),
  }),
  refusals: ['record.unknown'],
})

export const saveHelper = endpoint({
  name: 'saveHelper',
  method: 'POST',
  path: '/api/registry/overlay-helper',
  duty: 'overlay.keep',
  summary: '帮扶小组成员 Who helps, from when to when',
  isSecret: true,
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    overlayId: Id,
    role: z.enum(helperRoles),
    name: Line(30),
    contact: Line(40, 0).default(''),
    fromOn: AskedDay,
    toOn: AskedDay.nullable().default(null),
  }),
  reply: Done,
  refusals: ['record.unknown', 'care.dates'],
})

export const carePurposes = ['visit', 'plan', 'hand-over', 'emergency', 'rights'] as const
export const askCare = endpoint({
  name: 'askCare',
  method: 'POST',
  path: '/api/registry/ask-overlay',
  duty: 'overlay.keep',
  summary: '申请查看特殊人群核心信息（他人审批） Ask to read what is sealed; somebody else agrees',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    overlayId: Id,
    purpose: z.enum(carePurposes),
    note: Line(200),
  }),
  reply: Done,
  refusals: ['record.unknown', 'care.asked'],
  pace: 'look',
})

export const CareRequest = z.strictObject({
  id: Id,
  state: z.enum(careRequestStates),
  /** Who it is about; of the reason of care the one who decides hears nothing. */
  personName: z.string(),
  gridName: z.string().nullable(),
  purpose: z.enum(carePurposes),
  note: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  reason: z.string(),
  openUntil: z.string().nullable(),
  isMine: z.boolean(),
  canDecide: z.boolean(),
})
export const listCareRequests = endpoint({
  name: 'listCareRequests',
  method: 'GET',
  path: '/api/registry/overlay-requests',
  duty: ['overlay.keep', 'registry.approve'],
  summary: '核心信息查看申请 Requests to read what is sealed, one’s own and those to decide',
  ask: z.strictObject({}),
  reply: z.strictObject({ requests: z.array(CareRequest), waiting: z.int() }),
  refusals: [],
})

export const decideCare = endpoint({
  name: 'decideCare',
  method: 'POST',
  path: '/api/registry/decide-overlay',
  duty: 'registry.approve',
  summary: '同意或不同意查看申请 Agree to or refuse such a request',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean(), reason: Line(200, 0).default('') }),
  reply: Done,
  refusals: ['record.unknown', 'care.own', 'care.decided', 'care.reason'],
})

export const exportCareDue = listExport({
  name: 'exportCareDue',
  path: '/api/registry/overlay-due/export',
  duty: 'overlay.keep',
  summary: '导出到期走访清单（遮挡姓名、不写类别） Visits due to those cared for: names masked, no reason',
  ask: z.strictObject({ placeId: Id.optional(), dueBy: AskedDay.optional(), purpose: ExportPurpose }),
})

/** Who is looked after, and when; of why nothing. */
export const listCare = endpoint({
  name: 'listCare',
  method: 'GET',
  path: '/api/registry/care',
  duty: 'overlay.keep',
  summary: '照护对象与待走访 Whom a keeper looks after, the longest due first',
  ask: z.strictObject({ placeId: Id.optional(), after: After }),
  reply: z.strictObject({
    people: z.array(
      z.strictObject({
        personId: Id,
        name: z.string(),
        gridName: z.string().nullable(),
        visitedAt: z.string().nullable(),
        dueAt: z.string(),
        isDue: z.boolean(),
        /** How many of the team help today. */
        helpers: z.int(),
      }),
    ),
    total: z.int(),
    due: z.int(),
    next: Next,
    /** Whose care ended because he left, and who is here again: his keeper says whether it goes on. The first fifty, the longest back first. */
    back: z.array(
      z.strictObject({
        id: Id,
        personId: Id,
        name: z.string(),
        gridName: z.string().nullable(),
        endedOn: z.string().nullable(),
        backAt: z.string(),
      }),
    ),
    backTotal: z.int(),
  }),
  refusals: [],
})

export const resumeCare = endpoint({
  name: 'resumeCare',
  method: 'POST',
  path: '/api/registry/resume-overlay',
  duty: 'overlay.keep',
  summary: '返回人员恢复或不再照护 Take care up again that a leaving had ended, or let it rest',
  ask: z.strictObject({ requestId: RequestId, id: Id, isTaken: z.boolean() }),
  reply: Done,
  refusals: ['record.unknown', 'care.decided'],
})

export const careContract = [
  listCare,
  resumeCare,
  exportCareDue,
  saveOverlay,
  readOverlays,
  saveHelper,
  askCare,
  listCareRequests,
  decideCare,
]
