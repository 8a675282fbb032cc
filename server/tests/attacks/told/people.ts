/**
 * People whose every value is known, and a place beside theirs with somebody in each role: `stranger` lives in the
 * first grid, `guest` lives there and rents a room in the far grid, `former` lived in the far grid and moved to the first.
 */
import assert from 'node:assert/strict'
import { roles } from '@fengge/domain/identity/roles'
import { dutiesOf, type Duty } from '@fengge/domain/kernel/duty'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { listMatters } from '@fengge/domain/matters/contract'
import { askRecusal } from '@fengge/domain/registry/recusal/contract'
import { askErasure, decideErasure, leavePerson, undoLeaving } from '@fengge/domain/registry/leaving/contract'
import { askExport } from '@fengge/domain/registry/bulk-contract'
import { askCare, saveOverlay } from '@fengge/domain/registry/care/contract'
import { decideLink, listLinkRequests } from '@fengge/domain/registry/link-contract'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as door from '@fengge/domain/visits/contract/worker'
import { saveAccount } from '../../../src/identity/store/accounts.ts'
import { savePosting } from '../../../src/identity/store/postings.ts'
import { saveSession } from '../../../src/identity/store/sessions.ts'
import { rowOf, sql } from '../../../src/kernel/db/sql.ts'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { hashToken } from '../../../src/kernel/sessions.ts'
import { refreshTree } from '../../../src/places/door.ts'
import { saveBoundary, savePlace } from '../../../src/places/store/places.ts'
import { openCare } from '../../open-care.ts'
import { body, numberOf, openRegistry, type Registry } from '../../registry-world.ts'
import { county, square, type Login } from '../../world.ts'

/** Whose duties lie in a grid; the others serve the village it is in. */
const ofGrids = new Set(['grid-worker', 'part-time-worker', 'grid-leader', 'deputy-leader', 'liaison'])

export interface Someone {
  readonly login: string
  readonly role: string
  readonly duties: ReadonlySet<Duty>
}
export interface Far extends Registry {
  readonly grid: string
  readonly farHouse: string
  /** Exports of people that were agreed to, of each of the two places. */
  readonly exports: readonly string[]
  /** One of each role, in the far place. */
  readonly far: readonly Someone[]
}

/** A grid in the village beside, a house in it, and one of each role. */
export async function openFar(): Promise<Far> {
  const registry = await openRegistry()
  const { world } = registry
  const grid = freshId()
  await world.engine.database.write(async (tx) => {
    const code = await rowOf<{ code: string }>(
      tx,
      sql`select code from places.place where id = ${world.at['otherVillage']!}`,
    )
    await savePlace(tx, {
      id: grid,
      code: `${code!.code}001`,
      name: '远处网格',
      level: 'grid',
      parent_id: world.at['otherVillage']!,
      county_code: county,
      kind: 'general',
      dedicated_kind: null,
      households: 100,
      people: 200,
      norm_reason: null,
      terrain: 'plain',
      valid_from: '2026-01-01',
    })
    await saveBoundary(tx, grid, square(4, 0, 4, 4), '2026-01-01')
  })
  await refreshTree(world.engine)
  const far: Someone[] = []
  for (const role of roles.filter((r) => r.kind !== 'machine')) {
    const login = `far-${role.code}`
    await hire(registry, login, role, ofGrids.has(role.code) ? grid : world.at['otherVillage']!)
    far.push({ login, role: role.code, duties: new Set(role.duties) })
  }
  world.engine.sessions.forget()
  const farHouse = await houseAt(registry, { grid, login: as('far-village-officer'), estate: '远处小区', room: '11' })
  const exports = [
    await exportBy(registry, 'village', world.at['village']!),
    await exportBy(registry, as('far-village-officer'), world.at['otherVillage']!),
  ]
  return { ...registry, grid, farHouse, exports, far }
}

async function exportBy({ world }: Registry, login: Login, placeId: string): Promise<string> {
  const id = freshId()
  await world.ask(askExport, login, { id, kind: 'person', placeId, purpose: '年度核对台账' })
  return id
}

/** An account of this file under the name that calls go by. */
export const as = (login: string): Login => login as Login

export async function hire(
  { world }: Pick<Registry, 'world'>,
  login: string,
  role: (typeof roles)[number],
  placeId: string,
): Promise<void> {
  const id = freshId()
  const { now } = { now: world.clock.now() }
  await world.engine.database.write(async (tx) => {
    const name = `远处${role.name}`
    await saveAccount(tx, {
      id,
      county,
      login,
      name,
      kind: 'person',
      hash: null,
      mustChange: false,
      isInvented: true,
      now,
    })
    await saveSession(tx, {
      hash: hashToken(`token-${login}`),
      accountId: id,
      device: 'field',
      hasSecondFactor: true,
      now,
      expiresAt: now + 3000 * 86_400_000,
    })
    await savePosting(tx, {
      id: freshId(),
      accountId: id,
      roleCode: role.code,
      roleKind: role.kind,
      placeId: role.kind === 'business' ? placeId : world.at['county']!,
      departmentId: null,
      fromOn: '2025-01-01',
      toOn: null,
    })
  })
}

interface Room {
  readonly grid: string
  readonly login: Login
  readonly estate: string
  readonly room: string
}
async function houseAt({ save }: Registry, { grid, login, estate, room }: Room): Promise<string> {
  const made = async (kind: string, values: object, more: object) => {
    const { status, body: reply } = await save(login, kind, values, more)
    assert.equal(status, 200, JSON.stringify(reply))
    return reply.id as string
  }
  const parent = await made('estate', { name: estate, kind: 'estate' }, { placeId: grid })
  const building = await made('building', { no: '8' }, { parentId: parent })
  return made('house', { roomNo: room, use: 'rental' }, { parentId: building })
}

/** Values of one person, none of which stands anywhere else. */
export interface Planted {
  readonly who: 'stranger' | 'guest' | 'former'
  readonly name: string
  readonly idNo: string
  readonly born: string
  readonly phone: string
  readonly phoneMask: string
  readonly hukou: string
  readonly remark: string
  readonly estate: string
  readonly room: string
  readonly care: string
  readonly caution: 'with-police' | 'with-doctor' | 'in-pairs'
  readonly note: string
  readonly service: string
  readonly event: string
  readonly purpose: string
  /** What calls name: handles of the person and of what is held of him. */
  readonly id: string
  readonly houseId: string
  readonly taskId: string
  readonly eventId: string
  readonly serviceId: string
  readonly linkId: string
}

const cast = {
  stranger: { surname: '欧阳', sign: '甲', year: 1971, phone: '13711114401', caution: 'with-police' },
  guest: { surname: '上官', sign: '乙', year: 1972, phone: '13722224402', caution: 'with-doctor' },
  former: { surname: '司徒', sign: '丙', year: 1973, phone: '13733334403', caution: 'in-pairs' },
} as const

type Drafted = Omit<Planted, 'id' | 'houseId' | 'taskId' | 'eventId' | 'serviceId' | 'linkId'>
function draftOf(who: Planted['who']): Drafted {
  const { surname, sign, year, phone, caution } = cast[who]
  return {
    who,
    name: `${surname}测${sign}`,
    idNo: numberOf(420 + year - 1970, `${year}0613`),
    born: `${year}-06-13`,
    phone,
    phoneMask: `${phone.slice(0, 3)}****${phone.slice(7)}`,
    hukou: `云岭镇旧址${sign}号`,
    remark: `备注怕狗${sign}`,
    estate: `蓝桉里${sign}`,
    room: `77${year - 1970}`,
    care: `缘由不外传${sign}`,
    caution,
    note: `走访所见${sign}`,
    service: `代办所求${sign}`,
    event: `反映之事${sign}`,
    purpose: `查看之由${sign}`,
  }
}

/** The person is registered in the first grid, with all that there can be of him; the guest and the former come there by their ways. */
export async function plant(far: Far, who: Planted['who']): Promise<Planted> {
  const draft = draftOf(who)
  const { world } = far
  const houseId = await houseAt(far, { grid: world.at['grid1']!, login: 'village', ...draft })
  const values = { name: draft.name, kind: 'left-behind', idNo: draft.idNo, hukouArea: draft.hukou }
  const isFormer = who === 'former'
  const worker = isFormer ? as('far-grid-worker') : 'worker'
  const id = await far.person(values, worker)
  if (isFormer) await moveIn(far, id, houseId)
  const linkId = freshId()
  if (!isFormer) await done(far.link(id, houseId, { id: linkId, role: 'head' }))
  const later = { phone: draft.phone, remark: draft.remark }
  await done(far.save('worker', 'person', later, { id, version: 1 }))
  if (who === 'guest')
    await ask(far, {
      personId: id,
      houseId: far.farHouse,
      asker: as('far-grid-worker'),
      desk: 'village',
      isLead: false,
    })
  const surroundings = await surround(far, draft, id)
  if (who === 'stranger') await goAndComeBack(far, draft, id)
  return { ...draft, id, houseId, linkId, ...surroundings }
}

async function done(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body: reply } = await answer
  assert.equal(status, 200, JSON.stringify(reply))
}

/** He lived in the far house, a task was made for him there, and he moved away. */
async function moveIn(far: Far, id: string, houseId: string): Promise<void> {
  const { world } = far
  await done(far.link(id, far.farHouse, {}, as('far-grid-worker')))
  await world.ask(desk.saveCampaign, as('far-village-officer'), {
    id: freshId(),
    matterId: await matterOf(far, 'D03'),
    name: '留守走访',
    placeId: world.at['otherVillage']!,
    selector: 'left-behind',
    formCode: 'left-behind',
    fromOn: '2026-03-02',
    toOn: '2026-03-20',
    minutes: 20,
  })
  await ask(far, { personId: id, houseId, asker: 'worker', desk: as('far-village-officer'), isLead: true })
  const { living } = (await world.get(as('far-village-officer'), '/api/registry/household', { houseId: far.farHouse }))
    .body
  const link = living.find((p: { record: { id: string } }) => p.record.id === id)
  const ended = { requestId: freshId(), id: link.linkId, toOn: '2026-03-02', reason: '搬离' }
  await done(world.post(as('far-grid-worker'), '/api/registry/unlink', ended))
}

/** A matter in force, under which visits are made. */
export const matterOf = async ({ world }: Registry, code = 'C02'): Promise<string> =>
  (await world.ask(listMatters, 'rules', { onlyInForce: 'yes' })).matters.find((m) => m.code === `000-${code}`)!.id

interface Wish {
  readonly personId: string
  readonly houseId: string
  readonly asker: Login
  readonly desk: Login
  readonly isLead: boolean
}
/** A link is asked for by one place and agreed to by the other. */
async function ask(far: Far, { personId, houseId, asker, desk: decides, isLead }: Wish): Promise<void> {
  await done(far.link(personId, houseId, {}, asker))
  const { requests } = await far.world.ask(listLinkRequests, decides, {})
  const open = requests.find((r) => r.person?.id === personId && r.state === 'open')
  assert.ok(open, 'the desk sees the request')
  await far.world.ask(decideLink, decides, { id: open.id, isAgreed: true, isLead })
}

/** He was taken for gone, and asked in vain to be deleted: both stay written down. */
async function goAndComeBack({ world }: Far, draft: Drafted, personId: string): Promise<void> {
  const [leaving, erasure] = [freshId(), freshId()]
  const gone = { id: leaving, personId, kind: 'moved', onDay: '2026-03-02', seenBy: 'neighbour' } as const
  await world.ask(leavePerson, 'worker', { ...gone, toWhere: draft.remark })
  await world.ask(undoLeaving, 'worker', { id: leaving, personId, reason: '看错了' })
  await world.ask(askErasure, 'worker', { id: erasure, personId, basis: 'other', shownBy: '本人到场' })
  await world.ask(decideErasure, 'village', { id: erasure, isAgreed: false, reason: '法定职责须保存' })
  const kept = { personId, login: 'worker2', untilOn: '2026-12-31', reason: '系其近亲属，申请回避' }
  await world.ask(askRecusal, 'village', { id: freshId(), ...kept })
}

/** Care, visits, a service, an event and a look, each with words of its own. */
async function surround(far: Far, draft: Drafted, id: string) {
  const { world } = far
  const madeAt = new Date(world.clock.now()).toISOString()
  const matterId = await matterOf(far)
  const overlayId = freshId()
  await world.ask(saveOverlay, 'keeper', {
    id: overlayId,
    personId: id,
    kind: 'drug',
    facts: draft.care,
    cautions: [draft.caution],
    visitDays: 1,
    startedOn: '2026-01-01',
    endedOn: null,
  })
  await openCare(world, overlayId)
  await world.ask(askCare, 'keeper', { id: freshId(), overlayId, purpose: 'visit', note: '再次走访' })
  const hazards = [{ id: freshId(), what: '堆物', fixBy: '2026-03-10', recheckDays: 7, eventId: null }]
  const visit = {
    id: freshId(),
    taskId: null,
    matterId,
    formCode: 'care',
    subjectKind: 'person',
    subjectId: id,
  } as const
  await world.ask(door.recordVisit, 'worker', { ...visit, outcome: 'not-home', note: draft.note, madeAt, hazards })
  const taskId = await orderVisits(far, id)
  const serviceId = freshId()
  await world.ask(door.takeService, 'worker', {
    id: serviceId,
    matterId,
    what: draft.service,
    personId: id,
    askedBy: draft.name,
    phone: draft.phone,
    dueOn: '2026-03-25',
    gridId: world.at['grid1']!,
    madeAt,
  })
  const reveal = body({ id, field: 'remark', purpose: 'contact', note: draft.purpose })
  await done(world.post('worker', '/api/registry/reveal', reveal))
  const { id: eventId } = await world.ask(submitTicket, 'hotline', {
    ticketNo: `P-${draft.room}`,
    title: draft.event,
    content: `${draft.event}，请处理`,
    categoryCode: '5001',
    point: { lng: 120.205, lat: 31.61 },
    callerName: draft.name,
    callerPhone: draft.phone,
  })
  return { taskId, serviceId, eventId }
}

/** Two campaigns, of care and for those left behind; gives the task of the first. */
async function orderVisits(far: Far, id: string): Promise<string> {
  const { world } = far
  const campaign = {
    id: freshId(),
    matterId: await matterOf(far, 'D01'),
    name: '关爱走访',
    placeId: world.at['grid1']!,
    selector: 'care',
  } as const
  const days = { fromOn: '2026-03-02', toOn: '2026-03-20', minutes: 20 }
  await world.ask(desk.saveCampaign, 'village', { ...campaign, ...days, formCode: 'care' })
  const left = { selector: 'left-behind', formCode: 'left-behind', matterId: await matterOf(far, 'D03') } as const
  const other = { id: freshId(), name: '留守人员走访', ...left }
  await world.ask(desk.saveCampaign, 'village', { ...campaign, ...days, ...other })
  const { tasks } = await world.ask(desk.listTasks, 'village', { originId: campaign.id })
  return tasks.find((t) => t.subjectId === id)!.id
}

/** Somebody of whom nothing is in the books, with handles that nothing has. */
export function decoyOf(p: Planted): Planted {
  const handles = {
    id: freshId(),
    houseId: freshId(),
    taskId: freshId(),
    eventId: freshId(),
    serviceId: freshId(),
    linkId: freshId(),
  }
  return {
    ...p,
    ...handles,
    name: `${p.name.slice(0, 2)}无此`,
    idNo: numberOf(990, p.born.replaceAll('-', '')),
    phone: `${p.phone.slice(0, 7)}9999`,
    phoneMask: `${p.phone.slice(0, 3)}****9999`,
    estate: '蓝桉里无',
  }
}

export const admits = (promise: Pick<Endpoint, 'duty'>, { duties }: Someone): boolean =>
  promise.duty === 'public' || promise.duty === 'signed-in' || dutiesOf(promise.duty).some((duty) => duties.has(duty))
