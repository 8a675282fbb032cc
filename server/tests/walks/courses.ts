/**
 * Where a walk is led to where chance alone seldom comes: a request that nobody answers, a matter about staff, a
 * department that helps, a refusal that is appealed against. It is led by whom it tries first; what may be done is asked
 * of the product, and what must come of it stands in the own book.
 */
import type { Action } from '@fengge/domain/events/acts'
import { office, type Login } from '../world.ts'
import type { OwnCategory } from './own-book.ts'

export type Way = 'worker' | 'liaison' | 'hotline' | 'resident'

export interface Course {
  readonly name: 'chance' | 'silence' | 'staff' | 'helpers' | 'appeal'
  readonly ways: readonly Way[]
  /** Which matters it is about. */
  readonly isAbout: (category: OwnCategory) => boolean
  /** Who tries what first. */
  readonly tries: readonly (readonly [Login, Action])[]
}

const by = (login: Login, ...actions: Action[]) => actions.map((action) => [login, action] as const)
const intake = [...by('worker', 'verify'), ...by('town', 'register', 'dispatch')]
const isPlain = ({ isAboutStaff }: OwnCategory) => !isAboutStaff
const isOfTown = ({ level, isAboutStaff }: OwnCategory) => level === 2 && !isAboutStaff

const chance: Course = { name: 'chance', ways: ['worker', 'worker', 'liaison', 'hotline'], isAbout: isPlain, tries: [] }

const silence: Course = {
  name: 'silence',
  ways: ['worker', 'hotline'],
  isAbout: isOfTown,
  tries: [
    ...intake,
    ...by('works', 'sign', 'return', 'ask-extension', 'ask-suspension'),
    ...by('urban', 'sign', 'return', 'ask-extension', 'ask-suspension'),
    ...by('worker', 'ask-cancel'),
  ],
}

const staff: Course = {
  name: 'staff',
  ways: ['hotline', 'resident', 'worker'],
  isAbout: () => true,
  tries: [
    ...by('county', 'recode', 'agree-recode', 'dispatch', 'assign-down'),
    ...by('countychief', 'recode', 'agree-recode', 'refuse-recode', 'assign-down'),
    ...by('town', 'recode', 'report-up', 'register', 'dispatch'),
    ...by('village', 'recode', 'register'),
  ],
}

const helpers: Course = {
  name: 'helpers',
  ways: ['worker', 'liaison', 'hotline'],
  isAbout: isOfTown,
  tries: [
    ...intake,
    ...by('works', 'sign', 'ask-co-handling', 'finish-co-handling', 'finish'),
    ...by('urban', 'sign', 'ask-co-handling', 'finish-co-handling', 'finish'),
    ...by('village', 'finish-co-handling'),
    ...by('bureau', 'finish-co-handling'),
    ...by('worker', 'fail', 'pass'),
  ],
}

const appeal: Course = {
  name: 'appeal',
  ways: ['resident'],
  isAbout: isPlain,
  tries: [
    ...by('village', 'refuse'),
    ...by('town', 'refuse'),
    ...by('county', 'refuse'),
    ...by('countychief', 'refuse'),
  ],
}

/** Of every ten walks four are left to chance. */
const tenth = [chance, silence, staff, chance, helpers, appeal, chance, silence, staff, chance] as const
export const courseOf = (seed: number): Course => tenth[seed % tenth.length]!

/** Who may answer what a town was silent about, once it lies before the county. */
export const answersAbove: readonly (readonly [Login, Action])[] = [
  ...by('countychief', 'rule', 'agree-return', 'refuse-return', 'agree-extension', 'refuse-extension'),
  ...by('countychief', 'agree-suspension', 'refuse-suspension', 'agree-cancel', 'refuse-cancel'),
  ...by('leader', 'agree-extension', 'confirm-unreasonable', 'refuse-unreasonable'),
  ...by('county', 'agree-cancel', 'refuse-cancel'),
]

/** Whoever serves the grid or the community: a matter about staff may be about them. */
export const servingBelow: ReadonlySet<Login> = new Set([
  'worker',
  'worker2',
  'liaison',
  'leader1',
  'village',
  'chief',
  'othervillage',
])

/** The departments in whose name somebody helps. */
export const helpsFor: { readonly [L in Login]?: string } = {
  village: office('village-office'),
  works: office('town-works'),
  urban: office('town-urban'),
  bureau: office('county-police'),
}
