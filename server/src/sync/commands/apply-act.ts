/**
 * An act of another's is done by the desk: in its own name and under its own duties, with the words of whoever made it.
 * What he had uploaded for it, and what his phone handed in, is the desk's evidence then.
 */
import { Id } from '@fengge/domain/kernel/id'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { composeId } from '@fengge/domain/kernel/id'
import { actPromises } from '@fengge/domain/sync/contract/acts'
import { onBehalfIn, readAsk, type Act, type ActName } from '@fengge/domain/sync/terms'
import { z } from 'zod'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { problemOf, refuse } from '../../kernel/problems.ts'
import type { Serve } from '../../kernel/serve.ts'
import { handOverEvidence, takeEvidence } from '../../events/door.ts'
import { openKey, openPhoto } from '../handed.ts'
import { askAt, type InboxRow } from '../store/inbox.ts'
import { dropPhotos, listArrived, type OpenablePhoto } from '../store/photos.ts'

interface Applying {
  readonly ground: Ground
  readonly serve: Serve
  readonly ctx: Ctx
  readonly row: InboxRow
  /** Photos that had come when it was looked at. */
  readonly seen: readonly Pick<OpenablePhoto, 'id' | 'digest'>[]
}

export async function applyAct(applying: Applying): Promise<void> {
  const { ctx, row, seen } = applying
  const given = readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id)))
  const photos = await listArrived(ctx.tx, row.county_code, row.id)
  if (marksOf(photos) !== marksOf(seen)) refuse('inbox.stale', 409)
  const uploads = { county: row.county_code, ids: uploadsIn(given), from: row.account_id, to: accountOf(ctx.caller) }
  // All in the transaction of the decision: what is refused leaves the uploads whose they were, for a second try of any desk.
  await handOverEvidence(ctx.tx, uploads)
  const kept = row.name === 'attachEvidence' ? await keepPhotos(applying, photos) : []
  await join(applying, row.name, { ...given, ...onBehalfIn(row.name, given, row.holder) }, row.id)
  const used = row.name === 'attachEvidence' ? kept : await attachPhotos(applying, photos)
  await dropPhotos(ctx.tx, row.county_code, used)
}

const marksOf = (photos: Applying['seen']): string =>
  photos
    .map((p) => `${p.id} ${p.digest}`)
    .toSorted()
    .join('\n')

/** Files that the act names: only those that its maker sent himself, and that belong to no event, change hands. */
const uploadsIn = (ask: Act['ask']): string[] => z.array(Id).max(50).catch([]).parse(ask['evidenceIds'])

async function join({ serve, ctx, row }: Applying, name: ActName, ask: object, of: string): Promise<void> {
  const requestId = idFrom(of, row.made_at.getTime())
  try {
    await serve.join(actPromises[name], ctx, { ...ask, requestId })
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    refuse('inbox.cannot-apply', 409, { problem: problem.problem })
  }
}

/** It follows from the act's own id, so that a second try changes nothing. */
function idFrom(id: string, at: number): string {
  const digest = createHash('sha256').update(`apply ${id}`).digest()
  return composeId(at, digest.subarray(0, 10))
}

/**
 * Photos become evidence by the very way that an upload takes: judged, drawn anew, kept.
 * @returns the ids of those that are no broken pictures
 */
async function keepPhotos({ ground, ctx }: Applying, photos: readonly OpenablePhoto[]): Promise<string[]> {
  if (photos.length === 0) return []
  const folder = await mkdtemp(joinPath(ground.settings.dataDir, 'handed-'))
  const kept: string[] = []
  // This command holds a transaction, so files are written down apart.
  const apart = { ...ground, database: { ...ground.database, write: ctx.apart } }
  try {
    for (const { id, phase, picture: sealed, device_id: device, key_sealed: key } of photos) {
      const picture = sealed === null ? undefined : openPhoto(sealed, openKey(ctx.sealer, device, key))
      if (!picture) continue
      const path = joinPath(folder, id)
      await writeFile(path, picture)
      const ask = { id, phase: Phase.parse(phase), name: `${id}.jpg`, type: '' }
      if (await isDone(takeEvidence(apart).finish(ctx.caller, ask, path))) kept.push(id)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return kept
}
const Phase = z.enum(['before', 'during', 'after', 'check'])

/** The act is in the books by now: a photo that cannot follow it stays with the act in the inbox, for all to see. */
async function attachPhotos(applying: Applying, photos: readonly OpenablePhoto[]): Promise<string[]> {
  const kept = new Set(await keepPhotos(applying, photos))
  const attached: string[] = []
  for (const { id, event_id: eventId, phase } of photos.filter((p) => kept.has(p.id)))
    if (await isDone(join(applying, 'attachEvidence', { eventId, evidenceIds: [id], phase }, id))) attached.push(id)
  return attached
}

/** Whether it was not refused. */
const isDone = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (problemOf(error)) return false
      throw error
    },
  )
