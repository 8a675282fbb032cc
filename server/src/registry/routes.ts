import * as c from '@fengge/domain/registry/contract'
import * as care from '@fengge/domain/registry/care/contract'
import * as doubles from '@fengge/domain/registry/doubles-contract'
import * as links from '@fengge/domain/registry/link-contract'
import * as registers from '@fengge/domain/registry/registers/contract'
import * as fields from '@fengge/domain/registry/fields-contract'
import * as trace from '@fengge/domain/registry/trace-contract'
import type { Serve } from '../kernel/serve.ts'
import { sendList } from '../kernel/workbooks/send-list.ts'
import { sheetOfCareDue } from './care/due-sheet.ts'
import { askCare } from './commands/ask-care.ts'
import { askLink } from './commands/ask-link.ts'
import { confirmRecords } from './commands/confirm-records.ts'
import { decideCare } from './commands/decide-care.ts'
import { decideLink } from './commands/decide-link.ts'
import { endLink } from './commands/end-link.ts'
import { keepApart } from './commands/keep-apart.ts'
import { chooseHead } from './commands/choose-head.ts'
import { linkPerson } from './commands/link-person.ts'
import { mergePersons } from './commands/merge-persons.ts'
import { placeBuilding } from './commands/place-building.ts'
import { revealField } from './commands/reveal-field.ts'
import { saveHelper } from './commands/save-helper.ts'
import { resumeCare } from './commands/resume-care.ts'
import { saveOverlay } from './commands/save-overlay.ts'
import { saveField } from './commands/save-field.ts'
import { saveRecord } from './commands/save-record.ts'
import { undoChange } from './commands/undo-change.ts'
import { unmergePersons } from './commands/unmerge-persons.ts'
import { findLikely } from './queries/find-likely.ts'
import { getBuilding } from './queries/get-building.ts'
import { getComposition } from './queries/get-composition.ts'
import { getHistory } from './queries/get-history.ts'
import { getHousehold } from './queries/get-household.ts'
import { getRecord } from './queries/get-record.ts'
import { listCare } from './care/queries/list-care.ts'
import { listCareRequests } from './care/queries/list-care-requests.ts'
import { listDoubles } from './queries/list-doubles.ts'
import { listDue } from './queries/list-due.ts'
import { listFields } from './queries/list-fields.ts'
import { listGaps } from './queries/list-gaps.ts'
import { listGrid } from './queries/list-grid.ts'
import { listLinkRequests } from './queries/list-link-requests.ts'
import { listLooks } from './queries/list-looks.ts'

import { readOverlays } from './care/queries/overlays.ts'
import { listRegister } from './registers/queries/list-register.ts'
import { sheetOfRegister } from './registers/sheet.ts'
import { askMerge, decideMerge, listMerges } from './merging/merge-requests.ts'
import { searchRegistry } from './queries/search-registry.ts'
import { tracePersons } from './queries/trace-persons.ts'

export function registryRoutes(serve: Serve): void {
  serve.write(c.saveRecord, saveRecord)
  serve.write(c.confirmRecords, confirmRecords)
  serve.write(c.linkPerson, linkPerson)
  serve.write(c.endLink, endLink)
  serve.write(c.chooseHead, chooseHead)
  serve.write(links.askLink, askLink)
  serve.write(links.decideLink, decideLink)
  serve.write(c.placeBuilding, placeBuilding)
  serve.write(c.undoChange, undoChange)
  serve.write(c.revealField, revealField)
  serve.write(doubles.mergePersons, mergePersons)
  serve.write(doubles.unmergePersons, unmergePersons)
  serve.write(doubles.keepApart, keepApart)
  serve.write(doubles.askMerge, askMerge)
  serve.write(doubles.decideMerge, decideMerge)
  serve.read(doubles.listMerges, listMerges)
  serve.write(fields.saveField, saveField)
  serve.read(c.getRecord, getRecord)
  serve.read(c.getHistory, getHistory)
  serve.read(c.getHousehold, getHousehold)
  serve.read(c.getBuilding, getBuilding)
  serve.read(c.listLooks, listLooks)
  serve.read(links.listLinkRequests, listLinkRequests)
  serve.read(c.listGrid, listGrid)
  serve.read(c.listDue, listDue)
  serve.read(c.searchRegistry, searchRegistry)
  serve.read(trace.tracePersons, tracePersons)
  serve.read(c.findLikely, findLikely)
  serve.read(doubles.listDoubles, listDoubles)
  serve.read(links.listGaps, listGaps)
  serve.read(c.getComposition, getComposition)
  serve.read(fields.listFields, listFields)
  serve.write(care.saveOverlay, saveOverlay)
  serve.write(care.resumeCare, resumeCare)
  serve.read(registers.listRegister, listRegister)
  serve.stream(registers.exportRegister, async (ctx, ask, reply) =>
    sendList(ctx, reply, await sheetOfRegister(ctx, ask)),
  )
  serve.stream(care.exportCareDue, async (ctx, ask, reply) => sendList(ctx, reply, await sheetOfCareDue(ctx, ask)))
  serve.read(care.readOverlays, readOverlays)
  serve.write(care.saveHelper, saveHelper)
  serve.write(care.askCare, askCare)
  serve.read(care.listCare, listCare)
  serve.read(care.listCareRequests, listCareRequests)
  serve.write(care.decideCare, decideCare)
}
