/** Endpoints of accounts: who there is, and what lets him in. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { Line } from '../../kernel/text.ts'
import { Posting } from '../contract.ts'

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
  duty: ['account.manage', 'posting.manage'],
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
  reply: z.strictObject({ id: Id, firstPassword: z.string() }),
  refusals: ['account.login-taken'],
  isSecret: true,
})
export const closeAccount = endpoint({
  name: 'closeAccount',
  method: 'POST',
  path: '/api/accounts/close',
  duty: 'account.manage',
  summary: '停用账号 Close an account',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: Done,
  refusals: ['account.self'],
})
export const resetPassword = endpoint({
  name: 'resetPassword',
  method: 'POST',
  path: '/api/accounts/reset',
  duty: 'account.manage',
  summary: '重置密码 Reset a password',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: z.strictObject({ firstPassword: z.string() }),
  refusals: ['account.self'],
  isSecret: true,
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

export const accountsContract = [listAccounts, openAccount, closeAccount, resetPassword, unlockAccount]
