import QRCode from 'qrcode'
import * as c from '@fengge/domain/registry/bulk-contract'
import * as estates from '@fengge/domain/registry/estates-contract'
import type { Ground } from '../../kernel/ground.ts'
import type { Job } from '../../kernel/jobs.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Serve } from '../../kernel/serve.ts'
import { sendWorkbook } from '../../kernel/workbooks/send-workbook.ts'
import { writeWorkbook } from '../../kernel/workbooks/write-workbook.ts'
import { reachRecord } from '../sight.ts'
import { askExport, decideExport, listExports, openExport } from './exports.ts'
import { listHeldEstates, settleEstate } from './held-estates.ts'
import { listBatches } from './queries.ts'
import { receiveFile } from './receive-file.ts'
import { runImports } from './import-turns.ts'
import { goOnUndoing, undoBatch, type InUse } from './undo/undo-batch.ts'
import { writeFaults, writeTemplate } from './workbooks.ts'

export const importJob = (inUse: InUse): Job => ({
  name: 'registry.imports',
  isTimeless: true,
  everyMs: 1500,
  run: async (engine) => {
    await runImports(engine)
    await goOnUndoing(engine, inUse)
  },
})

export function bulkRoutes(serve: Serve, engine: Ground, inUse: InUse): void {
  serve.stream(c.sendImport, (ctx, _ask, _reply, request) => receiveFile(engine, ctx, request))
  serve.read(c.listBatches, listBatches)
  serve.stream(c.readFaults, async (ctx, ask, reply) => {
    const workbook = await writeFaults(ctx, ask.id)
    await ctx.note()
    return sendWorkbook(reply, ['待修改的行.xlsx', 'to-mend.xlsx'], workbook)
  })
  serve.stream(c.readTemplate, async (ctx, ask, reply) =>
    sendWorkbook(
      reply,
      [`${templateNames[ask.kind] ?? ask.kind}导入模板.xlsx`, `template-${ask.kind}.xlsx`],
      await writeTemplate(ctx, ask.kind),
    ),
  )
  serve.paged(c.undoBatch, undoBatch(inUse))
  serve.read(estates.listHeldEstates, listHeldEstates)
  serve.write(estates.settleEstate, (ctx, ask) => settleEstate(engine, ctx, ask))
  serve.stream(c.readDoorCode, async (ctx, ask, reply, request) => {
    const { row, kind } = await reachRecord(ctx, ask.id, 'registry.read')
    if (kind !== 'house') refuse('record.unknown', 404)
    // The code holds an address that asks for a sign-in, and nothing about who lives there.
    const site = engine.settings.publicUrl ?? `${request.protocol}://${request.host}`
    const door = `${site.replace(/\/$/, '')}/field/#grid/h.${row.id}`
    return reply.type('image/svg+xml').send(await QRCode.toString(door, { type: 'svg', margin: 2 }))
  })
  serve.write(c.askExport, askExport)
  serve.write(c.decideExport, decideExport)
  serve.read(c.listExports, listExports)
  serve.stream(c.readExport, async (ctx, ask, reply) => {
    const { header, pages, about } = await openExport(ctx, ask.id)
    await ctx.note()
    return sendWorkbook(reply, ['实有人口房屋.xlsx', 'registry.xlsx'], writeWorkbook(header, pages, { about }))
  })
}

const templateNames: Readonly<Record<string, string>> = {
  person: '人口',
  house: '房屋',
  unit: '单位',
  estate: '小区',
  building: '楼栋',
  facility: '设施',
  link: '人房关系',
}
