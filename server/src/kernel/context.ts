/** What a command is handed: a transaction, the moment, the caller, and a way to tell what happened. */
import type { Tx } from './db/pool.ts'
import { freshId } from './fresh-id.ts'
import { refuse } from './problems.ts'
import type { Sealer } from './seal.ts'

/** A posting in force, with its duties; the place tree tells what it covers. */
export interface Post {
  readonly id: string
  readonly roleCode: string
  readonly roleName: string
  readonly placeId: string
  readonly departmentId: string | null
  readonly officeName: string
  readonly duties: ReadonlySet<string>
}

export interface Caller {
  readonly kind: 'person' | 'machine' | 'resident' | 'system'
  readonly accountId: string | null
  readonly name: string
  readonly countyCode: string
  readonly posts: readonly Post[]
  readonly mustChangePassword: boolean
  readonly isAdmin: boolean
}

export interface Entry {
  readonly id: string
  readonly kind: 'fact' | 'look' | 'session' | 'refused'
  readonly fact: string
  readonly postingId: string | null
  readonly subject: string | null
  readonly detail: Record<string, unknown>
}

export interface Ctx {
  readonly tx: Tx
  readonly now: number
  readonly caller: Caller
  readonly requestId: string
  readonly ip: string | null
  readonly sealer: Sealer
  readonly entries: Entry[]
  /** Work to do after the commit; its failure changes nothing that was saved. */
  readonly afterCommit: (() => void | Promise<void>)[]
  tell(
    fact: string,
    detail?: Record<string, unknown>,
    subject?: string | null,
    post?: Post | { postingId: string } | null,
  ): void
  look(what: string, subject: string, detail?: Record<string, unknown>): void
}

export function createCtx(base: Pick<Ctx, 'tx' | 'now' | 'caller' | 'requestId' | 'ip' | 'sealer'>): Ctx {
  const entries: Entry[] = []
  return {
    ...base,
    entries,
    afterCommit: [],
    tell: (fact, detail = {}, subject = null, post = null) => {
      const postingId = post === null ? null : 'postingId' in post ? post.postingId : post.id
      entries.push({ id: freshId(base.now), kind: 'fact', fact, postingId, subject, detail })
    },
    look: (what, subject, detail = {}) => {
      entries.push({ id: freshId(base.now), kind: 'look', fact: what, postingId: null, subject, detail })
    },
  }
}

/** The posts that grant a duty; a list with `|` asks for any of several. */
export function postsWith(caller: Caller, duty: string): Post[] {
  const wanted = duty.split('|')
  return caller.posts.filter((p) => wanted.some((d) => p.duties.has(d)))
}

/** The post that allows an act at a place, or the refusal. A place out of reach is answered as not found. */
export function may(
  ctx: Ctx,
  duty: string,
  placeId: string,
  contains: (outer: string, inner: string) => boolean,
): Post {
  const post = postsWith(ctx.caller, duty).find((p) => p.departmentId === null && contains(p.placeId, placeId))
  return post ?? refuse('not-found', 404)
}

export const systemCaller = (countyCode: string): Caller => ({
  kind: 'system',
  accountId: null,
  name: '系统',
  countyCode,
  posts: [],
  mustChangePassword: false,
  isAdmin: false,
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
