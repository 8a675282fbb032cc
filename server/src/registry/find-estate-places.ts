/** The grids of an estate or road, told to anybody: of estates and buildings alone, and of nobody who lives there. */
import { PlaceIndex } from '@fengge/domain/registry/addresses/place-text'
import { namedIn } from '@fengge/domain/registry/arriving/arriving'
import type { Reading } from '../kernel/db/tx.ts'
import { keptFor, type HasShelf } from '../kernel/shelf.ts'
import { inSlices } from '../kernel/turns.ts'
import { placeTree } from '../places/door.ts'
import { calledOf, listEstates, type EstateRow } from './bulk/store/records.ts'
import { placesOfEstates } from './store/estate-places.ts'

export interface EstatePlaces {
  readonly name: string
  /** Its grids, or those of the building that was named; the community where no grid is known. */
  readonly placeIds: readonly string[]
  /** It is only said to be called so: by another name than its own, or by one that no desk knows. */
  readonly isSaid: boolean
}

/** Estates by county: anybody may ask, and they seldom change. A new one is found within the minute. */
const known = keptFor<PlaceIndex<EstateRow>>(60_000)
const mostEstates = 3
const mostPlaces = 8

/** Of many estates of one name those of the community or town that is named in the text; all where none is. */
function meantIn(home: HasShelf, county: string, text: string): (estate: EstateRow) => boolean {
  const tree = placeTree(home)
  const id = tree.byCode(`${county}000000`)?.id
  const around = id === undefined ? [] : [...tree.below(id, 'village'), ...tree.below(id, 'town')]
  const places = around.map((place) => ({ id: place, name: tree.get(place)!.name }))
  const named = new Set(namedIn(text, places).map((place) => place.id))
  return (estate) => {
    const at = estate.grid_id ?? estate.village_id
    return named.size === 0 || (at !== null && tree.line(at).some((node) => named.has(node.id)))
  }
}

/**
 * Estates and roads that a text means: one that it holds by name, else those whose name holds it; of many by one name those
 * of the community or town that it names (堰桥社区 阳光花园 3幢).
 */
export async function findEstatePlaces(
  ground: HasShelf & { readonly database: { readonly read: Reading } },
  county: string,
  text: string,
): Promise<EstatePlaces[]> {
  const reading = ground.database.read
  const index = await known.get(ground, county, () => loadIndex(reading, county))
  const said = index.said(text)
  const isMeant = meantIn(ground, county, text)
  const sure = said ? [] : index.holding(text)
  const isSaid = said?.isSaid ?? sure.length === 0
  const held = isSaid ? index.holding(text, true) : sure
  const found = (said ? index.named(said.shown, isSaid) : held).filter(isMeant).slice(0, mostEstates)
  const places = await placesOfEstates(
    reading,
    county,
    found.map((e) => e.id),
    said?.building ?? '',
  )
  // Of many by one name those that have the building which is named.
  const built = said?.building ? found.filter((e) => places.some((p) => p.estate_id === e.id)) : []
  return (built.length > 0 ? built : found).map((e) => ({
    name: e.name,
    placeIds: placesFor(e, places).slice(0, mostPlaces),
    isSaid,
  }))
}

/** Where what a text means lies: no nearer than the community where it rests on what somebody said alone. */
export async function meantPlaces(
  ground: HasShelf & { readonly database: { readonly read: Reading } },
  county: string,
  text: string,
): Promise<string[]> {
  const tree = placeTree(ground)
  const atMost = (id: string, isSaid: boolean) => (isSaid ? (tree.ancestor(id, 'village')?.id ?? id) : id)
  const found = await findEstatePlaces(ground, county, text)
  return [...new Set(found.flatMap((e) => e.placeIds.map((id) => atMost(id, e.isSaid))))]
}

async function loadIndex(reading: Reading, county: string): Promise<PlaceIndex<EstateRow>> {
  const index = new PlaceIndex<EstateRow>()
  await inSlices(await listEstates(reading, county, null), 200, (row) => index.add(row, calledOf(row)))
  return index
}

const placesFor = (estate: EstateRow, of: readonly { estate_id: string; place_id: string }[]): string[] => {
  const built = of.filter((p) => p.estate_id === estate.id).map((p) => p.place_id)
  if (built.length > 0) return [...new Set(built)]
  const own = estate.grid_id ?? estate.village_id
  return own === null ? [] : [own]
}
