/** Endpoints of synchronising phones. Source: requirements.md U2, domain.md D9. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { Me } from '../identity/contract.ts'
import { recordKinds, Value } from '../registry/terms.ts'
import { toldFields } from './act-words.ts'
import { Gone, Keep, Rows } from './rows.ts'
import { Act, Fate } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

/**
 * Refused with `device.too-many` where the account holds as many phones as its county allows (phone-bound.ts) and each was
 * heard of within two weeks; else the one silent longest is told to wipe itself and makes room.
 */
export const enrolDevice = endpoint({
  name: 'enrolDevice',
  method: 'POST',
  path: '/api/sync/enrol',
  duty: ['event.report', 'registry.read'],
  summary: '登记手机 Enrol a phone; the server keeps its data key sealed, so that a forgotten PIN loses nothing',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    name: Line(80),
    dataKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  }),
  reply: z.strictObject({ id: Id, token: z.string() }),
  refusals: ['device.taken', 'device.too-many', 'session.other-phone'],
  isSecret: true,
})
export const recoverKey = endpoint({
  name: 'recoverKey',
  method: 'POST',
  path: '/api/sync/recover',
  duty: ['event.report', 'registry.read'],
  summary: '忘记口令时取回数据密钥 Fetch the data key of one’s own phone after a fresh sign-in',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: z.strictObject({ dataKey: z.string() }),
  refusals: ['device.unknown', 'device.wiped'],
  isSecret: true,
})
/** A change set: rows by kind as short arrays (rows.ts), and the cursor for the next pull. */
export const pull = endpoint({
  name: 'pull',
  method: 'GET',
  path: '/api/sync/pull',
  duty: ['event.report', 'registry.read'],
  summary: '取回变化 What changed since a cursor, in one’s own scope',
  ask: z.strictObject({
    cursor: z.string().max(4000).default(''),
    part: z.enum(['all', 'day']).default('all'),
    device: z.union([Id, z.literal('')]).default(''),
    waiting: z.coerce.number().int().min(0).max(100_000).default(0),
    oldest: z.string().max(30).default(''),
    clock: z.coerce.number().default(0),
    version: z.string().max(20).default(''),
    fault: z.string().max(60).default(''),
  }),
  reply: z.strictObject({
    cursor: z.string(),
    isWhole: z.boolean(),
    part: z.enum(['all', 'day']),
    now: z.number(),
    wipe: z.boolean(),
    scope: z.string(),
    me: Me.nullable(),
    rows: Rows,
    gone: z.array(Gone),
    keep: Keep,
  }),
  refusals: ['sync.too-much'],
  pace: 'sync',
})
export const push = endpoint({
  name: 'push',
  isSecret: true,
  method: 'POST',
  path: '/api/sync/push',
  duty: ['event.report', 'registry.read'],
  summary: '送出待办的动作 Send acts; each gets a fate of its own',
  ask: z.strictObject({ device: z.union([Id, z.literal('')]), acts: z.array(Act).max(50) }),
  reply: z.strictObject({ fates: z.array(Fate), now: z.number() }),
  refusals: ['inbox.full'],
  carriesAsks: true,
  bodyLimit: 2_097_152,
  mostValues: 60_000,
  pace: 'sync',
})
/** A photo as it lies sealed on a phone; to which act it belongs is told by the act. */
export const SealedPhoto = z.strictObject({ id: Id, sealed: z.string().max(6_000_000) })
/**
 * For a phone whose holder may no longer sign in, or gives it to somebody else: it proves itself by its token, hands in
 * what waits, and is wiped. `ask`: whether it is to be wiped, nothing else. `part`: some of what lies there, acts before
 * their photos. `last`: all has arrived, the phone is wiped now; phones of before send all in one. What it handed in it may
 * repeat, also when it is wiped; more is not taken then, nor ever more than a phone holds.
 */
export const handIn = endpoint({
  name: 'handIn',
  isSecret: true,
  method: 'POST',
  path: '/api/sync/hand-in',
  duty: 'public',
  summary: '交回未送出的内容 Hand in what waits, sealed as it lies on the phone, before it is wiped',
  ask: z.strictObject({
    device: Id,
    token: z.string().max(100),
    isLeaving: z.boolean().default(false),
    step: z.enum(['ask', 'part', 'last']).default('last'),
    sealed: z.array(z.string().max(400_000)).max(2000),
    photos: z.array(SealedPhoto).max(50).default([]),
  }),
  reply: z.strictObject({ wipe: z.boolean(), kept: z.int(), photos: z.int() }),
  refusals: ['device.unknown', 'device.wiped', 'device.full'],
  bodyLimit: 16_777_216,
  pace: 'sync',
})
export const DeviceRow = z.strictObject({
  id: Id,
  name: z.string(),
  holder: z.string(),
  login: z.string(),
  placeName: z.string(),
  phone: z.string().nullable(),
  version: z.string(),
  lastPullAt: z.string().nullable(),
  lastPushAt: z.string().nullable(),
  waiting: z.int(),
  oldestAt: z.string().nullable(),
  skewMinutes: z.int(),
  fault: z.string(),
  causes: z.array(z.string()),
  wipe: z.enum(['', 'asked', 'done']),
  inbox: z.int(),
})
export const listDevices = endpoint({
  name: 'listDevices',
  method: 'GET',
  path: '/api/sync/devices',
  duty: 'sync.watch',
  summary: '同步情况：谁的手机落后、何时起、为什么 Whose phone is behind, since when, why',
  ask: z.strictObject({ only: z.enum(['behind', 'all']).default('behind') }),
  reply: z.strictObject({
    devices: z.array(DeviceRow),
    never: z.array(z.strictObject({ holder: z.string(), placeName: z.string() })),
    /** How many phones an account may hold: what a county starts with, without a day, and its own, each from a day on. */
    bounds: z.array(z.strictObject({ fromOn: z.string().nullable(), most: z.int(), basis: z.string() })),
    /** The number that counts today. */
    most: z.int(),
  }),
  refusals: [],
})
export const wipeDevice = endpoint({
  name: 'wipeDevice',
  method: 'POST',
  path: '/api/sync/wipe',
  duty: ['sync.watch', 'account.manage'],
  summary: '清除手机数据 Wipe a phone at its next contact',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 2) }),
  reply: Done,
  refusals: ['device.unknown'],
})
/**
 * Who decides on an act that the caller may not read: whoever is told in confidence at that desk, who reads the registry
 * there, or who keeps the records of key populations there.
 */
export const Confided = z.strictObject({ by: z.enum(['desk', 'registry', 'keeper']), placeName: z.string() })
export const InboxRow = z.strictObject({
  id: Id,
  name: z.string(),
  holder: z.string(),
  subject: z.string(),
  problem: z.string(),
  madeAt: z.string(),
  receivedAt: z.string(),
  text: z.string(),
  state: z.enum(['open', 'applied', 'noted', 'dropped']),
  reason: z.string(),
  canApply: z.boolean(),
  /** Whether the caller may do what the act does, somewhere; else it can be noted or dropped, not applied. */
  mayApply: z.boolean(),
  /** In which post its maker serves, or served last, and where; and whether that is outside the place it is about. */
  post: z.string(),
  isFromOutside: z.boolean(),
  placeName: z.string(),
  /** What it is about, as the books name it and as far as the caller may see. */
  about: z.array(z.strictObject({ kind: z.enum(['event', ...recordKinds]), id: Id, name: z.string() })),
  /** Fields of a record that it would change, as the caller may see them. */
  changes: z.array(
    z.strictObject({
      field: z.string(),
      name: z.string(),
      nameEn: z.string(),
      before: Value,
      after: Value,
      isHidden: z.boolean(),
      choices: z.array(z.tuple([z.string(), z.string(), z.string()])),
    }),
  ),
  /** What was written in words, by the field it stood in. */
  told: z.array(z.strictObject({ field: z.enum(toldFields), text: z.string() })),
  /** Photos that were handed in with it; one that never arrived says so. */
  /** Each with the digest of what came, in hex; empty until it has. */
  photos: z.array(z.strictObject({ id: Id, hasCome: z.boolean(), digest: z.string() })),
  /** Told in confidence to others: then nothing else of it stands here. */
  confided: Confided.nullable(),
})
export const listInbox = endpoint({
  name: 'listInbox',
  method: 'GET',
  path: '/api/sync/inbox',
  duty: ['sync.watch', 'overlay.keep'],
  summary: '待处理的移交内容 Acts whose work belongs to others now',
  ask: z.strictObject({ state: z.enum(['open', 'all']).default('open'), after: After }),
  reply: z.strictObject({ rows: z.array(InboxRow), total: z.int(), next: Next }),
  refusals: [],
})
export const readHandedPhoto = endpoint({
  name: 'readHandedPhoto',
  method: 'GET',
  path: '/api/sync/inbox/photo',
  duty: ['sync.watch', 'overlay.keep'],
  summary: '查看移交的照片 A photo that a phone handed in before it was wiped',
  ask: z.strictObject({ id: Id }),
  reply: z.unknown(),
  refusals: ['inbox.unknown'],
  isStream: true,
})
export const decideInbox = endpoint({
  name: 'decideInbox',
  method: 'POST',
  path: '/api/sync/inbox/decide',
  duty: ['sync.watch', 'overlay.keep'],
  summary: '采用、附为说明或不采用 Apply, keep as a note, or drop with a reason',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    choice: z.enum(['apply', 'note', 'drop']),
    reason: Line(200, 0).default(''),
    /** The photos that had come when it was looked at, as the list shows them: no other is applied. */
    photos: z
      .array(z.strictObject({ id: Id, digest: z.string().max(64) }))
      .max(2000)
      .default([]),
  }),
  reply: z.strictObject({ state: z.enum(['applied', 'noted', 'dropped']) }),
  refusals: ['inbox.unknown', 'inbox.confided', 'inbox.decided', 'inbox.reason', 'inbox.cannot-apply', 'inbox.stale'],
})
export const syncContract = [
  enrolDevice,
  recoverKey,
  pull,
  push,
  handIn,
  listDevices,
  wipeDevice,
  listInbox,
  readHandedPhoto,
  decideInbox,
] as Endpoint[]
