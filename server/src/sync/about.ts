/** What an act is about: the event, and the records that it names, by the fields that its form has for them. */
import { isEventAct, type Act, type ActName } from '@fengge/domain/sync/terms'
import { z } from 'zod'

const recordFields: Readonly<Partial<Record<ActName, readonly string[]>>> = {
  recordVisit: ['subjectId'],
  confirmRecords: ['houseId'],
  saveRecord: ['id'],
  linkPerson: ['personId', 'houseId'],
  placeBuilding: ['id'],
  takeService: ['personId'],
}

export function aboutIn(name: ActName, ask: Act['ask']): { eventId: string | undefined; recordIds: string[] } {
  const id = (field: string) => z.uuid().safeParse(ask[field]).data
  return {
    eventId: isEventAct(name) ? id('eventId') : undefined,
    recordIds: (recordFields[name] ?? []).flatMap((field) => id(field) ?? []),
  }
}
