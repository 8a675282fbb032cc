/** A file sent to be imported: taken as it streams in, looked at, and put in line. */
import { createWriteStream, mkdirSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Id } from '@fengge/domain/kernel/id'
import { importSent } from '@fengge/domain/registry/facts'
import { ImportKind, ImportMode } from '@fengge/domain/registry/terms'
import { accountOf, may } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { isTableName } from '../../kernel/workbooks/read-table.ts'
import type { Streaming } from '../../kernel/serve.ts'
import { placeTree } from '../../places/door.ts'
import { batchFile } from './read-pages.ts'
import { countQuestion } from '../questions.ts'
import { addBatch } from './store/batches.ts'

const mostBytes = 500_000_000
const Sent = z.object({ id: Id, kind: ImportKind, mode: ImportMode, placeId: z.string() })

/** Takes the file; the same id again is the same import. */
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
  await keepFile(part, batchFile(engine, { id, file_name: part.filename }), isXlsx, engine.settings.dataDir)
  const batch = {
    county_code: ctx.caller.countyCode,
    id,
    kind,
    file_name: part.filename.slice(0, 200),
    mode,
    account_id: accountOf(ctx.caller),
    posting_id: post.id,
    place_id: placeId,
    at: new Date(ctx.now),
  }
  ctx.tell(importSent, { kind, mode }, id, post)
  await ctx.note((tx) => addBatch(tx, batch))
  return { id }
}

function fieldOf(part: MultipartFile, name: string): string {
  const field = part.fields[name]
  return field && 'value' in field ? String(field.value) : ''
}

/** Writes the file, and takes it away again when it is too large or not what its name says. */
async function keepFile(part: MultipartFile, path: string, isXlsx: boolean, dataDir: string): Promise<void> {
  mkdirSync(join(dataDir, 'imports'), { recursive: true, mode: 0o700 })
  await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
  if (part.file.truncated) {
    await rm(path, { force: true })
    refuse('file.too-large', 413, { most: mostBytes })
  }
  if ((await isZip(path)) === isXlsx) return
  await rm(path, { force: true })
  refuse('file.type', 415)
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(4)
    await file.read(head, 0, 4, 0)
    return head.equals(Buffer.from([0x50, 0x4b, 3, 4]))
  } finally {
    await file.close()
  }
}
