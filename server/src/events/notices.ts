/** Who is told when an event comes to a state: whose turn it is now, and nobody else. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { Action } from '@fengge/domain/events/acts'
import type { EventCore } from '@fengge/domain/events/terms'
import { freshId } from '../kernel/fresh-id.ts'
import type { Notice } from './store.ts'

export function noticesFor(event: EventCore, action: Action | 'report', now: number): Notice[] {
  const make = (kind: string, to: Omit<Notice, 'id' | 'kind'>): Notice => ({ id: freshId(now), kind, ...to })
  const desk = (kind: string, duty: Duty) => make(kind, { placeId: event.deskPlaceId, duty })
  if (action === 'supervise' || action === 'note' || action === 'urge')
    return [
      ...(event.departmentId ? [make(action, { departmentId: event.departmentId })] : []),
      desk(action, 'event.dispatch'),
    ]
  if (action === 'force-close') return [desk('to-decide', 'event.confirm-force-close')]
  switch (event.status) {
    case 'reported':
    case 'verifying':
      return [
        event.gridId
          ? make('to-verify', { placeId: event.gridId, duty: 'event.verify' })
          : desk('to-verify', 'event.register'),
      ]
    case 'registered':
    case 'reopened':
      return [desk('to-dispatch', 'event.dispatch')]
    case 'dispatched':
    case 'rework':
      return [make(event.status === 'rework' ? 'rework' : 'to-handle', { departmentId: event.departmentId })]
    case 'in-progress':
      return action === 'sign' || action === 'finish-co-handling'
        ? []
        : [
            make('to-handle', { departmentId: event.departmentId }),
            ...(action === 'ask-co-handling'
              ? event.coHandlers
                  .filter((c) => !c.isDone)
                  .map((c) => make('to-handle', { departmentId: c.departmentId }))
              : []),
          ]
    case 'return-requested':
    case 'ruling':
    case 'extend-requested':
    case 'suspend-requested':
      return [desk('to-decide', 'event.agree-extension')]
    case 'unreasonable-claimed':
      return [desk('to-decide', 'event.confirm-unreasonable')]
    case 'handled':
      return [
        event.checkBy === 'centre'
          ? desk('to-check', 'event.pass')
          : event.checkerId !== null
            ? make('to-check', { accountId: event.checkerId })
            : make('to-check', { placeId: event.gridId, duty: 'event.pass' }),
      ]
    case 'verified':
    case 'callback':
      return [desk('to-call', 'event.call-back')]
    default:
      return []
  }
}
