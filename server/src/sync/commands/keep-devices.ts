/** Phones: enrolling, the key kept for a forgotten PIN, contact, wiping. Never used to judge anybody. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/sync/contract'
import { deviceEnrolled, deviceKeyRecovered, deviceWipeAsked } from '@fengge/domain/sync/facts'
import { accountOf, type Asking, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { askWipe, findOwnDevice, saveContact, saveDevice, type Contact, type Device } from '../store/devices.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>

const ownOf = (ctx: Asking, id: string) => ({
  county: ctx.caller.countyCode,
  id,
  accountId: ctx.caller.accountId,
})

export async function enrolDevice(ctx: Ctx, ask: Ask<'enrolDevice'>): Reply<'enrolDevice'> {
  const token = makeToken()
  const isFresh = await saveDevice(ctx.tx, {
    county_code: ctx.caller.countyCode,
    id: ask.id,
    account_id: accountOf(ctx.caller),
    name: ask.name,
    token_hash: hashToken(token),
    key_sealed: ctx.sealer.seal(ask.dataKey),
    enrolled_at: new Date(ctx.now),
  })
  if (!isFresh) refuse('device.taken', 409)
  ctx.tell(deviceEnrolled, { name: ask.name }, ask.id)
  return { id: ask.id, token }
}

export async function recoverKey(ctx: Ctx, ask: Ask<'recoverKey'>): Reply<'recoverKey'> {
  const device = (await findOwnDevice(ctx.tx, ownOf(ctx, ask.id))) ?? refuse('device.unknown', 404)
  if (device.wipe !== '') refuse('device.wiped', 409)
  ctx.tell(deviceKeyRecovered, {}, ask.id)
  return { dataKey: ctx.sealer.open(device.key_sealed) }
}

export async function wipeDevice(ctx: Ctx, ask: Ask<'wipeDevice'>): Reply<'wipeDevice'> {
  if (!(await askWipe(ctx.tx, ctx.caller.countyCode, ask.id, ask.reason))) refuse('device.unknown', 404)
  ctx.tell(deviceWipeAsked, { reason: ask.reason }, ask.id)
  return { done: true }
}

/** Notes a contact; says whether the phone is to be wiped. One small write, left out when nothing is new within a minute. */
export async function noteContact(ctx: Asking, ask: Ask<'pull'>): Promise<boolean> {
  if (ask.device === '') return false
  const device = await findOwnDevice(ctx.tx, ownOf(ctx, ask.device))
  if (!device) return false
  const contact = contactOf(ask, ctx.now)
  if (isNews(device, contact, ctx.now))
    await ctx.apart((tx) => saveContact(tx, ctx.caller.countyCode, ask.device, contact))
  return device.wipe !== ''
}

/** What a phone tells of itself: no moment to come, no odd signs. */
function contactOf(ask: Ask<'pull'>, now: number): Contact {
  const oldest = Date.parse(ask.oldest)
  return {
    at: new Date(now),
    waiting: ask.waiting,
    oldest_at: Number.isNaN(oldest) ? null : new Date(Math.min(oldest, now)),
    skew_ms: ask.clock === 0 ? 0 : skewOf(ask.clock - now),
    version: ask.version,
    fault: ask.fault.replaceAll(/[^\w.-]/g, '').slice(0, 60),
  }
}

const mostSkew = 1e12
const skewOf = (ms: number): number => Math.round(Math.min(Math.max(ms, -mostSkew), mostSkew))

const isNews = (device: Device, contact: Contact, now: number): boolean =>
  device.pulled_at === null ||
  now - device.pulled_at.getTime() > minute ||
  device.waiting !== contact.waiting ||
  device.fault !== contact.fault ||
  device.version !== contact.version ||
  Math.abs(Number(device.skew_ms) - Number(contact.skew_ms)) > minute ||
  device.wipe === 'asked'
