/**
 * The outbox of acts: kept before it is acknowledged on the screen, sent in the order made, each with a fate of its
 * own. Storage and line are handed in, so that the very code of the phone runs in the fault tests. Source: U2.
 */
import type { Act, Fate } from '@fengge/domain/sync/terms'

export type ActState = 'waiting' | 'done' | 'refused' | 'held' | 'kept'
export interface KeptAct {
  readonly act: Act
  readonly state: ActState
  /** What it is, in the words of its holder, for the list of what waits. */
  readonly label: string
  readonly problem: string
  readonly details: unknown
  readonly reply: unknown
  readonly tries: number
  readonly sentAt: string
}
/** One record a call; each call is on the disk when it resolves. */
export interface ActStore {
  readonly all: () => Promise<KeptAct[]>
  readonly put: (kept: KeptAct) => Promise<void>
  readonly drop: (requestId: string) => Promise<void>
}
export interface Line {
  /** @throws when the line breaks before the answer is whole */
  readonly push: (acts: readonly Act[]) => Promise<{ readonly fates: readonly Fate[]; readonly now: number }>
}
export interface Fresh {
  readonly name: Act['name']
  readonly ask: Record<string, unknown>
  readonly label: string
  readonly subject?: string
  readonly needs?: readonly string[]
  readonly requestId?: string
}

const batch = 40
const longestHistory = 60

export class Outbox {
  private acts: KeptAct[] = []
  private running: Promise<'idle' | 'sent' | 'cut'> | undefined
  private readonly store: ActStore
  private readonly line: Line
  private readonly now: () => number
  private readonly makeId: () => string
  private readonly changed: () => void
  constructor(
    store: ActStore,
    line: Line,
    now: () => number,
    makeId: () => string,
    changed: () => void = () => undefined,
  ) {
    this.store = store
    this.line = line
    this.now = now
    this.makeId = makeId
    this.changed = changed
  }

  async load(): Promise<void> {
    this.acts = (await this.store.all()).toSorted((a, b) => a.act.seq - b.act.seq)
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

  /** Resolves when the act is kept; only then may the screen say so. */
  async add(fresh: Fresh): Promise<KeptAct> {
    const seq = this.acts.reduce((most, k) => Math.max(most, k.act.seq), 0) + 1
    // What an act stands on goes first; what was already refused or kept must be settled by its holder.
    const needs = (fresh.needs ?? []).filter((id) => this.find(id) !== undefined && this.find(id)!.state !== 'done')
    const act: Act = {
      requestId: fresh.requestId ?? this.makeId(),
      seq,
      name: fresh.name,
      ask: fresh.ask,
      madeAt: new Date(this.now()).toISOString(),
      needs,
      subject: fresh.subject ?? '',
    }
    const isLost = needs.some((id) => ['refused', 'held'].includes(this.find(id)!.state))
    const kept: KeptAct = {
      act,
      state: isLost ? 'held' : 'waiting',
      label: fresh.label,
      problem: '',
      details: null,
      reply: null,
      tries: 0,
      sentAt: '',
    }
    await this.store.put(kept)
    this.acts = [...this.acts.filter((k) => k.act.requestId !== act.requestId), kept]
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
    for (let due = this.waiting(); due.length > 0; due = this.waiting()) {
      const acts = due.slice(0, batch).map((k) => k.act)
      let answer
      try {
        answer = await this.line.push(acts)
      } catch {
        return 'cut'
      }
      let isStuck = true
      for (const fate of answer.fates) isStuck = !(await this.settle(fate)) && isStuck
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
    // A server that fails on one act again and again must not hold up a day's work: it is put aside, to be sent by hand.
    const state: ActState =
      fate.fate === 'later' ? (fate.problem === 'server.failed' && tries >= 6 ? 'refused' : 'waiting') : fate.fate
    const next: KeptAct = {
      ...kept,
      state,
      tries,
      problem: fate.problem ?? '',
      details: fate.details ?? null,
      reply: fate.reply ?? null,
      sentAt: state === 'waiting' ? '' : new Date(this.now()).toISOString(),
    }
    await this.store.put(next)
    this.acts = this.acts.map((k) => (k.act.requestId === fate.requestId ? next : k))
    if (state === 'refused') await this.hold(fate.requestId)
    await this.forgetOld()
    return state !== 'waiting'
  }

  /** What needs a refused act waits with it, also where it stood in a later batch. */
  private async hold(requestId: string): Promise<void> {
    for (const k of this.acts.filter((x) => x.state === 'waiting' && x.act.needs.includes(requestId))) {
      const next: KeptAct = { ...k, state: 'held' }
      await this.store.put(next)
      this.acts = this.acts.map((x) => (x === k ? next : x))
      await this.hold(k.act.requestId)
    }
  }

  /** What is in the books is shown for a while and then goes; what is not never goes by itself. */
  private async forgetOld(): Promise<void> {
    const past = this.acts.filter((k) => k.state === 'done' || k.state === 'kept')
    for (const old of past.slice(0, Math.max(0, past.length - longestHistory))) {
      await this.store.drop(old.act.requestId)
      this.acts = this.acts.filter((k) => k !== old)
    }
  }

  /** Sends a refused act again, mended or as it is; what needed it goes along. The id stays: it was never in the books. */
  async resend(requestId: string, ask?: Record<string, unknown>): Promise<void> {
    const kept = this.find(requestId)
    if (!kept || (kept.state !== 'refused' && kept.state !== 'held')) return
    const revive = async (k: KeptAct, withAsk?: Record<string, unknown>) => {
      const next: KeptAct = {
        ...k,
        state: 'waiting',
        problem: '',
        details: null,
        tries: 0,
        sentAt: '',
        act: withAsk === undefined ? k.act : { ...k.act, ask: withAsk },
      }
      await this.store.put(next)
      this.acts = this.acts.map((x) => (x.act.requestId === k.act.requestId ? next : x))
    }
    await revive(kept, ask)
    for (const k of this.acts.filter((x) => x.state === 'held' && x.act.needs.includes(requestId)))
      await this.resend(k.act.requestId)
    this.changed()
  }

  /** Given up by its holder, who is asked first; what needed it stays, held, until it is settled too. */
  async drop(requestId: string): Promise<void> {
    await this.store.drop(requestId)
    this.acts = this.acts.filter((k) => k.act.requestId !== requestId)
    this.changed()
  }
}
