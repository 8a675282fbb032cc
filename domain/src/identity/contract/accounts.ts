/** Endpoints of accounts: who there is, and what lets him in. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { Line } from '../../kernel/text.ts'
import { Posting } from '../contract.ts'
import { twoStepKinds } from '../two-step.ts'

const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/)
const Done = z.strictObject({ done: z.literal(true) })

export const Account = z.strictObject({
  id: Id,
  login: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'machine']),
  status: z.enum(['active', 'closed']),
  isLocked: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  isInvented: z.boolean(),
  postings: z.array(Posting),
})
export const listAccounts = endpoint({
  name: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  duty: ['account.manage', 'posting.manage', 'audit.read'],
  summary: '账号列表 Accounts',
  ask: z.strictObject({
    text: z.string().max(60).default(''),
    roleCode: z.string().max(40).default(''),
    page: z.coerce.number().int().min(1).max(10000).default(1),
  }),
  reply: z.strictObject({ accounts: z.array(Account), total: z.int() }),
  refusals: [],
})
export const openAccount = endpoint({
  name: 'openAccount',
  method: 'POST',
  path: '/api/accounts/open',
  duty: 'account.manage',
  summary: '开通账号 Open an account',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    login: Login,
    name: Line(50),
    kind: z.enum(['person', 'machine']).default('person'),
  }),
  /** The holder sets his password with this half and the one that the security administrator is shown. */
  reply: z.strictObject({ id: Id, half: z.string() }),
  refusals: ['account.login-taken'],
  isSecret: true,
})
/** What two administrators do together: asked for by one, and done when another confirms it (identity/two-step.ts). */
const administrators = ['account.manage', 'posting.manage', 'audit.read'] as const
const Asked = z.strictObject({ requestId: RequestId, id: Id })
const State = z.strictObject({ state: z.enum(['done', 'asked']) })

export const closeAccount = endpoint({
  name: 'closeAccount',
  method: 'POST',
  path: '/api/accounts/close',
  duty: administrators,
  summary: '停用账号（管理员账号须双人确认） Close an account; of an administrator two persons do it',
  ask: Asked,
  reply: State,
  refusals: ['account.self', 'two-step.not-yours'],
})
export const reopenAccount = endpoint({
  name: 'reopenAccount',
  method: 'POST',
  path: '/api/accounts/reopen',
  duty: administrators,
  summary: '恢复账号（管理员账号须双人确认） Reopen an account; of an administrator two persons do it',
  ask: Asked,
  reply: State,
  refusals: ['account.self', 'two-step.not-yours'],
})
export const resetPassword = endpoint({
  name: 'resetPassword',
  method: 'POST',
  path: '/api/accounts/reset',
  duty: administrators,
  summary: '申请重置密码（双人确认，两段验证码交给本人） Ask for a new password; its code comes in two halves',
  ask: Asked,
  reply: z.strictObject({ half: z.string() }),
  refusals: ['account.self', 'two-step.not-yours'],
  isSecret: true,
})
export const renewSecondFactor = endpoint({
  name: 'renewSecondFactor',
  method: 'POST',
  path: '/api/accounts/second-factor/renew',
  duty: administrators,
  summary: '申请更换丢失的动态口令（双人确认） Ask for a lost second factor to be renewed',
  ask: Asked,
  reply: State,
  refusals: ['account.self', 'two-step.not-yours', 'second-factor.none'],
})
const Works = z.strictObject({ name: z.string(), kind: z.string(), status: z.enum(['active', 'closed']) })
export const TwoStep = z.strictObject({
  id: Id,
  kind: z.enum(twoStepKinds),
  /** Null, with neither login nor name, where it is about a department. */
  accountId: Id.nullable(),
  login: z.string(),
  name: z.string(),
  /** What a department is and what it is to be. */
  department: z.strictObject({ before: Works, after: Works }).nullable(),
  /** Of a post: as what, where, and its last day when it is to be ended. */
  post: z
    .strictObject({ role: z.string(), roleEn: z.string(), place: z.string(), toOn: z.string().nullable() })
    .nullable(),
  askedBy: z.string(),
  askedAt: z.string(),
  expiresAt: z.string(),
  mayConfirm: z.boolean(),
})
export type TwoStep = z.infer<typeof TwoStep>
export const listTwoSteps = endpoint({
  name: 'listTwoSteps',
  method: 'GET',
  path: '/api/accounts/two-steps',
  duty: administrators,
  summary: '待双人确认的申请 What waits for a second administrator',
  ask: z.strictObject({}),
  reply: z.strictObject({ steps: z.array(TwoStep) }),
  refusals: [],
})
/** The code is the second half of a password's, or the whole of a second factor's; shown once, to be given to its holder. */
export const decideTwoStep = endpoint({
  name: 'decideTwoStep',
  method: 'POST',
  path: '/api/accounts/two-steps/decide',
  duty: administrators,
  summary: '确认或不同意 Confirm, or refuse',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: z.strictObject({ oneTimeCode: z.string().nullable() }),
  refusals: ['two-step.unknown', 'two-step.not-yours', 'two-step.same-person'],
  isSecret: true,
})
export const giveEnrolCode = endpoint({
  name: 'giveEnrolCode',
  method: 'POST',
  path: '/api/accounts/second-factor/code',
  duty: 'posting.manage',
  summary: '发放动态口令启用码 Give the code by which a second factor is enrolled',
  ask: Asked,
  reply: z.strictObject({ oneTimeCode: z.string() }),
  refusals: ['account.self', 'second-factor.already'],
  isSecret: true,
})
export const redeemCode = endpoint({
  name: 'redeemCode',
  method: 'POST',
  path: '/api/session/redeem',
  duty: 'public',
  summary: '凭两段验证码设密码 Set a password with both halves of a code',
  ask: z.strictObject({
    login: z
      .string()
      .max(60)
      .transform((t) => t.trim().toLowerCase()),
    first: z.string().max(40),
    second: z.string().max(40),
    fresh: z.string().max(200),
  }),
  reply: Done,
  refusals: [
    'code.wrong',
    'sign-in.wait',
    'password.length',
    'password.simple',
    'password.has-login',
    'password.common',
  ],
  isSecret: true,
  pace: 'sign-in',
})
export const unlockAccount = endpoint({
  name: 'unlockAccount',
  method: 'POST',
  path: '/api/accounts/unlock',
  duty: 'account.unlock',
  summary: '解锁账号 Unlock an account',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: Done,
  refusals: [],
})

export const accountsContract = [
  listAccounts,
  openAccount,
  closeAccount,
  reopenAccount,
  resetPassword,
  renewSecondFactor,
  listTwoSteps,
  decideTwoStep,
  giveEnrolCode,
  redeemCode,
  unlockAccount,
]
