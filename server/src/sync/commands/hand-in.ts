/** The phone of somebody who may sign in no more: what waits on it is opened here and kept for the desk, then it is wiped. */
import { createDecipheriv } from 'node:crypto'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { handIn as promise } from '@fengge/domain/sync/contract'
import { Act } from '@fengge/domain/sync/terms'
import { z } from 'zod'
import type { Asking, Caller } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken } from '../../kernel/sessions.ts'
import { findCaller, nameOf } from '../../identity/door.ts'
import { findDevice, keyAt, saveWiped, type Device } from '../store/devices.ts'
import { keepAct } from './keep-act.ts'

export function handInWith(ground: Ground) {
  return async (ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> => {
    const device = await findDevice(ctx.tx, ask.device)
    if (!device || device.token_hash !== hashToken(ask.token)) return refuse('device.unknown', 404)
    const caller = await findCaller(ctx.tx, device.account_id, ctx.now)
    if (device.wipe === '' && serves(caller) && !ask.isLeaving) return { wipe: false, kept: 0 }
    const holder = caller ?? (await formerHolder(ctx, device))
    const key = ctx.sealer.open(device.key_sealed, keyAt(device.id))
    const acts = ask.sealed.flatMap((sealed) => openAct(sealed, key) ?? [])
    for (const act of acts) await keepAct(ground, holder, { act, problem: 'device.wiped', deviceId: device.id })
    await ctx.apart((tx) => saveWiped(tx, device.county_code, device.id, ctx.now))
    return { wipe: true, kept: acts.length }
  }
}

const serves = (caller: Caller | undefined): boolean =>
  caller?.posts.some((p) => p.duties.has('event.report') || p.duties.has('registry.read')) ?? false

/** Somebody whose account is closed: a name, and no right to anything. */
const formerHolder = async (ctx: Asking, device: Device): Promise<Caller> => ({
  kind: 'person',
  accountId: device.account_id,
  name: (await nameOf(ctx.tx, device.account_id)) ?? '',
  countyCode: device.county_code,
  posts: [],
  mustChangePassword: false,
  isAdmin: false,
})

/** An act as it lies on a phone: AES-256-GCM, twelve bytes of nonce first, the tag last. What cannot be opened is nobody's act. */
function openAct(sealed: string, dataKey: string): Act | undefined {
  try {
    const raw = Buffer.from(sealed, 'base64url')
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(dataKey, 'base64url'), raw.subarray(0, 12))
    cipher.setAuthTag(raw.subarray(-16))
    const text = Buffer.concat([cipher.update(raw.subarray(12, -16)), cipher.final()]).toString('utf8')
    return Kept.parse(JSON.parse(text)).act
  } catch {
    return undefined
  }
}
const Kept = z.object({ act: Act })
