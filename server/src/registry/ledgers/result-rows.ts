/** Results of a comparison, each for the grid of its rented room; what has no known room goes to the one who asked. */
import { readAddress } from '@fengge/domain/registry/addresses/address'
import type { LedgerRow as LedgerView } from '@fengge/domain/registry/ledger-contract'
import { learnScale, scaled, type Scale } from '@fengge/domain/registry/linkage/calibrate'
import { doubt, sure, type Pair } from '@fengge/domain/registry/linkage/link'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import type { Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { inSlices } from '../../kernel/turns.ts'
import { Rooms } from '../bulk/rooms.ts'
import { placeFor } from '../sight.ts'
import type { Compared } from './compared.ts'
import { factsAt, listDecided, type FreshRow } from './store.ts'

/** Two ledgers, and what their comparison found. */
export interface Comparison {
  readonly runId: string
  /** Whose answer it is where no room says otherwise. */
  readonly placeId: string
  readonly employers: readonly LedgerRow[]
  readonly rentals: readonly LedgerRow[]
  readonly found: Compared
}

/** One result before it has its place: rows of the ledgers by their number from 0. */
interface Result {
  readonly state: LedgerView['state']
  readonly probability: number
  readonly agreement: readonly number[]
  readonly employer?: number
  readonly rental?: number
  readonly cluster?: number
}

export async function resultRows(ctx: Asking, compared: Comparison): Promise<FreshRow[]> {
  const scale = await learnt(ctx)
  const homes = await homesOf(ctx, compared)
  return inSlices(resultsOf(compared, scale), 200, (r) => {
    const place = placeFor(ctx, (r.rental === undefined ? undefined : homes[r.rental]) ?? compared.placeId)
    const facts = { employer: at(compared.employers, r.employer), rental: at(compared.rentals, r.rental) }
    const id = freshId(ctx.now)
    return {
      county_code: ctx.caller.countyCode,
      id,
      run_id: compared.runId,
      state: r.state,
      probability: r.probability,
      agreement: [...r.agreement],
      employer_row: numberOf(r.employer),
      rental_row: numberOf(r.rental),
      cluster: r.cluster ?? null,
      grid_id: place.gridId,
      village_id: place.villageId,
      town_id: place.townId,
      sealed: ctx.sealer.seal(JSON.stringify(facts), factsAt(id)),
    }
  })
}

const at = <T>(rows: readonly T[], i: number | undefined) => (i === undefined ? undefined : rows[i])
const numberOf = (i: number | undefined) => (i === undefined ? null : i + 1)

/** What people decided in this county so far. */
async function learnt(ctx: Asking): Promise<Scale> {
  const rows = await listDecided(ctx.tx, ctx.caller.countyCode)
  return learnScale(rows.map((r) => ({ probability: r.probability, isSame: r.decision === 'same' })))
}

/** The grid of each rental's room, where the room is known; its community where only somebody says that the estate is called so. */
async function homesOf(ctx: Asking, { runId, rentals }: Comparison): Promise<(string | null | undefined)[]> {
  const rooms = await Rooms.open(ctx, null, { batchId: runId, mark: { source: 'import', by: '', at: '' } })
  const addresses = await inSlices(rentals, 1000, (r) => readAddress(r.address, rooms.names))
  await rooms.load(addresses)
  return addresses.map((room) => {
    const home = room && rooms.find(room)
    return home && (rooms.isSaid(room) ? home.villageId : home.gridId)
  })
}

function resultsOf({ employers, rentals, found }: Comparison, scale: Scale): Result[] {
  const linkedA = new Set(found.links.map((l) => l.a)),
    linkedB = new Set(found.links.map((l) => l.b))
  const pairs = new Map([...found.links, ...found.doubtful].map((p) => [`${p.a}/${p.b}`, p]))
  const alone = { probability: 0, agreement: [] }
  return [
    ...[...pairs.values()].flatMap((p) => pairResult(p, scale)),
    ...employers.flatMap((_, employer) =>
      linkedA.has(employer) ? [] : [{ ...alone, state: 'employer-only' as const, employer }],
    ),
    ...rentals.flatMap((_, rental) =>
      linkedB.has(rental) ? [] : [{ ...alone, state: 'rental-only' as const, rental }],
    ),
    ...found.clusters.flatMap(({ members, probability }, k) =>
      members.map((rental) => ({ state: 'many-rooms' as const, probability, agreement: [], rental, cluster: k + 1 })),
    ),
  ]
}

/** A pair by what people's decisions make of its probability; below doubt it is none. */
function pairResult(pair: Pair, scale: Scale): Result[] {
  const probability = scaled(pair.probability, scale)
  if (probability < doubt) return []
  const state = probability >= sure ? 'linked' : 'doubtful'
  return [{ state, probability, agreement: pair.agreement, employer: pair.a, rental: pair.b }]
}
