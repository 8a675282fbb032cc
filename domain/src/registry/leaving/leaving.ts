/**
 * Somebody leaves the register: on a day, with whoever saw it, undoable for a while, and kept for a term. From that
 * day he is counted nowhere and stands on no list; what is held of him is deleted when the term is over. Source:
 * requirements.md R1, R2; PIPL art. 19, 47 (shortest keeping, deletion). Left out: how long the terms are, which are
 * a county's own (days/ready-days.ts), and what the slices above hold of him, which follows `personLeft`.
 */
import type { Duty } from '../../kernel/duty.ts'
import { problem, type Problem } from '../../kernel/problem.ts'
import { addDays, type Day } from '../../kernel/time.ts'
import { livingRoles, type LinkRole } from '../terms.ts'
import type { LeavingKind, LeavingState } from './terms.ts'

/** @returns `person.left` where he has left already, `leaving.day` where the day has not come */
export function refuseLeaving(
  state: 'live' | 'merged' | 'gone',
  { onDay, today }: { readonly onDay: Day; readonly today: Day },
): Problem | undefined {
  if (state !== 'live') return problem('person.left', 409)
  return onDay > today ? problem('leaving.day', 422) : undefined
}

const oldestDeath = 100

/**
 * Whether a day can be that of a leaving, by what is known of him. A register may still hold who died long ago, and where
 * a link began is a guess for him who has died; who moved away had come before.
 * @param known the first day of his homes that he leaves, and his birthday
 * @returns `leaving.before-came`, or `leaving.death-day` for a death before his birth or a hundred years ago
 */
export function refuseLeavingDay(
  kind: LeavingKind,
  { onDay, today }: { readonly onDay: Day; readonly today: Day },
  { cameOn, born }: { readonly cameOn: Day | null; readonly born: Day | null },
): Problem | undefined {
  if (kind === 'moved' && cameOn !== null && onDay < cameOn) return problem('leaving.before-came', 422, { cameOn })
  const first = `${Number(today.slice(0, 4)) - oldestDeath}${today.slice(4)}`
  const isNoDeath = onDay < first || (born !== null && onDay < born)
  return kind === 'died' && isNoDeath ? problem('leaving.death-day', 422) : undefined
}

/**
 * Moving away may be said ahead, at most so many days: it happens on its day. Nobody dies or was never there ahead.
 * @returns whether he goes on a day that has not come; `leaving.day` where nobody may say so
 */
export function planAhead(
  kind: LeavingKind,
  { onDay, today }: { readonly onDay: Day; readonly today: Day },
): boolean | Problem {
  if (onDay <= today) return false
  return (kind === 'moved' && onDay <= addDays(today, aheadDays)) || problem('leaving.day', 422)
}
const aheadDays = 90

/** Whom one account may let go in a day: a household, or a house whose tenants change; a desk works off what others ask. */
export const leavingQuota = 20
export const deskLeavingQuota = 100

/**
 * That somebody never was wipes what is held of him: only a desk says so. Nobody lets a register go in a day.
 * @param today how many this account has let go today
 * @returns `leaving.desk` or `leaving.quota`
 */
export function refuseLetting(kind: LeavingKind, today: number, duties: ReadonlySet<Duty>): Problem | undefined {
  const isDesk = duties.has('registry.correct')
  if (kind === 'wrong' && !isDesk) return problem('leaving.desk', 403)
  return refuseMore(today, duties)
}

/**
 * As many links of people with houses as people themselves: a grid without its homes is as good as wiped.
 * @param today how many this account has ended today
 * @returns `leaving.quota`
 */
export function refuseMore(today: number, duties: ReadonlySet<Duty>): Problem | undefined {
  const quota = duties.has('registry.correct') ? deskLeavingQuota : leavingQuota
  return today >= quota ? problem('leaving.quota', 403, { quota }) : undefined
}

/** Requests to be deleted that one account takes or agrees to in a day: they come one by one, to a desk or a door. */
export const erasureQuota = 20

/**
 * Two who wipe a register between them are two too many.
 * @param today how many this account has taken and agreed to today
 * @returns `leaving.quota`
 */
export const refuseErasing = (today: number): Problem | undefined =>
  today >= erasureQuota ? problem('leaving.quota', 403, { quota: erasureQuota }) : undefined

/** The field by which where somebody went is revealed: sealed, for a purpose, counted and kept in the journal. */
export const wentField = 'toWhere'
/** What a list shows of it. */
export const isKnown = '***'

/** What he leaves behind: who moves away may still own a house here, and stays known as its owner. */
export const leavesHome = (kind: LeavingKind, role: LinkRole): boolean => kind !== 'moved' || livingRoles.includes(role)

export interface LeavingGiven {
  readonly kind: LeavingKind
  readonly state: LeavingState
  /** Milliseconds. */
  readonly undoUntil: number
  readonly now: number
  readonly duties: ReadonlySet<Duty>
}

/**
 * Taking back a slip: whoever writes there while the term runs, the desk as long as anything is left of him. What two
 * agreed to, two take back (`askErasure` with the aim `undo`): one alone would undo a right. What has not
 * happened yet is taken back by whoever writes there.
 * @returns `leaving.closed`, `leaving.two` or `leaving.term` where it cannot be taken back by these duties
 */
export function refuseUndoLeaving(g: LeavingGiven): Problem | undefined {
  if (g.state === 'planned') return undefined
  if (g.state !== 'open') return problem('leaving.closed', 409)
  if (g.kind === 'erased') return problem('leaving.two', 409)
  if (g.duties.has('registry.correct')) return undefined
  return g.now > g.undoUntil ? problem('leaving.term', 403) : undefined
}

/**
 * Coming back is no slip: he was away, and is here again from a day. Nobody comes back who died or never was.
 * @returns `leaving.closed`, `leaving.no-return` or `leaving.day`
 */
export function refuseReturn(
  { kind, state }: Pick<LeavingGiven, 'kind' | 'state'>,
  days: { readonly leftOn: Day; readonly onDay: Day; readonly today: Day },
): Problem | undefined {
  if (state !== 'open') return problem('leaving.closed', 409)
  if (kind !== 'moved') return problem('leaving.no-return', 409)
  return days.onDay > days.today || days.onDay < days.leftOn ? problem('leaving.day', 422) : undefined
}

/** Somebody who goes on living in the house that its head left. */
export interface Heir {
  readonly linkId: string
  readonly role: LinkRole
  readonly fromOn: Day
  readonly born: Day | null
}

/** Of age, in years. Source: Civil Code art. 17. */
export const adult = 18

/**
 * Who heads a household when its head has left: of its members of age whoever has lived there longest, else the
 * eldest. A tenant or a co-resident heads nobody; who has no birthday on file is taken for of age.
 * @returns undefined where nobody may, and the household has no head until somebody says who it is
 */
export function nextHead(people: readonly Heir[], today: Day): Heir | undefined {
  const youngest = `${Number(today.slice(0, 4)) - adult}${today.slice(4)}`
  const able = people.filter((p) => p.role === 'member' && (p.born === null || p.born <= youngest))
  const order = (p: Heir) => `${p.fromOn} ${p.born ?? '9999'} ${p.linkId}`
  return able.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))[0]
}
