/** Wrong passwords and codes of late, in the memory of this server: by login and address, or by session. */
import { afterWrong, strangersRule, triesRule, waitMs, type Tries } from '@fengge/domain/identity/tries'
import { placeOfAddress, subscribersOf } from '@fengge/domain/kernel/address'
import type { Asking } from '../kernel/context.ts'
import type { Limiter } from '../kernel/limiter.ts'
import { refuse } from '../kernel/problems.ts'
import { hashToken } from '../kernel/sessions.ts'
import { keptOnShelf, type HasShelf } from '../kernel/shelf.ts'
import { isDeviceKnown } from './store/known-devices.ts'

const mostLogins = 50_000
const mostPlaces = 500
const kept = keptOnShelf(() => new Map<string, Map<string, Tries>>())

/** Who tries, and from where. */
export interface Tryer {
  readonly login: string
  readonly address: string
}

/** Refuses who has to wait, whether there is such a login or not. */
export function refuseWaiting(home: HasShelf, { login, address }: Tryer, now: number): void {
  const wait = waitMs(kept(home).get(login)?.get(placeOfAddress(address)), now)
  if (wait > 0) refuse('sign-in.wait', 429, { retryAfter: Math.ceil(wait / 1000) })
}

export function countWrong(home: HasShelf, { login, address }: Tryer, now: number): void {
  const logins = kept(home)
  const places = logins.get(login) ?? new Map<string, Tries>()
  const place = placeOfAddress(address)
  const tries = afterWrong(places.get(place), now)
  places.delete(place)
  if (places.size >= mostPlaces) places.delete(places.keys().next().value!)
  places.set(place, tries)
  // The one tried last stands last: where there are too many, those longest left alone go.
  logins.delete(login)
  logins.set(login, places)
  if (logins.size > mostLogins) forgetOld(logins, now)
}

export function forgetWrong(home: HasShelf, { login, address }: Tryer): void {
  kept(home).get(login)?.delete(placeOfAddress(address))
}

/** Nobody waits for this login any more. */
export function forgetLogin(home: HasShelf, login: string): void {
  kept(home).delete(login)
  strangers(home).delete(login)
}

/** Whether somebody somewhere has to wait for this login. */
export function isWaitedFor(home: HasShelf, login: string, now: number): boolean {
  if (waitMs(strangers(home).get(login), now, strangersRule) > 0) return true
  return [...(kept(home).get(login)?.values() ?? [])].some((tries) => waitMs(tries, now) > 0)
}

/**
 * A browser in which he signed in before is known by a cookie of its own, wherever it is: what others try keeps it out
 * nowhere, not even at the address that they share, and by the address alone nobody is known.
 * @param device what the cookie holds
 * @returns the digest by which it is kept, or undefined where it is a stranger's
 */
export async function knownDevice(
  ctx: Asking,
  accountId: string,
  device: string | undefined,
): Promise<string | undefined> {
  if (device === undefined) return undefined
  const hash = hashToken(device)
  return (await isDeviceKnown(ctx.tx, accountId, { hash, since: ctx.now - triesRule.knownForMs })) ? hash : undefined
}

/** Looks at, or takes of, what an address and those whom it may belong to have of wrong passwords. */
export function wrongFrom(draw: Limiter['take'], address: string): void {
  draw('wrong-password', address)
  const wider = subscribersOf(address)
  if (!wider) return
  draw('wrong-password-line', wider.line)
  draw('wrong-password-network', wider.network)
}

const strangers = keptOnShelf(() => new Map<string, Tries>())

/** Refuses who tries an account that strangers tried much of late, from wherever they did. */
export function refuseStranger(home: HasShelf, login: string, now: number): void {
  const wait = waitMs(strangers(home).get(login), now, strangersRule)
  if (wait > 0) refuse('sign-in.wait', 429, { retryAfter: Math.ceil(wait / 1000) })
}

export function countStranger(home: HasShelf, login: string, now: number): void {
  const logins = strangers(home)
  const tries = afterWrong(logins.get(login), now)
  logins.delete(login)
  if (logins.size >= mostLogins) logins.delete(logins.keys().next().value!)
  logins.set(login, tries)
}

function forgetOld(logins: Map<string, Map<string, Tries>>, now: number): void {
  for (const [login, places] of logins) {
    const isOld = [...places.values()].every((t) => now - t.lastAt > triesRule.longestWaitMs)
    if (isOld || logins.size > mostLogins) logins.delete(login)
    else return
  }
}
