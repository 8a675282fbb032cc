/**
 * What was written in an act in free words, so that a person at a desk can judge it. Only fields that are named here are
 * told: everything else that an act carries is either an id, a choice, or a value of somebody's record, and the values go
 * by the one rule of sight (registry/sight.ts). Source: requirements.md U2, D1.
 */
import { onFile } from '../registry/fields.ts'
import type { ActName } from './terms.ts'

/** Digits as long as a phone or an identity number, wherever somebody wrote them; a code with letters is none. */
const numbers = /(?<![\dA-Za-z])\d{7,17}[\dXx]?(?![\dA-Za-z])/g
const longest = 600

/** Fields of acts that hold free words, in the order they are read. */
export const toldFields = [
  'title',
  'content',
  'placeText',
  'onBehalfOf',
  'what',
  'result',
  'answer',
  'note',
  'text',
  'basis',
  'reason',
  'hazard',
  'ordered',
] as const
export type ToldField = (typeof toldFields)[number]
export interface Told {
  readonly field: ToldField
  readonly text: string
}

const byAct: Readonly<Partial<Record<ActName, readonly ToldField[]>>> = {
  reportEvent: ['title', 'content', 'placeText', 'onBehalfOf'],
  attachEvidence: [],
  recordVisit: ['note'],
  confirmRecords: ['reason'],
  saveRecord: ['reason'],
  linkPerson: ['basis'],
  chooseHead: [],
  placeBuilding: [],
  takeService: ['what'],
  endLink: ['reason'],
  leavePerson: ['reason'],
  undoLeaving: ['reason'],
  returnPerson: [],
  closeRecord: ['reason'],
  // Where somebody moved is no word for the desk of the place he left.
  offerMover: [],
  takeArrival: [],
  missArrival: ['note'],
  moveService: ['note'],
  addToWeek: ['text'],
}
const ofEvents: readonly ToldField[] = ['result', 'answer', 'note']

/** @param ask what the form of the act held, as it came. @returns words by the field they stood in, each at most six hundred signs */
export function wordsIn(name: ActName, ask: Readonly<Record<string, unknown>>): Told[] {
  const told = (byAct[name] ?? ofEvents).map((field) => ({ field, text: textOf(ask[field]) }))
  return [...told, ...(name === 'recordVisit' ? hazardsIn(ask['hazards']) : [])].filter((t) => t.text !== '')
}

/** The same in one line. */
export const wordsOf = (name: ActName, ask: Readonly<Record<string, unknown>>): string =>
  wordsIn(name, ask)
    .map((t) => t.text)
    .join(' · ')
    .slice(0, longest)

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim().replaceAll(numbers, onFile).slice(0, longest) : ''

function hazardsIn(hazards: unknown): Told[] {
  if (!Array.isArray(hazards)) return []
  return hazards.slice(0, 5).flatMap((h: unknown): Told[] => {
    const { what, orderedText } = (typeof h === 'object' && h !== null ? h : {}) as Record<string, unknown>
    return [
      { field: 'hazard', text: textOf(what) },
      { field: 'ordered', text: textOf(orderedText) },
    ]
  })
}
