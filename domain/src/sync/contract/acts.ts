/**
 * What a phone may send, typed by the promises it is sent under: the ask of an act is the ask of the endpoint of the
 * same name. Only types leave here for the phone; the schemas stay with the server, which judges each act by itself.
 */
import { actEndpoints, attachEvidence, reportEvent } from '../../events/contract/desk.ts'
import type { Endpoint, ReplyOf, SentOf } from '../../kernel/endpoint.ts'
import { missArrival, offerMover, takeArrival } from '../../registry/arriving/contract.ts'
import { closeRecord } from '../../registry/closing/contract.ts'
import { leavePerson, returnPerson, undoLeaving } from '../../registry/leaving/contract.ts'
import { chooseHead, confirmRecords, endLink, linkPerson, placeBuilding, saveRecord } from '../../registry/contract.ts'
import { moveService, recordVisit, takeService } from '../../visits/contract/worker.ts'
import { addToWeek } from '../../worklog/contract.ts'
import type { Act, ActName } from '../terms.ts'

/** The promise that each act is kept under. */
export const actPromises = {
  reportEvent,
  attachEvidence,
  recordVisit,
  confirmRecords,
  saveRecord,
  linkPerson,
  chooseHead,
  endLink,
  leavePerson,
  undoLeaving,
  returnPerson,
  closeRecord,
  offerMover,
  takeArrival,
  missArrival,
  placeBuilding,
  takeService,
  moveService,
  addToWeek,
  'act.pass': actEndpoints.pass,
  'act.fail': actEndpoints.fail,
  'act.check-unable': actEndpoints['check-unable'],
  'act.verify': actEndpoints.verify,
  'act.self-close': actEndpoints['self-close'],
  'act.cancel': actEndpoints.cancel,
  'act.ask-cancel': actEndpoints['ask-cancel'],
  'act.sign': actEndpoints.sign,
  'act.finish': actEndpoints.finish,
  'act.reopen': actEndpoints.reopen,
  'act.finish-co-handling': actEndpoints['finish-co-handling'],
} as const satisfies Readonly<Record<ActName, Endpoint>>
type Promises = typeof actPromises

/** What a form fills in for an act; its request id is the act's own. */
export type AskOfAct<N extends ActName> = N extends ActName ? Omit<SentOf<Promises[N]>, 'requestId'> : never
export type ReplyToAct<N extends ActName> = N extends ActName ? ReplyOf<Promises[N]> : never
/** An act's name and its ask, of any name. */
export type NamedAsk = { readonly [N in ActName]: { readonly name: N; readonly ask: AskOfAct<N> } }[ActName]
/** An act as a phone keeps and sends it. */
export type SentAct = Omit<Act, 'name' | 'ask'> & NamedAsk
