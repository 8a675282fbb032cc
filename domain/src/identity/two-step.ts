/**
 * What one administrator alone may not do to an account: two of different kinds do it together, and neither is whom
 * it is about (三员分立, domain.md A12; the security review of 2026-11-21, finding 6). A password is set by its
 * holder, with a code in two halves: one administrator was shown the first, the other the second, so that neither can
 * sign in with it. Left out: what a code looks like and how long it is kept.
 */
import { problem, type Problem } from '../kernel/problem.ts'
import { dayLength } from '../kernel/time.ts'
import { isAdminKind } from './roles.ts'

/**
 * password: a first or a new one. second-factor: the lost one is dropped. close, reopen: of an administrator. post-give,
 * post-end: a post as an administrator, without which one alone could make himself a second. department: which work a
 * department does, since whoever serves in it reads what it handles.
 */
export const twoStepKinds = [
  'password',
  'second-factor',
  'close',
  'reopen',
  'post-give',
  'post-end',
  'department',
] as const
export type TwoStepKind = (typeof twoStepKinds)[number]
export const twoStepStates = ['asked', 'confirmed', 'refused', 'used', 'replaced'] as const

/** How long an ask waits for the second person, and a code for whom it is for. */
export const twoStepRule = { asksForMs: 3 * dayLength, codeForMs: 3 * dayLength } as const

/** An account with the kinds of role it has, now or to come. */
export interface Side {
  readonly accountId: string
  readonly kinds: readonly string[]
}

/** Of a department nobody is the subject. */
export const nobody: Side = { accountId: '', kinds: [] }

interface Works {
  readonly kind: string
  readonly status: string
}

/** Another name is one administrator's to give; other work, or an end or a beginning of it, takes a second. */
export const takesTwoFor = (before: Works | undefined, after: Works): boolean =>
  before !== undefined && (before.kind !== after.kind || before.status !== after.status)

const hasAdmin = ({ kinds }: Side) => kinds.some(isAdminKind)

/** Closing and reopening takes two persons for administrators only; the rest always does. */
export function takesTwo(kind: TwoStepKind, subject: Side): boolean {
  return (kind !== 'close' && kind !== 'reopen') || hasAdmin(subject)
}

/**
 * The system administrator asks. Where it is about one of the three, the other two may as well: there may be no
 * second system administrator.
 */
export function refuseAsker(subject: Side, asker: Side): Problem | undefined {
  if (asker.accountId === subject.accountId) return problem('account.self', 409)
  const mayAsk = hasAdmin(subject) ? hasAdmin(asker) : asker.kinds.includes('system')
  return mayAsk ? undefined : problem('two-step.not-yours', 403)
}

/**
 * The security administrator confirms; where it is about one of the three, whoever of them is of another kind than
 * the one who asked.
 */
export function refuseConfirmer(subject: Side, asker: Side, confirmer: Side): Problem | undefined {
  if (confirmer.accountId === asker.accountId || confirmer.accountId === subject.accountId)
    return problem('two-step.same-person', 409)
  const isOther = !confirmer.kinds.some((kind) => isAdminKind(kind) && asker.kinds.includes(kind))
  const mayConfirm = hasAdmin(subject) ? hasAdmin(confirmer) : confirmer.kinds.includes('security')
  return isOther && mayConfirm ? undefined : problem('two-step.not-yours', 403)
}

/** Signs of a code, without look-alikes: half of one is some 39 bits. */
export const codeSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const halfLength = 8

/** As it is shown, in groups of four. @example showHalf('ABCDEFGH') // 'ABCD-EFGH' */
export const showHalf = (half: string): string => half.replace(/(.{4})(?=.)/g, '$1-')

/** As somebody typed it: any case, with blanks and dashes. @example readHalf(' abcd-efgh ') // 'ABCDEFGH' */
export function readHalf(text: string): string {
  return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
}
