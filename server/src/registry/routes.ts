import * as c from '@fengge/domain/registry/contract'
import type { Serve } from '../kernel/serve.ts'
import { placeBuilding } from './commands/place-building.ts'
import { saveField } from './commands/keep-fields.ts'
import { link, unlink } from './commands/keep-links.ts'
import { apart, merge, unmerge } from './commands/merge-persons.ts'
import { reveal } from './commands/reveal.ts'
import { confirm, saveOne, undo } from './commands/save-record.ts'
import * as lists from './queries/lists.ts'
import * as pages from './queries/pages.ts'

export function registryRoutes(serve: Serve): void {
  serve.write(c.saveRecord, saveOne)
  serve.write(c.confirmRecords, confirm)
  serve.write(c.linkPerson, link)
  serve.write(c.endLink, unlink)
  serve.write(c.placeBuilding, placeBuilding)
  serve.write(c.undoChange, undo)
  serve.write(c.revealField, reveal)
  serve.write(c.mergePersons, merge)
  serve.write(c.unmergePersons, unmerge)
  serve.write(c.keepApart, apart)
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
