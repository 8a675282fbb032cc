/**
 * What waits at the desks of the demo's accounts when somebody signs in first: events that begin some hours ago and are
 * led, by the real commands, just so far that it is somebody's turn. Each desk gets a few; some are late, one was
 * returned, one is in ruling, one came back for rework, some are to be checked.
 */
import type { Category } from '@fengge/domain/events/terms'
import { hour, minute } from '@fengge/domain/kernel/time'
import { pointIn, type Beginning, type Site } from './beginnings.ts'
import * as steps from './next-step.ts'
import type { Case, Choice } from './next-step.ts'
import * as notes from './telling/notes.ts'
import type { Dice } from './random.ts'
import type { Story } from './telling/stories.ts'

const verify = ({ worker }: Case): Choice => [worker, { action: 'verify', finding: 'exists', note: '' }]
const sign = ({ handler }: Case): Choice => [handler, { action: 'sign' }]
const pass = (c: Case): Choice => [steps.checker(c), { action: 'pass', note: '' }]
const send = (c: Case): Choice => steps.dispatch(c)
const sendWithPolice = (c: Case): Choice => steps.dispatch(c, ['police'])
const agreeReturn = ({ desk }: Case): Choice => [desk.chief, { action: 'agree-return', note: '同意改派' }]
const askForceClose = ({ desk }: Case): Choice => [
  desk.chief,
  { action: 'force-close', note: '当事人已搬离，现场核实无须继续处置，申请结案' },
]
const claimUnreasonable = ({ desk }: Case): Choice => [
  desk.desk,
  {
    action: 'call-back',
    outcome: 'unreasonable',
    score: null,
    isSolved: null,
    note: '已按规定答复并整改到位，反映人提出超出政策的补偿要求',
  },
]
const reportUp = ({ desk, stage }: Case): Choice => [
  desk.desk,
  { action: 'report-up', note: notes.upwardOf(stage.dice) },
]

type Mover = (c: Case) => Choice
interface Scene {
  readonly code: string
  readonly source: Beginning['source']
  /** Hours before now. */
  readonly age: number
  /** `grid`: that of the demo's worker; else somewhere in his town, or in the county. */
  readonly where: 'grid' | 'town' | 'county'
  readonly steps: readonly Mover[]
}
const scene = (code: string, age: number, where: Scene['where'], ...moves: readonly Mover[]): Scene => ({
  code,
  age,
  where,
  source: 'grid-worker',
  steps: moves,
})
const told = (source: 'resident' | 'hotline', made: Scene): Scene => ({ ...made, source })

const { askExtension, askReturn, askSuspension, fail, finish } = steps

export const openScenes: readonly Scene[] = [
  // The worker: one to look at beside what devices tell of, three to check.
  told('hotline', scene('5003', 5, 'grid')),
  scene('3001', 13, 'grid', send, sign, finish),
  told('resident', scene('1002', 20, 'grid', verify, send, sign, finish)),
  scene('5007', 22, 'grid', send, sign, finish),
  // The community's desk: three to send, an extension to decide, one to call back.
  scene('4002', 20, 'grid'),
  scene('5001', 6, 'grid'),
  scene('1004', 12, 'grid'),
  scene('1002', 60, 'grid', send, sign, askExtension),
  told('hotline', scene('4001', 40, 'grid', verify, send, sign, finish, pass)),
  // Its handler: unsigned, in work, late, and back for rework.
  scene('3001', 72, 'grid', send, sign),
  scene('3013', 60, 'grid', send, sign),
  scene('2006', 90, 'grid', send, sign),
  scene('1099', 40, 'grid', send, sign),
  scene('1006', 22, 'grid', send),
  scene('3002', 18, 'grid', send, sign, finish, fail),
  // The town: to send, returned, in ruling, an extension and a stop to decide.
  scene('2005', 6, 'town'),
  scene('4009', 10, 'town'),
  scene('5007', 14, 'town'),
  scene('5002', 12, 'town', send, askReturn, agreeReturn),
  scene('2008', 20, 'town', send, askReturn),
  scene('5008', 60, 'town', send, askReturn, agreeReturn, send, askReturn),
  scene('5002', 40, 'town', send, sign, askExtension),
  scene('4004', 50, 'town', send, sign, askSuspension),
  // Its departments; the police station has a part in two matters of others.
  scene('5006', 240, 'town', send, sign),
  scene('2005', 30, 'town', send),
  scene('4009', 50, 'town', send, sign),
  scene('5007', 20, 'town', send, sign, finish, fail),
  scene('5006', 26, 'town', send),
  scene('2008', 30, 'town', send),
  scene('2009', 44, 'town', send, sign),
  scene('2005', 60, 'town', sendWithPolice, sign),
  scene('5008', 30, 'town', sendWithPolice, sign),
  // The county: to send, to call back, returned, in ruling, a stop to decide.
  scene('5004', 8, 'county'),
  scene('1011', 5, 'county'),
  scene('4009', 12, 'county', reportUp),
  told('resident', scene('3016', 26, 'county', verify, send, sign, finish, pass)),
  scene('5004', 26, 'county', send, askReturn),
  scene('1011', 60, 'county', send, askReturn, agreeReturn, send, askReturn),
  scene('5004', 90, 'county', send, sign, askSuspension),
  // Its bureau of city management.
  scene('5004', 650, 'county', send, sign),
  scene('5004', 30, 'county', send),
  scene('5004', 70, 'county', send, sign),
  scene('5004', 30, 'county', send, sign, finish, fail),
  // The leader: whom the centre calls unreasonable, and what is to be closed by force.
  told('resident', scene('3016', 30, 'county', verify, send, sign, finish, pass, claimUnreasonable)),
  scene('1011', 140, 'county', send, sign, askForceClose),
  scene('5004', 160, 'county', send, sign, askForceClose),
  // The hotline: tickets that are still open.
  told('hotline', scene('5008', 30, 'town', verify, send, sign)),
  told('hotline', scene('4007', 6, 'town', verify, send)),
]

/** A scene with its place and time; the steps of it are a few hours apart. */
export interface Staged {
  readonly start: Beginning
  readonly steps: readonly { readonly at: number; readonly move: Mover }[]
}

interface Staging {
  readonly now: number
  readonly sites: { readonly grid: Site; readonly town: readonly Site[]; readonly county: readonly Site[] }
  readonly categories: ReadonlyMap<string, Category>
  readonly stories: ReadonlyMap<string, Story>
}

export function stageOpenWork({ now, sites, categories, stories }: Staging, dice: Dice): Staged[] {
  return openScenes.flatMap((made) => {
    const [category, story] = [categories.get(made.code), stories.get(made.code)]
    if (!category || !story) return []
    const at = now - made.age * hour - dice.int(50) * minute
    const site = made.where === 'grid' ? sites.grid : dice.pick(sites[made.where])
    const gap = Math.min(1.5 * hour, (made.age * hour * 0.85) / (made.steps.length + 1))
    return {
      start: { at, category, story, gridId: site.id, point: pointIn(site, dice), source: made.source },
      steps: made.steps.map((move, i) => ({ at: at + Math.round(gap * (i + 1)), move })),
    }
  })
}
