/** What an act is about: the event, the records and the places that it names, by the fields that its form has for them. */
import type { AskOfAct } from '@fengge/domain/sync/contract/acts'
import type { Act, ActName } from '@fengge/domain/sync/terms'
import { Id } from '@fengge/domain/kernel/id'

type FieldOf<N extends ActName> = keyof AskOfAct<N> & string

/** Fields of a form by what their ids name. */
interface Named<Field> {
  readonly event?: Field
  /** What it would change or is about, as the desk is shown it. */
  readonly records?: readonly Field[]
  /** The records by which its place is found, where these are more or in another order: the first that is known tells. */
  readonly standsAt?: readonly Field[]
  /** Places, which tell where no event and no record does, so that nobody chooses by which desk he is judged. */
  readonly places?: readonly Field[]
}
const onEvent = { event: 'eventId' } as const

const named: { readonly [N in ActName]: Named<FieldOf<N>> } = {
  reportEvent: { places: ['gridId'] },
  attachEvidence: onEvent,
  recordVisit: { records: ['subjectId'], places: ['subjectId'] },
  confirmRecords: { records: ['houseId', 'ids'], standsAt: ['houseId', 'ids'] },
  saveRecord: { records: ['id'], standsAt: ['id', 'parentId'], places: ['placeId'] },
  linkPerson: { records: ['personId', 'houseId'], standsAt: ['houseId', 'personId'] },
  chooseHead: { records: ['houseId'] },
  endLink: { records: ['houseId'] },
  leavePerson: { records: ['personId'] },
  undoLeaving: { records: ['personId'] },
  returnPerson: { records: ['personId'] },
  closeRecord: { records: ['recordId'] },
  offerMover: { records: ['personId'] },
  takeArrival: { records: ['houseId'] },
  missArrival: {},
  placeBuilding: { records: ['id'] },
  takeService: { records: ['personId'], places: ['gridId'] },
  moveService: {},
  addToWeek: {},
  'act.pass': onEvent,
  'act.fail': onEvent,
  'act.check-unable': onEvent,
  'act.verify': onEvent,
  'act.self-close': onEvent,
  'act.cancel': onEvent,
  'act.ask-cancel': onEvent,
  'act.sign': onEvent,
  'act.finish': onEvent,
  'act.reopen': onEvent,
  'act.finish-co-handling': onEvent,
}

export interface About {
  readonly eventId: string | undefined
  readonly recordIds: readonly string[]
  readonly standsAt: readonly string[]
  readonly placeIds: readonly string[]
}

/** @param ask as it came from a phone: what is no id names nothing */
export function aboutIn(name: ActName, ask: Act['ask']): About {
  const { event, records = [], standsAt = records, places = [] }: Named<string> = named[name]
  const ids = (fields: readonly string[]) =>
    fields.flatMap((field) => [ask[field]].flat().flatMap((value) => Id.safeParse(value).data ?? []))
  return {
    eventId: event === undefined ? undefined : ids([event])[0],
    recordIds: [...new Set(ids(records))],
    standsAt: ids(standsAt),
    placeIds: ids(places),
  }
}

/** The event that an act makes or is about. */
export function eventIn(name: ActName, ask: Act['ask']): string | undefined {
  if (name === 'reportEvent') return Id.safeParse(ask['id']).data
  return aboutIn(name, ask).eventId
}
