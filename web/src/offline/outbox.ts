/**
 * The outbox of acts: kept before it is acknowledged on the screen, sent in the order made, each with a fate of its
 * own. The photos of an act are part of it: kept with it, mended with it, given up with it, and sent once its text is
 * in the books. Storage and line are handed in, so that the very code of the phone runs in the fault tests. Source: U2.
 */
import type { AskOfAct, SentAct } from '@fengge/domain/sync/contract/acts'
import type { ActName, Fate } from '@fengge/domain/sync/terms'

export type ActState = 'waiting' | 'done' | 'refused' | 'held' | 'kept'
export type PhotoPhase = 'before' | 'during' | 'after' | 'check'
/** A photo that waits with its act; its bytes lie beside the act under the same id. */
export interface KeptPhoto {
  readonly id: string
  readonly eventId: string
  readonly phase: PhotoPhase
}
export interface FreshPhoto extends KeptPhoto {
  readonly blob: Blob
}
export interface KeptAct {
  readonly act: SentAct
  readonly state: ActState
  /** What it is, in the words of its holder, for the list of what waits; empty where the screen has words of its own. */
  readonly label: string
  /** Photos not yet sent. */
  readonly photos: readonly KeptPhoto[]
  /** The act is judged by its photos: it waits for them, and carries their ids. */
  readonly isAfterPhotos?: boolean
  readonly problem: string
  readonly details: unknown
  readonly reply: unknown
  readonly tries: number
  readonly sentAt: string
}
/** Acts written by an earlier version have no photos of their own. */
export type StoredAct = Omit<KeptAct, 'photos'> & { readonly photos?: readonly KeptPhoto[] }
/** One act a call, with the bytes of photos that come or go with it; each call is on the disk when it resolves. */
export interface ActStore {
  readonly all: () => Promise<StoredAct[]>
  readonly put: (kept: KeptAct, photos?: PhotoChange) => Promise<void>
  readonly drop: (kept: KeptAct) => Promise<void>
  readonly photo: (id: string) => Promise<Blob | undefined>
}
export interface PhotoChange {
  readonly come: readonly FreshPhoto[]
  readonly go: readonly KeptPhoto[]
}
export interface Line {
  /** @throws when the line breaks before the answer is whole */
  readonly push: (acts: readonly SentAct[]) => Promise<{ readonly fates: readonly Fate[]; readonly now: number }>
}
export interface Fresh<N extends ActName = ActName> {
  readonly name: N
  readonly ask: AskOfAct<N>
  readonly label: string
  readonly subject?: string
  readonly needs?: readonly string[]
  /** The same id again mends what was refused: the act and its photos take the place of the earlier ones. */
  readonly requestId?: string
  readonly photos?: readonly FreshPhoto[]
  /** For an act that is judged by its photos, whose ask has `evidenceIds`: they go first. */
  readonly isAfterPhotos?: boolean
  /** It may be taken back before it is sent, until it is let go; a closed window lets all go. */
  readonly undoFor?: number
}
export interface OutboxParts {
  readonly store: ActStore
  readonly line: Line
  readonly now: () => number
  readonly makeId: () => string
  readonly changed?: () => void
}

const batch = 40
const longestHistory = 60
const nothing: PhotoChange = { come: [], go: [] }

export class Outbox {
  private acts: readonly KeptAct[] = []
  private readonly heldBack = new Set<string>()
  private running: Promise<'idle' | 'sent' | 'cut'> | undefined
  private readonly parts: OutboxParts
  constructor(parts: OutboxParts) {
    this.parts = parts
  }

  async load(): Promise<void> {
    const stored = await this.parts.store.all()
    this.acts = stored.map((k) => ({ ...k, photos: k.photos ?? [] })).toSorted((a, b) => a.act.seq - b.act.seq)
    this.changed()
  }
  list(): readonly KeptAct[] {
    return this.acts
  }
  find(requestId: string): KeptAct | undefined {
    return this.acts.find((k) => k.act.requestId === requestId)
  }
  /** Acts about something that are not yet in the books. */
  pendingOn(subject: string): KeptAct[] {
    return this.acts.filter(
      (k) => k.act.subject === subject && (k.state === 'waiting' || k.state === 'held' || k.state === 'refused'),
    )
  }
  waiting(): KeptAct[] {
    return this.acts.filter((k) => k.state === 'waiting')
  }
  /** Acts whose photos may go now: in the books, with the desk, or waiting for just that. */
  withPhotosToSend(): KeptAct[] {
    return this.acts.filter(
      (k) => k.photos.length > 0 && (k.state === 'done' || k.state === 'kept' || waitsForPhotos(k)),
    )
  }
  /** As long as it is not let go, it can be dropped as if it had not been said. */
  mayBeTakenBack(requestId: string): boolean {
    return this.heldBack.has(requestId) && this.find(requestId)?.state === 'waiting'
  }
  letGo(requestId: string): void {
    if (this.heldBack.delete(requestId)) this.changed()
  }
  photo(id: string): Promise<Blob | undefined> {
    return this.parts.store.photo(id)
  }

  /** Resolves when the act is kept with its photos; only then may the screen say so. */
  async add<N extends ActName>(fresh: Fresh<N>): Promise<KeptAct> {
    const seq = this.acts.reduce((most, k) => Math.max(most, k.act.seq), 0) + 1
    // What an act stands on goes first; what was already refused or kept must be settled by its holder.
    const needs = (fresh.needs ?? []).filter((id) => this.find(id) !== undefined && this.find(id)!.state !== 'done')
    const act = {
      requestId: fresh.requestId ?? this.parts.makeId(),
      seq,
      name: fresh.name,
      ask: fresh.ask,
      madeAt: new Date(this.parts.now()).toISOString(),
      needs,
      subject: fresh.subject ?? '',
    } as SentAct
    const isLost = needs.some((id) => ['refused', 'held'].includes(this.find(id)!.state))
    const photos = fresh.photos ?? []
    const kept: KeptAct = {
      act,
      state: isLost ? 'held' : 'waiting',
      label: fresh.label,
      photos: photos.map(({ id, eventId, phase }) => ({ id, eventId, phase })),
      ...(fresh.isAfterPhotos && photos.length > 0 ? { isAfterPhotos: true } : {}),
      problem: '',
      details: null,
      reply: null,
      tries: 0,
      sentAt: '',
    }
    const before = this.find(act.requestId)?.photos ?? []
    await this.parts.store.put(kept, {
      come: photos.filter((p) => !before.some((b) => b.id === p.id)),
      go: before.filter((b) => !photos.some((p) => p.id === b.id)),
    })
    this.acts = [...this.acts.filter((k) => k.act.requestId !== act.requestId), kept]
    if (fresh.undoFor !== undefined) this.heldBack.add(act.requestId)
    this.changed()
    return kept
  }

  /** Sends what waits; two callers share one sending. */
  flush(): Promise<'idle' | 'sent' | 'cut'> {
    this.running ??= this.sendAll().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async sendAll(): Promise<'idle' | 'sent' | 'cut'> {
    let hasSent = false
    // Those that a full desk lets wait, that may be taken back or whose photos go first, and what stands on them: not sent this time.
    const putOff = new Set<string>()
    const isDue = (kept: KeptAct) => {
      const { act } = kept
      if (waitsForPhotos(kept) || this.mayBeTakenBack(act.requestId)) putOff.add(act.requestId)
      if (act.needs.some((id) => putOff.has(id))) putOff.add(act.requestId)
      return !putOff.has(act.requestId)
    }
    const listDue = () => this.waiting().filter(isDue)
    for (let due = listDue(); due.length > 0; due = listDue()) {
      const acts = due.slice(0, batch).map((k) => k.act)
      let answer
      try {
        answer = await this.parts.line.push(acts)
      } catch {
        return 'cut'
      }
      let isStuck = true
      for (const fate of answer.fates) {
        const isPutOff = fate.fate === 'later' && fate.problem === 'inbox.full'
        if (isPutOff) putOff.add(fate.requestId)
        isStuck = !(await this.settle(fate)) && !isPutOff && isStuck
      }
      hasSent = true
      this.changed()
      if (isStuck) return 'cut'
    }
    return hasSent ? 'sent' : 'idle'
  }

  /** Writes a fate down; true when the act waits no longer. */
  private async settle(fate: Fate): Promise<boolean> {
    const kept = this.find(fate.requestId)
    if (!kept || kept.state !== 'waiting') return false
    const tries = kept.tries + 1
    const state = stateAfter(fate, tries)
    await this.write({
      ...kept,
      state,
      tries,
      problem: fate.problem ?? '',
      details: fate.details ?? null,
      reply: fate.reply ?? null,
      sentAt: state === 'waiting' ? '' : new Date(this.parts.now()).toISOString(),
    })
    if (state === 'refused') await this.hold(fate.requestId)
    await this.forgetOld()
    return state !== 'waiting'
  }

  /** What needs a refused act waits with it, also where it stood in a later batch. */
  private async hold(requestId: string): Promise<void> {
    for (const k of this.acts.filter((x) => x.state === 'waiting' && x.act.needs.includes(requestId))) {
      await this.write({ ...k, state: 'held' })
      await this.hold(k.act.requestId)
    }
  }

  /** What is in the books with all its photos is shown for a while and then goes; what is not never goes by itself. */
  private async forgetOld(): Promise<void> {
    const past = this.acts.filter((k) => k.photos.length === 0 && (k.state === 'done' || k.state === 'kept'))
    for (const old of past.slice(0, Math.max(0, past.length - longestHistory))) await this.forget(old)
  }

  /** Sends a refused act again, mended or as it is; what needed it goes along. The id stays: it was never in the books. */
  async resend(requestId: string, mended?: SentAct): Promise<void> {
    const kept = this.find(requestId)
    if (!kept || (kept.state !== 'refused' && kept.state !== 'held')) return
    await this.write({
      ...kept,
      state: 'waiting',
      problem: '',
      details: null,
      tries: 0,
      sentAt: '',
      act: mended ?? kept.act,
    })
    for (const k of this.acts.filter((x) => x.state === 'held' && x.act.needs.includes(requestId)))
      await this.resend(k.act.requestId)
    this.changed()
  }

  /** A photo that an earlier version kept by itself becomes part of its act; where that is forgotten, of a note of it. */
  async adopt(photo: KeptPhoto, after: string): Promise<void> {
    const kept = this.find(after)
    if (kept) return this.write({ ...kept, photos: [...kept.photos, photo] })
    const note = await this.add({
      requestId: after,
      name: 'attachEvidence',
      ask: { eventId: photo.eventId, evidenceIds: [photo.id], phase: photo.phase },
      label: '',
      subject: photo.eventId,
    })
    await this.write({ ...note, state: 'done', photos: [photo] })
  }

  /** A photo has arrived: its bytes may go. */
  async photoSent(requestId: string, photoId: string): Promise<void> {
    const kept = this.find(requestId)
    if (!kept) return
    const go = kept.photos.filter((p) => p.id === photoId)
    const act = waitsForPhotos(kept) ? withPhoto(kept.act, photoId) : kept.act
    await this.write({ ...kept, act, photos: kept.photos.filter((p) => p.id !== photoId) }, { come: [], go })
    await this.forgetOld()
    this.changed()
  }

  /** A photo that the server will not have: an act that is judged by it does not go without it, its holder is told. */
  async photoRefused(requestId: string, problem: string): Promise<void> {
    const kept = this.find(requestId)
    if (!kept || !waitsForPhotos(kept)) return
    await this.write({ ...kept, state: 'refused', problem, sentAt: new Date(this.parts.now()).toISOString() })
    await this.hold(requestId)
    this.changed()
  }

  /** Given up by its holder with its photos, who is asked first; what needed it stays, held, until it is settled too. */
  async drop(requestId: string): Promise<void> {
    const kept = this.find(requestId)
    if (kept) await this.forget(kept)
    this.changed()
  }

  private async write(next: KeptAct, photos: PhotoChange = nothing): Promise<void> {
    await this.parts.store.put(next, photos)
    this.acts = this.acts.map((k) => (k.act.requestId === next.act.requestId ? next : k))
  }
  private async forget(kept: KeptAct): Promise<void> {
    await this.parts.store.drop(kept)
    this.acts = this.acts.filter((k) => k.act.requestId !== kept.act.requestId)
  }
  private changed(): void {
    this.parts.changed?.()
  }
}

export const waitsForPhotos = (k: KeptAct): boolean =>
  k.isAfterPhotos === true && k.state === 'waiting' && k.photos.length > 0

/** The act with a photo that has arrived. */
function withPhoto(act: SentAct, photoId: string): SentAct {
  const { evidenceIds = [] } = act.ask as { readonly evidenceIds?: readonly string[] }
  if (evidenceIds.includes(photoId)) return act
  return { ...act, ask: { ...act.ask, evidenceIds: [...evidenceIds, photoId] } } as SentAct
}

/** An act made upon a version that is past, made upon what the books hold now. */
export const uponVersion = (act: SentAct, version: number): SentAct =>
  'version' in act.ask ? ({ ...act, ask: { ...act.ask, version } } as SentAct) : act

/** A server that fails on one act again and again must not hold up a day's work: it is put aside, to be sent by hand. */
function stateAfter(fate: Fate, tries: number): ActState {
  if (fate.fate !== 'later') return fate.fate
  return fate.problem === 'server.failed' && tries >= 6 ? 'refused' : 'waiting'
}
