import * as c from '@fengge/domain/registry/contract'
import type { Serve } from '../kernel/serve.ts'
import { confirmRecords } from './commands/confirm-records.ts'
import { endLink } from './commands/end-link.ts'
import { keepApart } from './commands/keep-apart.ts'
import { linkPerson } from './commands/link-person.ts'
import { mergePersons } from './commands/merge-persons.ts'
import { placeBuilding } from './commands/place-building.ts'
import { revealField } from './commands/reveal-field.ts'
import { saveField } from './commands/save-field.ts'
import { saveRecord } from './commands/save-record.ts'
import { undoChange } from './commands/undo-change.ts'
import { unmergePersons } from './commands/unmerge-persons.ts'
import * as lists from './queries/lists.ts'
import * as pages from './queries/pages.ts'

export function registryRoutes(serve: Serve): void {
  serve.write(c.saveRecord, saveRecord)
  serve.write(c.confirmRecords, confirmRecords)
  serve.write(c.linkPerson, linkPerson)
  serve.write(c.endLink, endLink)
  serve.write(c.placeBuilding, placeBuilding)
  serve.write(c.undoChange, undoChange)
  serve.write(c.revealField, revealField)
  serve.write(c.mergePersons, mergePersons)
  serve.write(c.unmergePersons, unmergePersons)
  serve.write(c.keepApart, keepApart)
  serve.write(c.saveField, saveField)
  serve.read(c.getRecord, pages.getRecord)
  serve.read(c.getHistory, pages.getHistory)
  serve.read(c.getHousehold, pages.getHousehold)
  serve.read(c.getBuilding, pages.getBuilding)
  serve.read(c.listLooks, pages.listLooks)
  serve.read(c.listGrid, lists.listGrid)
  serve.read(c.listDue, lists.listDue)
  serve.read(c.searchRegistry, lists.search)
  serve.read(c.findLikely, lists.findLikely)
  serve.read(c.listDoubles, lists.listDoubles)
  serve.read(c.listGaps, lists.listGaps)
  serve.read(c.getComposition, lists.getComposition)
  serve.read(c.listFields, lists.listFields)
}
