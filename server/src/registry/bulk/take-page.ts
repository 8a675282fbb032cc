/** Writes the good rows of a page: finds who is there already, adds who is not, and changes only what differs. */
import type { Provenance } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import type { GoodRow } from './judge-rows.ts'
import type { Rooms } from './rooms.ts'
import type { BatchRow } from './store/batches.ts'
import { takeHouses } from './take-houses.ts'
import { takePersons } from './take-persons.ts'
import { takeUnits } from './take-units.ts'

export interface PageCounts {
  created: number
  changed: number
  same: number
  /** Rows whose place is no grid, since neither they nor their house say which. */
  noGrid: number
}

/** A file being taken, page by page. */
export interface Taking {
  readonly ctx: Ctx
  readonly batch: Pick<BatchRow, 'county_code' | 'id' | 'kind' | 'place_id'>
  readonly rooms: Rooms
  readonly mark: Provenance
  /** False for a trial: everything is found and counted, nothing written. */
  readonly isReal: boolean
  /** Records that earlier rows of the file are about. */
  readonly met: Set<string>
}

const ways = { person: takePersons, house: takeHouses, unit: takeUnits } as const

/** @param taking its rooms are loaded */
export function takePage(taking: Taking, rows: readonly GoodRow[]): Promise<PageCounts> {
  return ways[taking.batch.kind](taking, rows)
}
