/**
 * A file sent to be imported: taken as it streams in, looked at, and put in line. It lies under a name of the server's
 * own until its import is in the books, and is gone when anything went wrong; an account brings in a few at a time, and
 * so much a day.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Id } from '@fengge/domain/kernel/id'
import { dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import { importSent } from '@fengge/domain/registry/facts'
import { ImportKind, ImportMode } from '@fengge/domain/registry/terms'
import { accountOf, may } from '../../kernel/context.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import type { Ground } from '../../kernel/ground.ts'
import type { Job } from '../../kernel/jobs.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Streaming } from '../../kernel/serve.ts'
import { keptOnShelf, type HasShelf } from '../../kernel/shelf.ts'
import { isTableName } from '../../kernel/workbooks/read-table.ts'
import { placeTree } from '../../places/door.ts'
import { countQuestion } from '../questions.ts'
import { batchFile, importFolder, sealImport } from './import-file.ts'
import { addBatch, findBatch } from './store/batches.ts'
import { importsOf, listUnfinished } from './store/waiting.ts'

const Sent = z.object({ id: Id, kind: ImportKind, mode: ImportMode, placeId: z.string() })

/** Takes the file, sealed as it comes in; the same id again is the same import. */
export async function receiveFile(engine: Ground, ctx: Streaming, request: FastifyRequest): Promise<{ id: string }> {
  if (!request.isMultipart()) refuse('file.broken', 422)
  const part = (await request.file({ limits: { fileSize: mostBytes, files: 1 } })) ?? refuse('file.broken', 422)
  const sent = Sent.safeParse({
    id: fieldOf(part, 'id'),
    kind: fieldOf(part, 'kind'),
    mode: fieldOf(part, 'mode'),
    placeId: fieldOf(part, 'placeId'),
  })
  if (!sent.success) return refuse('ask.invalid', 400, { fields: [{ field: 'id, kind, mode', fault: 'invalid' }] })
  const { id, kind, mode } = sent.data
  const isXlsx = part.filename.toLowerCase().endsWith('.xlsx')
  if (!isTableName(part.filename)) refuse('file.type', 415)
  const placeId = sent.data.placeId || ctx.caller.posts.find((p) => p.duties.has('registry.import'))!.placeId
  const post = may(ctx, 'registry.import', placeId, placeTree(ctx).contains)
  // A trial writes nothing and tells how many of its numbers are known.
  if ((kind === 'person' || kind === 'link') && mode === 'trial') await countQuestion(ctx, [`batch:${id}`])
  const account = accountOf(ctx.caller)
  await withFile(engine, part, { id, account, isXlsx }, async ({ bytes, keepAs }) => {
    const batch = {
      county_code: ctx.caller.countyCode,
      id,
      kind,
      file_name: part.filename.slice(0, 200),
      mode,
      account_id: account,
      posting_id: post.id,
      place_id: placeId,
      at: new Date(ctx.now),
      bytes,
    }
    ctx.tell(importSent, { kind, mode }, id, post)
    await ctx.note(async (tx) => {
      if (await addBatch(tx, batch)) await keepAs(batchFile(engine, batch))
      else if (!(await findBatch(tx, batch.county_code, id, account))) refuse('request.reused', 409)
    })
  })
  return { id }
}

function fieldOf(part: MultipartFile, name: string): string {
  const field = part.fields[name]
  return field && 'value' in field ? String(field.value) : ''
}

/** The largest file. */
const mostBytes = 500_000_000
/** So many files of one account come in, wait or are taken at a time. */
const mostWaiting = 5
/** So many bytes an account brings in a day, the file with which it comes to it still whole. */
const mostBytesADay = 1_000_000_000

interface KeptImport {
  readonly bytes: number
  /** Gives it the name under which it is looked for. */
  readonly keepAs: (path: string) => Promise<void>
}

/** Files that are coming in, by account. */
const coming = keptOnShelf(() => new Map<string, number>())

/** Keeps a file while something is done with it; what was not given a name then is gone. */
async function withFile<T>(
  engine: Ground,
  part: MultipartFile,
  { id, account, isXlsx }: { readonly id: string; readonly account: string; readonly isXlsx: boolean },
  work: (kept: KeptImport) => Promise<T>,
): Promise<T> {
  const leave = comeIn(engine, account)
  const path = join(importFolder(engine), `${randomUUID()}.part`)
  try {
    await refuseMore(engine.database.read, account, engine.clock.now())
    await mkdir(importFolder(engine), { recursive: true, mode: 0o700 })
    const passed = { bytes: 0, head: Buffer.alloc(0) }
    await sealImport(engine, id, path, look(part.file, passed))
    if (part.file.truncated) refuse('file.too-large', 413, { most: mostBytes })
    if (passed.head.equals(zipMark) !== isXlsx) refuse('file.type', 415)
    return await work({ bytes: passed.bytes, keepAs: (name) => rename(path, name) })
  } finally {
    leave()
    await rm(path, { force: true })
  }
}

/** @returns what is called when it is in, or is not */
function comeIn(home: HasShelf, account: string): () => void {
  const all = coming(home)
  const own = (all.get(account) ?? 0) + 1
  if (own > mostWaiting) refuse('import.waiting', 429, { most: mostWaiting, retryAfter: 60 })
  all.set(account, own)
  return () => {
    const left = all.get(account)! - 1
    if (left === 0) all.delete(account)
    else all.set(account, left)
  }
}

/** @throws where the account has as many as it may */
async function refuseMore(reading: Reading, account: string, now: number): Promise<void> {
  const { waiting, bytes } = await importsOf(reading, account, new Date(startOf(dayOf(now))))
  if (waiting >= mostWaiting) refuse('import.waiting', 429, { most: mostWaiting, retryAfter: 60 })
  if (bytes >= mostBytesADay) refuse('import.day-full', 409, { most: mostBytesADay })
}

const zipMark = Buffer.from([0x50, 0x4b, 3, 4])

/** Counts what passes, and keeps how it begins. */
async function* look(bytes: AsyncIterable<Buffer>, passed: { bytes: number; head: Buffer }): AsyncGenerator<Buffer> {
  for await (const some of bytes) {
    passed.bytes += some.length
    if (passed.head.length < zipMark.length)
      passed.head = Buffer.concat([passed.head, some.subarray(0, zipMark.length - passed.head.length)])
    yield some
  }
}

/** Drops files that no import waits for: a server that ended left them. @returns how many */
export async function sweepImports({ settings, database, clock }: Ground): Promise<number> {
  const folder = importFolder({ settings })
  const names = await readdir(folder).catch(() => [])
  const waiting = new Set(await listUnfinished(database.read))
  let dropped = 0
  for (const name of names) {
    if (waiting.has(name.replace(/\.\w+$/, ''))) continue
    const age = await stat(join(folder, name)).catch(() => undefined)
    if (!age || age.mtimeMs > clock.now() - dayLength) continue
    await rm(join(folder, name), { force: true })
    dropped++
  }
  return dropped
}

export const sweepImportsJob: Job = {
  name: 'registry.sweep-imports',
  cron: '50 2 * * *',
  run: async (ground) => {
    await sweepImports(ground)
  },
}
