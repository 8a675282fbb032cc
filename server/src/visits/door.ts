/** What higher floors may ask of visits. */
export { eventsMetAt } from './queries/events-met.ts'
export { readersOfVisit } from './queries/readers-of-visit.ts'
export { makeTasks, oneSubject } from './make-tasks.ts'
export { saveReadyRules } from './ready-rules.ts'
export { subjectsInUse } from './queries/subjects-in-use.ts'
export { runRules } from './run-rules.ts'
export { listForms } from './store/forms.ts'
export { viewVisits, visitFeed, visitNews } from './queries/feed.ts'
