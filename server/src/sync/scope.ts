/** Whose rows a phone holds, and from where it goes on. */
import { createHash } from 'node:crypto'
import { Id } from '@fengge/domain/kernel/id'
import { z } from 'zod'
import type { Asker } from '../kernel/context.ts'
import { lifeOf } from '../kernel/running/life.ts'
import { placeTree } from '../places/door.ts'

export interface Scope {
  readonly grids: readonly string[]
  /** Those of them whose visits the holder makes or reads. */
  readonly visited: readonly string[]
  readonly micros: readonly string[]
  readonly key: string
}

/** What was told in another life of the database is of another scope: the phone begins anew. The first has no name. */
const lifeNames = (asker: Asker): string[] => [lifeOf(asker).name].filter((name) => name !== '')

/** Own grids and micro-grids; whoever serves a larger place holds no registry on the phone. */
export function scopeOf(asker: Asker): Scope {
  const { caller } = asker
  const tree = placeTree(asker)
  const grids = new Set<string>(),
    visited = new Set<string>(),
    micros = new Set<string>()
  for (const post of caller.posts) {
    if (post.departmentId !== null || !post.duties.has('registry.read')) continue
    const tier = tree.get(post.placeId)?.tier
    const inner = tier === 'grid' ? tree.below(post.placeId, 'grid') : []
    for (const id of inner) grids.add(id)
    if (post.duties.has('visit.write') || post.duties.has('visit.read')) for (const id of inner) visited.add(id)
    if (tier === 'micro') micros.add(post.placeId)
  }
  const posts = caller.posts.map((p) => `${p.roleCode}@${p.placeId}/${p.departmentId ?? ''}`).toSorted()
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        'h1',
        ...lifeNames(asker),
        caller.accountId,
        posts,
        [...grids].toSorted(),
        [...micros].toSorted(),
        ...(caller.unseenPeople ? [caller.unseenPeople.toSorted()] : []),
      ]),
    )
    .digest('base64url')
    .slice(0, 16)
  return { grids: [...grids].toSorted(), visited: [...visited].toSorted(), micros: [...micros].toSorted(), key }
}

/**
 * What a phone has seen: x the database's snapshot, s the scope, c the digest of the configuration, e the oldest event it
 * holds, where it does not hold all of them.
 */
const Cursor = z.object({
  x: z.string().regex(/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/),
  s: z.string(),
  c: z.string(),
  e: z
    .tuple([z.iso.datetime({ offset: true }), Id])
    .readonly()
    .nullable()
    .default(null),
})
export type Cursor = z.output<typeof Cursor>
export const firstCursor: Cursor = { x: '1:1:', s: '', c: '', e: null }

/** A cursor that cannot be read, or of another scope, begins anew. */
export function readCursor(text: string, scope: Scope): Cursor {
  try {
    const cursor = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return cursor.s === scope.key ? cursor : firstCursor
  } catch {
    return firstCursor
  }
}
export const writeCursor = (c: Cursor): string => Buffer.from(JSON.stringify(c)).toString('base64url')

/** A cursor from the future is of a database that was put back. */
export const isAhead = (cursor: Cursor, snapshot: string): boolean =>
  BigInt(cursor.x.split(':')[0]!) > BigInt(snapshot.split(':')[1]!)
