/** What can be done to an event: one schema an action. Each becomes an endpoint, a journal fact and a button. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { AskedInstant } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { returnBasisCodes } from './forms/return-bases.ts'
import { CategoryCode, refuseReasons, suspendReasons } from './terms.ts'

const note = Line(1000)
const optionalNote = Line(1000, 0).default('')
const until = AskedInstant
/**
 * What a citizen reads of it, written for him; never a note, which stays inside. Without a default where there was none
 * at first: a repeat from before is the same ask.
 */
const answer = Line(2000, 0)
const none = {}

export const acts = {
  'ask-verify': { note: optionalNote },
  verify: { finding: z.enum(['exists', 'absent', 'unable']), note: optionalNote },
  register: { note: optionalNote },
  /** Into which grid it belongs: a report that named none, or the wrong one. */
  place: { gridId: Id, note: optionalNote },
  /** Out of what is about staff it is a request: somebody else of the county answers. */
  recode: { categoryCode: CategoryCode, note },
  'agree-recode': { note: optionalNote },
  'refuse-recode': { note },
  refuse: { reason: z.enum(refuseReasons), note, answer: answer.optional() },
  appeal: { note },
  cancel: { note },
  /** A report of one's own that a desk has taken up already: the desk answers. */
  'ask-cancel': { note },
  'agree-cancel': { note: optionalNote },
  'refuse-cancel': { note },
  withdraw: { note: optionalNote },
  'self-close': { result: Line(2000) },
  dispatch: { departmentId: Id, coDepartmentIds: z.array(Id).max(8).default([]), note: optionalNote },
  'report-up': { note },
  'assign-down': { note },
  bypass: { note },
  sign: none,
  /** `basis` without a default: a repeat from before there was such a field is the same ask. */
  return: { basis: z.enum(returnBasisCodes).optional(), note, suggestedDepartmentId: Id },
  'agree-return': { note: optionalNote },
  'refuse-return': { note },
  rule: { departmentId: Id, note },
  transfer: { departmentId: Id, note },
  'ask-extension': { until, note, plan: note },
  'agree-extension': { note: optionalNote },
  'refuse-extension': { note },
  'ask-suspension': { reason: z.enum(suspendReasons), until, note },
  'agree-suspension': { note: optionalNote },
  'refuse-suspension': { note },
  resume: { note: optionalNote },
  'ask-co-handling': { departmentIds: z.array(Id).min(1).max(8), note },
  'finish-co-handling': { result: Line(2000) },
  /** Not its matter: who was asked to help says why, and holds nobody up. */
  'decline-co-handling': { note },
  finish: { result: Line(2000), answer: answer.default('') },
  pass: { note: optionalNote },
  fail: { reason: z.enum(['not-done', 'partly-done', 'came-back', 'false-evidence']), note },
  'check-unable': { note },
  'call-back': {
    /** Who was rung; without it whoever is next to be. */
    reporterId: Id.optional(),
    outcome: z.enum(['satisfied', 'unsatisfied', 'unreached', 'unreasonable']),
    score: z.int().min(1).max(5).nullable(),
    isSolved: z.boolean().nullable(),
    note: optionalNote,
  },
  'confirm-unreasonable': { note },
  'refuse-unreasonable': { note },
  rate: { score: z.int().min(1).max(5), isSolved: z.boolean(), note: optionalNote },
  reopen: { note },
  merge: { intoEventId: Id, note: optionalNote },
  unlink: { note },
  split: {
    children: z
      .array(z.strictObject({ id: Id, title: Line(50), content: Line(800), categoryCode: CategoryCode }))
      .min(2)
      .max(8),
    note: optionalNote,
  },
  /** A red card (3) names the leader who sees to it. */
  supervise: {
    grade: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    leader: Line(50, 0).default(''),
    note,
  },
  'lift-supervision': { note },
  note: { note },
  /** What who helps in a grid has to say of it; a direction is a leader's (`note`). */
  remark: { note },
  urge: { note },
  'force-close': { note, answer: answer.optional() },
  'confirm-force-close': { note: optionalNote, answer: answer.optional() },
  'withdraw-force-close': { note: optionalNote },
  archive: none,
  'count-as-signed': none,
  'resume-by-date': none,
} as const satisfies Record<string, z.ZodRawShape>

export type Action = keyof typeof acts

type KeysOf<Shape> = Shape extends unknown ? keyof Shape & string : never
/** What any of the acts asks for, by name. */
export type ActField = KeysOf<(typeof acts)[Action]>
/** What an act asks for, in the order in which a form asks it. */
export const fieldsOf = (action: Action): readonly ActField[] => Object.keys(acts[action]) as ActField[]
export const actions = Object.keys(acts) as Action[]
export type ActFields<A extends Action> = keyof (typeof acts)[A] extends never
  ? object
  : z.output<z.ZodObject<(typeof acts)[A]>>
export type Act = { [A in Action]: { readonly action: A } & ActFields<A> }[Action]
export type ActOf<A extends Action> = { readonly action: A } & ActFields<A>
