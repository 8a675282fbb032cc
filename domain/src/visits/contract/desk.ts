/** Endpoints of visits for desks: tasks and orders, campaigns, hazards, the rota, lone visits shared now. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { ExportPurpose, listExport } from '../../kernel/list-export.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { After, Next } from '../../kernel/page.ts'
import { Line } from '../../kernel/text.ts'
import { misfits } from '../../matters/fit.ts'
import { MatterObject, TaskKind } from '../../matters/terms.ts'
import { countGridTasks } from './today.ts'
import { Hazard, HazardEnd, hazardStates, Selector, Task } from '../terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Minute = z.int().min(0).max(1440).nullable().default(null)
const admitted = ['matter.unknown', 'matter.not-in-force', ...misfits] as const

/** Why it is ordered although somebody then has more than his hours; kept in the journal. */
const HeavyWord = Line(200, 2).optional()

export const TaskRow = z.strictObject({
  ...Task.shape,
  gridName: z.string().nullable(),
  matterName: z.string(),
  doneOn: z.string().nullable(),
  dropReason: z.string(),
})

/** Which tasks: of a place, in a state, of one origin. */
const TaskFilter = {
  placeId: Id.optional(),
  state: z.enum(['open', 'late', 'done', 'dropped']).default('open'),
  originId: Id.optional(),
}

export const listTasks = endpoint({
  name: 'listTasks',
  method: 'GET',
  path: '/api/visits/tasks',
  duty: 'visit.read',
  summary: '任务列表 Tasks',
  ask: z.strictObject({
    ...TaskFilter,
    after: After,
    size: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.strictObject({ tasks: z.array(TaskRow), total: z.int(), next: Next }),
  refusals: [],
})

export const exportTasks = listExport({
  name: 'exportTasks',
  path: '/api/visits/tasks/export',
  duty: 'visit.read',
  summary: '导出任务列表（带水印） Tasks as a workbook',
  ask: z.strictObject({ ...TaskFilter, purpose: ExportPurpose }),
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
    /** What is to be done and about whom, of what the matter states; what it states first where it is left out. */
    taskKind: TaskKind.optional(),
    object: MatterObject.optional(),
    gridIds: z.array(Id).min(1).max(200),
    title: Line(60),
    note: Line(400, 0).default(''),
    dueOn: AskedDay,
    minutes: z.int().min(1).max(480),
    windowFrom: Minute,
    windowTo: Minute,
    heavyWord: HeavyWord,
  }),
  reply: z.strictObject({ tasks: z.int() }),
  refusals: [...admitted, 'place.unknown', 'task.date', 'task.far', 'task.window', 'order.too-heavy'],
})

/** Grids for an order, a place and whom it is for for a campaign. Minutes a week, the way included. */
export const weighOrder = endpoint({
  name: 'weighOrder',
  method: 'POST',
  path: '/api/visits/weigh',
  duty: 'task.order',
  summary: '下达前测算负担 What an order would add to each worker, before it is given',
  ask: z.strictObject({
    gridIds: z.array(Id).max(200).default([]),
    placeId: Id.optional(),
    selector: Selector.optional(),
    minutes: z.int().min(1).max(480),
    fromOn: AskedDay.optional(),
    toOn: AskedDay,
  }),
  reply: z.strictObject({
    tasks: z.int(),
    perWeek: z.int(),
    /** Grids that nobody works in. */
    unmanned: z.int(),
    /** How many would have more than their hours. */
    heavy: z.int(),
    /** The two hundred with most to do. */
    workers: z.array(
      z.strictObject({
        name: z.string(),
        grids: z.int(),
        capacity: z.int(),
        before: z.int(),
        after: z.int(),
        isHeavy: z.boolean(),
      }),
    ),
  }),
  refusals: ['place.unknown', 'task.date'],
})

export const dropTask = endpoint({
  name: 'dropTask',
  method: 'POST',
  path: '/api/visits/drop',
  duty: 'task.order',
  summary: '撤销任务 Drop a task',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 2) }),
  reply: Done,
  refusals: ['task.unknown', 'task.closed', 'task.recheck'],
})

export const listHazards = endpoint({
  name: 'listHazards',
  method: 'GET',
  path: '/api/visits/hazards',
  duty: ['visit.read', 'visit.write'],
  summary: '隐患与复查 Hazards until cleared',
  ask: z.strictObject({
    placeId: Id.optional(),
    state: z.enum(hazardStates).default('open'),
    after: After,
  }),
  reply: z.strictObject({
    hazards: z.array(z.strictObject({ ...Hazard.shape, gridName: z.string().nullable(), isOverdue: z.boolean() })),
    total: z.int(),
    next: Next,
  }),
  refusals: [],
})

/** The other way out of a hazard than a re-check: by somebody else than who found it, with a reason (E8). */
export const endHazard = endpoint({
  name: 'endHazard',
  method: 'POST',
  path: '/api/visits/hazards/end',
  duty: 'task.order',
  summary: '终结隐患（误判、对象已不在或转事件） End a hazard that no re-check can clear',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: HazardEnd, word: Line(200, 2) }),
  reply: Done,
  refusals: ['hazard.unknown', 'hazard.closed', 'hazard.own', 'hazard.no-event'],
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
    fromOn: AskedDay,
    toOn: AskedDay,
    minutes: z.int().min(1).max(480),
    note: Line(400, 0).default(''),
    heavyWord: HeavyWord,
  }),
  reply: z.strictObject({ id: Id, tasks: z.int() }),
  refusals: [...admitted, 'form.unknown', 'place.unknown', 'campaign.dates', 'rule.form-subject', 'order.too-heavy'],
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

export const exportCampaigns = listExport({
  name: 'exportCampaigns',
  path: '/api/visits/campaigns/export',
  duty: 'visit.read',
  summary: '导出专项行动结果（带水印） Results of campaigns by area as a workbook',
  ask: z.strictObject({ placeId: Id.optional(), campaignId: Id.optional(), purpose: ExportPurpose }),
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
    /** Everybody once, and what all have and are asked a week in minutes. */
    people: z.int(),
    capacity: z.int(),
    asked: z.int(),
    grids: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        villageName: z.string(),
        workers: z.int(),
        /** How many of them serve other grids as well, and give this one a part of their hours. */
        shared: z.int(),
        /** Open tasks that no rule made, and what they ask a week. */
        ordered: z.strictObject({ tasks: z.int(), perWeek: z.int(), shortMinutes: z.int() }),
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

export const listSafety = endpoint({
  name: 'listSafety',
  method: 'GET',
  path: '/api/visits/safety',
  duty: 'task.order',
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

export const visitsDeskContract = [
  listTasks,
  countGridTasks,
  exportTasks,
  orderTask,
  weighOrder,
  dropTask,
  listHazards,
  endHazard,
  saveCampaign,
  endCampaign,
  listCampaigns,
  exportCampaigns,
  getRota,
  listSafety,
]
