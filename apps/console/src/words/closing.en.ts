import { plural, type Like } from '@fengge/web/words/sayings.ts'
import type { zh } from './closing.zh.ts'

export const en = {
  title: 'Closed and back again',
  close: 'Close',
  closeIt: (name) => `Close: ${name}`,
  whatNow:
    'From that day it is in no figure and on no list. What is registered stays, and can be taken back for a while.',
  goesAlong: 'Rooms in which nobody lives go along; firms in it are closed first.',
  how: 'What happened',
  onDay: 'On what day',
  reason: 'Note: who saw it, on what basis',
  confirm: 'Close',
  done: (until) => `Closed; you can take it back until ${until}.`,
  doneRooms: (rooms) => `Closed, with ${plural(rooms, 'room')}.`,
  since: (day, how) => `${day} ${how}`,
  rooms: (rooms) => `with ${plural(rooms, 'room')}`,
  by: (name, at) => `${name} ${at}`,
  reopen: 'It is there after all',
  reopenWhy: 'Why it is taken back',
  cancel: 'Cancel',
  reopened: 'It is back.',
  none: 'No house or firm was closed',
  list: 'Houses and firms that are gone',
  what: 'Name',
  grid: 'Grid',
  state: 'State',
  earlier: 'Previous',
  later: 'Next',
  total: (n) => `${plural(n, 'row')} in all`,
} satisfies Like<typeof zh>
