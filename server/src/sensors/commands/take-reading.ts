/**
 * A device says something (requirement E3): held by its row, so that what it says is taken one after the other; known by
 * its name, so that a repeat changes nothing; and all of it in one transaction, so that a server that dies in between has
 * taken nothing.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { charactersOf } from '@fengge/domain/kernel/text'
import { minute } from '@fengge/domain/kernel/time'
import type { takeReading as promise } from '@fengge/domain/sensors/contract'
import { sensorAlarmed, sensorCleared, sensorFaulted } from '@fengge/domain/sensors/facts'
import { isJoined, longestStorm, scopeOf, takesAlarms } from '@fengge/domain/sensors/joining'
import type { KindRule } from '@fengge/domain/sensors/kind-rules'
import { momentOf, remember } from '@fengge/domain/sensors/remembering'
import { sensorKindWords } from '@fengge/web/words/sensors.ts'
import type { Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { holdForAlarm, reportAlarm } from '../../events/door.ts'
import { kindBook } from '../kind-book.ts'
import { placeOf } from '../keeping.ts'
import { findDevice, lockDevice, saveHeard, saveHeartbeat, type Device } from '../store/devices.ts'
import { countAlarm, findStorm, holdScope, noteClear, openStorm } from '../store/storms.ts'

type Ask = AskOf<typeof promise>
type Reply = ReplyOf<typeof promise>

/** A heartbeat so soon after the last word changes nothing, and is not written. */
const beatEvery = minute

export async function takeReading(ctx: Ctx, ask: Ask): Promise<Reply> {
  const county = ctx.caller.countyCode
  const id = ctx.caller.deviceId ?? refuse('signed-out', 401)
  const said = ask.at === undefined ? undefined : Date.parse(ask.at)
  const at = momentOf(said, ctx.now) ?? refuse('sensor.too-old', 409)
  const reply = (taken: Reply['taken']): Reply => ({ taken, now: new Date(ctx.now).toISOString() })
  if (ask.reading === 'heartbeat') {
    await beat(ctx, id, ask, said)
    return reply('new')
  }
  const device = (await lockDevice(ctx.tx, county, id)) ?? refuse('signed-out', 401)
  const known = remember(device.taken, ask.message, at)
  if (known.is === 'too-old') refuse('sensor.too-old', 409)
  if (known.is !== 'new') return reply('again')
  await saveHeard(ctx.tx, county, id, {
    state: stateAfter[ask.reading],
    at: new Date(ctx.now),
    clockOff: clockOffOf(said, ctx.now),
    battery: ask.battery ?? null,
    alarms: ask.reading === 'alarm' ? 1 : 0,
    taken: known.taken,
  })
  await follow(ctx, device, ask, at)
  return reply('new')
}

const stateAfter = { alarm: 'alarm', clear: 'normal', fault: 'fault' } as const

/** Within a minute a clock is right. */
function clockOffOf(said: number | undefined, now: number): number | null {
  if (said === undefined) return null
  const off = Math.round((said - now) / 1000)
  // A message that waited on its way says nothing of the clock, unless it is from the future.
  return off > 60 ? off : null
}

async function beat(ctx: Ctx, id: string, ask: Ask, said: number | undefined): Promise<void> {
  const county = ctx.caller.countyCode
  const device = await findDevice(ctx.tx, county, id)
  const last = device?.heard_at?.getTime() ?? 0
  if (ctx.now - last < beatEvery) return
  await saveHeartbeat(ctx.tx, county, id, {
    at: new Date(ctx.now),
    clockOff: clockOffOf(said, ctx.now),
    battery: ask.battery ?? null,
  })
}

async function follow(ctx: Ctx, device: Device, ask: Ask, at: number): Promise<void> {
  const { kind } = device
  if (ask.reading === 'alarm') return alarm(ctx, device, { at, value: ask.value ?? null })
  if (ask.reading === 'clear') {
    await noteClear(ctx.tx, ctx.caller.countyCode, device.id, new Date(at))
    return ctx.tell(sensorCleared, { kind }, device.id)
  }
  ctx.tell(sensorFaulted, { kind }, device.id)
}

interface Said {
  readonly at: number
  readonly value: number | null
}

async function alarm(ctx: Ctx, device: Device, said: Said): Promise<void> {
  const county = ctx.caller.countyCode
  const { id: deviceId, kind } = device
  const rule = (await kindBook(ctx, county)).get(kind)!
  const scope = scopeOf({ id: deviceId, buildingId: device.building_id, gridId: device.grid_id }, rule)
  await holdScope(ctx.tx, county, scope, kind)
  const joined = await findOpen(ctx, { deviceId, scope, rule })
  const eventId = joined ?? (await open(ctx, device, { rule, scope, at: said.at }))
  await countAlarm(ctx.tx, county, {
    eventId,
    deviceId,
    at: new Date(said.at),
    heardAt: new Date(ctx.now),
    value: said.value,
  })
  ctx.tell(sensorAlarmed, { kind, event: eventId, isNew: joined === undefined }, deviceId)
}

/** The event of the storm that this alarm belongs to, where somebody still has to act on it. */
async function findOpen(
  ctx: Ctx,
  { deviceId, scope, rule }: { readonly deviceId: string; readonly scope: string; readonly rule: KindRule },
): Promise<string | undefined> {
  const since = new Date(ctx.now - longestStorm)
  const storm = await findStorm(ctx.tx, ctx.caller.countyCode, { deviceId, scope, kind: rule.kind, since })
  if (!storm) return undefined
  const { event_id: eventId, opened_at: opened, last_at: last, is_own: isOwn } = storm
  if (!isJoined({ openedAt: opened.getTime(), lastAt: last.getTime(), isOwn }, rule, ctx.now)) return undefined
  const event = await holdForAlarm(ctx, eventId)
  return event && takesAlarms(event.status) ? eventId : undefined
}

async function open(
  ctx: Ctx,
  device: Device,
  { rule, scope, at }: { readonly rule: KindRule; readonly scope: string; readonly at: number },
): Promise<string> {
  const { kind, name, spot, lng, lat } = device
  const [word] = sensorKindWords[kind]
  const event = await reportAlarm(ctx, {
    id: freshId(ctx.now),
    title: charactersOf(`${word}报警：${spot}`).slice(0, 50).join(''),
    content: `${word}“${name}”报警，位置：${spot}。请到现场查看。`,
    placeText: spot,
    point: lng === null || lat === null ? null : { lng, lat },
    placeId: placeOf(device),
    categoryCode: rule.categoryCode,
    urgency: rule.urgency,
    occurredAt: at,
  })
  await openStorm(ctx.tx, ctx.caller.countyCode, { eventId: event.id, kind, scope, at: new Date(ctx.now) })
  return event.id
}
