/**
 * An event that opens again after its grid has ended: it lies where its point lies today, else in its village, so that
 * nothing is open in a grid that is no more (G5). What is closed keeps the grid it was closed in.
 */
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import type { HasShelf } from '../kernel/shelf.ts'
import { placeTree } from '../places/door.ts'
import type { EventRecord } from './store/event.ts'

export function homeAgain(home: HasShelf, was: EventRecord, event: EventCore): EventCore {
  const tree = placeTree(home)
  const isBack = isOpen(event.status) && !isOpen(was.core.status)
  if (!isBack || event.gridId === null || tree.get(event.gridId)) return event
  const found = was.lng === null || was.lat === null ? undefined : tree.locate(was.lng, was.lat)
  const up = (tier: 'grid' | 'village' | 'town') => (found ? tree.ancestor(found.id, tier)?.id : undefined)
  return {
    ...event,
    gridId: up('grid') ?? null,
    villageId: up('village') ?? event.villageId,
    townId: up('town') ?? event.townId,
  }
}
