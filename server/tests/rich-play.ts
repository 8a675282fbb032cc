/** A play that leaves something in every column that is sealed: whom it is about and how it is asked for again. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { listMatters } from '@fengge/domain/matters/contract'
import { leavePerson } from '@fengge/domain/registry/leaving/contract'
import { saveHelper, saveOverlay } from '@fengge/domain/registry/care/contract'
import * as visits from '@fengge/domain/visits/contract/worker'
import { enrolDevice } from '@fengge/domain/sync/contract'
import { offerBadgePhoto, saveBadgePhoto } from '@fengge/domain/identity/contract/badge-photo'
import { run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { seedAt } from '../src/identity/store/accounts.ts'
import { header, csv, sendFile } from './import-files.ts'
import { drawFace } from './draw-face.ts'
import { openCare } from './open-care.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { idOf, type World } from './world.ts'

export interface Played extends Registry {
  readonly personId: string
  readonly idNo: string
  readonly phone: string
  readonly formerPhone: string
  readonly eventId: string
  readonly caller: { readonly name: string; readonly phone: string }
  readonly care: string
  readonly askedBy: string
  readonly visitNote: string
  readonly device: string
  readonly dataKey: string
  readonly strayRemark: string
  readonly batchId: string
  readonly badCell: string
  readonly runId: string
  readonly seed: string
  /** A call that revealed something, to be sent once more. */
  readonly reveal: Record<string, unknown>
}

export async function playRichly(): Promise<Played> {
  const registry = await openRegistry()
  const { world } = registry
  const facts = {
    idNo: numberOf(811),
    phone: '13100009999',
    formerPhone: '13100008888',
    caller: { name: '李来电', phone: '13900007777' },
    care: '帮扶情况说明',
    askedBy: '老王头',
    visitNote: '门口堆物已清',
    strayRemark: '阳台有隔断',
    badCell: '坏行里的姓名',
    seed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  }
  const person = await playPerson(registry, facts)
  const ticket = await world.post('hotline', '/api/hotline/tickets', {
    ticketNo: 'T-8800',
    title: '楼道停电',
    content: '三单元楼道停电',
    categoryCode: '5002',
    callerName: facts.caller.name,
    callerPhone: facts.caller.phone,
  })
  assert.equal(ticket.status, 200, JSON.stringify(ticket.body))
  const eventId: string = ticket.body.id
  await playVisits(registry, facts)
  const phone = await playPhones(registry, facts.strayRemark)
  const sent = await sendFile(world, 'village', {
    name: 'a.csv',
    bytes: csv([header, [facts.badCell, '12', '', '', '户主', '9']]),
  })
  await world.ask(saveBadgePhoto, 'worker', { photo: await drawFace(), consents: true })
  await world.ask(offerBadgePhoto, 'village', { accountId: idOf('worker2'), photo: await drawFace() })
  await keepSeed(world, facts.seed)
  return { ...registry, ...facts, ...person, ...phone, eventId, batchId: sent.id, runId: await playLedgers(world) }
}

type Facts = Pick<Played, 'idNo' | 'phone' | 'formerPhone' | 'care' | 'askedBy' | 'visitNote'>

async function playPerson({ world, person, link, house }: Registry, f: Facts) {
  const personId = await person({ name: '换密钥', idNo: f.idNo, phone: f.formerPhone })
  assert.equal((await link(personId, house)).status, 200)
  const edit = body({ id: personId, kind: 'person', version: 1, values: { phone: f.phone } })
  const edited = await world.post('village', '/api/registry/save', edit)
  assert.equal(edited.status, 200, JSON.stringify(edited.body))
  const overlayId = freshId()
  const overlay = {
    id: overlayId,
    personId,
    kind: 'hardship' as const,
    facts: f.care,
    values: { needs: f.care },
    visitDays: 30,
    cautions: [],
    startedOn: '2026-01-01',
    endedOn: null,
  }
  await world.ask(saveOverlay, 'keeper', overlay)
  await world.ask(saveOverlay, 'keeper', { ...overlay, visitDays: 45 })
  const gone = { id: freshId(), personId: await person({ name: '已搬走' }), toWhere: '邻县' }
  const leaving = { ...gone, kind: 'moved', onDay: '2026-03-01', seenBy: 'neighbour' } as const
  await world.ask(leavePerson, 'worker', leaving)
  const helper = { role: 'police', name: '王民警', fromOn: '2026-01-01' } as const
  await world.ask(saveHelper, 'keeper', { id: freshId(), overlayId, ...helper })
  await openCare(world, overlayId)
  const reveal = body({ id: personId, field: 'phone', purpose: 'contact', note: '电话联系核对租约' })
  assert.equal((await world.post('worker', '/api/registry/reveal', reveal)).body.value, f.phone)
  return { personId, reveal }
}

async function playVisits({ world, house }: Registry, f: Facts): Promise<void> {
  const { matters } = await world.ask(listMatters, 'rules', { onlyInForce: 'yes' })
  const matter = (code: string) => matters.find((m) => m.code === `000-${code}`)!.id
  const madeAt = new Date(world.clock.now()).toISOString()
  await world.ask(visits.recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId: matter('C02'),
    formCode: 'rental',
    subjectKind: 'house',
    subjectId: house,
    outcome: 'met',
    answers: { exit: 'good', power: 'good', gas: 'none' },
    note: f.visitNote,
    madeAt,
  })
  await world.ask(visits.takeService, 'worker', {
    id: freshId(),
    matterId: matter('G01'),
    what: '代办居住证',
    personId: null,
    askedBy: f.askedBy,
    phone: '13500001234',
    dueOn: '2026-03-25',
    gridId: world.at['grid1']!,
    madeAt,
  })
}

async function playPhones({ world, house }: Registry, remark: string) {
  const device = freshId()
  const dataKey = randomBytes(32).toString('base64url')
  await world.ask(enrolDevice, 'worker', { id: device, name: '测试机', dataKey })
  const stray = {
    requestId: freshId(world.clock.now()),
    seq: 1,
    name: 'saveRecord',
    ask: { id: house, kind: 'house', version: 1, values: { remark } },
    madeAt: new Date(world.clock.now()).toISOString(),
    subject: house,
  }
  const pushed = await world.post('worker2', '/api/sync/push', { device: '', acts: [stray] })
  assert.equal(pushed.body.fates[0].fate, 'kept', JSON.stringify(pushed.body))
  return { device, dataKey }
}

/** As if a second factor had been set: how it is set is told elsewhere. */
async function keepSeed(world: World, seed: string): Promise<void> {
  const id = idOf('auditor')
  const sealed = world.engine.sealer.seal(seed, seedAt(id))
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.account set totp_secret = ${sealed}, totp_pending = ${sealed} where id = ${id}`),
  )
}

async function playLedgers(world: World): Promise<string> {
  const runId = freshId()
  const line = '----fengge-test'
  const file = (field: string, text: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${field}"; filename="${field}.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n`
  const head = `--${line}\r\ncontent-disposition: form-data; name="id"\r\n\r\n${runId}\r\n`
  const employers = `姓名,身份证号,手机,地址\n只上班,${numberOf(790)},,`
  const rentals = `承租人,证件号码,联系电话,房屋地址\n只租房,${numberOf(791)},13900000791,文华苑1幢1单元102室`
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/registry/ledgers',
    headers: { authorization: 'Bearer token-village', 'content-type': `multipart/form-data; boundary=${line}` },
    payload: `${head}${file('employers', employers)}${file('rentals', rentals)}--${line}--\r\n`,
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return runId
}
