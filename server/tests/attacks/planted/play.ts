/** Plants the values: each by the call by which people would write it. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { generateSync } from 'otplib'
import { attachEvidence, reportEvent } from '@fengge/domain/events/contract/desk'
import { importTickets, submitTicket } from '@fengge/domain/events/contract/rules'
import * as identity from '@fengge/domain/identity/contract'
import * as accounts from '@fengge/domain/identity/contract/accounts'
import { listMatters } from '@fengge/domain/matters/contract'
import { enrolDevice, listInbox, push } from '@fengge/domain/sync/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as visits from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { followAt } from '../../../src/events/store/reporters.ts'
import { seedAt } from '../../../src/identity/store/accounts.ts'
import { rowOf, sql } from '../../../src/kernel/db/sql.ts'
import { county, idOf } from '../../world.ts'
import { keys, told } from './marks.ts'
import { form, plantFiles, plantPeople } from './people.ts'
import type { Stage, Who } from './stage.ts'
import { upload } from '../uploading.ts'

const made = () => ({ madeAt: '2026-03-02T01:00:00.000Z' })

/** A photo as a phone takes it, with words in its hidden part. */
export const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#464' } })
    .withExif({ IFD0: { Artist: told.exif, ImageDescription: told.exif } })
    .jpeg()
    .toBuffer()

const ticket = (ticketNo: string, more: object = {}) => ({
  ticketNo,
  title: '楼道停电',
  content: '三单元楼道停电',
  categoryCode: '5002',
  areaCode: '320206001000',
  point: { lng: 120.205, lat: 31.61 },
  callerName: told.calledName,
  callerPhone: told.calledPhone,
  ...more,
})

export const secretTicket = (ticketNo: string) =>
  ticket(ticketNo, {
    isSecret: true,
    title: told.secretText,
    content: told.secretText,
    callerName: told.secretCaller,
    callerPhone: told.secretPhone,
    categoryCode: '5001',
  })

export async function plantEvents(stage: Stage) {
  const { get, played } = stage
  const secret = (await get(submitTicket, 'hotline', secretTicket('T-9001'))).id
  const called = (await get(submitTicket, 'hotline', ticket('T-9002'))).id
  const base64 = Buffer.from(
    `工单编号,标题,内容,来电人,来电电话,区划\nT-9003,路灯不亮,路灯不亮,${told.ticketCaller},${told.ticketPhone},320206001000`,
  ).toString('base64')
  await stage.send(importTickets, 'hotline', { fileName: 't.csv', base64 })
  const report = {
    title: '楼道堆放',
    content: '楼道堆放',
    categoryCode: '5002',
    gridId: idOf('grid1'),
    onBehalfOf: told.resident,
  }
  const event = (await get(reportEvent, 'worker', { id: freshId(), ...report })).id
  stage.note(
    'follow code',
    (await get(reportEvent, 'worker', { id: freshId(), ...report })).followCode ?? 'no-follow-code',
  )
  const evidence = freshId()
  const kept = await upload(addressOf(stage), 'worker', await photo(), {
    id: evidence,
    name: 'a.jpg',
    type: 'image/jpeg',
  })
  assert.ok(kept.status < 300, JSON.stringify(kept))
  const spare = freshId()
  await upload(addressOf(stage), 'worker', await photo(), { id: spare, name: 'b.jpg', type: 'image/jpeg' })
  await get(attachEvidence, 'worker', { eventId: event, evidenceIds: [evidence], phase: 'before' })
  return { secret, called, event, evidence, spare, playedEvent: played.eventId }
}

export const addressOf = ({ app }: Pick<Stage, 'app'>) =>
  `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

export async function plantVisits({ get, played: { house } }: Stage, person: string) {
  const { matters } = await get(listMatters, 'rules', { onlyInForce: 'yes' })
  const matterOf = (code: string) => matters.find((m) => m.code === `000-${code}`)!.id
  const [walk, serve] = [matterOf('C02'), matterOf('G01')]
  const hazard = {
    id: freshId(),
    what: told.hazard,
    orderedText: '',
    fixBy: '2026-03-10',
    recheckDays: 3,
    eventId: null,
  }
  const seen = {
    taskId: null,
    matterId: walk,
    formCode: 'rental',
    subjectKind: 'house' as const,
    subjectId: house,
    outcome: 'met' as const,
  }
  const answers = { exit: 'good', power: 'bad', gas: 'none' }
  await get(visits.recordVisit, 'worker', {
    id: freshId(),
    ...seen,
    answers,
    note: told.visitNote,
    hazards: [hazard],
    ...made(),
  })
  const service = freshId()
  await get(visits.takeService, 'worker', {
    id: service,
    matterId: serve,
    what: '代办居住证',
    personId: person,
    askedBy: told.askedBy,
    phone: told.askedPhone,
    dueOn: '2026-03-25',
    gridId: idOf('grid1'),
    ...made(),
  })
  const safety = freshId()
  await get(visits.shareSafety, 'worker', { id: safety, where: told.whereAlone, minutes: 30 })
  const order = freshId()
  await get(desk.orderTask, 'village', {
    id: order,
    matterId: walk,
    gridIds: [idOf('grid1')],
    title: '巡查',
    dueOn: '2026-03-05',
    minutes: 20,
  })
  const { tasks } = await get(desk.listTasks, 'village', { originId: order })
  return { walk, serve, service, safety, hazard: hazard.id, task: tasks[0]!.id }
}

/** Opened by one administrator and confirmed by another; its holder sets his password by a half of a code from each. */
async function openByTwo({ get, note }: Stage, account: string): Promise<void> {
  const { half } = await get(accounts.openAccount, 'sysadmin', { id: account, login: 'planted.one', name: '被种账号' })
  const { steps } = await get(accounts.listTwoSteps, 'secadmin', {})
  const step = steps.find((s) => s.accountId === account)!
  const { oneTimeCode } = await get(accounts.decideTwoStep, 'secadmin', { id: step.id, isAgreed: true })
  const [first, second] = [note('half of a code', half), note('half of a code', oneTimeCode!)]
  const codes = { login: 'planted.one', first, second, fresh: keys.freshPassword }
  await get(accounts.redeemCode, null, codes)
}

export async function plantAccounts(stage: Stage) {
  const { get, send, note } = stage
  const account = freshId()
  await openByTwo(stage, account)
  const signIn = async (password: string, more: object = {}): Promise<Who> => {
    const answer = await send(identity.signIn, null, { login: 'planted.one', password, ...more })
    assert.equal(answer.statusCode, 200, answer.body)
    const token = /fengge_session=([^;]+)/.exec(String(answer.headers['set-cookie']))![1]!
    return { token: note('session token', token), name: 'planted.one' }
  }
  await send(identity.signIn, null, { login: 'planted.one', password: keys.wrongPassword })
  const early = await signIn(keys.freshPassword)
  await send(identity.changePassword, early, { old: keys.wrongPassword, fresh: keys.freshPassword })
  await get(identity.changePassword, early, { old: keys.freshPassword, fresh: keys.password })
  const holder = await signIn(keys.password, { device: 'field' })
  await get(identity.signOut, await signIn(keys.password), {})
  const { secret } = await get(identity.prepareSecondFactor, holder, {})
  note('seed of a second factor', secret)
  const code = generateSync({ secret, epoch: Math.floor(stage.engine.clock.now() / 1000) })
  await send(identity.confirmSecondFactor, holder, { code: '000000', password: keys.password })
  await get(identity.confirmSecondFactor, holder, { code, password: keys.password })
  const row = await rowOf<{ totp_secret: string }>(
    stage.engine.database.read,
    sql`select totp_secret from identity.account where id = ${account}`,
  )
  assert.equal(stage.engine.sealer.open(row!.totp_secret, seedAt(account)), secret)
  return { account, holder }
}

export async function plantPhones(stage: Stage) {
  const { get, note, played } = stage
  const device = freshId()
  const dataKey = note('data key of a phone', randomBytes(32).toString('base64url'))
  const { token } = await get(enrolDevice, 'worker', { id: device, name: '测试机', dataKey })
  note('token of a phone', token)
  const act = {
    requestId: freshId(),
    seq: 1,
    name: 'saveRecord' as const,
    ask: { id: played.house, kind: 'house', version: 1, values: { remark: told.remark } },
    ...made(),
    subject: told.personName,
  }
  await get(push, 'worker2', { device: '', acts: [act] })
  const { rows } = await get(listInbox, 'village', {})
  return { device, token, dataKey, inbox: rows.at(-1)!.id }
}

/** A resident reports with a photo, follows his report, urges it, rates it. */
export async function plantResident(stage: Stage) {
  const fields = {
    county,
    id: freshId(),
    title: told.residentText,
    content: told.residentText,
    category: '5001',
    place: '青石巷口',
    grid: stage.played.world.at['village']!,
    name: told.resident,
    phone: told.residentPhone,
  }
  const sent = await stage.request('page /report', null, {
    method: 'POST',
    url: '/report',
    ...form(fields, [{ field: 'photo', name: 'r.jpg', bytes: await photo() }]),
  })
  assert.equal(sent.statusCode, 200, sent.body)
  const row = await rowOf<{ id: string; follow_sealed: string }>(
    stage.engine.database.read,
    sql`select id, follow_sealed from events.reporter where event_id = ${fields.id}`,
  )
  return {
    residentEvent: fields.id,
    followCode: note(stage, stage.engine.sealer.open(row!.follow_sealed, followAt(row!.id))),
  }
}
const note = (stage: Stage, code: string) => stage.note('follow code', code)

export async function plantAll(stage: Stage) {
  const people = await plantPeople(stage)
  const files = await plantFiles(stage)
  const events = await plantEvents(stage)
  const visited = await plantVisits(stage, people.person)
  const accounts = await plantAccounts(stage)
  const phones = await plantPhones(stage)
  const resident = await plantResident(stage)
  return { ...people, ...files, ...events, ...visited, ...accounts, ...phones, ...resident }
}
export type Grown = Awaited<ReturnType<typeof plantAll>>
