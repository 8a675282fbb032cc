/** Samples for events: what is looked at, what is sent, and every act upon one that was told in confidence. */
import * as desk from '@fengge/domain/events/contract/desk'
import * as spoken from '@fengge/domain/events/contract/spoken'
import { listSteps } from '@fengge/domain/events/contract/steps'
import { findMergeTargets } from '@fengge/domain/events/contract/merging'
import * as exported from '@fengge/domain/events/contract/exports'
import { countEventDays } from '@fengge/domain/events/contract/days'
import { countOpenByGrid } from '@fengge/domain/events/contract/grids'
import { exportShares, shareEvents } from '@fengge/domain/events/contract/shares'
import { weighDepartments } from '@fengge/domain/events/contract/weighing'
import { office } from '../../world.ts'
import { fresh, plain, sample, type Sample } from './asks.ts'
import { asked, told } from './marks.ts'

/** The year that is played. */
const year = { from: '2026-01-01', to: '2026-12-31' }

export const eventsAsks: readonly Sample[] = [
  sample(desk.listEvents)(() => ({})),
  sample(desk.searchEvents)(() => ({ text: told.secretText })),
  sample(desk.searchEvents)(() => ({ text: asked.suggestedText })),
  sample(desk.countQueues)(() => ({})),
  sample(countEventDays)(() => ({})),
  sample(countOpenByGrid)(() => ({})),
  sample(desk.countEvents)(() => ({ text: told.secretText })),
  sample(desk.mapEvents)(() => ({})),
  sample(shareEvents)(() => ({ ...year })),
  sample(exportShares)(() => ({ ...year, purpose: '核对占比' })),
  sample(desk.listNotices)(() => ({})),
  sample(desk.listViews)(() => ({})),
  sample(desk.getEvent)(({ secret }) => ({ id: secret })),
  sample(listSteps)(({ secret }) => ({ id: secret, after: 0 })),
  sample(desk.getEvent)(({ called }) => ({ id: called })),
  sample(desk.getEvent)(({ residentEvent }) => ({ id: residentEvent })),
  sample(desk.suggestForText)(() => ({ text: asked.suggestedText, lng: 120.205, lat: 31.61 })),
  sample(desk.suggestForReport)(() => ({ text: asked.suggestedText, lng: 120.205, lat: 31.61 })),
  sample(desk.revealReporter)(({ secret }) => ({ eventId: secret, purpose: '回访' })),
  sample(desk.revealReporter)(({ called }) => ({ eventId: called, purpose: '回访' })),
  sample(desk.revealReporter)(({ residentEvent }) => ({ eventId: residentEvent, purpose: '回访' })),
  sample(desk.findCalls)(() => ({ phone: told.calledPhone })),
  sample(spoken.speakFor)(({ followCode }) => ({ code: followCode, action: 'urge', way: 'phone' })),
  sample(findMergeTargets)(({ called }) => ({ eventId: called })),
  sample(weighDepartments)(({ called }) => ({ eventId: called, departmentIds: [office('town-works')] })),
  sample(findMergeTargets)(({ secret }) => ({ eventId: secret, text: told.secretText })),
  ...plain(exported.listEventExports),
  sample(desk.readEvidence)(({ evidence }) => ({ id: evidence, size: 'full' })),
  sample(desk.readEvidence)(({ evidence }) => ({ id: evidence, size: 'small' })),
  sample(desk.reportEvent)(({ at }) => ({
    ...fresh(),
    title: '楼道堆放',
    content: '楼道堆放',
    categoryCode: '5001',
    gridId: at['grid1']!,
    onBehalfOf: told.resident,
  })),
  sample(desk.reportEvent)(({ at }) => ({
    ...fresh(),
    title: '楼道堆放',
    content: '楼道堆放',
    categoryCode: '5001',
    gridId: at['village']!,
    source: 'hotline',
    caller: { name: told.calledName, phone: told.calledPhone },
  })),
  sample(desk.attachEvidence)(({ event, spare }) => ({ eventId: event, evidenceIds: [spare], phase: 'after' })),
  sample(desk.saveView)(() => ({ ...fresh(), name: '我的', filter: {} })),
  sample(desk.readNotices)(() => ({ ids: [] })),
]
