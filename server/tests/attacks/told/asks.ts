/** How each endpoint may be asked about a person by somebody who holds every word and handle of his. */
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import type { z } from 'zod'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import type { Far, Planted } from './people.ts'

export type Ask = Readonly<Record<string, unknown>>

/** What is put where an endpoint asks for a handle, by the name that it has for it. */
const handles: Readonly<Record<string, (p: Planted, far: Far) => readonly unknown[]>> = {
  id: (p) => [p.id, p.houseId, p.taskId, p.eventId, p.serviceId, p.linkId],
  eventId: (p) => [p.eventId],
  evidenceIds: (p) => [[p.id]],
  ids: (p) => [[p.id], [p.houseId]],
  personId: (p) => [p.id],
  keepId: (p) => [p.id],
  aId: (p) => [p.id],
  subjectId: (p) => [p.id, p.houseId],
  houseId: (p, far) => [p.houseId, far.farHouse],
  parentId: (p) => [p.houseId],
  placeId: (p, far) => [far.world.at['grid1']],
  gridId: (p, far) => [far.world.at['grid1']],
  originId: (p) => [p.id],
  taskId: (p) => [p.taskId],
  changeId: (p) => [p.id],
  runId: (p) => [p.id],
  text: (p) => [p.name, p.name.slice(0, 2), p.phone, p.phone.slice(-4), p.idNo, p.idNo.slice(-4), p.estate, p.event],
  values: (p) => [{ name: p.name, born: p.born }, { name: p.name, phone: p.phone }, { idNo: p.idNo }],
  subject: (p) => [p.id],
  account: (p) => [p.name],
}

/** What is put everywhere else, so that an ask is read at all. */
const rest = (far: Far): Ask => ({
  version: 1,
  keepVersion: 1,
  dropVersion: 1,
  dropId: far.house,
  bId: far.house,
  reason: '试试看',
  note: '试试看',
  purpose: 'contact',
  basis: '自述',
  role: 'tenant',
  fromOn: '2026-03-02',
  toOn: '2026-03-02',
  on: '2026-03-02',
  kind: 'person',
  isAgreed: true,
  isSame: true,
  state: undefined,
  field: 'phone',
  lng: 120.205,
  lat: 31.61,
  year: 2026,
  choice: 'drop',
  isLead: false,
})

/** Two or three that need more than words by name. */
const special: Readonly<Record<string, (p: Planted, far: Far) => readonly Ask[]>> = {
  saveRecord: (p) => [
    { id: p.id, kind: 'person', version: 1, values: { phone: '13899990000' } },
    { id: p.houseId, kind: 'house', version: 1, values: { remark: '无' } },
  ],
  revealField: (p) =>
    ['phone', 'remark', 'idNo'].map((field) => ({ id: p.id, field, purpose: 'contact', note: '核对' })),
  revealReporter: (p) => [{ eventId: p.eventId, purpose: '回访' }],
  askLink: (p, far) =>
    [{ name: p.name, phone: p.phone }, { idNo: p.idNo }].map((values) => ({
      id: freshId(),
      houseId: far.farHouse,
      values,
      role: 'member',
      fromOn: '2026-03-02',
      basis: '自述',
    })),
  linkPerson: (p, far) => [
    { id: freshId(), personId: p.id, houseId: far.farHouse, role: 'co-resident', fromOn: '2026-03-02', basis: '自述' },
  ],
  chooseHead: (p) => [{ houseId: p.houseId, linkId: p.linkId }],
  endLink: (p) => [{ id: p.linkId, toOn: '2026-03-02', reason: '搬离' }],
  listLedgerRows: (p) => [{ runId: p.id, state: 'linked' }],
  readExport: (_p, far) => far.exports.map((id) => ({ id })),
  getHistory: (p) => [{ id: p.id }, { id: p.houseId }],
  listTasks: () => (['open', 'late', 'done', 'dropped'] as const).map((state) => ({ state, size: 200 })),
  listInbox: () => [{ state: 'all' }],
  listServices: () => [{ state: 'all' }],
  listJournal: (p) => [{}, { subject: p.id }],
  searchPlaces: (p) => [{ text: p.name }],
}

/** What may be asked for in more ways than one, at random: nobody's accounts, sessions, posts, nets or rules. */
const leftOut =
  /^(ask(Event)?Export|decideEventExport|decideExport|sign|hold|change|prepare|confirmSecond|give|end(Posting|Campaign)|save(?!Record)|issue|revoke|print|open|close|reset|unlock|draw|move|split|merge(Grids)|import|switch|drop|send|enrol|recover|push|handIn|wipe|read(Handed|Template|Faults|Evidence|Notices)|submit|attach|call|add|confirmWeek|order|report|share|take|record|undoBatch|place)/

/** Every way in which an endpoint is asked about a person; none for one that is left out. */
export function asksFor(promise: Endpoint, p: Planted, far: Far): readonly Ask[] {
  const own = special[promise.name]?.(p, far)
  if (own) return own.map((ask) => numbered(promise, ask))
  if (leftOut.test(promise.name)) return []
  const shape = shapeOf(promise)
  const keys = Object.keys(shape)
  const filled = Object.fromEntries(
    keys
      .filter((key) => !isLeftEmpty(shape[key]))
      .map((key) => [key, handles[key]?.(p, far)[0] ?? rest(far)[key]])
      .filter(([, value]) => value !== undefined),
  )
  const varied = keys.flatMap((key) => (handles[key]?.(p, far) ?? []).map((value) => ({ ...filled, [key]: value })))
  const asks = [filled, ...varied].map((ask) => numbered(promise, ask))
  const known = new Map(asks.map((ask) => [JSON.stringify({ ...ask, requestId: '' }), ask]))
  return [...known.values()].filter((ask) => promise.ask.safeParse(ask).success)
}

const shapeOf = (promise: Endpoint): Record<string, z.ZodType> =>
  'shape' in promise.ask ? (promise.ask.shape as Record<string, z.ZodType>) : {}
const isLeftEmpty = (field: z.ZodType | undefined): boolean => field?.safeParse(undefined).success === true
const numbered = (promise: Endpoint, ask: Ask): Ask =>
  'requestId' in shapeOf(promise) ? { requestId: freshId(), ...ask } : ask
