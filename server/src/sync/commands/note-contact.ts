/** What a phone tells of itself with every pull. Never used to judge anybody. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import type { pull as promise } from '@fengge/domain/sync/contract'
import type { Asking } from '../../kernel/context.ts'
import { findOwnDevice, saveContact, type Contact, type Device } from '../store/devices.ts'

/** Notes a contact; says whether the phone is to be wiped. One small write, left out when nothing is new within a minute. */
export async function noteContact(ctx: Asking, ask: AskOf<typeof promise>): Promise<boolean> {
  const { countyCode: county, accountId } = ctx.caller
  if (ask.device === '') return false
  const device = await findOwnDevice(ctx.tx, { county, id: ask.device, accountId })
  if (!device) return false
  const contact = contactOf(ask, ctx.now)
  if (isNews(device, contact, ctx.now)) await ctx.apart((tx) => saveContact(tx, county, ask.device, contact))
  return device.wipe !== ''
}

/** What a phone tells of itself: no moment to come, no odd signs. */
function contactOf(ask: AskOf<typeof promise>, now: number): Contact {
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
