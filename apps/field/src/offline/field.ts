/**
 * The phone's own books: vault, holdings and outbox, and the rounds that keep them level with the server. Screens read
 * from here and never wait for the line. Without a PIN everything stays in memory, and an act is only acknowledged
 * once the server has it.
 */
import { useSyncExternalStore } from 'react'
import * as sync from '@fengge/domain/sync/contract'
import type { Act } from '@fengge/domain/sync/terms'
import { holdSession } from '@fengge/domain/identity/contract'
import { call, Refused, setBearer } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Holdings, type PulledRows } from '@fengge/web/offline/holdings.ts'
import { Outbox, type ActStore, type Fresh, type KeptAct } from '@fengge/web/offline/outbox.ts'
import { fromText, toText, Vault } from '@fengge/web/offline/vault.ts'

declare const __APP_VERSION__: string
export type Gate = 'opening' | 'signed-out' | 'locked' | 'open' | 'elsewhere' | 'wiped'

interface State {
  gate: Gate
  beat: number
  isOnline: boolean
  isSyncing: boolean
  fault: string
  hasUpdate: boolean
  problem: unknown
}
let state: State = {
  gate: 'opening',
  beat: 0,
  isOnline: navigator.onLine,
  isSyncing: false,
  fault: '',
  hasUpdate: false,
  problem: null,
}
const listeners = new Set<() => void>()
function set(more: Partial<State>): void {
  state = { ...state, ...more, beat: state.beat + 1 }
  for (const listener of listeners) listener()
}
export const useField = (): State =>
  useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => state,
  )

export let vault: Vault
export const holdings = new Holdings()
/** What the server's clock is ahead of this one, learnt with every answer. */
let skew = 0
export const now = (): number => Date.now() + skew

/** Segments on the disk; 0 while nothing of the rows lies there. */
let segments = 0
const memory = new Map<string, KeptAct>()
/** Sealed where there is a PIN; in memory else. */
const store: ActStore = {
  all: async () => (vault.state === 'open' ? vault.all<KeptAct>('acts') : [...memory.values()]),
  put: async (k) => {
    if (vault.state === 'open') await vault.put('acts', k.act.requestId, k)
    else memory.set(k.act.requestId, k)
  },
  drop: async (id) => {
    if (vault.state === 'open') await vault.drop('acts', id)
    else memory.delete(id)
  },
}
export const outbox = new Outbox(store, { push: (acts) => pushOnce(acts) }, now, freshId, () => set({}))

async function pushOnce(acts: readonly Act[]) {
  const answer = await call(sync.push, { device: vault.device?.id ?? '', acts: [...acts] as never })
  skew = answer.now - Date.now()
  return answer
}

/** One window at a time owns the store; a second one says so and may take over. */
async function takeHold(isForced: boolean): Promise<boolean> {
  if (!navigator.locks) return true
  return new Promise((resolve) => {
    void navigator.locks
      .request('fengge-field', isForced ? { steal: true } : { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock === null ? undefined : new Promise<void>(() => undefined)
      })
      .catch(() => set({ gate: 'elsewhere' }))
  })
}

export async function start(isForced = false): Promise<void> {
  if (!(await takeHold(isForced))) {
    set({ gate: 'elsewhere' })
    return
  }
  vault = await Vault.open()
  if (vault.state === 'locked') {
    set({ gate: 'locked' })
    void checkWipe()
    return
  }
  // The first paint wants the day alone; the rest follows.
  await enter()
}

/** In with the session there is: today first, then the whole. */
async function enter(): Promise<void> {
  try {
    take(await firstDay())
    set({ gate: 'open', problem: null, isOnline: true })
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) set({ gate: 'signed-out', problem: null })
    else if (error instanceof Refused && error.problem.problem === 'not-allowed')
      set({ gate: 'signed-out', problem: error })
    else
      set({ gate: vault.state === 'open' && holdings.isWhole ? 'open' : 'signed-out', isOnline: false, problem: error })
    return
  }
  void round()
}
/** The page asked for the day while the program was still on its way (index.html). */
let early: Promise<PulledRows> | undefined
function firstDay(): Promise<PulledRows> {
  early ??= call(sync.pull, { part: 'day' }) as Promise<PulledRows>
  const day = early
  early = undefined
  return day
}

function take(p: PulledRows): void {
  skew = p.now - Date.now()
  holdings.apply(p)
}

export async function unlock(pin: string): Promise<'open' | 'wrong' | 'gone'> {
  const done = await vault.unlock(pin)
  if (done === 'open') await begin()
  return done
}

/** Everything from the disk: what is held, what waits. */
async function begin(): Promise<void> {
  const keys = (await vault.keys('segments')).toSorted()
  segments = keys.length
  for (const key of keys) {
    const segment = await vault.get<PulledRows>('segments', key).catch(() => undefined)
    if (segment) holdings.apply(segment)
  }
  await outbox.load()
  setBearer((await vault.get<{ token: string }>('keys', 'session').catch(() => undefined))?.token)
  set({ gate: 'open' })
  void round()
}

/** Takes the session out of the cookie and seals it: whoever finds the phone has neither its rows nor its holder's session. */
async function holdOn(): Promise<void> {
  setBearer(undefined)
  const { token } = await call(holdSession, {})
  await vault.put('keys', 'session', { token })
  setBearer(token)
}

/** Sets the PIN: from now on the phone works without signal. Needs the line once. */
export async function choosePin(pin: string): Promise<void> {
  const key = Vault.makeDataKey(),
    id = freshId()
  const { token } = await call(sync.enrolDevice, { requestId: freshId(), id, name: deviceName(), dataKey: toText(key) })
  await vault.begin(pin, key, {
    id,
    token,
    accountId: holdings.me.accountId as string,
    holder: holdings.me.name as string,
  })
  await holdOn()
  for (const kept of memory.values()) await vault.put('acts', kept.act.requestId, kept)
  memory.clear()
  await outbox.load()
  // A round that was under way may have taken rows before there was a place to keep them.
  await running
  await round()
}
const deviceName = () => (/\(([^)]+)\)/.exec(navigator.userAgent)?.[1] ?? 'phone').slice(0, 70)

/** A forgotten PIN: after a fresh sign-in the server gives the data key back, and nothing is lost. */
export async function renewPin(pin: string): Promise<void> {
  const { dataKey } = await call(sync.recoverKey, { requestId: freshId(), id: vault.device!.id })
  const key = fromText(dataKey)
  await vault.lockUnder(pin, key)
  await vault.openWith(key)
  await holdOn()
  await begin()
}

export function lock(): void {
  vault.lock()
  location.reload()
}

/** After a sign-in. Another person's phone is not this person's: what the first left sealed is handed in before it goes. */
export async function signedIn(accountId: string): Promise<void> {
  if (vault.device && vault.device.accountId !== accountId) {
    // Nothing of the first is lost: without having handed it in the phone is not given on.
    if (!(await handIn(true))) throw new Refused({ problem: 'network.down', status: 0 })
    await vault.wipe()
  }
  if (vault.state === 'open') await holdOn()
  if (vault.state === 'locked') {
    set({ gate: 'locked', problem: null })
    return
  }
  await enter()
}
export async function leave(): Promise<void> {
  if (vault.state === 'open') await vault.drop('keys', 'session')
  if (vault.state === 'open') vault.lock()
  location.hash = ''
  location.reload()
}

/** What waits is given to the server sealed as it lies, for a phone whose holder may not sign in any more. */
async function handIn(isLeaving = false): Promise<boolean> {
  if (!vault.device) return false
  const { device: id, token } = { device: vault.device.id, token: vault.device.token }
  try {
    const asked = await call(sync.handIn, { device: id, token, isLeaving, sealed: [] })
    if (!asked.wipe) return false
    await call(sync.handIn, { device: id, token, isLeaving, sealed: await vault.sealedActs() })
    return true
  } catch {
    return false
  }
}
/** Asks whether this phone is to be wiped, also while it is locked. */
async function checkWipe(): Promise<void> {
  if (!(await handIn())) return
  await vault.wipe()
  set({ gate: 'wiped' })
}

let running: Promise<void> | undefined
let isWantedAgain = false
/** One round: send what waits, then photos, then take what changed. Rounds never overlap; one asked for meanwhile follows. */
export function round(): Promise<void> {
  if (running) {
    isWantedAgain = true
    return running
  }
  running = doRound().finally(() => {
    running = undefined
    if (!isWantedAgain) return
    isWantedAgain = false
    void round()
  })
  return running
}

async function doRound(): Promise<void> {
  if (state.gate !== 'open') return
  set({ isSyncing: true })
  try {
    const sent = await outbox.flush()
    await sendPhotos()
    await pullOnce()
    if (sent !== 'cut') await outbox.flush()
    set({ isOnline: true, fault: '' })
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : undefined
    if (problem?.status === 401 || problem?.problem === 'not-allowed') {
      await checkWipe()
      if (state.gate === 'open') set({ fault: 'signed-out' })
    } else set({ isOnline: problem !== undefined && problem.status !== 0, fault: problem?.problem ?? 'storage' })
  } finally {
    set({ isSyncing: false })
  }
}

async function pullOnce(): Promise<void> {
  const waiting = outbox.waiting()
  // Rows that lie nowhere are asked for whole: a delta upon them would be kept without what it stands on.
  const cursor = vault.state === 'open' && segments === 0 ? '' : holdings.cursor
  const p = (await call(sync.pull, {
    cursor,
    part: 'all',
    device: vault.device?.id ?? '',
    waiting: waiting.length,
    oldest: waiting[0]?.act.madeAt ?? '',
    clock: Date.now(),
    version: __APP_VERSION__,
    fault: state.fault,
  })) as PulledRows & { wipe: boolean }
  if (p.wipe) {
    // What waits was sent just before; what could not be sent is handed in sealed.
    await handIn()
    await vault.wipe()
    set({ gate: 'wiped' })
    return
  }
  // Pages of the grid must not change under a finger for nothing: a delta without rows changes nothing.
  const isNews = p.isWhole || p.gone.length > 0 || Object.values(p.rows).some((rows) => rows.length > 0)
  take(p)
  if (vault.state === 'open' && isNews) await keepSegment(p)
}

/** The whole stands first; deltas follow and are folded into it now and then. */
async function keepSegment(p: PulledRows): Promise<void> {
  try {
    if (p.isWhole) {
      await vault.clear('segments')
      await vault.put('segments', '000000', p)
      segments = 1
      return
    }
    await vault.put('segments', String(segments++).padStart(6, '0'), p)
    if (segments > 40) segments = 0
  } catch {
    // No room: rows can be fetched again, acts cannot. The room is given to them.
    await vault.clear('segments').catch(() => undefined)
    segments = 0
    set({ fault: 'storage-full' })
  }
}

export interface PhotoNote {
  readonly id: string
  readonly eventId: string
  readonly phase: string
  readonly after: string
  readonly type: string
  readonly at: string
}
const photoNotes = new Map<string, { note: PhotoNote; blob: Blob }>()

/** Keeps a photo for an event; it goes after all text, and may take many tries. */
export async function keepPhoto(blob: Blob, eventId: string, phase: string, after: string): Promise<void> {
  const note: PhotoNote = { id: freshId(), eventId, phase, after, type: blob.type, at: new Date(now()).toISOString() }
  if (vault.state !== 'open') {
    photoNotes.set(note.id, { note, blob })
    return
  }
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const head = new TextEncoder().encode(`${JSON.stringify(note)}\n`)
  const all = new Uint8Array(head.length + bytes.length)
  all.set(head)
  all.set(bytes, head.length)
  await vault.put('photos', note.id, null, all)
}
export async function listPhotos(): Promise<PhotoNote[]> {
  if (vault.state !== 'open') return [...photoNotes.values()].map((p) => p.note)
  return (await Promise.all((await vault.keys('photos')).map(readPhoto))).flatMap((p) => (p ? [p.note] : []))
}
async function readPhoto(id: string): Promise<{ note: PhotoNote; blob: Blob } | undefined> {
  const bytes = await vault.getBytes('photos', id).catch(() => undefined)
  if (!bytes) return undefined
  const end = bytes.indexOf(10)
  const note = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as PhotoNote
  return { note, blob: new Blob([bytes.subarray(end + 1)], { type: note.type }) }
}

/** Photos go one by one, each resumed where it broke off; one that fails does not stop the pull. */
async function sendPhotos(): Promise<void> {
  const ids = vault.state === 'open' ? await vault.keys('photos') : [...photoNotes.keys()]
  if (ids.length === 0) return
  const { sendPhoto } = await import('@fengge/web/api/upload.ts')
  for (const id of ids) {
    const photo = vault.state === 'open' ? await readPhoto(id) : photoNotes.get(id)
    if (!photo) continue
    const parent = outbox.find(photo.note.after)
    // The text it belongs to must be in the books first.
    if (parent && parent.state !== 'done' && parent.state !== 'kept') continue
    const problem = await sendPhoto(photo.blob, id, photo.note.phase).then(
      () => undefined,
      (error: unknown) => (error instanceof Refused ? error.problem : { problem: 'network.down', status: 0 }),
    )
    // A broken line ends the round; a photo that the server will not have stays, is said so, and holds up no other.
    if (problem && (problem.status === 0 || problem.status >= 500 || problem.status === 401)) return
    if (problem) {
      set({ fault: problem.problem })
      continue
    }
    await outbox.add({
      name: 'attachEvidence',
      ask: { eventId: photo.note.eventId, evidenceIds: [id], phase: photo.note.phase },
      label: '照片',
      subject: photo.note.eventId,
    })
    if (vault.state === 'open') await vault.drop('photos', id)
    else photoNotes.delete(id)
  }
}

export type Outcome =
  | { readonly state: 'done'; readonly reply: any }
  | { readonly state: 'waiting' }
  | { readonly state: 'kept' }
const patience = 5000

/** Does an act: kept first, then sent. Resolves as done or as waiting; a refusal is thrown, and the act stays in the outbox to be mended. */
export async function doAct(
  fresh: Fresh,
  photos: readonly { blob: Blob; eventId: string; phase: string }[] = [],
): Promise<Outcome> {
  const { act } = await outbox.add(fresh)
  for (const p of photos) await keepPhoto(p.blob, p.eventId, p.phase, act.requestId)
  const isSealed = vault.state === 'open'
  const flushing = outbox.flush().catch(() => 'cut')
  await (isSealed
    ? Promise.race([
        flushing,
        new Promise((resolve) => {
          setTimeout(resolve, patience)
        }),
      ])
    : flushing)
  const kept = outbox.find(act.requestId)
  if (kept?.state === 'refused') {
    const problem = new Refused({
      problem: kept.problem,
      status: 409,
      ...(kept.details === null ? {} : { details: kept.details }),
    } as never)
    // Said at once to whoever stands before the form: the form is the place to mend it.
    await outbox.drop(act.requestId)
    throw problem
  }
  if (kept?.state === 'done' || kept?.state === 'kept') {
    void round()
    return kept.state === 'done' ? { state: 'done', reply: kept.reply } : { state: 'kept' }
  }
  if (isSealed) return { state: 'waiting' }
  // Nothing may be acknowledged that a closed window would lose.
  await outbox.drop(act.requestId)
  throw new Refused({ problem: 'network.down', status: 0 })
}

/** Rounds at the moments that matter: the line is back, the page is looked at, and each minute it is. */
export function keepRound(): void {
  window.addEventListener('online', () => {
    set({ isOnline: true })
    void round()
  })
  window.addEventListener('offline', () => set({ isOnline: false }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void round()
  })
  setInterval(() => {
    if (document.visibilityState === 'visible') void round()
  }, 60_000)
}
export const announceUpdate = (): void => set({ hasUpdate: true })
