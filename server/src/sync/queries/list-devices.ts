/** Whose phone is behind, since when and why; and who has none yet. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf, minute } from '@fengge/domain/kernel/time'
import type { DeviceRow, listDevices as promise } from '@fengge/domain/sync/contract'
import { phoneBoundOn, readyPhoneBound } from '@fengge/domain/sync/phone-bound'
import { causesOf } from '@fengge/domain/sync/health'
import type { z } from 'zod'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { listHolders, listServing } from '../../identity/door.ts'
import { placeTree } from '../../places/door.ts'
import { watchedPlaces } from '../reach.ts'
import { listDevicesOf, listPhoneBounds, type ListedDevice } from '../store/devices.ts'

const most = { devices: 1000, never: 200 }
/** Roles that work with a phone in the field. */
const fieldRoles = ['grid-worker', 'part-time-worker', 'liaison']

export async function listDevices(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const places = postsWith(ctx.caller, 'sync.watch').map((p) => p.placeId)
  const isMine = (place: string | null) => place !== null && places.some((p) => tree.contains(p, place))
  const county = ctx.caller.countyCode
  const serving = await listServing(ctx.tx, county, { duty: 'visit.write', roles: fieldRoles, now: ctx.now })
  const mine = new Map(serving.filter((s) => isMine(s.placeId)).map((s) => [s.accountId, s]))
  const phones = await listDevicesOf(ctx.tx, county, watchedPlaces(ctx))
  const holders = new Map(
    (await listHolders(ctx.tx, [...new Set(phones.map((d) => d.account_id))])).map((h) => [h.accountId, h]),
  )
  const devices = phones.flatMap((d) => {
    const holder = holders.get(d.account_id)
    const place = mine.get(d.account_id)?.placeId ?? holder?.lastPlaceId ?? null
    if (!holder || !(mine.has(d.account_id) || isMine(holder.lastPlaceId))) return []
    return [rowOf(d, { ...holder, placeName: tree.get(place ?? '')?.name ?? '' }, ctx.now)]
  })
  const enrolled = new Set(phones.map((d) => d.account_id))
  const own = await listPhoneBounds(ctx.tx, county)
  const never = [...mine.values()].filter((s) => !enrolled.has(s.accountId))
  return {
    devices: devices.filter((d) => ask.only === 'all' || d.causes.length > 0 || d.inbox > 0).slice(0, most.devices),
    never: never.slice(0, most.never).map((s) => ({ holder: s.name, placeName: tree.get(s.placeId)?.name ?? '' })),
    bounds: [{ fromOn: null, most: readyPhoneBound, basis: '' }, ...own],
    most: phoneBoundOn(own, dayOf(ctx.now)),
  }
}

interface Holder {
  readonly name: string
  readonly login: string
  readonly isActive: boolean
  readonly placeName: string
}
function rowOf(d: ListedDevice, holder: Holder, now: number): z.output<typeof DeviceRow> {
  const wipe = d.wipe as '' | 'asked' | 'done'
  const skewMs = Number(d.skew_ms)
  const health = { wipe, isActive: holder.isActive, waiting: d.waiting, skewMs, fault: d.fault }
  return {
    id: d.id,
    name: d.name,
    holder: holder.name,
    login: holder.login,
    placeName: holder.placeName,
    phone: null,
    version: d.version,
    lastPullAt: d.pulled_at?.toISOString() ?? null,
    lastPushAt: d.pushed_at?.toISOString() ?? null,
    waiting: d.waiting,
    oldestAt: d.oldest_at?.toISOString() ?? null,
    skewMinutes: Math.round(skewMs / minute),
    fault: d.fault,
    causes: causesOf(
      { ...health, pulledAt: d.pulled_at?.getTime() ?? null, oldestAt: d.oldest_at?.getTime() ?? null },
      now,
    ),
    wipe,
    inbox: d.inbox,
  }
}
