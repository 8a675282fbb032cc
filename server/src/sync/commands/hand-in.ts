/** The phone of somebody who may sign in no more: what waits on it is opened here and kept for the desk, then it is wiped. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { handIn as promise } from '@fengge/domain/sync/contract'
import { dayLength } from '@fengge/domain/kernel/time'
import { deviceHandedIn } from '@fengge/domain/sync/facts'
import { promiseOf, type Act } from '@fengge/domain/sync/terms'
import type { Asking, Caller } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db/tx.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { hashToken } from '../../kernel/sessions.ts'
import { findAnswered } from '../../kernel/store.ts'
import { dropSessionsOfDevice, findCaller, nameOf } from '../../identity/door.ts'
import { openAct, openKey, openPhoto, type HeldAct, type HeldPhoto } from '../handed.ts'
import { findDevice, saveWiped, type Device } from '../store/devices.ts'
import { amountKept, findStates } from '../store/inbox.ts'
import { amountOfPhotos, fillPhoto, listPhotos } from '../store/photos.ts'
import { keepAct, type Stray } from './keep-act.ts'

type Ask = AskOf<typeof promise>

export function handInWith(ground: Ground) {
  return async (ctx: Asking, ask: Ask): Promise<ReplyOf<typeof promise>> => {
    const device = await findDevice(ctx.tx, ask.device)
    if (!device || device.token_hash !== hashToken(ask.token)) return refuse('device.unknown', 404)
    const caller = await findCaller(ctx.tx, device.account_id, ctx.now)
    const isWanted = device.wipe !== '' || !serves(caller) || ask.isLeaving
    if (!isWanted || ask.step === 'ask') return { wipe: isWanted, kept: 0, photos: 0 }
    const key = openKey(ctx.sealer, device.id, device.key_sealed)
    const holder = caller ?? (await formerHolder(ctx, device))
    const held = ask.sealed.flatMap((sealed) => openAct(sealed, key) ?? [])
    const { strays, fresh } = await straysOf(ctx, device, held)
    if (await hasHandedIn(ctx, device))
      return fresh > 0 ? refuse('device.wiped', 409) : { wipe: true, kept: strays.length, photos: 0 }
    await refuseMore(ctx, device, ask, fresh)
    for (const stray of strays) await keepAct(ground, holder, stray)
    const photos = await takePhotos(
      ctx,
      device,
      ask.photos.filter((p) => openPhoto(p.sealed, key) !== undefined),
    )
    const unreadable = ask.sealed.length - held.length + ask.photos.length - photos
    if (ask.step === 'last') {
      await ctx.apart((tx) => endPhone(tx, device, ctx.now))
      ground.sessions.forget()
    }
    if (ask.step === 'last' || strays.length + photos + unreadable > 0)
      ctx.tell(deviceHandedIn, { acts: strays.length, photos, unreadable }, device.id)
    return { wipe: true, kept: strays.length, photos }
  }
}

/** A phone that handed in is held for wiped, and the session it held ends with it. */
async function endPhone(tx: Tx, device: Device, now: number): Promise<void> {
  await saveWiped(tx, device.county_code, device.id, now)
  await dropSessionsOfDevice(tx, device.id)
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

interface Strays {
  readonly strays: readonly Stray[]
  /** How many of them do not lie here yet. */
  readonly fresh: number
}
/** What the desk has to decide: acts that are not in the books with their photos, and photos that did not follow one that is. */
async function straysOf(ctx: Asking, device: Device, held: readonly HeldAct[]): Promise<Strays> {
  const strays: Stray[] = []
  const ids = held.flatMap(({ act, photos }) => [act.requestId, ...photos.map((p) => p.id)])
  const here = await findStates(ctx.tx, device.county_code, ids)
  for (const { act, state, photos } of held) {
    const lying = here.get(act.requestId)
    const isSettled =
      state === 'done' ||
      (await isInBooks(ctx, device, act.requestId, promiseOf(act.name))) ||
      (lying?.state ?? 'open') !== 'open'
    // To what a desk has seen nothing is added: photos that it was not told of lie beside it.
    const told = lying?.isShown ? await announcedFor(ctx, device, act) : undefined
    const isOf = (photo: HeldPhoto) => !isSettled && (told === undefined || told.has(photo.id))
    if (!isSettled) strays.push(strayOf(device, act, photos.filter(isOf)))
    strays.push(
      ...(await photosAlone(
        ctx,
        device,
        act,
        photos.filter((p) => !isOf(p)),
      )),
    )
  }
  return { strays, fresh: strays.filter((s) => !here.has(s.act.requestId)).length }
}

/**
 * Whether all that lay on a phone is here by now. Phones of before ask with nothing in their hands, are held for wiped by
 * that, and then send all at once: those have time.
 */
async function hasHandedIn(ctx: Asking, device: Device): Promise<boolean> {
  if (device.wipe !== 'done') return false
  const isLongAgo = ctx.now - (device.pulled_at?.getTime() ?? 0) > timeToSend
  return isLongAgo || (await amountKept(ctx.tx, device.county_code, device.account_id, device.id)).handedIn > 0
}
const timeToSend = 30 * dayLength

/** What one phone may hand in, told or not: several times what a worker does in weeks without signal. */
const most = { acts: 2000, signs: 64_000_000, photos: 2000, photoSigns: 160_000_000 }

/** A phone that hands in is known by its token alone, for ever: without an end it would fill the disk. */
async function refuseMore(ctx: Asking, device: Device, ask: Ask, fresh: number): Promise<void> {
  const county = device.county_code
  const acts = await amountKept(ctx.tx, county, device.account_id, device.id)
  const sent = ask.photos.map((p) => p.id)
  const photos = await amountOfPhotos(ctx.tx, county, device.id, sent)
  const isTooManyActs =
    acts.number + fresh > most.acts ||
    acts.signs + signsIn(ask.sealed) > most.signs ||
    photos.number + sent.length > most.photos
  const isTooManyPhotos = photos.signs + signsIn(ask.photos.map((p) => p.sealed)) > most.photoSigns
  if ((fresh > 0 && isTooManyActs) || (sent.length > 0 && isTooManyPhotos)) refuse('device.full', 409)
}
const signsIn = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0)

/** Photos that an act was handed in with. */
async function announcedFor(ctx: Asking, device: Device, act: Act): Promise<ReadonlySet<string>> {
  const photos = await listPhotos(ctx.tx, device.county_code, [act.requestId])
  return new Set(photos.map((p) => p.id))
}

const strayOf = (device: Device, act: Act, photos: readonly HeldPhoto[]): Stray => ({
  act,
  problem: 'device.wiped',
  deviceId: device.id,
  photos,
})

/** Each under the id that the phone would have attached it by: one that was, is no stray. */
async function photosAlone(ctx: Asking, device: Device, act: Act, photos: readonly HeldPhoto[]): Promise<Stray[]> {
  const strays: Stray[] = []
  for (const photo of photos) {
    if (await isInBooks(ctx, device, photo.id, 'attachEvidence')) continue
    const ask = { eventId: photo.eventId, evidenceIds: [photo.id], phase: photo.phase }
    const attach: Act = { ...act, requestId: photo.id, name: 'attachEvidence', ask, needs: [], subject: photo.eventId }
    strays.push({ ...strayOf(device, attach, [photo]), about: act })
  }
  return strays
}

/** An act whose answer never reached its phone is done all the same. */
async function isInBooks(ctx: Asking, device: Device, requestId: string, endpoint: string): Promise<boolean> {
  const answered = await findAnswered(ctx.tx, device.county_code, requestId)
  return answered?.account_id === device.account_id && answered.endpoint === endpoint
}

/** @returns how many belong to an act that lies with the desk */
async function takePhotos(ctx: Asking, device: Device, photos: Ask['photos']): Promise<number> {
  let taken = 0
  for (const { id, sealed } of photos) {
    const sent = { county_code: device.county_code, device_id: device.id, id, sealed }
    if (await ctx.apart((tx) => fillPhoto(tx, sent))) taken += 1
  }
  return taken
}
