/** What happens to phones and to acts that belong to others meanwhile, as the journal keeps it. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'
import { offlineActs } from './terms.ts'

export const deviceEnrolled = recorded('device.enrolled', z.strictObject({ name: z.string() }))
export const deviceKeyRecovered = recorded('device.key-recovered')
export const deviceWipeAsked = recorded('device.wipe-asked', z.strictObject({ reason: z.string() }))
/** A phone has handed in all that waited and is wiped: so many acts and photos lie with the desk, so many could not be read. */
export const deviceHandedIn = recorded(
  'device.handed-in',
  z.strictObject({ acts: z.int(), photos: z.int(), unreadable: z.int() }),
)

/** An act whose work belongs to others lies with the desk now; its subject is the act. */
export const actKept = recorded('sync.act-kept', z.strictObject({ name: z.enum(offlineActs), problem: z.string() }))
const Decided = z.strictObject({
  name: z.enum(offlineActs),
  reason: z.string(),
  /** Who made it, by account and name. */
  from: z.string(),
  holder: z.string(),
})
/** What the desk made of it; the subject is what the act was about. */
export const actApplied = recorded('sync.act-applied', Decided)
export const actNoted = recorded('sync.act-noted', Decided)
export const actDropped = recorded('sync.act-dropped', Decided)
