/** The grids of an estate or road, told to anybody: of estates and buildings alone, and of nobody who lives there. */
import { PlaceIndex } from '@fengge/domain/registry/addresses/place-text'
import { namedIn } from '@fengge/domain/registry/arriving/arriving'
import type { Reading } from '../kernel/db/tx.ts'
import { keptFor, type HasShelf } from '../kernel/shelf.ts'
import { inSlices } from '../kernel/turns.ts'
import { placeTree } from '../places/door.ts'
import { listEstates, namesOf, type EstateRow } from './bulk/store/records.ts'
import { placesOfEstates } from './store/estate-places.ts'

export interface EstatePlaces {
  readonly name: string
  /** Its grids, or those of the building that was named; the community where no grid is known. */
  readonly placeIds: readonly string[]
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
  const found = (said ? index.named(said.shown) : index.holding(text)).filter(isMeant).slice(0, mostEstates)
  const places = await placesOfEstates(
    reading,
    county,
    found.map((e) => e.id),
    said?.building ?? '',
  )
  return found.map((e) => ({ name: e.name, placeIds: placesFor(e, places).slice(0, mostPlaces) }))
}

async function loadIndex(reading: Reading, county: string): Promise<PlaceIndex<EstateRow>> {
  const index = new PlaceIndex<EstateRow>()
  await inSlices(await listEstates(reading, county, null), 200, (row) => index.add(row, namesOf(row)))
  return index
}

const placesFor = (estate: EstateRow, of: readonly { estate_id: string; place_id: string }[]): string[] => {
  const built = of.filter((p) => p.estate_id === estate.id).map((p) => p.place_id)
  if (built.length > 0) return [...new Set(built)]
  const own = estate.grid_id ?? estate.village_id
  return own === null ? [] : [own]
}
