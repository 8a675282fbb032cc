import { countEventDays as countEventDaysPromise } from '@fengge/domain/events/contract/days'
import { countOpenByGrid as countOpenByGridPromise } from '@fengge/domain/events/contract/grids'
import * as d from '@fengge/domain/events/contract/desk'
import * as shares from '@fengge/domain/events/contract/shares'
import * as spoken from '@fengge/domain/events/contract/spoken'
import * as x from '@fengge/domain/events/contract/exports'
import { listSteps as listStepsPromise } from '@fengge/domain/events/contract/steps'
import { findMergeTargets } from '@fengge/domain/events/contract/merging'
import { weighDepartments } from '@fengge/domain/events/contract/weighing'
import * as r from '@fengge/domain/events/contract/rules'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ground } from '../kernel/ground.ts'
import { holdAnswer } from '../kernel/running/body-room.ts'
import type { Serve } from '../kernel/serve.ts'
import { sendList } from '../kernel/workbooks/send-list.ts'
import { attachmentNamed, writeWorkbook } from '../kernel/workbooks/write-workbook.ts'
import { actByRoute } from './commands/act.ts'
import { askExport } from './commands/ask-export.ts'
import { attachEvidence } from './commands/attach-evidence.ts'
import { decideCategory } from './commands/decide-category.ts'
import { decideExport } from './commands/decide-export.ts'
import { dropView } from './commands/drop-view.ts'
import { importTickets } from './commands/import-tickets.ts'
import { readNotices } from './commands/read-notices.ts'
import { reportEvent, reportSinks } from './commands/report-event.ts'
import { retireCategory } from './commands/retire-category.ts'
import { saveCalendar } from './commands/save-calendar.ts'
import { saveCategory } from './commands/save-category.ts'
import { saveView } from './commands/save-view.ts'
import { submitTicket } from './commands/submit-ticket.ts'
import { findTargets } from './merging/queries/find-targets.ts'
import { openExport } from './queries/export-events.ts'
import { listExports } from './queries/list-exports.ts'
import { speakFor } from './commands/act-as-follower.ts'
import { countOpenByGrid } from './shares/queries/count-by-grid.ts'
import { countEventDays } from './shares/queries/count-days.ts'
import { findCalls } from './queries/find-calls.ts'
import { getEvent, revealReporter } from './queries/get-event.ts'
import { countEvents, countQueues, listEvents, mapEvents } from './queries/list-events.ts'
import { listNotices } from './queries/list-notices.ts'
import { listSteps } from './story/queries/list-steps.ts'
import { listTicketChanges } from './queries/list-ticket-changes.ts'
import { listViews } from './queries/list-views.ts'
import { findEvidenceFile } from './queries/read-evidence.ts'
import { getCalendar, listCatalogue, listCategoryAsks, listCategoryVersions } from './queries/rules.ts'
import { sheetOfShares, shareEvents } from './shares/queries/share-events.ts'
import { suggestForText } from './queries/suggest-for-text.ts'
import { readEvidenceFile, readSmall } from './read-file.ts'
import { weighDepartments as readWeights } from './weighing/queries/weigh-departments.ts'
import { takeEvidence } from './uploads.ts'

export function eventsRoutes(serve: Serve, engine: Ground): void {
  serve.insert(d.reportEvent, reportSinks, reportEvent)
  serve.read(d.listEvents, listEvents)
  serve.read(d.searchEvents, listEvents)
  serve.read(d.countEvents, countEvents)
  serve.read(d.countQueues, countQueues)
  serve.read(d.getEvent, getEvent)
  serve.read(listStepsPromise, listSteps)
  serve.read(d.mapEvents, mapEvents)
  serve.read(shares.shareEvents, shareEvents)
  serve.read(countEventDaysPromise, countEventDays)
  serve.read(countOpenByGridPromise, countOpenByGrid)
  serve.stream(shares.exportShares, async (ctx, ask, reply) => sendList(ctx, reply, await sheetOfShares(ctx, ask)))
  serve.write(d.revealReporter, revealReporter)
  serve.write(d.findCalls, findCalls)
  serve.read(findMergeTargets, findTargets)
  serve.read(weighDepartments, readWeights)
  serve.write(spoken.speakFor, speakFor)
  serve.read(d.suggestForText, suggestForText)
  serve.read(d.suggestForReport, suggestForText)
  serve.write(d.attachEvidence, attachEvidence)
  serve.files(d.sendEvidence, takeEvidence(engine))
  serve.read(d.listViews, listViews)
  serve.write(d.saveView, saveView)
  serve.write(d.dropView, dropView)
  serve.read(d.listNotices, listNotices)
  serve.write(d.readNotices, readNotices)
  for (const { action, promise } of d.actContract) serve.write(promise, (ctx, ask) => actByRoute(ctx, action, ask))
  serve.read(r.listCatalogue, listCatalogue)
  serve.read(r.listCategoryVersions, listCategoryVersions)
  serve.write(r.saveCategory, saveCategory)
  serve.read(r.listCategoryAsks, listCategoryAsks)
  serve.write(r.decideCategory, decideCategory)
  serve.write(r.retireCategory, retireCategory)
  serve.read(r.getCalendar, getCalendar)
  serve.write(r.saveCalendar, saveCalendar)
  serve.write(r.submitTicket, submitTicket)
  serve.paged(r.importTickets, importTickets)
  serve.read(r.listTicketChanges, listTicketChanges)
  serveExports(serve)
  serveEvidence(serve, engine)
}

function serveExports(serve: Serve): void {
  serve.write(x.askEventExport, askExport)
  serve.write(x.decideEventExport, decideExport)
  serve.read(x.listEventExports, listExports)
  serve.stream(x.readEventExport, async (ctx, ask, reply) => {
    const { header, pages, about } = await openExport(ctx, ask.id)
    await ctx.note()
    void reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', attachmentNamed(`事件清单-${dayOf(ctx.now)}.xlsx`, 'events.xlsx'))
    return reply.send(writeWorkbook(header, pages, { about }))
  })
}

function serveEvidence(serve: Serve, { settings: { dataDir } }: Ground): void {
  serve.stream(d.readEvidence, async (ctx, ask, reply) => {
    const file = await findEvidenceFile(ctx, ask)
    const isSmall = ask.size === 'small'
    if (!isSmall) await holdAnswer(ctx.caller.accountId ?? '', reply)
    const bytes = await (isSmall ? readSmall : readEvidenceFile)(ctx, dataDir, file)
    if (!isSmall || file.is_confided) {
      ctx.look('evidence.looked', ask.id, { sha256: file.sha256, ...(isSmall ? { isSmall } : {}) })
      await ctx.note()
    }
    const mime = isSmall ? 'image/jpeg' : file.mime
    void reply
      .type(mime)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', isSmall ? 'private, max-age=3600' : 'no-store')
    if (!/^(image|audio|video)\//.test(mime))
      void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return reply.send(bytes)
  })
}
