/**
 * Lists that leave as a workbook at once: for a purpose that stands in the file and in the journal, and no longer than
 * one looks through. What is longer is narrowed, or asked for where somebody else agrees to it. Source: requirements.md
 * D1; domain.md B7.
 */
import { z } from 'zod'
import { endpoint, type Endpoint } from './endpoint.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { Line } from './text.ts'

/** The most rows of such a list. */
export const listExportLimit = 1000
export const ExportPurpose = Line(100, 2)
const refusals = ['export.too-long'] as const satisfies readonly RefusalCode[]

type Promised<Ask extends z.ZodType> = Pick<Endpoint<Ask>, 'name' | 'path' | 'duty' | 'summary' | 'ask'> & {
  readonly more?: readonly RefusalCode[]
}

/** The endpoint of such a list. It is posted: a purpose stands in no address. */
export function listExport<Ask extends z.ZodType>({ more = [], ...promise }: Promised<Ask>): Endpoint<Ask> {
  return endpoint({
    ...promise,
    method: 'POST',
    reply: z.unknown(),
    refusals: [...refusals, ...more],
    isStream: true,
    pace: 'heavy',
  })
}
