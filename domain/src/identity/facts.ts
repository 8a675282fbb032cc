/** What happens to accounts, posts, departments and badges, as the journal keeps it. */
import { z } from 'zod'
import { announced, recorded } from '../kernel/fact.ts'
import { twoStepKinds } from './two-step.ts'

export const accountOpened = recorded('account.opened', z.strictObject({ kind: z.enum(['person', 'machine']) }))
export const accountClosed = recorded('account.closed')
export const accountReopened = recorded('account.reopened')
/** What two administrators do together: asked for, confirmed, refused. */
export const twoStepAsked = recorded('two-step.asked', z.strictObject({ kind: z.enum(twoStepKinds) }))
export const twoStepConfirmed = recorded('two-step.confirmed', z.strictObject({ kind: z.enum(twoStepKinds) }))
export const twoStepRefused = recorded('two-step.refused', z.strictObject({ kind: z.enum(twoStepKinds) }))
export const enrolCodeGiven = recorded('account.enrol-code-given')
export const secondFactorDropped = recorded('account.second-factor-dropped')
/** Its holder set a password with both halves of a code. */
export const codeRedeemed = recorded('account.code-redeemed')
export const passwordReset = recorded('account.password-reset')
export const accountUnlocked = recorded('account.unlocked')
export const passwordChanged = recorded('account.password-changed')
export const secondFactorOn = recorded('account.second-factor-on')

export const postingGiven = recorded(
  'posting.given',
  z.strictObject({ role: z.string(), place: z.string(), from: z.string(), to: z.string().nullable() }),
)
export const postingEnded = recorded('posting.ended', z.strictObject({ on: z.string() }))
export const departmentSaved = recorded(
  'department.saved',
  z.strictObject({ name: z.string(), kind: z.string(), status: z.enum(['active', 'closed']) }),
)
/** It takes no more work: what it has in hand goes elsewhere. */
export const departmentClosed = announced<{ readonly departmentId: string }>()(
  'department.closed',
  z.strictObject({ name: z.string() }),
)

/** A county calls a role or a centre by a word of its own; empty: by the ready one. */
export const labelSaved = recorded(
  'label.saved',
  z.strictObject({ kind: z.string(), code: z.string(), name: z.string() }),
)

/** The session left the cookie for the sealed store of a phone. */
export const sessionHeld = recorded('session.held')
/** Kept under the kind `session` of the journal, not `fact`. */
export const sessionOpened = recorded('session.opened', z.strictObject({ device: z.enum(['desk', 'field']) }))
export const sessionRefused = recorded('session.refused', z.strictObject({ problem: z.string() }))

/** The public card of a grid or community: its telephone, and whether a group is on it. */
export const cardSaved = recorded('card.saved', z.strictObject({ phone: z.string(), hasGroup: z.boolean() }))
export const badgeIssued = recorded('badge.issued')
export const badgeRevoked = recorded('badge.revoked', z.strictObject({ reason: z.string() }))
/** Its holder put his photo on his badge, consenting on that day; or took the consent back. */
export const photoConsented = recorded('badge.photo-consented', z.strictObject({ on: z.string() }))
/** Somebody else took one; whether it is used he whose it is says himself. */
export const photoOffered = recorded('badge.photo-offered')
export const photoDeclined = recorded('badge.photo-declined')
export const photoWithdrawn = recorded('badge.photo-withdrawn')
