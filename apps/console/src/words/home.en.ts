import { plural, type Like } from '@fengge/web/words/sayings.ts'
import type { homeZh } from './home.zh.ts'

export const homeEn = {
  greeting: (hour, name) => `Good ${partOfDay(hour)}, ${name}`,
  waits: 'What waits for you',
  report: 'Report an event',
  counting: 'Counting…',
  sumNothing: 'nothing is late and nothing due today',
  sum: (parts) => `first: ${parts.join(', ')}`,
  sumLate: (count) => `${count} late`,
  sumBack: (count) => `${count} sent back`,
  sumDue: (count) => `${count} due today`,
  sumDecide: (count) => `${count} to decide`,
  longest: (span) => `the longest ${span}`,
  nearest: (clock) => `next at ${clock}`,

  late: 'Late',
  due: 'Due today',
  back: 'Sent back',
  check: 'To check',
  verify: 'To verify',
  decide: 'To decide',
  dispatch: 'To dispatch',
  call: 'To call back',
  sign: 'To sign',
  carded: 'Supervised',
  handle: 'To handle',

  first: 'Do these first',
  firstWhy: 'by time left and what came back',
  allOpen: 'All that is open',
  nothingFirst: 'Nothing presses now',
  nothingFirstWhy: 'What is late, sent back or due today shows up here by itself.',
  loading: 'Loading',
  slow: 'Still loading; the line is slow',
  actOn: (act, title) => `${act}: ${title}`,
  doUrge: 'Urge',
  doLook: 'Look',
  doHandle: 'Handle',
  doCheck: 'Check',
  doVerify: 'Verify',
  doDecide: 'Decide',
  doDispatch: 'Dispatch',
  doCall: 'Call back',
  doSign: 'Sign',

  twoWeeks: 'Two weeks in and out',
  byDay: 'by day',
  asTable: 'As a table',
  asChart: 'As a chart',
  day: 'Day',
  reported: 'Reported',
  ended: 'Ended',
  open: 'Open',
  chartAbout: 'Events reported, ended and open on each of the last fourteen days; press T for the table.',

  agenda: 'On today',
  agendaWhy: 'and this week',
  allWork: 'Visits and tasks',
  nothingOn: 'Nothing is on this week',
  nothingOnWhy: 'Meetings that are called and campaigns that end show up here.',
  campaignEnds: (name) => `Campaign ends: ${name}`,
  doneOf: (done, total) => `${done} of ${total} done`,
  today: 'Today',
  tomorrow: (clock) => `Tomorrow ${clock}`.trim(),

  inGrids: 'In the grids today',
  upTo: (clock) => `as of ${clock}`,
  allPhones: 'All phones',
  gridAndWorker: 'Grid · worker',
  phoneSync: 'Phone',
  unsent: (count) => `${count} not sent yet`,
  never: 'never in touch',
  ago: (minutes) => agoOf(minutes),
  noPhone: 'no phone',
  visitedToday: 'Visits today',
  noGrids: 'No grids here yet',
  noGridsWhy: 'Once they are drawn, visits, open events and phones of each show up here.',
} satisfies Like<typeof homeZh>

function partOfDay(hour: number): string {
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}

function agoOf(minutes: number): string {
  if (minutes < 2) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 1440
    ? `${plural(Math.floor(minutes / 60), 'hour')} ago`
    : `${plural(Math.floor(minutes / 1440), 'day')} ago`
}
