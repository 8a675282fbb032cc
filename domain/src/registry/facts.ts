/** What happens in the registry, as the journal keeps it and as the slices above hear it. */
import { z } from 'zod'
import { announced, recorded, type Recorded } from '../kernel/fact.ts'
import { ClosingKind } from './closing/terms.ts'
import { LeavingKind, type Witness } from './leaving/terms.ts'
import { ExportKind, ImportKind, ImportMode, LinkRole, RecordKind, recordKinds } from './terms.ts'

/** Where a record lies. */
export interface Home {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

/** Two records of one person that became one, or were taken apart again. */
export interface PersonsJoined {
  /** The merge; a parting names the merge it undoes, so that each holder finds what it had moved. */
  readonly mergeId: string
  readonly keepId: string
  readonly dropId: string
  readonly keepAt: Home
  readonly dropAt: Home
}

const reason = z.string()

/** Tasks, visits, hazards and services of the dropped record follow to the kept one. */
export const personMerged = announced<PersonsJoined>()(
  'registry.merged',
  z.strictObject({ dropId: z.string(), reason, fields: z.array(z.string()) }),
)
/** And back again: each holder gives back exactly what it had moved. */
export const personParted = announced<PersonsJoined>()(
  'registry.unmerged',
  z.strictObject({ dropId: z.string(), reason }),
)
const asked = z.strictObject({ request: z.string(), dropId: z.string(), reason })
/** Two records that have a number each are one person, says one; the second agrees (`registry.merged`) or refuses. */
export const mergeAsked = recorded('registry.merge-asked', asked)
export const mergeAgreed = recorded('registry.merge-agreed', asked)
export const mergeRefused = recorded('registry.merge-refused', asked)
export const keptApart = recorded('registry.kept-apart', z.strictObject({ other: z.string(), reason }))

const eachKind = <D extends z.ZodType>(verb: string, detail: D): Readonly<Record<RecordKind, Recorded<D>>> =>
  Object.fromEntries(recordKinds.map((kind) => [kind, recorded(`registry.${kind}-${verb}`, detail)])) as Record<
    RecordKind,
    Recorded<D>
  >

/** By kind, as `registry.person-created`. */
export const recordCreated = eachKind('created', z.strictObject({ source: z.string(), onBehalf: z.boolean() }))
export const recordChanged = eachKind(
  'changed',
  z.strictObject({ fields: z.array(z.string()), source: z.string(), onBehalf: z.boolean() }),
)
export const recordConfirmed = eachKind('confirmed', z.strictObject({ isAsked: z.boolean() }))
export const recordUndone = eachKind('undone', z.strictObject({ fields: z.array(z.string()), change: z.string() }))
export const recordGone = eachKind('gone', z.strictObject({}))

/** Somebody who has a home more: where he was registered, and where he is from now on. */
export interface PersonHomed {
  readonly personId: string
  readonly from: Home
  readonly to: Home
}
/** Where it moves him to another grid, what others hold of him moves along. */
export const personLinked = announced<PersonHomed>()(
  'registry.linked',
  z.strictObject({ houseId: z.string(), role: LinkRole, isLead: z.boolean() }),
)
/** Its subject is the house. */
export const headChosen = recorded(
  'registry.head-chosen',
  z.strictObject({ personId: z.string(), former: z.array(z.string()) }),
)
export const personUnlinked = recorded('registry.unlinked', z.strictObject({ houseId: z.string(), reason }))
/** Somebody who is counted no more, and what held his place. */
export interface PersonGone {
  readonly personId: string
  /** The leaving, by which each holder finds what it had set aside for him. */
  readonly leavingId: string
  readonly at: Home
}
/** Open tasks, hazards of his and his rhythm of care end on that day. */
export const personLeft = announced<PersonGone>()(
  'registry.left',
  z.strictObject({ leaving: z.string(), kind: LeavingKind, onDay: z.string(), seenBy: z.string() }),
)
/** It was a slip, or he is back: `isSlip` gives back what was set aside, a return begins anew. */
export const personCameBack = announced<PersonGone & { readonly isSlip: boolean }>()(
  'registry.came-back',
  z.strictObject({ leaving: z.string(), isSlip: z.boolean(), reason }),
)
/** Shops, homes, buildings that are counted no more. */
export interface RecordsGone {
  /** The closing, by which each holder finds what it had set aside for them. */
  readonly closingId: string
  readonly recordIds: readonly string[]
}
const closed = z.strictObject({ closing: z.string(), kind: ClosingKind, onDay: z.string(), rooms: z.int() })
/** Open tasks and hazards there end; its subject is the record. */
export const recordClosed = announced<RecordsGone>()('registry.closed', closed)
/** It is there after all: what was set aside is given back. */
export const recordReopened = announced<RecordsGone>()(
  'registry.reopened',
  z.strictObject({ closing: z.string(), reason, rooms: z.int() }),
)
/** He is to leave on a day that has not come; until then whoever serves there takes it back. */
export const leavingPlanned = recorded(
  'registry.leaving-planned',
  z.strictObject({ leaving: z.string(), onDay: z.string(), seenBy: z.string() }),
)
/** It was said of a record that is merged into this one. */
export const planCarried = recorded(
  'registry.leaving-carried',
  z.strictObject({ leaving: z.string(), from: z.string() }),
)
export const planWithdrawn = recorded('registry.leaving-withdrawn', z.strictObject({ leaving: z.string(), reason }))
/** What was said ahead, of who said it serves there no more on its day. */
export interface SaidAhead {
  readonly leavingId: string
  readonly said: {
    readonly personId: string
    readonly kind: LeavingKind
    readonly onDay: string
    readonly toWhere: string
    readonly seenBy: Witness
  }
  readonly accountId: string | null
  readonly name: string
  readonly at: Date
  /** Where he lives. */
  readonly placeId: string | null
}
/** It did not happen: it lies with the desk of the place. */
export const leavingLapsed = announced<SaidAhead>()(
  'registry.leaving-lapsed',
  z.strictObject({ leaving: z.string(), onDay: z.string() }),
)
/** Somebody is said to have moved within the county. Where to stands sealed with the offer, and in no journal. */
export const moverOffered = recorded('registry.mover-offered', z.strictObject({ arrival: z.string() }))
export const arrivalTaken = recorded('registry.arrival-taken', z.strictObject({ arrival: z.string() }))
export const arrivalMissed = recorded('registry.arrival-missed', z.strictObject({ arrival: z.string() }))
/** The grid did not answer in its days. */
export const arrivalLate = recorded('registry.arrival-late', z.strictObject({ arrival: z.string() }))
export const arrivalDecided = recorded(
  'registry.arrival-decided',
  z.strictObject({ arrival: z.string(), isPassed: z.boolean(), reason }),
)
/** His term is over: whatever is held of these people goes. */
export const personsDeleted = announced<{ readonly personIds: readonly string[] }>()(
  'registry.deleted',
  z.strictObject({ people: z.int() }),
)
const recused = z.strictObject({ request: z.string(), account: z.string(), untilOn: z.string(), reason })
export const recusalAsked = recorded('registry.recusal-asked', recused)
export const recusalAgreed = recorded('registry.recusal-agreed', recused)
export const recusalRefused = recorded('registry.recusal-refused', recused)
export const recusalLiftAsked = recorded('registry.recusal-lift-asked', recused)
export const recusalLifted = recorded('registry.recusal-lifted', recused)
export const recusalLiftRefused = recorded('registry.recusal-lift-refused', recused)
export const erasureAsked = recorded(
  'registry.erasure-asked',
  z.strictObject({ request: z.string(), aim: z.string(), basis: z.string() }),
)
const erasureDecided = z.strictObject({ request: z.string(), aim: z.string(), reason })
export const erasureAgreed = recorded('registry.erasure-agreed', erasureDecided)
export const erasureRefused = recorded('registry.erasure-refused', erasureDecided)
export const daysSaved = recorded(
  'registry.days-saved',
  z.strictObject({ code: z.string(), days: z.int(), fromOn: z.string(), basis: z.string() }),
)
/** The desk of the place that answers for somebody was asked to let him be linked with a house elsewhere. */
export const linkAsked = recorded('registry.link-asked', z.strictObject({ houseId: z.string(), role: LinkRole }))
const linkDecided = z.strictObject({ request: z.string(), reason })
export const linkAgreed = recorded('registry.link-agreed', linkDecided)
export const linkRefused = recorded('registry.link-refused', linkDecided)
/** The house in which he was to be the head has one by now; its subject is who was asked for. */
export const linkLapsed = recorded('registry.link-lapsed', z.strictObject({ request: z.string(), houseId: z.string() }))
/** Houses of a grid that lay in a micro-grid by their point and were not of it, or the other way round; its subject is the grid. */
export const microsFollowed = recorded('registry.micros-followed', z.strictObject({ houses: z.int() }))
/** Where it stood, as longitude and latitude, and where it stands. */
export const buildingPlaced = recorded(
  'registry.building-placed',
  z.strictObject({ from: z.string().nullable(), to: z.string() }),
)

/** That it was done is kept, and which fields were written, not what they say. */
export const overlaySaved = announced<{ readonly personId: string }>()(
  'registry.overlay-saved',
  z.strictObject({ fields: z.array(z.string()) }),
)
export const helperSaved = recorded('registry.overlay-helper-saved', z.strictObject({ changed: z.array(z.string()) }))
/** Care that a leaving had ended, once he was back. */
export const careResumed = recorded('registry.overlay-resumed', z.strictObject({ isTaken: z.boolean() }))
export const careAsked = recorded('registry.overlay-asked', z.strictObject({ purpose: z.string(), note: z.string() }))
const careDecided = z.strictObject({ request: z.string(), reason })
export const careAgreed = recorded('registry.overlay-agreed', careDecided)
export const careRefused = recorded('registry.overlay-refused', careDecided)
export const fieldSaved = recorded(
  'field.saved',
  z.strictObject({
    kind: RecordKind,
    code: z.string(),
    isOn: z.boolean(),
    basis: z.string(),
    purpose: z.string(),
    reason,
  }),
)
export const lookersTold = recorded('registry.told-who-looked')

export const importSent = recorded('registry.import-sent', z.strictObject({ kind: ImportKind, mode: ImportMode }))
/** The name itself is no secret, and stays out all the same: a file may hold anything. */
export const estateSettled = recorded('registry.estate-settled', z.strictObject({ isNew: z.boolean(), rows: z.int() }))
export const batchUndone = recorded(
  'registry.batch-undone',
  z.strictObject({ removed: z.int(), restored: z.int(), kept: z.int(), reason }),
)
export const exportAsked = recorded(
  'registry.export-asked',
  z.strictObject({ kind: ExportKind, rows: z.int(), purpose: z.string() }),
)
const decided = z.strictObject({ rows: z.int(), purpose: z.string() })
export const exportAgreed = recorded('registry.export-agreed', decided)
export const exportRefused = recorded('registry.export-refused', decided)
/** Their term was over. */
export const ledgersForgotten = recorded('registry.ledgers-forgotten', z.strictObject({ rows: z.int(), runs: z.int() }))
export const ledgersCompared = recorded(
  'registry.ledgers-compared',
  z.strictObject({
    linked: z.int(),
    doubtful: z.int(),
    employerOnly: z.int(),
    rentalOnly: z.int(),
    manyRooms: z.int(),
  }),
)
export const ledgerDecided = recorded('registry.ledger-decided', z.strictObject({ isSame: z.boolean() }))
