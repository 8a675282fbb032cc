import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { Act } from '@fengge/domain/events/acts'
import * as d from '@fengge/domain/events/contract/desk'
import * as r from '@fengge/domain/events/contract/rules'
import { showInstant } from '@fengge/domain/kernel/time'
import type { Ctx, Asking } from '../kernel/context.ts'
import { rowOf, sql } from '../kernel/db/sql.ts'
import type { Ground } from '../kernel/ground.ts'
import { writeJournal } from '../kernel/journal.ts'
import { refuse } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { placeTree } from '../places/door.ts'
import { act } from './commands/act.ts'
import { attachEvidence } from './commands/attach-evidence.ts'
import * as hotline from './commands/hotline.ts'
import * as rules from './commands/keep-rules.ts'
import * as views from './commands/keep-views.ts'
import { reportEvent, reportSinks } from './commands/report-event.ts'
import { writeWorkbook } from '../kernel/write-workbook.ts'
import { getEvent, revealReporter } from './queries/get-event.ts'
import { countQueues, filterOf, listEvents, mapEvents, viewRow, walkEvents } from './queries/list-events.ts'
import { within } from './queries/conditions.ts'
import { reachOf } from './reach.ts'
import { ruleBook } from './rule-book.ts'
import { findDuplicates, guessLabels } from './suggest.ts'
import { takeEvidence } from './uploads.ts'

export function eventsRoutes(serve: Serve, engine: Ground): void {
  serve.insert(d.reportEvent, reportSinks, reportEvent)
  serve.read(d.listEvents, listEvents)
  serve.read(d.countQueues, countQueues)
  serve.read(d.getEvent, getEvent)
  serve.read(d.mapEvents, mapEvents)
  serve.write(d.revealReporter, revealReporter)
  serve.read(d.suggestForText, suggestForText)
  serve.write(d.attachEvidence, attachEvidence)
  serve.files(d.sendEvidence, takeEvidence(engine))
  serve.read(d.listViews, views.listViews)
  serve.write(d.saveView, views.saveView)
  serve.write(d.dropView, views.dropView)
  serve.read(d.listNotices, views.listNotices)
  serve.write(d.readNotices, views.readNotices)
  for (const { action, promise } of d.actContract) serve.write(promise, (ctx, ask) => actByRoute(ctx, action, ask))
  serve.read(r.listCatalogue, rules.listCatalogue)
  serve.write(r.saveCategory, rules.saveCategory)
  serve.write(r.retireCategory, rules.retireCategory)
  serve.read(r.getCalendar, rules.getCalendar)
  serve.write(r.saveCalendar, rules.saveCalendar)
  serve.write(r.submitTicket, hotline.submitTicket)
  serve.write(r.importTickets, hotline.importTickets)
  serve.read(r.listTicketChanges, hotline.listTicketChanges)
  serveFiles(serve, engine)
}

async function actByRoute(ctx: Ctx, action: Act['action'], ask: d.ActAsked) {
  const { requestId: _requestId, eventId, version, evidenceIds, ...fields } = ask
  const { event, can } = await act(ctx, { eventId, version, evidenceIds }, { action, ...fields } as Act)
  return {
    id: event.id,
    status: event.status,
    version: event.version,
    dueAt: event.dueAt === null ? null : new Date(event.dueAt).toISOString(),
    can,
  }
}

async function suggestForText(ctx: Asking, ask: z.output<typeof d.suggestForText.ask>) {
  const labels = await guessLabels(ctx.tx, ctx.caller.countyCode, ask.text, '')
  const point = ask.lng === undefined || ask.lat === undefined ? null : { lng: ask.lng, lat: ask.lat }
  const gridId = point === null ? null : (placeTree().locate(point.lng, point.lat)?.id ?? null)
  const duplicates = await findDuplicates(
    ctx.tx,
    ctx.caller.countyCode,
    { id: null, text: ask.text, gridId, categoryCode: labels.categories[0]?.code ?? '', point, at: ctx.now },
    ctx.caller,
  )
  return { ...labels, duplicates, departments: [] }
}

const exportHeader = [
  '编号',
  '标题',
  '类别代码',
  '类别',
  '来源',
  '级别',
  '状态',
  '镇街',
  '村社区',
  '网格',
  '承办部门',
  '地点',
  '上报时间',
  '到期时间',
  '结案时间',
  '督办',
  '返工次数',
]

function serveFiles(serve: Serve, engine: Ground): void {
  serve.stream(d.exportEvents, async (ctx, ask, reply) => {
    const book = await ruleBook(ctx.tx, ctx.caller.countyCode)
    ctx.look('events.exported', ctx.caller.countyCode, { filter: ask })
    await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
    const where = filterOf(ask, ctx.caller, ctx.now, 'event.export')
    const time = (at: Date | null) => (at === null ? '' : showInstant(at.getTime()))
    async function* pages() {
      for await (const rows of walkEvents(ctx.tx, where))
        yield rows.map((row) => {
          const v = viewRow(row, book.offices)
          return [
            v.no,
            v.title,
            v.categoryCode,
            book.category(v.categoryCode, ctx.now)?.name ?? '',
            v.source,
            v.level,
            v.status,
            v.townName,
            v.villageName,
            v.gridName,
            v.departmentName,
            row.place_text,
            time(row.reported_at),
            time(row.due_at),
            time(row.closed_at),
            v.supervision,
            v.reworks,
          ]
        })
    }
    void reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', 'attachment; filename="events.xlsx"')
    return reply.send(writeWorkbook(exportHeader, pages()))
  })
  serve.stream(d.readEvidence, async (ctx, ask, reply) => {
    const row = await rowOf<{ path: string; thumbnail_path: string | null; mime: string; name: string }>(
      ctx.tx,
      sql`
        select v.path, v.thumbnail_path, v.mime, v.name
        from events.evidence v left join events.event e on e.county_code = v.county_code and e.id = v.event_id
        where v.county_code = ${ctx.caller.countyCode}
          and v.id = ${ask.id}
          and ((v.event_id is null and v.uploaded_by = ${ctx.caller.accountId}) or (${within(reachOf(ctx.caller))}))
      `,
    )
    const path = row && (ask.size === 'small' ? row.thumbnail_path : row.path)
    if (!row || !path) return refuse('evidence.unknown', 404)
    if (ask.size === 'full') {
      ctx.look('evidence.looked', ask.id, { file: basename(path) })
      await engine.database.write((tx) => writeJournal(tx, ctx, engine.journalKey))
    }
    const isShown = /^(image|audio|video)\//.test(row.mime)
    void reply
      .type(ask.size === 'small' ? 'image/jpeg' : row.mime)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, max-age=3600')
    if (!isShown)
      void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`)
    return reply.send(createReadStream(path))
  })
}
