/** What happens to tasks, visits, campaigns, services, forms and rules, as the journal keeps it. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'
import { ServiceMove } from './services.ts'
import { HazardEnd, origins, Outcome, Selector } from './terms.ts'

export const formSaved = recorded(
  'visit.form-saved',
  z.strictObject({ code: z.string(), isCore: z.boolean().optional() }),
)
export const ruleSaved = recorded(
  'visit.rule-saved',
  z.strictObject({ selector: Selector, periodDays: z.int(), isOn: z.boolean() }),
)

/** Tasks made at once for one reason; its subject is the rule, campaign, order, meeting or hazard. */
export const taskMade = recorded(
  'task.made',
  z.strictObject({ matter: z.string(), origin: z.enum(origins), tasks: z.int() }),
)
export const taskDropped = recorded('task.dropped', z.strictObject({ reason: z.string() }))

/** Ended by somebody else than who found it; its subject is the hazard, and the words stay with it. */
export const hazardEnded = recorded('hazard.ended', z.strictObject({ reason: HazardEnd }))

/** An order although somebody then has more than his hours, with the word that was given for it. */
export const orderedHeavy = recorded('order.heavy', z.strictObject({ workers: z.int(), word: z.string() }))

export const campaignStarted = recorded('campaign.started', z.strictObject({ selector: Selector, tasks: z.int() }))
export const campaignEnded = recorded('campaign.ended', z.strictObject({ reason: z.string() }))

/** What was answered stays in the sealed record. */
export const visitRecorded = recorded(
  'visit.recorded',
  z.strictObject({
    form: z.string(),
    outcome: Outcome,
    task: z.string().nullable(),
    onBehalf: z.boolean(),
    events: z.int(),
    hazards: z.int(),
  }),
)

export const serviceTaken = recorded('service.taken', z.strictObject({ no: z.string() }))
export const serviceMoved = recorded('service.moved', z.strictObject({ to: ServiceMove }))
