/** Endpoints of visits: forms, rules, tasks, visit records, hazards, campaigns, services by proxy, safety shares, rota. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { Line } from '../kernel/text.ts'
import { Form } from './forms.ts'
import { Hazard, Outcome, Rule, Selector, SubjectKind, Task } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Day = z.iso.date()
const Minute = z.int().min(0).max(1440).nullable().default(null)
const inForce = ['matter.unknown', 'matter.not-in-force'] as const

export const listForms = endpoint({
  name: 'listForms',
  method: 'GET',
  path: '/api/visits/forms',
  duty: ['visit.write', 'visit.read'],
  summary: '走访表单 Visit forms',
  ask: z.strictObject({}),
  reply: z.strictObject({ forms: z.array(Form) }),
  refusals: [],
})
export const saveForm = endpoint({
  name: 'saveForm',
  method: 'POST',
  path: '/api/visits/form',
  duty: 'visit.rules',
  summary: '修改表单 Save a form',
  ask: z.strictObject({ requestId: RequestId, form: Form }),
  reply: Form,
  refusals: ['form.field-known', 'form.field-twice', 'form.choices', 'form.counts', 'form.scores', 'form.stale'],
})

export const listRules = endpoint({
  name: 'listRules',
  method: 'GET',
  path: '/api/visits/rules',
  duty: ['visit.read', 'visit.write'],
  summary: '走访规则 Visit rules',
  ask: z.strictObject({}),
  reply: z.strictObject({ rules: z.array(Rule) }),
  refusals: [],
})
export const saveRule = endpoint({
  name: 'saveRule',
  method: 'POST',
  path: '/api/visits/rule',
  duty: 'visit.rules',
  summary: '修改走访规则 Save a visit rule',
  ask: z.strictObject({ requestId: RequestId, rule: Rule }),
  reply: Rule,
  refusals: [...inForce, 'form.unknown', 'rule.stale', 'rule.form-subject'],
})
export const getRota = endpoint({
  name: 'getRota',
  method: 'GET',
  path: '/api/visits/rota',
  duty: 'visit.plan',
  summary: '排班测算：哪些规则完不成 Which rules cannot be met with the people there are',
  ask: z.strictObject({ placeId: Id.optional(), hoursPerWeek: z.coerce.number().min(1).max(60).default(20) }),
  reply: z.strictObject({
    rules: z.array(
      z.strictObject({ id: Id, name: z.string(), nameEn: z.string(), matterName: z.string(), priority: z.int() }),
    ),
    grids: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        villageName: z.string(),
        workers: z.int(),
        asked: z.int(),
        capacity: z.int(),
        lines: z.array(
          z.strictObject({
            ruleId: Id,
            subjects: z.int(),
            perWeek: z.int(),
            shortMinutes: z.int(),
            state: z.enum(['met', 'partly', 'unmet']),
          }),
        ),
      }),
    ),
  }),
  refusals: [],
})

export const TaskRow = z.strictObject({
  ...Task.shape,
  gridName: z.string().nullable(),
  matterName: z.string(),
  doneOn: z.string().nullable(),
  dropReason: z.string(),
})
export const listTasks = endpoint({
  name: 'listTasks',
  method: 'GET',
  path: '/api/visits/tasks',
  duty: 'visit.read',
  summary: '任务列表 Tasks',
  ask: z.strictObject({
    placeId: Id.optional(),
    state: z.enum(['open', 'late', 'done', 'dropped']).default('open'),
    originId: Id.optional(),
    size: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.strictObject({ tasks: z.array(TaskRow), total: z.int() }),
  refusals: [],
})
export const orderTask = endpoint({
  name: 'orderTask',
  method: 'POST',
  path: '/api/visits/order',
  duty: 'task.order',
  summary: '交办任务（须为清单内事项） Order a task: it names a matter in force',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    matterId: Id,
    gridIds: z.array(Id).min(1).max(200),
    title: Line(60),
    note: Line(400, 0).default(''),
    dueOn: Day,
    minutes: z.int().min(1).max(480),
    windowFrom: Minute,
    windowTo: Minute,
  }),
  reply: z.strictObject({ tasks: z.int() }),
  refusals: [...inForce, 'place.unknown', 'task.date'],
})
export const dropTask = endpoint({
  name: 'dropTask',
  method: 'POST',
  path: '/api/visits/drop',
  duty: 'task.order',
  summary: '撤销任务 Drop a task',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 2) }),
  reply: Done,
  refusals: ['task.unknown', 'task.closed'],
})

export const recordVisit = endpoint({
  name: 'recordVisit',
  method: 'POST',
  path: '/api/visits/record',
  duty: 'visit.write',
  summary: '登记走访 Record a visit',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    taskId: Id.nullable(),
    matterId: Id,
    formCode: z.string().max(40),
    subjectKind: SubjectKind,
    subjectId: Id,
    outcome: Outcome,
    answers: z.record(z.string().max(30), z.union([z.string().max(4000), z.boolean()])).default({}),
    note: Line(800, 0).default(''),
    /** When it was done by the phone's corrected clock; never trusted beyond now. */
    madeAt: z.iso.datetime({ offset: true }),
    onBehalfOf: Line(50, 0).default(''),
    isSpoken: z.boolean().default(false),
    /** Hidden dangers found, each with what was ordered and by when it is to be put right. */
    hazards: z
      .array(
        z.strictObject({
          id: Id,
          what: Line(200),
          orderedText: Line(200, 0).default(''),
          fixBy: Day,
          recheckDays: z.int().min(1).max(90),
          eventId: Id.nullable(),
        }),
      )
      .max(5)
      .default([]),
    eventIds: z.array(Id).max(10).default([]),
  }),
  reply: z.strictObject({
    id: Id,
    taskState: z.enum(['open', 'done', 'dropped', 'none']),
    note: z.enum(['', 'task.already-done', 'task.dropped']),
  }),
  refusals: [...inForce, 'form.unknown', 'task.unknown', 'visit.answers', 'visit.subject', 'visit.hazard-twice'],
})
export const VisitView = z.strictObject({
  id: Id,
  at: z.string(),
  byName: z.string(),
  onBehalfOf: z.string(),
  formCode: z.string(),
  formName: z.string(),
  matterName: z.string(),
  subjectKind: SubjectKind,
  subjectId: Id,
  subjectName: z.string(),
  outcome: Outcome,
  answers: z.array(z.strictObject({ name: z.string(), nameEn: z.string(), value: z.string(), valueEn: z.string() })),
  note: z.string(),
  eventIds: z.array(Id),
  hazards: z.int(),
})
export const listVisits = endpoint({
  name: 'listVisits',
  method: 'GET',
  path: '/api/visits',
  duty: ['visit.read', 'visit.write'],
  summary: '走访记录 Visits',
  ask: z.strictObject({
    subjectId: Id.optional(),
    eventId: Id.optional(),
    placeId: Id.optional(),
    size: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.strictObject({ visits: z.array(VisitView) }),
  refusals: [],
})
export const listHazards = endpoint({
  name: 'listHazards',
  method: 'GET',
  path: '/api/visits/hazards',
  duty: ['visit.read', 'visit.write'],
  summary: '隐患与复查 Hazards until cleared',
  ask: z.strictObject({ placeId: Id.optional(), state: z.enum(['open', 'cleared']).default('open') }),
  reply: z.strictObject({
    hazards: z.array(z.strictObject({ ...Hazard.shape, gridName: z.string().nullable(), isOverdue: z.boolean() })),
  }),
  refusals: [],
})

export const saveCampaign = endpoint({
  name: 'saveCampaign',
  method: 'POST',
  path: '/api/visits/campaign',
  duty: 'task.order',
  summary: '开展专项行动 Start a campaign over chosen households or places',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    matterId: Id,
    name: Line(60),
    placeId: Id,
    selector: Selector,
    formCode: z.string().max(40),
    fromOn: Day,
    toOn: Day,
    minutes: z.int().min(1).max(480),
    note: Line(400, 0).default(''),
  }),
  reply: z.strictObject({ id: Id, tasks: z.int() }),
  refusals: [...inForce, 'form.unknown', 'place.unknown', 'campaign.dates', 'rule.form-subject'],
})
export const endCampaign = endpoint({
  name: 'endCampaign',
  method: 'POST',
  path: '/api/visits/campaign/end',
  duty: 'task.order',
  summary: '结束专项行动 End a campaign',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 2) }),
  reply: Done,
  refusals: ['campaign.unknown'],
})
export const listCampaigns = endpoint({
  name: 'listCampaigns',
  method: 'GET',
  path: '/api/visits/campaigns',
  duty: 'visit.read',
  summary: '专项行动与进度 Campaigns and progress by area',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    campaigns: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        matterName: z.string(),
        placeName: z.string(),
        fromOn: z.string(),
        toOn: z.string(),
        isOpen: z.boolean(),
        total: z.int(),
        done: z.int(),
        areas: z.array(z.strictObject({ id: Id, name: z.string(), total: z.int(), done: z.int() })),
      }),
    ),
  }),
  refusals: [],
})

export const serviceStates = ['taken', 'handed-in', 'answered', 'told', 'withdrawn'] as const
export const ServiceRow = z.strictObject({
  id: Id,
  no: z.string(),
  what: z.string(),
  askedBy: z.string(),
  personId: Id.nullable(),
  gridId: Id.nullable(),
  gridName: z.string().nullable(),
  state: z.enum(serviceStates),
  dueOn: z.string(),
  takenBy: z.string(),
  version: z.int(),
  steps: z.array(
    z.strictObject({ state: z.enum(serviceStates), at: z.string(), byName: z.string(), note: z.string() }),
  ),
})
export const takeService = endpoint({
  name: 'takeService',
  method: 'POST',
  path: '/api/visits/service',
  duty: 'visit.write',
  summary: '受理代办 Take a request at the door',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    matterId: Id,
    what: Line(200, 2),
    personId: Id.nullable(),
    askedBy: Line(30),
    phone: Line(20, 0).default(''),
    dueOn: Day,
    gridId: Id,
    madeAt: z.iso.datetime({ offset: true }),
  }),
  reply: z.strictObject({ id: Id, no: z.string() }),
  refusals: [...inForce, 'place.unknown'],
})
export const moveService = endpoint({
  name: 'moveService',
  method: 'POST',
  path: '/api/visits/service/move',
  duty: 'visit.write',
  summary: '代办进展 Take the next step of a service; the last tells the resident',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    to: z.enum(['handed-in', 'answered', 'told', 'withdrawn']),
    note: Line(400, 2),
  }),
  reply: z.strictObject({ state: z.enum(serviceStates) }),
  refusals: ['service.unknown', 'service.order'],
})
export const listServices = endpoint({
  name: 'listServices',
  method: 'GET',
  path: '/api/visits/services',
  duty: ['visit.read', 'visit.write'],
  summary: '代办事项 Services by proxy',
  ask: z.strictObject({ placeId: Id.optional(), state: z.enum(['open', 'all']).default('open') }),
  reply: z.strictObject({ services: z.array(ServiceRow) }),
  refusals: [],
})

export const shareSafety = endpoint({
  name: 'shareSafety',
  method: 'POST',
  path: '/api/visits/safety/share',
  duty: 'visit.write',
  summary: '单独上门报平安 Share a lone visit, by one’s own choice; it ends by itself',
  ask: z.strictObject({ requestId: RequestId, id: Id, where: Line(100), minutes: z.int().min(10).max(240) }),
  reply: z.strictObject({ until: z.string() }),
  refusals: ['safety.running'],
})
export const endSafety = endpoint({
  name: 'endSafety',
  method: 'POST',
  path: '/api/visits/safety/end',
  duty: 'visit.write',
  summary: '已平安返回 I am back',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: Done,
  refusals: ['safety.unknown'],
})
export const listSafety = endpoint({
  name: 'listSafety',
  method: 'GET',
  path: '/api/visits/safety',
  duty: 'visit.plan',
  summary: '正在单独上门的人 Lone visits shared now',
  ask: z.strictObject({}),
  reply: z.strictObject({
    shares: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        gridName: z.string(),
        where: z.string(),
        until: z.string(),
        isOverdue: z.boolean(),
      }),
    ),
  }),
  refusals: [],
})

export const visitsContract = [
  listForms,
  saveForm,
  listRules,
  saveRule,
  getRota,
  listTasks,
  orderTask,
  dropTask,
  recordVisit,
  listVisits,
  listHazards,
  saveCampaign,
  endCampaign,
  listCampaigns,
  takeService,
  moveService,
  listServices,
  shareSafety,
  endSafety,
  listSafety,
]
