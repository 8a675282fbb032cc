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
/** `confided`: how many of them were told in confidence to others, and stand in no list of the caller's. */
const Kind = Share.extend({ confided: z.int(), code: z.string(), name: z.string(), nameEn: z.string() })

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
    classes: z.array(Kind.extend({ kinds: z.array(Kind) })),
    /** What was told in confidence to others: of the whole county and of whole months alone, and never a few by their kind. */
    confided: z.strictObject({
      counted: z.int(),
      /** Of them those of kinds with fewer than five, as one line; fewer than five of all kinds are not counted. */
      joined: z.strictObject({ count: z.int(), percent: z.number() }),
      /** The last day up to which they are counted; null where they are not. */
      until: z.string().nullable(),
    }),
    /** Lines of several kinds that the county reports as one. */
    groups: z.array(
      z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), count: z.int(), percent: z.number() }),
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
