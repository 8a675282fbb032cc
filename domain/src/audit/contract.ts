/** Endpoints of the journal: read and verify, for the audit administrator alone. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { AskedDay } from '../kernel/moments.ts'
import { alarmKinds } from './look-alarm.ts'

export const JournalRow = z.strictObject({
  seq: z.number().nullable(),
  at: z.string(),
  kind: z.enum(['fact', 'look', 'session', 'refused']),
  fact: z.string(),
  accountName: z.string().nullable(),
  postingRole: z.string().nullable(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
})
export const listJournal = endpoint({
  name: 'listJournal',
  method: 'GET',
  path: '/api/audit/journal',
  duty: 'audit.read',
  summary: '审计日志 Journal',
  ask: z.strictObject({
    fact: z.string().max(60).default(''),
    account: z.string().max(60).default(''),
    subject: z.string().max(60).default(''),
    from: AskedDay.optional(),
    to: AskedDay.optional(),
    before: z.coerce.number().int().positive().optional(),
  }),
  reply: z.strictObject({ rows: z.array(JournalRow), next: z.number().nullable() }),
  refusals: [],
})
export const verifyJournal = endpoint({
  name: 'verifyJournal',
  method: 'GET',
  path: '/api/audit/verify',
  duty: 'audit.read',
  summary: '校验日志链 Verify the chain',
  ask: z.strictObject({}),
  reply: z.strictObject({
    isWhole: z.boolean(),
    sealed: z.number(),
    unsealed: z.number(),
    faults: z.array(
      z.strictObject({
        seq: z.number().nullable(),
        id: z.string().nullable(),
        fault: z.string(),
        /** 000000 is what belongs to no county, such as sign-ins with unknown logins. */
        county: z.string(),
      }),
    ),
  }),
  refusals: [],
})
export const listAlarms = endpoint({
  name: 'listAlarms',
  method: 'GET',
  path: '/api/audit/alarms',
  duty: ['audit.read', 'posting.manage'],
  summary:
    '异常查看 Unusual looks of the last week, and changes of the net by which posts see more people; the latter also to who gives posts',
  ask: z.strictObject({}),
  reply: z.strictObject({
    /** What last night's walk through the journal found, of the county and of what belongs to none; null before the first. */
    verdict: z.strictObject({ at: z.string(), isWhole: z.boolean(), faults: z.int() }).nullable(),
    alarms: z.array(
      z.strictObject({
        day: z.string(),
        accountName: z.string(),
        kind: z.enum(alarmKinds),
        /** Of `net`: people whom somebody sees from now on who did not before. */
        looks: z.int(),
        usual: z.number(),
        refused: z.int(),
      }),
    ),
  }),
  refusals: [],
})
export const auditContract = [listJournal, verifyJournal, listAlarms]
