/** What higher floors may ask of the journal. */
export { countDone, listLooks, type Look } from './queries/looks.ts'
