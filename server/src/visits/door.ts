/** What higher floors may ask of visits. */
export { makeTasks, oneSubject, type TaskDraft } from './make-tasks.ts'
export { saveReadyRules } from './ready-rules.ts'
export { runRules } from './run-rules.ts'
export { inReach, listForms } from './store.ts'
export { visitFeed } from './feed.ts'
