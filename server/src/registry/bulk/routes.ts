import { createWriteStream, mkdirSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import { Id } from '@fengge/domain/kernel/id'
import * as c from '@fengge/domain/registry/bulk-contract'
import { columnsFor } from '@fengge/domain/registry/import-columns'
import { may, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, run } from '../../kernel/db/sql.ts'
import type { Engine } from '../../kernel/engine.ts'
import type { Job } from '../../kernel/jobs.ts'
import { writeJournal } from '../../kernel/journal.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Serve } from '../../kernel/serve.ts'
import { writeWorkbook } from '../../kernel/write-workbook.ts'
import { placeTree } from '../../places/door.ts'
import { saveOverlay } from '../commands/save-overlay.ts'
import { fieldBook } from '../field-book.ts'
import { readOverlays } from '../queries/overlays.ts'
import { reachRecord } from '../sight.ts'
import { askExport, decideExport, listExports, openExport } from './exports.ts'
import { batchFile, runImports } from './run-import.ts'
import { undoBatch } from './undo-batch.ts'

export const importJob: Job = {
  name: 'registry.imports',
  everyMs: 1500,
  run: async (engine) => {
    await runImports(engine)
  },
}
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const mostBytes = 500_000_000

export function bulkRoutes(serve: Serve, engine: Engine): void {
  serve.stream(c.sendImport, (ctx, _ask, _reply, request) => receive(engine, ctx, request))
  serve.read(c.listBatches, async (ctx) => {
    const rows = await rowsOf<{
      id: string
      kind: c.ImportKind
      file_name: string
      mode: c.Batch['mode']
      state: c.Batch['state']
      at: Date
      rows: number
      done: number
      created: number
      changed: number
      same: number
      faults: number
      problem: string | null
    }>(
      ctx.tx,
      sql`
        select id, kind, file_name, mode, state, at, rows, done, created, changed, same, faults, problem
        from registry.batch
        where county_code = ${ctx.caller.countyCode} and account_id = ${ctx.caller.accountId}
        order by at desc
        limit 50
      `,
    )
    return { batches: rows.map(({ file_name, at, ...r }) => ({ ...r, fileName: file_name, at: at.toISOString() })) }
  })
  serve.stream(c.readFaults, async (ctx, ask, reply) => {
    const batch =
      (await rowOf<{ kind: c.ImportKind; header: string[] }>(
        ctx.tx,
        sql`
          select kind, header
          from registry.batch
          where county_code = ${ctx.caller.countyCode} and id = ${ask.id} and account_id = ${ctx.caller.accountId}
        `,
      )) ?? refuse('record.unknown', 404)
    const rows = await rowsOf<{ row_no: number; faults: { column: string; fault: string }[]; cells_sealed: string }>(
      ctx.tx,
      sql`
        select row_no, faults, cells_sealed
        from registry.batch_fault
        where county_code = ${ctx.caller.countyCode} and batch_id = ${ask.id}
        order by row_no
      `,
    )
    ctx.look('registry.faults-looked', ask.id, { kind: batch.kind })
    await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
    const cells = rows.map((r) => JSON.parse(ctx.sealer.open(r.cells_sealed)) as string[])
    const wide = Math.max(0, ...cells.map((x) => x.length))
    const header = batch.header
    async function* pages() {
      yield rows.map((r, i) => [
        ...Array.from({ length: wide }, (_, k) => cells[i]![k] ?? ''),
        `第 ${r.row_no} 行`,
        r.faults.map((f) => `${f.column}：${c.faultWords[f.fault] ?? f.fault}`).join('；'),
      ])
    }
    void reply.type(workbook).header('content-disposition', 'attachment; filename="to-mend.xlsx"')
    return reply.send(
      writeWorkbook([...Array.from({ length: wide }, (_, i) => header[i] ?? ''), '原行号', '问题'], pages()),
    )
  })
  serve.stream(c.readTemplate, async (ctx, ask, reply) => {
    const columns = columnsFor(ask.kind, (await fieldBook(ctx.tx, ctx.caller.countyCode)).fields(ask.kind))
    async function* pages() {
      yield []
    }
    void reply.type(workbook).header('content-disposition', `attachment; filename="template-${ask.kind}.xlsx"`)
    return reply.send(
      writeWorkbook(
        columns.map((x) => x.name),
        pages(),
        columns.map((x) => ({
          title: x.name,
          text: x.spec ? `${x.spec.isRequired ? '必填。' : ''}${x.spec.purpose}（${x.spec.basis}）` : '可不填',
          choices:
            x.code === 'role'
              ? ['户主', '成员', '承租人', '房主', '同住']
              : x.spec?.type === 'flag'
                ? ['是', '否']
                : (x.spec?.choices.map(([, name]) => name) ?? []),
        })),
      ),
    )
  })
  serve.write(c.undoBatch, undoBatch)
  serve.stream(c.readDoorCode, async (ctx, ask, reply, request) => {
    const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
    if (kind !== 'house') refuse('record.unknown', 404)
    // The code holds an address that asks for a sign-in, and nothing about who lives there.
    const site = engine.settings.publicUrl ?? `${request.protocol}://${request.host}`
    return reply
      .type('image/svg+xml')
      .send(await QRCode.toString(`${site.replace(/\/$/, '')}/field/#grid/h.${row.id}`, { type: 'svg', margin: 2 }))
  })
  serve.write(c.askExport, askExport)
  serve.write(c.decideExport, decideExport)
  serve.read(c.listExports, listExports)
  serve.stream(c.readExport, async (ctx, ask, reply) => {
    const { header, pages } = await openExport(ctx, ask.id)
    await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
    void reply.type(workbook).header('content-disposition', 'attachment; filename="registry.xlsx"')
    return reply.send(writeWorkbook(header, pages))
  })
  serve.write(c.saveOverlay, saveOverlay)
  serve.read(c.readOverlays, readOverlays)
}

/** Takes the file as it streams in; the same id again is the same import. */
async function receive(engine: Engine, ctx: Asking, request: FastifyRequest): Promise<{ id: string }> {
  if (!request.isMultipart()) refuse('file.broken', 422)
  const part = await request.file({ limits: { fileSize: mostBytes, files: 1 } })
  if (!part) return refuse('file.broken', 422)
  const field = (name: string) => {
    const f = part.fields[name]
    return f && 'value' in f ? String((f as { value: unknown }).value) : ''
  }
  const id = Id.safeParse(field('id')),
    kind = c.ImportKind.safeParse(field('kind')),
    mode = field('mode')
  const isXlsx = part.filename.toLowerCase().endsWith('.xlsx')
  if (!id.success || !kind.success || !['trial', 'all', 'good'].includes(mode))
    return refuse('ask.invalid', 400, { fields: [{ field: 'id, kind, mode', fault: 'invalid' }] })
  if (!isXlsx && !part.filename.toLowerCase().endsWith('.csv')) refuse('file.type', 415)
  const placeId = field('placeId') || ctx.caller.posts.find((p) => p.duties.has('registry.import'))!.placeId
  const post = may(ctx, 'registry.import', placeId, placeTree().contains)
  mkdirSync(join(engine.settings.dataDir, 'imports'), { recursive: true, mode: 0o700 })
  const path = batchFile(engine, { id: id.data, file_name: part.filename })
  await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
  if (part.file.truncated) {
    await rm(path, { force: true })
    refuse('file.too-large', 413, { most: mostBytes })
  }
  const file = await open(path)
  const head = Buffer.alloc(4)
  await file.read(head, 0, 4, 0)
  await file.close()
  if (head.equals(Buffer.from([0x50, 0x4b, 3, 4])) !== isXlsx) {
    await rm(path, { force: true })
    refuse('file.type', 415)
  }
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into registry.batch (county_code, id, kind, file_name, mode, state, account_id, posting_id, place_id, at)
        values
          (${ctx.caller.countyCode}, ${id.data}, ${kind.data}, ${part.filename.slice(0, 200)}, ${mode}, 'waiting', ${ctx.caller.accountId}, ${post.id}, ${placeId}, ${new Date(ctx.now)})
        on conflict do nothing
      `,
    ),
  )
  ctx.tell('registry.import-sent', { kind: kind.data, mode }, id.data, post)
  await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
  return { id: id.data }
}
