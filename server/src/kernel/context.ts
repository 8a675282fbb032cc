/** What a command is handed: a transaction, the moment, the caller, and a way to tell what happened. */
import { dutiesOf, type Duty } from '@fengge/domain/kernel/duty'
import type { DetailOf, Recorded } from '@fengge/domain/kernel/fact'
import type { Chance } from './chance.ts'
import type { Reading, Tx } from './db/tx.ts'
import { freshId } from './fresh-id.ts'
import { refuse } from './problems.ts'
import type { Sealer } from './seal.ts'
import type { HasShelf } from './shelf.ts'

/** A posting in force, with its duties; the place tree tells what it covers. */
export interface Post {
  readonly id: string
  readonly roleCode: string
  readonly roleName: string
  readonly placeId: string
  readonly departmentId: string | null
  readonly officeName: string
  readonly duties: ReadonlySet<Duty>
}

export interface Caller {
  readonly kind: 'person' | 'machine' | 'resident' | 'device' | 'system'
  readonly accountId: string | null
  readonly name: string
  readonly countyCode: string
  readonly posts: readonly Post[]
  readonly mustChangePassword: boolean
  readonly isAdmin: boolean
  /** What he may not see, whatever his posts reach: people, their homes, who lives there, what they told of. */
  readonly unseen?: ReadonlySet<string>
  /** Of these the people and their homes alone: what a phone begins anew for. */
  readonly unseenPeople?: readonly string[]
  /** Keyed digests of their phones, as events are told by them. */
  readonly unseenNumbers?: readonly string[]
  /** The session that is asked with, where there is one: the digest of its token, what it was opened on, and the phone it is of. */
  readonly session?: { readonly hash: string; readonly device: string; readonly phone: string | null }
  /** The device whose key was called with. */
  readonly deviceId?: string
}

export interface Entry {
  readonly id: string
  readonly kind: 'fact' | 'look' | 'session' | 'refused'
  readonly fact: string
  readonly postingId: string | null
  readonly subject: string | null
  readonly detail: Record<string, unknown>
}

/** Who asks, of a server that remembers the places he may see. */
export interface Asker extends HasShelf {
  readonly caller: Caller
}

/** Where something is read that is not asked by a call: a session, the moment, and what the server remembers. */
export type Source = Pick<Asking, 'tx' | 'now' | 'shelf'>

/** What a command is handed; the session of an `Asking` cannot write, in the types and in PostgreSQL. */
export interface Ctx<Session extends Reading = Tx> extends Asker {
  readonly tx: Session
  readonly now: number
  readonly requestId: string
  readonly ip: string | null
  readonly sealer: Sealer
  readonly chance: Chance
  /** A transaction of its own, for what stands even when this act is refused: a block of numbers, a count of tries. */
  readonly apart: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly entries: Entry[]
  /** Work to do after the commit; its failure changes nothing that was saved. */
  readonly afterCommit: (() => void | Promise<void>)[]
  /** What stands although the act was refused, as a count of tries: written after its own transaction was taken back. */
  readonly afterRefusal: ((tx: Tx) => Promise<void>)[]
  /** Writes a fact down. What others must hear of is announced (reactions.ts). */
  readonly tell: <F extends Recorded>(
    fact: F,
    detail?: DetailOf<F>,
    subject?: string | null,
    post?: Capacity | null,
  ) => void
  readonly look: (what: string, subject: string, detail?: Record<string, unknown>) => void
}

export type Asking = Ctx<Reading>

type Base<Session extends Reading> = Pick<
  Ctx<Session>,
  'tx' | 'now' | 'caller' | 'requestId' | 'ip' | 'sealer' | 'chance' | 'apart' | 'shelf'
>

export function createCtx<Session extends Reading>(base: Base<Session>): Ctx<Session> {
  const entries: Entry[] = []
  return {
    ...base,
    entries,
    afterCommit: [],
    afterRefusal: [],
    tell: (fact, detail, subject = null, post = null) => {
      entries.push(factEntry(base.now, fact.name, { detail: detail ?? {}, subject, post }))
    },
    look: (what, subject, detail = {}) => {
      entries.push({ id: freshId(base.now), kind: 'look', fact: what, postingId: null, subject, detail })
    },
  }
}

/** In which capacity something was done. */
export type Capacity = Post | { readonly postingId: string }

/** A fact as an entry of the journal. */
export function factEntry(
  now: number,
  fact: string,
  told: { readonly detail: object; readonly subject?: string | null; readonly post?: Capacity | null },
): Entry {
  const { detail, subject = null, post = null } = told
  return { id: freshId(now), kind: 'fact', fact, postingId: postingOf(post), subject, detail: { ...detail } }
}

function postingOf(post: Capacity | null): string | null {
  if (post === null) return null
  return 'postingId' in post ? post.postingId : post.id
}

/** The posts that grant a duty, or any of several. */
export function postsWith(caller: Caller, duty: Duty | readonly Duty[]): Post[] {
  const wanted = dutiesOf(duty)
  return caller.posts.filter((p) => wanted.some((d) => p.duties.has(d)))
}

/** All duties that a caller has anywhere. */
export function dutiesHeld(caller: Pick<Caller, 'posts'>): Duty[] {
  return [...new Set(caller.posts.flatMap((p) => [...p.duties]))]
}

/** The post that allows an act at a place, or the refusal. A place out of reach is answered as not found. */
export function may(
  ctx: Asking,
  duty: Duty,
  placeId: string,
  contains: (outer: string, inner: string) => boolean,
): Post {
  const post = postsWith(ctx.caller, duty).find((p) => p.departmentId === null && contains(p.placeId, placeId))
  return post ?? refuse('not-found', 404)
}

/** The account of a caller, for a row that must name one: neither the system nor a resident has it. */
export const accountOf = (caller: Caller): string => caller.accountId ?? refuse('not-allowed', 403)

export const systemCaller = (countyCode: string): Caller => ({
  kind: 'system',
  accountId: null,
  name: '系统',
  countyCode,
  posts: [],
  mustChangePassword: false,
  isAdmin: false,
})
/** A device that called with its key: it has no post, and may do what is a device's to do. */
export const deviceCaller = (countyCode: string, deviceId: string): Caller => ({
  ...systemCaller(countyCode),
  kind: 'device',
  name: '感知设备',
  deviceId,
})
export const residentCaller = (countyCode: string): Caller => ({
  kind: 'resident',
  accountId: null,
  name: '居民',
  countyCode,
  posts: [],
  mustChangePassword: false,
  isAdmin: false,
})
