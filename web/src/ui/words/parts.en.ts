import { plural, type Like } from '../../words/sayings.ts'
import type { zh } from './parts.zh.ts'

export const en = {
  card1: 'Watched',
  card2: 'Yellow card',
  card3: 'Red card',
  returned: (count) => `Returned ${count}`,
  repeated: (count) => `Repeated ${count}`,
  rework: (count) => `Rework ${count}`,
  reopened: (count) => `Again ${count}`,
  asked: () => 'Answer owed',
  unchecked: () => 'Not checked in time',
  joined: (count) => `${plural(count, 'report')} joined`,
  together: () => 'Go in pairs',
  unsent: (count) => `Unsent ${count}`,
  core: () => 'Core',
  secret: () => 'Sensitive',
  unplaced: () => 'In no grid',
  unsigned: () => 'Not signed in time',
  yourTurn: 'your turn',
  noLimit: 'No limit',
  restsUntil: (day) => `Until ${day}`,
  dueBy: (at) => `due ${at}`,
  dueByKind: (kind, at) => `${kind}: due ${at}`,
} satisfies Like<typeof zh>
