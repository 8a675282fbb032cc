/** Devices are registered, changed, given another key and ended by whoever keeps them where they stand (E3). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/sensors/contract'
import { sensorChanged, sensorEnded, sensorKeyChanged, sensorRegistered } from '@fengge/domain/sensors/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken, makeToken } from '../../kernel/sessions.ts'
import { mustManage, placeOf } from '../keeping.ts'
import { standingOf } from '../place-device.ts'
import { addDevices, endDevice, lockDevice, saveKey, saveStanding, type Device } from '../store/devices.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function registerSensor(ctx: Ctx, ask: Ask<'registerSensor'>): Reply<'registerSensor'> {
  const { requestId: _requestId, id, ...said } = ask
  const standing = await standingOf(ctx, said)
  mustManage(ctx, placeOf(standing), 'sensor.elsewhere')
  const key = makeToken()
  await addDevices(ctx.tx, ctx.caller.countyCode, new Date(ctx.now), [{ ...standing, id, keyHash: hashToken(key) }])
  ctx.tell(sensorRegistered, { kind: standing.kind }, id)
  return { id, key }
}

export async function changeSensor(ctx: Ctx, ask: Ask<'changeSensor'>): Reply<'changeSensor'> {
  const { requestId: _requestId, id, version, ...said } = ask
  const device = await hold(ctx, id)
  if (device.version !== version) refuse('sensor.stale', 409, { version: device.version })
  const standing = await standingOf(ctx, said)
  mustManage(ctx, placeOf(standing), 'sensor.elsewhere')
  await saveStanding(ctx.tx, ctx.caller.countyCode, id, standing)
  const fields = Object.entries(standing).flatMap(([field, value]) =>
    device[field as keyof typeof standing] === value ? [] : [field],
  )
  ctx.tell(sensorChanged, { kind: standing.kind, fields }, id)
  return { done: true }
}

export async function renewSensorKey(ctx: Ctx, { id }: Ask<'renewSensorKey'>): Reply<'renewSensorKey'> {
  const { kind } = await hold(ctx, id)
  const key = makeToken()
  await saveKey(ctx.tx, ctx.caller.countyCode, id, { hash: hashToken(key), at: new Date(ctx.now) })
  ctx.tell(sensorKeyChanged, { kind }, id)
  return { id, key }
}

export async function endSensor(ctx: Ctx, { id, reason }: Ask<'endSensor'>): Reply<'endSensor'> {
  const { kind } = await hold(ctx, id)
  await endDevice(ctx.tx, ctx.caller.countyCode, id, { reason, at: new Date(ctx.now) })
  ctx.tell(sensorEnded, { kind, reason }, id)
  return { done: true }
}

/** A device of one's own, in use. */
async function hold(ctx: Ctx, id: string): Promise<Device> {
  const device = (await lockDevice(ctx.tx, ctx.caller.countyCode, id)) ?? refuse('sensor.unknown', 404)
  mustManage(ctx, placeOf(device))
  if (device.ended_at !== null) refuse('sensor.ended', 409)
  return device
}
