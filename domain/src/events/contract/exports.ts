/** Endpoints of exports of events: asked with a purpose, agreed to by a second person above a size, gone after a week. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { Line } from '../../kernel/text.ts'
import { EventFilter } from './views.ts'

/** A list of so many rows is agreed to by asking for it; a longer one by somebody else. */
export const eventExportLimit = 1000
const State = z.enum(['asked', 'approved', 'refused'])

export const askEventExport = endpoint({
  name: 'askEventExport',
  method: 'POST',
  path: '/api/events/ask-export',
  duty: 'event.export',
  summary: '申请导出事件 Ask for an export of events',
  ask: z.strictObject({ requestId: RequestId, id: Id, filter: EventFilter, purpose: Line(100, 2) }),
  reply: z.strictObject({ state: State, rows: z.int() }),
  refusals: ['export.too-many'],
  pace: 'heavy',
})
export const decideEventExport = endpoint({
  name: 'decideEventExport',
  method: 'POST',
  path: '/api/events/decide-export',
  duty: 'event.approve-export',
  summary: '审批事件导出 Agree to or refuse an export of events',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['export.unknown', 'export.own', 'export.decided'],
})
export const listEventExports = endpoint({
  name: 'listEventExports',
  method: 'GET',
  path: '/api/events/exports',
  duty: ['event.export', 'event.approve-export'],
  summary: '事件导出申请 Exports of events asked for',
  /** What waits first, then the newest; `after` is what the page before gave as `next`. */
  ask: z.strictObject({ after: z.string().max(100).optional() }),
  reply: z.strictObject({
    next: z.string().nullable(),
    exports: z.array(
      z.strictObject({
        id: Id,
        placeName: z.string(),
        purpose: z.string(),
        rows: z.int(),
        state: State,
        by: z.string(),
        askedAt: z.string(),
        expiresAt: z.string().nullable(),
        isMine: z.boolean(),
        canDecide: z.boolean(),
      }),
    ),
  }),
  refusals: [],
})
export const readEventExport = endpoint({
  name: 'readEventExport',
  method: 'GET',
  path: '/api/events/export',
  duty: 'event.export',
  summary: '下载导出的事件（带水印） Download an agreed export of events',
  ask: z.strictObject({ id: Id }),
  reply: z.unknown(),
  refusals: ['export.unknown', 'export.not-agreed', 'export.expired'],
  isStream: true,
  pace: 'heavy',
})

export const exportsContract = [askEventExport, decideEventExport, listEventExports, readEventExport] as Endpoint[]
