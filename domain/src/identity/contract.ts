/** Endpoints of accounts, sessions, posts and departments. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'

const Day = z.iso.date()
const Done = z.strictObject({ done: z.literal(true) })

export const Posting = z.strictObject({
  id: Id,
  roleCode: z.string(),
  roleName: z.string(),
  roleNameEn: z.string(),
  placeId: Id,
  placeName: z.string(),
  departmentId: Id.nullable(),
  departmentName: z.string().nullable(),
  /** Where he works: the department, else the centre of the place as the county calls it. */
  officeName: z.string(),
  fromOn: Day,
  toOn: Day.nullable(),
})
/** What somebody is told that is not about an event, until he has read it; for a month at most. */
export const Message = z.strictObject({
  id: Id,
  /** `net-refused`: an ordered change of the net was not carried out on its day; all stays as it was. */
  kind: z.literal('net-refused'),
  at: z.string(),
  /** The grids that were to change, by name. */
  about: z.string(),
  /** What was to happen (split, merge …), on which day, and the refusal by which it did not. */
  change: z.string(),
  on: Day,
  problem: z.string(),
})
export type Message = z.infer<typeof Message>
/** What somebody is told that waits for him beside events, until he has read it; for a month at most. */
export const Told = z.strictObject({
  id: Id,
  /** Somebody is said to have moved into the grid; he was not found there, or not looked for in time, and the desk decides. */
  kind: z.enum(['arrival-offered', 'arrival-desk']),
  at: z.string(),
  /** The grid or community, by name. */
  about: z.string(),
  /** Before which day the grid looks; for a desk the day it came. */
  on: Day,
})
export type Told = z.infer<typeof Told>
export const Me = z.strictObject({
  accountId: Id,
  name: z.string(),
  login: z.string(),
  countyCode: z.string(),
  mustChangePassword: z.boolean(),
  needsSecondFactor: z.boolean(),
  hasSecondFactor: z.boolean(),
  duties: z.array(z.string()),
  postings: z.array(Posting),
  /** For a week: when all that he opened on phones ended, because a desk wiped the phone of that name. */
  phonesEnded: z.strictObject({ at: z.string(), phone: z.string() }).nullable().optional(),
  messages: z.array(Message).optional(),
  told: z.array(Told).optional(),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  name: 'signIn',
  isSecret: true,
  method: 'POST',
  path: '/api/session/sign-in',
  duty: 'public',
  summary: '登录 Sign in',
  ask: z.strictObject({
    login: z
      .string()
      .max(60)
      .transform((t) => t.trim().toLowerCase()),
    password: z.string().max(200),
    code: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    device: z.enum(['desk', 'field']).default('desk'),
  }),
  reply: Me,
  refusals: ['sign-in.wrong', 'sign-in.wait', 'sign-in.code-needed', 'sign-in.closed', 'demo.elsewhere'],
  pace: 'sign-in',
})
export const readMessages = endpoint({
  name: 'readMessages',
  method: 'POST',
  path: '/api/messages/read',
  duty: 'signed-in',
  summary: '标记消息已读 Mark messages read',
  ask: z.strictObject({ requestId: RequestId, ids: z.array(Id).max(100) }),
  reply: Done,
  refusals: [],
})
export const signOut = endpoint({
  name: 'signOut',
  method: 'POST',
  path: '/api/session/sign-out',
  duty: 'signed-in',
  summary: '退出 Sign out',
  ask: z.strictObject({}),
  reply: Done,
  refusals: [],
})
/** The session leaves the browser's cookie for the phone's sealed store: without the PIN nobody acts in its holder's name. */
export const holdSession = endpoint({
  name: 'holdSession',
  isSecret: true,
  method: 'POST',
  path: '/api/session/hold',
  duty: 'signed-in',
  summary: '会话改存手机加密区 Take the session out of the cookie into the phone’s sealed store',
  ask: z.strictObject({
    /** The phone that takes it; phones of before say nothing, and it is the one enrolled last. */
    device: Id.optional(),
  }),
  reply: z.strictObject({ token: z.string() }),
  refusals: ['session.no-phone', 'session.other-phone'],
})
export const whoAmI = endpoint({
  name: 'whoAmI',
  method: 'GET',
  path: '/api/session/me',
  duty: 'signed-in',
  summary: '我的身份 Who am I',
  ask: z.strictObject({}),
  reply: Me,
  refusals: [],
})
export const changePassword = endpoint({
  name: 'changePassword',
  method: 'POST',
  path: '/api/session/password',
  duty: 'signed-in',
  summary: '修改密码 Change password',
  ask: z.strictObject({ requestId: RequestId, old: z.string().max(200), fresh: z.string().max(200) }),
  reply: Done,
  refusals: [
    'sign-in.wrong',
    'sign-in.wait',
    'password.length',
    'password.simple',
    'password.has-login',
    'password.common',
    'password.same',
  ],
  isSecret: true,
})
export const prepareSecondFactor = endpoint({
  name: 'prepareSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor/prepare',
  duty: 'signed-in',
  summary: '生成动态口令密钥 Make a TOTP secret',
  ask: z.strictObject({
    requestId: RequestId,
    /** The code that administrators, and whoever lost his factor, are given for it. */
    oneTimeCode: z.string().max(40).optional(),
  }),
  reply: z.strictObject({ secret: z.string(), uri: z.string(), picture: z.string() }),
  refusals: ['second-factor.already', 'second-factor.code', 'sign-in.wait'],
  isSecret: true,
})
export const confirmSecondFactor = endpoint({
  name: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor/confirm',
  duty: 'signed-in',
  summary: '启用动态口令 Switch TOTP on',
  /** With the password: a session that somebody left open is not its holder. */
  ask: z.strictObject({ requestId: RequestId, code: z.string().regex(/^\d{6}$/), password: z.string().max(200) }),
  reply: Done,
  refusals: ['sign-in.wrong', 'second-factor.not-prepared'],
  isSecret: true,
})

export const givePosting = endpoint({
  name: 'givePosting',
  method: 'POST',
  path: '/api/postings/give',
  duty: 'posting.manage',
  summary: '任职（管理员任职须双人确认） Give a post; of an administrator two persons do it',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    accountId: Id,
    roleCode: z.string().max(40),
    placeId: Id,
    departmentId: Id.nullable(),
    fromOn: AskedDay,
    toOn: AskedDay.nullable(),
  }),
  reply: z.strictObject({ state: z.enum(['done', 'asked']) }),
  refusals: [
    'posting.role-unknown',
    'posting.place-unknown',
    'posting.mixed-kinds',
    'posting.dates',
    'posting.self',
    'posting.department-needed',
    'posting.department-elsewhere',
  ],
})
export const endPosting = endpoint({
  name: 'endPosting',
  method: 'POST',
  path: '/api/postings/end',
  duty: 'posting.manage',
  summary: '免职（管理员免职须双人确认） End a post; of an administrator two persons do it',
  ask: z.strictObject({ requestId: RequestId, id: Id, toOn: AskedDay }),
  reply: z.strictObject({ state: z.enum(['done', 'asked']) }),
  refusals: ['posting.dates', 'posting.self'],
})
export const Department = z.strictObject({
  id: Id,
  placeId: Id,
  placeName: z.string(),
  name: z.string(),
  kind: z.string(),
  status: z.enum(['active', 'closed']),
})
export const listDepartments = endpoint({
  name: 'listDepartments',
  method: 'GET',
  path: '/api/departments',
  duty: 'signed-in',
  summary: '部门 Departments',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({ departments: z.array(Department) }),
  refusals: [],
})
export const saveDepartment = endpoint({
  name: 'saveDepartment',
  method: 'POST',
  path: '/api/departments/save',
  duty: 'department.manage',
  summary: '维护部门（变更职能、停用、启用须双人确认） Keep a department; what work it does two persons change',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    placeId: Id,
    name: Line(60),
    kind: z.string().regex(/^[a-z-]{2,40}$/),
    status: z.enum(['active', 'closed']),
  }),
  /** asked: nothing has changed until a second administrator agrees. */
  reply: z.strictObject({ done: z.literal(true), state: z.enum(['done', 'asked']) }),
  refusals: ['posting.place-unknown'],
})
export const listRoles = endpoint({
  name: 'listRoles',
  method: 'GET',
  path: '/api/roles',
  duty: 'signed-in',
  summary: '角色与权责 Roles and duties',
  ask: z.strictObject({}),
  reply: z.strictObject({
    roles: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        nameEn: z.string(),
        kind: z.string(),
        duties: z.array(z.string()),
      }),
    ),
  }),
  refusals: [],
})

/** Who calls at the door is who he says (W5, C1): a code on a badge or a board, rotated and revoked. */
export const Badge = z.strictObject({
  id: Id,
  accountId: Id,
  name: z.string(),
  roleName: z.string(),
  placeName: z.string(),
  code: z.string(),
  issuedAt: z.string(),
  expiresOn: Day,
  state: z.enum(['valid', 'replaced', 'revoked', 'expired']),
  reason: z.string(),
})
export const myBadge = endpoint({
  name: 'myBadge',
  method: 'GET',
  path: '/api/badges/mine',
  duty: 'signed-in',
  summary: '我的工作证 My badge',
  ask: z.strictObject({}),
  reply: z.strictObject({
    badge: Badge.nullable(),
    /** Of the code for the door, as SVG. */
    picture: z.string(),
    /** The code for the door, good for a minute: to be scanned, or typed at `site`. */
    minute: z.strictObject({ code: z.string(), goodUntil: z.number(), site: z.string() }).nullable(),
  }),
  refusals: [],
})
export const issueBadge = endpoint({
  name: 'issueBadge',
  isSecret: true,
  method: 'POST',
  path: '/api/badges/issue',
  duty: ['badge.issue', 'sync.watch'],
  summary: '制发工作证（换发时旧码作废） Issue a badge; the code before it ends',
  ask: z.strictObject({ requestId: RequestId, id: Id, accountId: Id, months: z.int().min(1).max(24).default(12) }),
  reply: Badge,
  refusals: ['badge.no-post'],
})
export const revokeBadge = endpoint({
  name: 'revokeBadge',
  method: 'POST',
  path: '/api/badges/revoke',
  duty: ['badge.issue', 'sync.watch'],
  summary: '作废工作证 Revoke a badge',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 2) }),
  reply: Done,
  refusals: ['badge.unknown'],
})
export const listBadges = endpoint({
  name: 'listBadges',
  method: 'GET',
  path: '/api/badges',
  duty: ['badge.issue', 'sync.watch'],
  summary: '工作证 Badges',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    badges: z.array(Badge),
    without: z.array(z.strictObject({ accountId: Id, name: z.string(), roleName: z.string(), placeName: z.string() })),
  }),
  refusals: [],
})
/** Cards and boards as PDF: name cards (90 × 54 mm, ten on A4), one badge, a stairwell board on A4 or A3. */
export const printBadge = endpoint({
  name: 'printBadge',
  method: 'GET',
  path: '/api/badges/print',
  duty: ['badge.issue', 'sync.watch'],
  summary: '打印工作证、名片、楼道公示牌（PDF） Print as PDF',
  ask: z.strictObject({ what: z.enum(['badge', 'cards', 'board']), id: Id, size: z.enum(['A4', 'A3']).default('A4') }),
  reply: z.unknown(),
  refusals: ['badge.unknown', 'place.unknown', 'print.no-font'],
  isStream: true,
  pace: 'heavy',
})

export const identityContract = [
  signIn,
  signOut,
  readMessages,
  holdSession,
  whoAmI,
  changePassword,
  prepareSecondFactor,
  confirmSecondFactor,
  givePosting,
  endPosting,
  listDepartments,
  saveDepartment,
  listRoles,
  myBadge,
  issueBadge,
  revokeBadge,
  listBadges,
  printBadge,
]
