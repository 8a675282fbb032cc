/** What higher floors, the demo and the bench may ask of the registry. */
import type { Reading } from '../kernel/db/tx.ts'
import { findKind, findRecords } from './store/records.ts'

export { draftRow, indexColumns, type DraftRow } from './record-columns.ts'
export { insertDrafts } from './store/records.ts'
export { findDeath } from './leaving/store/leavings.ts'
export { careAt, markCareVisited } from './store/overlays.ts'
export { runImports } from './bulk/import-turns.ts'
export { countFormerImports, sealImport } from './bulk/import-file.ts'
export { cautionsFor, reachRecord } from './sight.ts'
export { keptToday, unseeing, type FindTheirs, type Kept } from './recusal/unseen.ts'
export { spellName } from './spelling.ts'
export { registryConfig, viewHoldings } from './held-rows.ts'
export { addressText } from './queries/addresses.ts'
export { registryFeed, registryNews } from './queries/feed.ts'
export { findEstatePlaces, meantPlaces, type EstatePlaces } from './find-estate-places.ts'
export { nameRecords } from './queries/name-records.ts'
export { previewEdit, type FieldPreview } from './queries/preview-edit.ts'

/** Where a record lies: its grid, else its village or town. */
export async function placeOfRecord(tx: Reading, county: string, id: string): Promise<string | undefined> {
  const kind = await findKind(tx, county, id)
  const [row] = kind === undefined ? [] : await findRecords(tx, kind, county, [id])
  return row?.grid_id ?? row?.village_id ?? row?.town_id ?? undefined
}

/** A building that is there: what it is called, and where it stands. */
export { findBuilding, findBuildingsNamed, type StandingBuilding } from './store/buildings.ts'
export { findWrittenBuildings, type WrittenBuilding } from './queries/find-written-buildings.ts'
