/** What endpoints of events tell about who told of one. Who reaches an event is another matter (server/src/events/reach.ts). */
import { standings, tellNothing, type Tells } from '../kernel/tells.ts'
import { actions } from './acts.ts'

export const eventTells: Tells = {
  ...tellNothing(
    'reportEvent',
    'listEvents',
    // That a name and a phone were left, and a surname to who may ask for them: of nobody in particular.
    'getEvent',
    'listSteps',
    'countQueues',
    'countEvents',
    // Of departments, without what was told in confidence.
    'weighDepartments',
    'countEventDays',
    'countOpenByGrid',
    'mapEvents',
    'shareEvents',
    'exportShares',
    'searchEvents',
    'suggestForText',
    'suggestForReport',
    'askEventExport',
    'decideEventExport',
    'listEventExports',
    'readEventExport',
    'sendEvidence',
    'attachEvidence',
    'readEvidence',
    'listViews',
    'saveView',
    'dropView',
    'listNotices',
    'readNotices',
    'listCatalogue',
    'saveCategory',
    'listCategoryAsks',
    'decideCategory',
    'listCategoryVersions',
    'retireCategory',
    'getCalendar',
    'saveCalendar',
    'submitTicket',
    'importTickets',
    ...actions.map((action) => `act:${action}`),
  ),
  // By the number of a ticket, for the whole county.
  listTicketChanges: [{ of: standings, facts: ['event'] }],
  // Who joins two events learns that one number told of both.
  findMergeTargets: [{ of: ['own'], facts: ['event'], by: ['event'] }],
  // Whoever knows a number learns what was told from it, within his place.
  findCalls: [{ of: ['own'], facts: ['event'], by: ['phone'] }],
  // By the code, as the page of the code tells it.
  speakFor: [{ of: standings, facts: ['event'] }],
  revealReporter: [{ of: ['own'], facts: ['teller'], by: ['event'] }],
}
