/**
 * Two records of one person become one, and can be taken apart again without loss: the dropped record stays with all
 * it held, what pointed at it moves and is remembered, and every field that was taken is a change like any other.
 * Source: requirements.md R4, R8. Left out: who may merge (server/src/registry/sight.ts), and what the slices above
 * hold of a person, which follows the facts `personMerged` and `personParted`.
 */
import { z } from 'zod'
import { problem, type Problem } from '../kernel/problem.ts'
import { shaped } from '../kernel/shape.ts'
import { mergeEdit, undoEdit, type FieldChanges } from './editing.ts'
import { Provenance, type Values } from './terms.ts'

/**
 * Every column of the database that may hold a person, and what becomes of it when two become one. A test walks the
 * catalogue: a new column that holds a person must be entered here, so that somebody decides what becomes of it.
 * `moves`: to the kept record and back; `copies`: said of the kept record too, as long as they are one;
 * `stays`: it tells what was, or who was meant when it was written.
 */
export const personHolders: readonly {
  readonly column: string
  readonly merging: 'moves' | 'copies' | 'stays'
  readonly why: string
}[] = [
  { column: 'registry.person.id', merging: 'stays', why: 'the record itself, with all it held' },
  { column: 'registry.person.merged_into', merging: 'stays', why: 'says which record it became' },
  { column: 'registry.link.person_id', merging: 'moves', why: 'homes are those of the one person' },
  { column: 'registry.link_request.person_id', merging: 'stays', why: 'whoever decides it finds the kept record' },
  { column: 'registry.leaving.person_id', merging: 'stays', why: 'says when that record left, and came back' },
  { column: 'registry.leaving.moved', merging: 'stays', why: 'remembers what a leaving ended' },
  { column: 'registry.arrival.person_id', merging: 'stays', why: 'what waits goes over to the kept record once' },
  { column: 'registry.erasure.person_id', merging: 'stays', why: 'whoever decides it finds the kept record' },
  {
    column: 'registry.recusal.person_id',
    merging: 'stays',
    why: 'who is kept from a record is kept from what it became',
  },
  { column: 'registry.merge_request.keep_id', merging: 'stays', why: 'one of another version is agreed to no more' },
  { column: 'registry.merge_request.drop_id', merging: 'stays', why: 'one of another version is agreed to no more' },
  { column: 'registry.overlay.person_id', merging: 'moves', why: 'its keeper goes on caring for the one person' },
  { column: 'registry.apart.a_id', merging: 'copies', why: 'who is not the one is not the other' },
  { column: 'registry.apart.b_id', merging: 'copies', why: 'who is not the one is not the other' },
  { column: 'registry.change.record_id', merging: 'stays', why: 'the history of each record is its own' },
  { column: 'registry.change.more', merging: 'stays', why: 'remembers what a merge moved' },
  { column: 'registry.departure.record_id', merging: 'stays', why: 'tells phones which record left their grid' },
  { column: 'visits.task.subject_id', merging: 'moves', why: 'who is to be visited is the one person' },
  { column: 'visits.visit.subject_id', merging: 'moves', why: 'what was met is told on the page of the one person' },
  { column: 'visits.hazard.subject_id', merging: 'moves', why: 're-checked at the one person’s' },
  { column: 'visits.last.subject_id', merging: 'copies', why: 'rhythms count from the later visit' },
  { column: 'visits.service.person_id', merging: 'moves', why: 'who asked is the one person' },
  { column: 'sync.inbox.subject', merging: 'stays', why: 'the words of an act that waits, as its sender meant it' },
  { column: 'audit.journal.subject', merging: 'stays', why: 'nobody rewrites the journal' },
  { column: 'audit.journal.detail', merging: 'stays', why: 'nobody rewrites the journal' },
  { column: 'kernel.request.reply', merging: 'stays', why: 'a repeat gets the answer that was given' },
]

export interface HeldLink {
  readonly id: string
  readonly isLead: boolean
}

/** What the registry itself holds of the dropped person, and of the kept one where the two may meet. */
export interface Held {
  readonly links: readonly HeldLink[]
  readonly overlays: readonly string[]
  /** Persons whom somebody found to be others than the dropped one, and than the kept one. */
  readonly others: readonly string[]
  readonly keptOthers: readonly string[]
  readonly keepHasLead: boolean
}

export interface Side {
  readonly id: string
  readonly state: 'live' | 'merged' | 'gone'
  readonly version: number
  readonly values: Values
  readonly origin: Readonly<Record<string, Provenance>>
}

export interface Choices {
  readonly keepVersion: number
  readonly dropVersion: number
  /** Fields of which the dropped record's value is taken though the kept one has its own. */
  readonly take: readonly string[]
  /** A second person agreed that two who have a number each are one. */
  readonly isAgreed?: boolean
}

/** What the history keeps of a merge, to take it apart exactly: the links as they were, and what else moved. */
export const Moved = z.strictObject({
  dropId: z.string(),
  links: z.array(z.strictObject({ id: z.string(), isLead: z.boolean() })),
  overlays: z.array(z.string()),
  /** Persons from whom the kept record is apart only because the dropped one was. */
  others: z.array(z.string()),
  origin: z.record(z.string(), Provenance),
  /** A leaving that was said ahead of the dropped record, and is the kept one's now. */
  plan: z.string().nullable(),
})
export type Moved = z.infer<typeof Moved>

const LinkOfOld = z.object({ id: z.string(), is_lead: z.boolean() }).transform((l) => ({ id: l.id, isLead: l.is_lead }))
/** Shape 1 forgot what else than links had moved: overlays of such a merge stay where they are. */
export const StoredMove = shaped({
  name: 'registry.change.more of a merge',
  now: 3,
  schema: Moved,
  upcasts: {
    1: z
      .object({ dropId: z.string(), links: z.array(LinkOfOld), origin: z.record(z.string(), Provenance) })
      .transform((old) => ({ ...old, overlays: [], others: [] })),
    2: z.looseObject({}).transform((old) => ({ ...old, plan: null })),
  },
})

export interface Merged {
  readonly values: Values
  readonly changes: FieldChanges
  readonly origin: Readonly<Record<string, Provenance>>
  /** The links as they are to be, with the kept record. */
  readonly links: readonly HeldLink[]
  readonly moved: Omit<Moved, 'plan'>
}

const stale = (side: Side): Problem => problem('record.stale', 409, { version: side.version })

/** @returns what the kept record becomes and what moves to it, or `record.stale`, `merge.two-numbers` */
export function decideMerge(keep: Side, drop: Side, held: Held, choices: Choices): Merged | Problem {
  if (keep.state !== 'live' || keep.version !== choices.keepVersion) return stale(keep)
  if (drop.state !== 'live' || drop.version !== choices.dropVersion) return stale(drop)
  const { idNo: mine } = keep.values
  const { idNo: theirs } = drop.values
  if (mine && theirs && mine !== theirs && !choices.isAgreed) return problem('merge.two-numbers', 409)
  // What the kept record lacks comes from the other; what both have is chosen by the person who merges.
  const isWanted = (code: string) => (keep.values[code] ?? null) === null || choices.take.includes(code)
  const wanted = Object.fromEntries(Object.entries(drop.values).filter(([code, v]) => v !== null && isWanted(code)))
  const { values, changes } = mergeEdit(keep.values, wanted, new Set())
  return {
    values,
    changes,
    origin: { ...drop.origin, ...keep.origin },
    // One lead home answers for the person: the kept record's, where it has one.
    links: held.links.map((l) => ({ id: l.id, isLead: l.isLead && !held.keepHasLead })),
    moved: {
      dropId: drop.id,
      links: [...held.links],
      overlays: [...held.overlays],
      others: held.others.filter((id) => id !== keep.id && !held.keptOthers.includes(id)),
      origin: { ...keep.origin },
    },
  }
}

export interface Parted {
  readonly values: Values
  readonly changes: FieldChanges
  readonly origin: Readonly<Record<string, Provenance>>
  /** Fields that were changed again since and stay. */
  readonly kept: readonly string[]
}

/** @returns the kept record as it was, or `change.not-undoable` when one of the two has become another since */
export function undoMerge(
  keep: Pick<Side, 'state' | 'values' | 'origin'>,
  drop: Pick<Side, 'state'>,
  change: FieldChanges,
  moved: Moved,
): Parted | Problem {
  // A record that was itself dropped into a third gives nothing back before it is a record of its own again.
  if (keep.state !== 'live' || drop.state !== 'merged') return problem('change.not-undoable', 409)
  const back = undoEdit(keep.values, change)
  return { ...back, origin: back.kept.length === 0 ? moved.origin : keep.origin }
}
