/** How many matters of each kind came in, of an area and a time: the table that reports of a county print (E5). */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'
import { ExportPurpose, listExport } from '../../kernel/list-export.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { addDays } from '../../kernel/time.ts'
import { longestShare } from '../shares.ts'

const Period = z.strictObject({
  /** Without it all that the caller sees. */
  placeId: Id.optional(),
  /** The first and the last day on which they were reported, at most 366 days. */
  from: AskedDay,
  to: AskedDay,
})
const isPeriod = ({ from, to }: z.output<typeof Period>) => from <= to && to < addDays(from, longestShare)
const tooLong = { error: 'day.too-far', path: ['to'] }

/** Of one kind: how many were reported, how many of them are still open, and what per cent of all they are. */
const Share = z.strictObject({ count: z.int(), open: z.int(), percent: z.number() })

export const shareEvents = endpoint({
  name: 'shareEvents',
  method: 'GET',
  path: '/api/events/shares',
  duty: 'event.read',
  summary: '分类占比 Matters by class and kind, of an area and a time',
  ask: Period.refine(isPeriod, tooLong),
  reply: z.strictObject({
    /** Without what was joined, refused or taken back. */
    total: z.int(),
    open: z.int(),
    setAside: z.int(),
    /** The most frequent first, classes and kinds within each. A kind is called as it is now. */
    classes: z.array(
      Share.extend({
        code: z.string(),
        name: z.string(),
        nameEn: z.string(),
        kinds: z.array(Share.extend({ code: z.string(), name: z.string(), nameEn: z.string() })),
      }),
    ),
  }),
  refusals: [],
  pace: 'heavy',
})

/** The same table as a workbook. */
export const exportShares = listExport({
  name: 'exportShares',
  path: '/api/events/shares/sheet',
  duty: 'event.read',
  summary: '导出分类占比 The shares as a workbook',
  ask: Period.extend({ purpose: ExportPurpose }).refine(isPeriod, tooLong),
})

export const sharesContract = [shareEvents, exportShares] as Endpoint[]
