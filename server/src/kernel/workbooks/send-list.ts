/** A list handed out as a workbook: marked with whose it is and what for, in the journal before its first byte. */
import type { FastifyReply } from 'fastify'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { dayOf, showInstant } from '@fengge/domain/kernel/time'
import { refuse } from '../problems.ts'
import type { Streaming } from '../serve.ts'
import { attachmentNamed, onePage, writeWorkbook, type About, type Cell } from './write-workbook.ts'

export interface ListSheet {
  /** What the file is called, in Chinese and in letters. */
  readonly name: readonly [zh: string, plain: string]
  /** How the journal calls it, and about what it is. */
  readonly fact: string
  readonly subject: string
  readonly purpose: string
  /** What was asked for, in words. */
  readonly filter: About['filter']
  readonly header: readonly string[]
  /** As many as there are, up to one more than may leave. */
  readonly rows: readonly (readonly Cell[])[]
  /** How many there are. */
  readonly total: number
}

/** @throws Refusal where the list is longer than may leave without a second person */
export async function sendList(ctx: Streaming, reply: FastifyReply, sheet: ListSheet): Promise<FastifyReply> {
  const { name, purpose, filter, header, rows, total } = sheet
  if (total > listExportLimit) refuse('export.too-long', 422, { rows: total, most: listExportLimit })
  ctx.look(sheet.fact, sheet.subject, { rows: total, purpose, filter: Object.fromEntries(filter) })
  await ctx.note()
  const about = { by: ctx.caller.name, at: ctx.now, purpose, filter, rows: total }
  const mark = markOf(about)
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', attachmentNamed(`${name[0]}-${dayOf(ctx.now)}.xlsx`, `${name[1]}.xlsx`))
    .send(writeWorkbook([...header, '水印'], onePage(rows.map((row) => [...row, mark])), { about }))
}

/** What stands in each row of a list that left: whose it is, when, and what for. */
export const markOf = ({ by, at, purpose }: Pick<About, 'by' | 'at' | 'purpose'>): string =>
  `${by} ${showInstant(at)} 仅用于：${purpose}`
