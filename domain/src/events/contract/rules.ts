/** Endpoints of the catalogue, the work calendar and the hotline. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay, AskedInstant } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { TicketNo } from '../forms/caller.ts'
import { Category, CategoryCode } from '../terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Day = z.iso.date()
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const listCatalogue = endpoint({
  name: 'listCatalogue',
  method: 'GET',
  path: '/api/catalogue',
  duty: 'signed-in',
  summary: '事项目录 Catalogue',
  ask: z.strictObject({ on: AskedDay.optional() }),
  /** `mayEdit`: the catalogue is the county's, and so is the right to change it. */
  reply: z.strictObject({ categories: z.array(Category), mayEdit: z.boolean() }),
  refusals: [],
})
const CategoryAsk = Category.omit({ validTo: true }).extend({
  name: Line(40),
  nameEn: Line(80, 0).default(''),
  isAboutStaff: z.boolean().default(false),
  className: Line(30),
  classNameEn: Line(60, 0).default(''),
  lead: Line(20),
  keywords: z.array(Line(20)).max(60),
  validFrom: AskedDay,
  source: Line(200),
})
export const saveCategory = endpoint({
  name: 'saveCategory',
  method: 'POST',
  path: '/api/catalogue/save',
  duty: 'catalogue.edit',
  summary: '修订事项（按生效日期） Revise a category',
  /** English names may be left out: the Chinese ones stand in. `isNew`: refused where the code is known already. */
  ask: z.strictObject({ requestId: RequestId, category: CategoryAsk, isNew: z.boolean().default(false) }),
  /** `waits`: it takes off what keeps its matters close, and holds once somebody else of the county agreed. */
  reply: Done.extend({ waits: z.boolean() }),
  refusals: [
    'category.in-past',
    'category.class-wrong',
    'category.known',
    'category.from-tomorrow',
    'category.asked-already',
  ],
})
const mayAgree = ['catalogue.edit', 'event.agree-recode'] as const
/** Changes that would open what comes under a category, until somebody else of the county answers. */
export const listCategoryAsks = endpoint({
  name: 'listCategoryAsks',
  method: 'GET',
  path: '/api/catalogue/asked',
  duty: mayAgree,
  summary: '待同意的事项修订 Changes of categories that wait for a second person',
  ask: z.strictObject({}),
  reply: z.strictObject({
    asks: z.array(
      z.strictObject({
        id: Id,
        code: CategoryCode,
        name: z.string(),
        nameEn: z.string(),
        from: Day,
        /** What it would take off. */
        opens: z.array(z.string()),
        by: z.string(),
        askedAt: z.string(),
        canDecide: z.boolean(),
      }),
    ),
  }),
  refusals: [],
})
export const decideCategory = endpoint({
  name: 'decideCategory',
  method: 'POST',
  path: '/api/catalogue/decide',
  duty: mayAgree,
  summary: '同意或不同意事项修订 Agree to or refuse a change of a category',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: Done,
  refusals: ['category.unknown', 'category.own-ask'],
})
export const listCategoryVersions = endpoint({
  name: 'listCategoryVersions',
  method: 'GET',
  path: '/api/catalogue/versions',
  duty: 'signed-in',
  summary: '事项的历次版本 Every version of a category, the oldest first',
  ask: z.strictObject({ code: CategoryCode }),
  reply: z.strictObject({ versions: z.array(Category) }),
  refusals: [],
})
export const retireCategory = endpoint({
  name: 'retireCategory',
  method: 'POST',
  path: '/api/catalogue/retire',
  duty: 'catalogue.edit',
  summary: '停用事项 Retire a category',
  ask: z.strictObject({ requestId: RequestId, code: CategoryCode, on: AskedDay }),
  reply: Done,
  refusals: ['category.unknown', 'category.in-past'],
})
export const getCalendar = endpoint({
  name: 'getCalendar',
  method: 'GET',
  path: '/api/calendar',
  duty: 'signed-in',
  summary: '工作日历 Work calendar',
  ask: z.strictObject({ year: z.coerce.number().int().min(2020).max(2100) }),
  reply: z.strictObject({
    days: z.array(
      z.strictObject({ day: Day, kind: z.enum(['holiday', 'swap']), name: z.string(), source: z.string() }),
    ),
    windows: z.array(z.strictObject({ from: Clock, to: Clock })),
    version: z.int(),
    mayEdit: z.boolean(),
  }),
  refusals: [],
})
export const saveCalendar = endpoint({
  name: 'saveCalendar',
  method: 'POST',
  path: '/api/calendar/save',
  duty: 'calendar.edit',
  summary: '维护工作日历 Keep the work calendar',
  ask: z.strictObject({
    requestId: RequestId,
    year: z.int().min(2020).max(2100),
    days: z
      .array(z.strictObject({ day: AskedDay, kind: z.enum(['holiday', 'swap']), name: Line(30), source: Line(100) }))
      .max(366),
    windows: z
      .array(z.strictObject({ from: Clock, to: Clock }))
      .min(1)
      .max(4),
  }),
  reply: Done,
  refusals: ['calendar.windows', 'calendar.other-year'],
})

export const HotlineCall = z.strictObject({
  ticketNo: TicketNo,
  title: Line(50),
  content: Line(10_000),
  receivedAt: AskedInstant.optional(),
  externalDueAt: AskedInstant.optional(),
  placeText: Line(200, 0).default(''),
  point: z.strictObject({ lng: z.number(), lat: z.number() }).optional(),
  areaCode: z.string().max(17).optional(),
  categoryCode: CategoryCode.optional(),
  topic: Line(30, 0).optional(),
  callerName: Line(30, 0).default(''),
  callerPhone: z
    .string()
    .regex(/^\+?\d{5,15}$/)
    .optional(),
  isSecret: z.boolean().default(false),
})
export type HotlineCall = z.output<typeof HotlineCall>

export const submitTicket = endpoint({
  name: 'submitTicket',
  isSecret: true,
  method: 'POST',
  path: '/api/hotline/tickets',
  duty: 'hotline.submit',
  summary: '12345 工单接入 Hotline ticket in',
  ask: HotlineCall,
  reply: z.strictObject({ id: Id, no: z.string(), isNew: z.boolean(), status: z.string() }),
  refusals: ['place.unknown', 'category.unknown', 'event.ticket-taken'],
})
export const importTickets = endpoint({
  name: 'importTickets',
  isSecret: true,
  pace: 'heavy',
  method: 'POST',
  path: '/api/hotline/import',
  duty: 'hotline.import',
  summary: '批量导入工单（CSV/Excel） Import tickets',
  bodyLimit: 6_291_456,
  ask: z.strictObject({
    requestId: RequestId,
    fileName: z.string().max(200),
    /** A file of four megabytes: a larger one would hold up whoever else calls while it is read. */
    base64: z.string().max(5_600_000),
    isTrial: z.boolean().default(false),
  }),
  reply: z.strictObject({
    added: z.int(),
    known: z.int(),
    errors: z.array(z.strictObject({ row: z.int(), column: z.string(), problem: z.string(), value: z.string() })),
  }),
  refusals: [
    'file.type',
    'file.broken',
    'file.empty',
    'file.encoding',
    'file.too-large',
    'file.formulas',
    'file.columns',
    'place.unknown',
    'category.unknown',
    'event.ticket-taken',
  ],
})
export const listTicketChanges = endpoint({
  name: 'listTicketChanges',
  method: 'GET',
  path: '/api/hotline/changes',
  duty: 'hotline.submit',
  summary: '12345 状态回传 Ticket status out',
  ask: z.strictObject({ after: z.string().max(80).default('') }),
  reply: z.strictObject({
    changes: z.array(
      z.strictObject({
        ticketNo: z.string(),
        no: z.string(),
        status: z.string(),
        at: z.string(),
        dueAt: z.string().nullable(),
        answer: z.string().nullable(),
        satisfaction: z.int().nullable(),
        isSolved: z.boolean().nullable(),
      }),
    ),
    next: z.string(),
  }),
  refusals: [],
})
export const rulesContract = [
  listCatalogue,
  saveCategory,
  listCategoryAsks,
  decideCategory,
  listCategoryVersions,
  retireCategory,
  getCalendar,
  saveCalendar,
  submitTicket,
  importTickets,
  listTicketChanges,
]
