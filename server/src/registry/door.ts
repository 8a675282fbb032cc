/** What higher floors, the demo and the bench may ask of the registry. */
export { draftRow, indexColumns, insertDrafts } from './records.ts'
export { runImports } from './bulk/run-import.ts'
export { spellName } from './spelling.ts'
