/** What higher floors may ask of places. */
export { placeTree, refreshTree, reloadAfter, fullName } from './tree-in-force.ts'
export { holdsForCounty, mayForCounty } from './for-county.ts'
export { listHeirs } from './queries/places.ts'
export { bordersOf } from './queries/borders.ts'
export { idsWithin, reachOf, type Reach } from './reach.ts'
export type { Node, PlaceTree } from './tree.ts'
