/** What happens to events and their rules, as the journal keeps it. */
import { z } from 'zod'
import { recorded, type Recorded } from '../kernel/fact.ts'
import { actions, type Action } from './acts.ts'
import { dutyOf } from './moves.ts'
import { EventSource, EventStatus, Level, Urgency } from './terms.ts'

export const eventReported = recorded(
  'event.reported',
  z.strictObject({ no: z.string(), category: z.string(), level: Level, urgency: Urgency, source: EventSource }),
)

/** From where to where, and what the step says of itself. */
const Acted = z.looseObject({ from: EventStatus, to: EventStatus })
/** One fact an action: `event.dispatch`, `event.finish` … */
export const eventActed = Object.fromEntries(
  actions.map((action) => [action, recorded(dutyOf(action), Acted)]),
) as Readonly<Record<Action, Recorded<typeof Acted>>>

export const eventAlarmed = recorded(
  'event.alarmed',
  z.strictObject({ kind: z.string(), due: z.string(), lateDays: z.number() }),
)
export const evidenceSent = recorded(
  'evidence.sent',
  z.strictObject({ kind: z.string(), mime: z.string(), size: z.int(), sha256: z.string() }),
)
export const evidenceAttached = recorded(
  'evidence.attached',
  z.strictObject({
    count: z.int(),
    phase: z.string(),
    files: z.array(z.strictObject({ id: z.string(), sha256: z.string() })),
  }),
)
/** A file was not what its row says when somebody wanted to see it; it was not handed out. */
export const evidenceDamaged = recorded(
  'evidence.damaged',
  z.strictObject({ fault: z.enum(['missing', 'changed']), sha256: z.string() }),
)
/** `fields`: what it says otherwise than the version before. */
const CategoryChanged = z.strictObject({ code: z.string(), from: z.string(), fields: z.array(z.string()).optional() })
export const categorySaved = recorded('category.saved', CategoryChanged)
export const categoryAsked = recorded('category.change-asked', CategoryChanged)
export const categoryAgreed = recorded('category.change-agreed', CategoryChanged)
export const categoryRefused = recorded('category.change-refused', CategoryChanged)
export const categoryRetired = recorded('category.retired', z.strictObject({ code: z.string(), on: z.string() }))
export const calendarSaved = recorded('calendar.saved', z.strictObject({ year: z.int(), days: z.int() }))

const Export = z.strictObject({ rows: z.int(), purpose: z.string() })
export const eventExportAsked = recorded('event-export.asked', Export)
export const eventExportAgreed = recorded('event-export.agreed', Export)
export const eventExportRefused = recorded('event-export.refused', Export)
