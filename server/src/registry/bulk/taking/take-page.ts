/** Writes the good rows of a page: finds who is there already, adds who is not, and changes only what differs. */
import type { ImportKind, Provenance } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../../kernel/context.ts'
import type { BadRow, GoodRow } from '../judge-rows.ts'
import type { Rooms } from '../rooms.ts'
import type { BatchRow } from '../store/batches.ts'
import type { PageCounts } from '../page-counts.ts'
import { takeHouses } from './take-houses.ts'
import { takeLinks } from './take-links.ts'
import { takePersons } from './take-persons.ts'
import { takeBuildings, takeEstates, takeFacilities } from './take-places.ts'
import { takeUnits } from './take-units.ts'

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

type Way = (taking: Taking, rows: readonly GoodRow[], back: BadRow[]) => Promise<PageCounts>
const ways: Readonly<Record<ImportKind, Way>> = {
  person: takePersons,
  house: takeHouses,
  unit: takeUnits,
  estate: takeEstates,
  building: takeBuildings,
  facility: takeFacilities,
  link: takeLinks,
}

/**
 * @param taking its rooms are loaded
 * @param back rows that cannot be taken after all are added to it
 */
export function takePage(taking: Taking, rows: readonly GoodRow[], back: BadRow[]): Promise<PageCounts> {
  return ways[taking.batch.kind](taking, rows, back)
}
