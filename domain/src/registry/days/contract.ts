/** Endpoints of the days a county counts by. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { dayGroups } from './ready-days.ts'

export const DayTermView = z.strictObject({
  code: z.string(),
  group: z.enum(dayGroups),
  days: z.int(),
  /** The days it started with. */
  readyDays: z.int(),
  least: z.int(),
  most: z.int(),
  /** Since when; null for those it started with. */
  fromOn: z.string().nullable(),
  /** What was decided and has not begun. */
  next: z.strictObject({ fromOn: z.string(), days: z.int() }).nullable(),
})
export type DayTermView = z.infer<typeof DayTermView>

export const listDays = endpoint({
  name: 'listDays',
  method: 'GET',
  path: '/api/registry/days',
  duty: ['registry.read', 'field.edit', 'registry.count'],
  summary: '核实周期与保存期限 The days a county counts by',
  ask: z.strictObject({}),
  reply: z.strictObject({ terms: z.array(DayTermView), canEdit: z.boolean() }),
  refusals: [],
})
export const saveDays = endpoint({
  name: 'saveDays',
  method: 'POST',
  path: '/api/registry/set-days',
  duty: 'field.edit',
  summary: '设定天数（自某日起） Set how many days, from a day on',
  ask: z.strictObject({
    requestId: RequestId,
    code: z.string().max(40),
    days: z.int().min(1).max(3650),
    fromOn: AskedDay,
    /** By what decision. */
    basis: Line(200),
  }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['days.unknown', 'days.bounds', 'days.past'],
})

export const daysContract = [listDays, saveDays]
