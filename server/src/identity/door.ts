/** What higher floors may ask of identity. */
export { describeMe } from './queries/accounts.ts'
export { checkBadge, checkBoard, type BadgeAnswer } from './queries/badges.ts'
export { findCaller } from './queries/callers.ts'
export { departmentsById, type Department } from './queries/departments.ts'
export { isPosted, listGridHolders, listPosted, nameOf, type Colleague } from './queries/staff.ts'
export { listHolders, listPlacesOf, listServing } from './queries/holders.ts'
export { sessionBook } from './session-book.ts'
export { bindSession, dropSessionsOfDevice, saveSession } from './store/sessions.ts'
