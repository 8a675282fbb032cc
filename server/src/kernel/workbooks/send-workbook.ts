/** A workbook as the answer to a question, to be kept as a file. */
import type { FastifyReply } from 'fastify'
import { attachmentNamed } from './write-workbook.ts'

export const sendWorkbook = (
  reply: FastifyReply,
  [name, plain]: readonly [zh: string, plain: string],
  workbook: NodeJS.ReadableStream,
): FastifyReply =>
  reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', attachmentNamed(name, plain))
    .send(workbook)
