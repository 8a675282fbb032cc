/** What a phone holds of visits: open tasks with whom and where, and open services. Source: requirements.md U2, V1, V5. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { row } from '../kernel/row.ts'
import { ServiceState, ServiceStep } from './services.ts'
import { origins, SubjectKind, taskStates } from './terms.ts'

export const task = row('task', {
  id: Id,
  version: z.int(),
  state: z.enum(taskStates),
  matterId: Id,
  origin: z.enum(origins),
  originName: z.string(),
  subjectKind: SubjectKind,
  subjectId: Id.nullable(),
  gridId: Id.nullable(),
  formCode: z.string(),
  title: z.string(),
  note: z.string(),
  earliestOn: z.string(),
  dueOn: z.string(),
  /** Minutes of the day between which it may be done. */
  windowFrom: z.int().nullable(),
  windowTo: z.int().nullable(),
  minutes: z.int(),
  priority: z.int(),
  cautions: z.array(z.string()),
  tries: z.int(),
  /** Whom or what it is for, and where: the page of today works before the registry has arrived. */
  name: z.string().nullable(),
  houseId: Id.nullable(),
  buildingId: Id.nullable(),
  address: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  /** An address in words, where the registry knows no house. */
  place: z.string().nullable(),
})
export const service = row('service', {
  id: Id,
  version: z.int(),
  state: ServiceState,
  no: z.string(),
  what: z.string(),
  personId: Id.nullable(),
  gridId: Id,
  dueOn: z.string(),
  takenBy: z.string(),
  steps: z.array(ServiceStep),
  askedBy: z.string(),
})
