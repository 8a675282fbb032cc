/** A file sent to be imported: taken as it streams in, looked at, and put in line. */
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
import { mostBytes, withFile } from './import-files.ts'
import { addBatch, findBatch } from './store/batches.ts'

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
  const account = accountOf(ctx.caller)
  await withFile(engine, part, { account, isXlsx }, async ({ bytes, keepAs }) => {
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
