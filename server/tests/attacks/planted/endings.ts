/** What is used once, because it ends something or needs what another call made: by whoever may, then by everybody else. */
import assert from 'node:assert/strict'
import { createCipheriv, createHash } from 'node:crypto'
import sharp from 'sharp'
import { dropView, saveView, sendEvidence } from '@fengge/domain/events/contract/desk'
import * as events from '@fengge/domain/events/contract/exports'
import * as rules from '@fengge/domain/events/contract/rules'
import * as identity from '@fengge/domain/identity/contract'
import * as accounts from '@fengge/domain/identity/contract/accounts'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { switchMatterSet } from '@fengge/domain/matters/contract'
import * as places from '@fengge/domain/places/contract'
import { decideAskedPost, listAskedPosts } from '@fengge/domain/identity/contract/asked-posts'
import * as folding from '@fengge/domain/places/folding-contract'
import * as net from '@fengge/domain/places/net-contract'
import * as bulk from '@fengge/domain/registry/bulk-contract'
import { getHistory, getRecord, saveRecord, undoChange } from '@fengge/domain/registry/contract'
import { sendLedgers } from '@fengge/domain/registry/ledger-contract'
import { decideErasure, listErasures } from '@fengge/domain/registry/leaving/contract'
import * as doubles from '@fengge/domain/registry/doubles-contract'
import * as sync from '@fengge/domain/sync/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as log from '@fengge/domain/worklog/contract'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { idOf, square, type AskedOf, type Login } from '../../world.ts'
import { madeAt, onDay, type Known } from './asks.ts'
import { header } from '../../import-files.ts'
import { asked, told } from './marks.ts'
import { form } from './people.ts'
import { addressOf, photo } from './play.ts'
import { everybody, type Stage } from './stage.ts'
import { upload } from '../uploading.ts'

/** Asked by who may, and by everybody besides. */
async function once<E extends Endpoint>(stage: Stage, promise: E, by: Login, ask: AskedOf<E>) {
  const reply = await stage.get(promise, by, ask)
  await Promise.all(everybody.filter((who) => who !== by).map((who) => stage.send(promise, who, ask as object)))
  return reply
}

export async function endPosts(stage: Stage, { account }: Known): Promise<void> {
  const { get, send } = stage
  const posting = freshId()
  const given = {
    accountId: account,
    roleCode: 'grid-worker',
    placeId: idOf('grid1'),
    departmentId: null,
    fromOn: '2026-03-01',
    toOn: null,
  }
  await get(identity.givePosting, 'secadmin', { id: posting, ...given })
  await once(stage, identity.endPosting, 'secadmin', { id: posting, toOn: onDay })
  const badge = await get(identity.issueBadge, 'village', { id: freshId(), accountId: idOf('worker') })
  await get(identity.listBadges, 'village', {})
  await send(identity.printBadge, 'village', { what: 'badge', id: badge.id })
  await once(stage, identity.revokeBadge, 'village', { id: badge.id, reason: '遗失' })
  await once(stage, accounts.closeAccount, 'sysadmin', { id: account })
  await once(stage, accounts.reopenAccount, 'sysadmin', { id: account })
  const { steps } = await get(accounts.listTwoSteps, 'secadmin', {})
  for (const { id } of steps)
    await Promise.all(everybody.map((who) => send(accounts.decideTwoStep, who, { id, isAgreed: true })))
}

export async function endPapers(stage: Stage, known: Known): Promise<void> {
  const { get, send } = stage
  const view = freshId()
  await get(saveView, 'county', { id: view, name: '我的', filter: {} })
  await once(stage, dropView, 'county', { id: view })
  const { categories } = await get(rules.listCatalogue, 'rules', {})
  const { validTo, ...category } = categories.find((c) => c.code === '5008')!
  assert.equal(validTo, null)
  await once(stage, rules.saveCategory, 'rules', { category: { ...category, validFrom: onDay } })
  await once(stage, rules.retireCategory, 'rules', { code: '5008', on: '2026-03-09' })
  const { validTo: _to, ...close } = categories.find((c) => c.code === '8003')!
  await get(rules.saveCategory, 'rules', { category: { ...close, isAboutStaff: false, validFrom: '2026-03-09' } })
  const { asks } = await get(rules.listCategoryAsks, 'county', {})
  await once(stage, rules.decideCategory, 'county', { id: asks[0]!.id, isAgreed: false })
  await once(stage, switchMatterSet, 'rules', { setCode: 'jiangsu', on: onDay, isOn: true })
  const meeting = freshId()
  await get(log.callMeeting, 'village', {
    id: meeting,
    placeId: known.at['village']!,
    kind: 'regular',
    title: '例会',
    at: madeAt,
    where: '会议室',
  })
  const closing = {
    id: meeting,
    version: 1,
    minutes: '讨论。',
    attendance: [{ name: '演员worker', state: 'came' as const }],
    resolutions: [],
  }
  await once(stage, log.closeMeeting, 'village', closing)
  const campaign = freshId()
  await get(desk.saveCampaign, 'village', {
    id: campaign,
    matterId: known.walk,
    name: '专项',
    placeId: known.at['village']!,
    selector: 'house-rental',
    formCode: 'rental',
    fromOn: '2026-03-05',
    toOn: '2026-03-20',
    minutes: 10,
  })
  await once(stage, desk.endCampaign, 'village', { id: campaign, reason: '已完成' })
  for (const kind of ['person', 'unit'] as const) {
    const id = freshId()
    await get(bulk.askExport, 'village', { id, kind, placeId: known.at['village']!, purpose: asked.exportedNote })
    await Promise.all(everybody.map((who) => send(bulk.decideExport, who, { id, isAgreed: true })))
    await Promise.all(everybody.map((who) => send(bulk.readExport, who, { id })))
    await Promise.all(
      everybody.map((who) =>
        send(bulk.askExport, who, { id: freshId(), kind, placeId: known.at['village']!, purpose: '核对' }),
      ),
    )
  }
}

/** Everybody asks for a list of events and fetches his own; of one that is agreed to, everybody tries to get it. */
export async function exportEvents({ get, send }: Stage): Promise<void> {
  const ask = () => ({ id: freshId(), filter: {}, purpose: asked.exportedNote })
  for (const who of everybody) {
    const own = ask()
    await send(events.askEventExport, who, own)
    await send(events.readEventExport, who, { id: own.id })
  }
  const one = ask()
  await get(events.askEventExport, 'village', one)
  await Promise.all(everybody.map((who) => send(events.readEventExport, who, { id: one.id })))
  await Promise.all(everybody.map((who) => send(events.decideEventExport, who, { id: one.id, isAgreed: true })))
}

export async function endPeople(stage: Stage, { person, twin, stage: { played } }: Known): Promise<void> {
  const { get } = stage
  const versionOf = async (id: string) => (await get(getRecord, 'village', { id })).record.version
  // Nobody is merged about whom a request to be deleted waits.
  const { erasures } = await get(listErasures, 'village', {})
  for (const { id } of erasures.filter((e) => e.state === 'open'))
    for (const who of everybody) await stage.send(decideErasure, who, { id, isAgreed: false, reason: '法定职责须保存' })
  const merging = {
    keepId: person,
    keepVersion: await versionOf(person),
    dropId: twin,
    dropVersion: await versionOf(twin),
    reason: '同一人',
  }
  const request = { ...merging, id: freshId(), reason: '同一人，号码登记有误' }
  await once(stage, doubles.askMerge, 'village', request)
  await once(stage, doubles.listMerges, 'village', {})
  await once(stage, doubles.decideMerge, 'chief', { id: request.id, isAgreed: false })
  await once(stage, doubles.mergePersons, 'village', merging)
  const changeOf = async (id: string, what: string) =>
    (await get(getHistory, 'village', { id })).changes.find((c) => c.what === what)!.id
  await once(stage, doubles.unmergePersons, 'village', {
    changeId: await changeOf(person, 'merge'),
    reason: '不是一人',
  })
  const { house } = played
  await get(saveRecord, 'worker', {
    id: house,
    kind: 'house',
    version: await versionOf(house),
    values: { remark: told.remark },
  })
  await once(stage, undoChange, 'village', { changeId: await changeOf(house, 'edit'), reason: '写错' })
}

/** A phone that is to be wiped hands in what waits on it, with a photo. */
export async function handInPhone(stage: Stage, { device, token, dataKey, at }: Known): Promise<void> {
  const key = Buffer.from(dataKey, 'base64url')
  const seal = (bytes: Buffer) => {
    const iv = Buffer.alloc(12, 5)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }
  const [event, seen] = [freshId(), freshId()]
  const ask = {
    id: event,
    title: '路灯不亮',
    content: '路灯不亮',
    categoryCode: '5001',
    gridId: at['grid1'],
    onBehalfOf: told.resident,
  }
  const act = { requestId: freshId(), seq: 7, name: 'reportEvent', ask, madeAt, subject: event }
  const photos = [{ id: seen, eventId: event, phase: 'before' }]
  const kept = { act, state: 'waiting', photos, label: told.personName, problem: '', tries: 0, sentAt: '' }
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#886644' } })
    .jpeg()
    .toBuffer()
  const picture = seal(Buffer.concat([Buffer.from('{"type":"image/jpeg"}\n'), bytes]))
  const handed = {
    device,
    token,
    sealed: [seal(Buffer.from(JSON.stringify(kept)))],
    photos: [{ id: seen, sealed: picture }],
  }
  for (const who of everybody) await stage.send(sync.handIn, who, { ...handed, token: 'wrong' })
  await stage.get(sync.handIn, null, handed)
  await Promise.all(everybody.map((who) => stage.send(sync.readHandedPhoto, who, { id: seen })))
  const shown = [{ id: seen, digest: createHash('sha256').update(picture).digest('hex') }]
  await stage.get(sync.decideInbox, 'village', { id: act.requestId, choice: 'apply', photos: shown })
}

export async function endNet(stage: Stage, { at }: Known): Promise<void> {
  const { get } = stage
  const node = async (id: string) => (await get(places.getPlace, 'net', { id })).place
  const grid2 = await node(at['grid2']!)
  await once(stage, net.moveBorder, 'net', {
    on: onDay,
    borders: [{ id: grid2.id, version: grid2.version, geometry: square(2, 0, 2, 4) }],
    rest: 'stay',
    reason: '核界',
  })
  const grid1 = await node(at['grid1']!)
  const parts = [
    { id: freshId(), name: '北格', kind: 'general' as const, geometry: square(0, 2, 2, 2) },
    { id: freshId(), name: '南格', kind: 'general' as const, geometry: square(0, 0, 2, 2) },
  ]
  const split = { id: grid1.id, version: grid1.version, on: onDay, parts, rest: parts[0]!.id, reason: '户数过多' }
  const change = { kind: 'split' as const, ...split }
  for (const who of everybody) await stage.send(net.foreseeChange, who, { change })
  const { posts } = await get(net.foreseeChange, 'net', { change })
  const order = freshId()
  const later = { ...change, staff: posts.map((p) => ({ postingId: p.postingId, to: p.followers })) }
  await once(stage, net.orderChange, 'net', { id: order, change: { ...later, on: '2026-12-01' } })
  for (const who of everybody) await stage.send(net.listNetOrders, who, {})
  await once(stage, net.withdrawOrder, 'net', { id: order })
  const staff = posts.map(({ postingId, followers }) => ({ postingId, to: followers }))
  await once(stage, net.splitGrid, 'net', { ...split, staff })
  const into = { id: freshId(), name: '合格' }
  await once(stage, net.mergeGrids, 'net', {
    grids: parts.map(({ id }) => ({ id, version: 1 })),
    into,
    on: onDay,
    reason: '合并',
  })
  const drawn = freshId()
  await get(places.drawGrid, 'net', {
    parentId: at['otherVillage']!,
    grid: { id: drawn, name: '待撤格', kind: 'general', geometry: square(6, 0, 1, 1) },
    validFrom: onDay,
  })
  await once(stage, net.closeGrid, 'net', { id: drawn, version: 1, on: onDay, reason: '撤并' })
  await once(stage, net.carveGrid, 'net', {
    parentId: at['otherVillage']!,
    grid: { id: freshId(), name: '划出格', kind: 'general', geometry: square(6, 1, 1, 1) },
    grids: [],
    on: onDay,
    reason: '设新网格',
  })
}

/** A department's grid is compared, folded in with somebody of the department, and withdrawn. */
export async function foldNet(stage: Stage, { at }: Known): Promise<void> {
  const { get } = stage
  const [areaId, id] = [freshId(), freshId()]
  await get(places.importLayer, 'net', {
    countyId: at['county']!,
    layer: 'police-beat',
    owner: '公安分局',
    datum: 'wgs84',
    features: [{ id: areaId, name: '一警区', geometry: square(0, 0, 4, 4) }],
  })
  await once(stage, folding.listAreas, 'net', {})
  const { likely, staff } = await once(stage, folding.compareArea, 'net', { id: areaId })
  const { accountId } = staff.find((s) => s.department === '公安分局')!
  const named = [{ accountId, roleCode: 'legal-officer' as const }]
  const said = { how: 'same' as const, gridIds: likely, on: '2026-12-01', basis: '一号文', staff: named }
  await once(stage, folding.foldArea, 'net', { id, areaId, ...said })
  const { posts } = (await once(stage, listAskedPosts, 'secadmin', {})).posts.find((p) => p.causeId === id)!
  await once(stage, decideAskedPost, 'secadmin', { causeId: id, accountId, posts, isAgreed: true })
  await once(stage, folding.withdrawFolding, 'net', { id })
}

/** What comes as files: by everybody who may and by everybody who may not. */
export async function sendFiles(stage: Stage): Promise<void> {
  const csv = `${header.join(',')}\n${told.faultyName},12,,,户主,9`
  const employers = `姓名,身份证号,手机,地址\n${told.employedName},${told.employedNo},${told.employedPhone},`
  for (const who of everybody) {
    const file = form({ id: freshId(), kind: 'person', mode: 'trial' }, [{ field: 'file', name: 'p.csv', bytes: csv }])
    await stage.request(bulk.sendImport.name, who, { method: 'POST', url: bulk.sendImport.path, ...file })
    const ledgers = form({ id: freshId() }, [
      { field: 'employers', name: 'e.csv', bytes: employers },
      { field: 'rentals', name: 'r.csv', bytes: employers.replace('姓名', '承租人') },
    ])
    await stage.request(sendLedgers.name, who, { method: 'POST', url: sendLedgers.path, ...ledgers })
    if (who === null) continue
    const sent = await upload(addressOf(stage), who, await photo(), {
      name: `${told.personName}.jpg`,
      type: 'image/jpeg',
    })
    stage.tick(sendEvidence.name, who, sent.status < 300)
  }
}

/** The pages of residents, and what else is served beside the contract. */
export async function openPages(stage: Stage, { followCode, stage: { played } }: Known): Promise<void> {
  const get = (path: string, query = '') =>
    stage.request(`page ${path}`, null, { method: 'GET', url: `${path}${query}` })
  const post = (path: string, fields: Record<string, string>) =>
    stage.request(`page ${path}`, null, {
      method: 'POST',
      url: path,
      type: 'application/x-www-form-urlencoded',
      payload: Buffer.from(new URLSearchParams(fields).toString()),
    })
  await get('/')
  await get(
    '/report',
    `?${new URLSearchParams({ grid: played.world.at['village']!, content: asked.suggestedText }).toString()}`,
  )
  await get('/follow', `?code=${followCode}`)
  await post('/follow', { code: followCode })
  await get('/follow', '?code=AAAAAAAAAA')
  await get('/badge', '?code=AAAAAAAAAA')
  await get('/letters', '?size=big&to=%2Ffollow')
  await get('/grid', `?text=${encodeURIComponent(asked.suggestedText)}`)
  await get('/grid.js')
  await post('/grid/near', { lng: asked.hereLng, lat: asked.hereLat })
  await post('/follow/urge', { code: followCode })
  await post('/follow/rate', { code: followCode, score: '5', solved: 'yes', note: asked.suggestedText })
  await post('/follow/cancel', { code: followCode })
  await post('/follow/appeal', { code: followCode, note: asked.suggestedText })
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/api-docs', '/nowhere'])
    await get(path, `?q=${asked.searchedPhone}`)
}

/** Asks that no door takes: cut, of the wrong type, to nowhere. What was in them is echoed nowhere. */
export async function askAmiss(stage: Stage): Promise<void> {
  const json = 'application/json'
  const send = (url: string, text: string, type = json) =>
    stage.request('amiss', 'worker', { method: 'POST', url, type, payload: Buffer.from(text) })
  const values = { name: asked.refusedName, phone: asked.brokenPhone }
  await send(saveRecord.path, JSON.stringify({ values }).slice(0, -9))
  await send(saveRecord.path, JSON.stringify({ kind: [values], values, id: asked.brokenPhone }))
  await send(saveRecord.path, JSON.stringify(values), 'text/plain')
  await send(`/api/nowhere/${asked.brokenPhone}`, JSON.stringify(values))
  await stage.request('amiss', 'worker', {
    method: 'GET',
    url: `${getRecord.path}?id=${asked.brokenPhone}&${asked.refusedPhone}=1`,
  })
}
