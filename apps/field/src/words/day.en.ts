import { plural, type Like } from '@fengge/web/words/sayings.ts'
import type { zh } from './day.zh.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const hours = (minutes: number) =>
  minutes >= 60 ? `${Math.floor(minutes / 60)} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ''}` : `${minutes} min`

export const en = {
  today: 'Today',
  day: (month: number, day: number, weekday: number) => `${days[weekday]} ${day} ${months[month - 1]}`,
  toCheck: 'To check',
  toHandle: 'To handle',
  sum: (toCheck: number, toHandle: number, calls: number, done: number) =>
    [
      toCheck > 0 && `${toCheck} to check`,
      toHandle > 0 && `${toHandle} to handle`,
      calls > 0 && plural(calls, 'visit'),
      done > 0 && `${done} done`,
    ]
      .filter(Boolean)
      .join(' · '),
  sumEmpty: 'Nothing is due today.',
  checkOnTheSpot: 'Said to be done: look on the spot',
  visits: 'Visits',
  places: (count: number, minutes: number) => `${plural(count, 'place')}, some ${hours(minutes)}`,
  fromHere: 'From here',
  reorder: 'Reorder',
  reorderDone: 'Done',
  earlier: (name: string) => `${name} earlier`,
  later: (name: string) => `${name} later`,
  walk: (minutes: number) => `${minutes} min walk`,
  missed: 'In this order the agreed time is missed',
  confirm: 'Confirm the household',
  confirmMany: (count: number) => `Confirm ${plural(count, 'household')}`,
  late: (n: number) => `${plural(n, 'day')} late`,
  dueToday: 'due today',
  dueIn: (n: number) => `due in ${plural(n, 'day')}`,
  sameBuilding: (n: number) => `due in ${plural(n, 'day')}; same building`,
  basis: (matter: string) => `under: ${matter}`,
  noPlace: 'Place not marked',
  left: (count: number) => `${count} more do not fit today; they come first tomorrow`,
  setPin: 'Choose a PIN to work without signal',
  visit: 'Visit',
  recorded: 'Recorded.',
  kept: 'Kept on this phone; it goes out with the signal.',
  next: 'Next',
  visitWaits: 'This visit is filled in and waits.',
  visitOver: 'The task is done or was changed.',
  visitRefused: 'It was not taken; all you wrote is here: mend it and send.',
  matter: (code: string, name: string, basis: string) => `Matter ${code} ${name}, under ${basis}`,
  household: 'The household',
  outcome: 'Outcome',
  hazard: 'A hazard was found',
  hazardWhat: 'What it is',
  fixBy: 'To be put right by; a re-check follows',
  reportToo: 'Report it as well',
  whyPhoto: (why: string) => `Why a photo: ${why}`,
  more: 'Anything to add (optional)',
  note: 'Note (optional)',
  done: 'Done',
  optional: ' (optional)',
  yes: 'Yes',
  no: 'No',
  notices: 'Notices',
  leftLately: (count: number) => `${plural(count, 'record')} left your grid lately; see More.`,
  haveRead: 'I have read it',
  holdToTalk: 'Hold and talk',
  listening: 'Listening … let go to end',
  deaf: 'This phone cannot hear. Use the microphone of its keyboard, or write.',
} satisfies Like<typeof zh>
