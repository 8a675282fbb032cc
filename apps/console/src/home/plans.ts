/** What each first page counts and shows first; every number leads to the list behind it. */
import type { EventFilter } from '@fengge/domain/events/contract/views'
import type { HomeKind } from './roles.ts'

/** A list, as its address has it. */
export type Asked = Partial<Record<keyof EventFilter | 'order', string>>

/** Lists that first pages speak of. */
export const lists = {
  late: { queue: 'late', order: 'due' },
  due: { due: 'today', order: 'due' },
  back: { queue: 'to-handle', statuses: 'rework,reopened', order: 'due' },
  check: { queue: 'to-check', order: 'due' },
  verify: { queue: 'to-verify', order: 'due' },
  decide: { queue: 'to-decide', order: 'due' },
  dispatch: { queue: 'to-dispatch', order: 'due' },
  call: { queue: 'to-call', order: 'due' },
  sign: { queue: 'to-handle', statuses: 'dispatched', order: 'due' },
  carded: { supervised: 'yes', isOpen: 'yes', order: 'due' },
  handle: { queue: 'to-handle', order: 'due' },
} as const satisfies Readonly<Record<string, Asked>>
export type ListName = keyof typeof lists

/** Where it is somebody's turn: his, or somebody else's who is to be asked. */
export const isTurn = (name: ListName): boolean => name !== 'late' && name !== 'due' && name !== 'carded'

interface Plan {
  readonly doors: readonly ListName[]
  /** What to do first, each group with a few rows. */
  readonly first: readonly ListName[]
}

export const plans: Readonly<Record<HomeKind, Plan>> = {
  officer: {
    doors: ['late', 'due', 'back', 'check', 'verify'],
    first: ['late', 'back', 'due', 'dispatch', 'check', 'decide'],
  },
  chief: { doors: ['decide', 'late', 'due', 'carded', 'check'], first: ['decide', 'late', 'carded'] },
  desk: { doors: ['dispatch', 'decide', 'verify', 'call', 'late'], first: ['dispatch', 'decide', 'late'] },
  handler: { doors: ['sign', 'due', 'back', 'late', 'handle'], first: ['sign', 'back', 'due', 'late'] },
  other: { doors: ['late', 'due', 'carded', 'handle', 'check'], first: ['late', 'carded', 'due'] },
}

/** The address of a list within the console. */
export const addressOf = (name: ListName): string => `/events?${new URLSearchParams(lists[name]).toString()}`
