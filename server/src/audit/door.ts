/** What higher floors may ask of the journal. */
export { countDone, listLooks, type Look, type LookPost } from './queries/looks.ts'
