/** The photo on a badge: of whoever consents to it and no longer than that, on paper and at the door and nowhere else (W5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { listJournal } from '@fengge/domain/audit/contract'
import { issueBadge, listBadges, myBadge, endPosting, printBadge } from '@fengge/domain/identity/contract'
import { closeAccount, listAccounts, reopenAccount } from '@fengge/domain/identity/contract/accounts'
import {
  answerBadgePhoto,
  dropBadgePhoto,
  myBadgePhoto,
  offerBadgePhoto,
  saveBadgePhoto,
} from '@fengge/domain/identity/contract/badge-photo'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { identityJob } from '../src/identity/jobs.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { cameraWords, drawFace } from './draw-face.ts'
import { idOf, openWorld, type Login, type World } from './world.ts'

let world: World
let face: string
before(async () => {
  world = await openWorld()
  face = await drawFace()
})
after(() => world.close())

const issue = (login: Login = 'worker') => world.ask(issueBadge, 'village', { id: freshId(), accountId: idOf(login) })
const put = (login: Login = 'worker') => world.ask(saveBadgePhoto, login, { photo: face, consents: true })
const drop = () => world.ask(dropBadgePhoto, 'worker', {})
const own = (login: Login = 'worker') => world.ask(myBadgePhoto, login, {})
const page = async (query: Record<string, string>) =>
  String((await world.get(null, '/badge', { ...query, lang: 'zh' })).body)
const atDoor = async (login: Login = 'worker') => page({ code: (await world.ask(myBadge, login, {})).minute!.code })
const print = async (what: 'badge' | 'cards' | 'board', id: string) => {
  const { status, raw } = await world.get('village', printBadge.path, { what, id })
  assert.equal(status, 200)
  return raw.toString('latin1')
}
const pictures = async (what: 'badge' | 'cards' | 'board', id: string) =>
  (await print(what, id)).split('/Subtype /Image').length - 1
const isPictured = (html: string) => html.includes('data:image/jpeg;base64,')
const looksAt = async (login: Login) =>
  (await world.ask(listJournal, 'auditor', { fact: 'badge.photo-looked', subject: idOf(login) })).rows

test('whoever serves puts one photo on his badge, and it is drawn anew: small, and with nothing of his camera in it', async () => {
  assert.deepEqual(await own(), { photo: null, consentedOn: null, offered: null })
  await put()
  const { photo, consentedOn } = await own()
  assert.equal(consentedOn, dayOf(world.clock.now()))
  const bytes = Buffer.from(photo!, 'base64')
  assert.ok(Buffer.from(face, 'base64').includes(cameraWords), 'it was there')
  assert.ok(!bytes.includes(cameraWords) && !bytes.includes('Exif'))
  const { width, height, format } = await sharp(bytes).metadata()
  assert.deepEqual([width, height, format], [480, 600, 'jpeg'])
  await drop()
})

test('without his consent, without a post and of what is no photo there is none', async () => {
  const send = (login: Login, ask: object) => world.post(login, saveBadgePhoto.path, { requestId: freshId(), ...ask })
  assert.equal((await send('worker', { photo: face, consents: false })).status, 400)
  assert.equal((await send('worker', { photo: face })).status, 400)
  assert.equal((await send('worker', { photo: face, consents: true, accountId: idOf('worker2') })).status, 400)
  const sent = (login: Login, photo: string) => world.refusal(saveBadgePhoto, login, { photo, consents: true })
  assert.equal((await sent('secadmin', face)).problem, 'badge.no-post')
  const words = Buffer.from('%PDF-1.4 no photo at all').toString('base64')
  assert.equal((await sent('worker', words)).problem, 'file.photos-only')
  assert.equal((await sent('worker', Buffer.from('words').toString('base64'))).problem, 'file.type')
  assert.equal((await own()).photo, null)
})

test('it is on the badge, the cards and the board, and at the door where the code of the minute was typed: each a look in the journal', async () => {
  const badge = await issue()
  const grid = world.at['grid1']!
  const all = async () =>
    Promise.all([pictures('badge', badge.id), pictures('cards', badge.id), pictures('board', grid)])
  assert.deepEqual(await all(), [0, 0, 0])
  assert.ok(!isPictured(await atDoor()))
  const before = (await looksAt('worker')).length
  await put()
  await own()
  assert.equal((await looksAt('worker')).length, before, 'his own looks are no news')
  assert.ok((await all()).every((n) => n > 0))
  const door = await atDoor()
  assert.ok(isPictured(door) && door.includes((await own()).photo!))
  const looks = await looksAt('worker')
  assert.deepEqual(looks.map((r) => String(r.detail['on'])).toSorted(), ['badge', 'board', 'cards', 'door'])
})

test('a printed number, a board, an old code and a list show no photo of anybody', async () => {
  await put()
  const badge = await issue()
  const { minute } = await world.ask(myBadge, 'worker', {})
  world.clock.pass(120_000)
  const looks = (await looksAt('worker')).length
  for (const query of [{ code: badge.code }, { grid: world.at['grid1']! }, { code: minute!.code }])
    assert.ok(!isPictured(await page(query)), JSON.stringify(query))
  const lists = [await world.ask(listBadges, 'village', {}), await world.ask(listAccounts, 'sysadmin', {})]
  assert.ok(!JSON.stringify(lists).includes((await own()).photo!.slice(0, 200)))
  assert.equal((await own('worker2')).photo, null, 'nobody gets that of another')
  assert.equal((await looksAt('worker')).length, looks)
})

test('he takes his consent back, and it is gone at once, from paper and from the door', async () => {
  await put()
  const badge = await issue()
  await drop()
  assert.deepEqual(await own(), { photo: null, consentedOn: null, offered: null })
  assert.equal(await pictures('badge', badge.id), 0)
  assert.ok(!isPictured(await atDoor()))
  await drop()
})

test('a photo that the desk or an administrator took is used once he agrees on his own screen, and is seen by nobody before', async () => {
  const badge = await issue()
  const offer = (by: Login, login: Login = 'worker') =>
    world.ask(offerBadgePhoto, by, { accountId: idOf(login), photo: face })
  const answer = async (consents: boolean) =>
    world.ask(answerBadgePhoto, 'worker', { at: (await own()).offered!.at, consents })
  for (const by of ['village', 'sysadmin', 'secadmin'] as const) {
    await offer(by)
    const { photo, offered } = await own()
    assert.equal(photo, null)
    assert.ok(offered !== null && offered.by !== '' && offered.photo.length > 100)
    assert.equal(await pictures('badge', badge.id), 0)
    assert.ok(!isPictured(await atDoor()))
    await answer(false)
    assert.deepEqual(await own(), { photo: null, consentedOn: null, offered: null })
  }
  await offer('village')
  const seen = (await own()).offered!
  world.clock.pass(1000)
  await offer('secadmin')
  const stale = await world.refusal(answerBadgePhoto, 'worker', { at: seen.at, consents: true })
  assert.equal(stale.problem, 'badge.no-offer', 'he agrees to what he saw')
  await answer(true)
  assert.equal((await own()).offered, null)
  assert.equal((await own()).consentedOn, dayOf(world.clock.now()))
  assert.ok((await pictures('badge', badge.id)) > 0)
  await drop()
  const facts = (await world.ask(listJournal, 'auditor', { subject: idOf('worker') })).rows.map((r) => r.fact)
  for (const fact of ['badge.photo-offered', 'badge.photo-declined', 'badge.photo-consented'])
    assert.ok(facts.includes(fact), fact)
})

test('nobody offers his own, nor one of somebody who serves elsewhere or not at all, and what is not answered is forgotten', async () => {
  const refused = async (by: Login, accountId: string) =>
    (await world.refusal(offerBadgePhoto, by, { accountId, photo: face })).problem
  assert.equal(await refused('village', idOf('village')), 'badge.own-photo')
  assert.equal(await refused('village', idOf('county')), 'badge.no-post')
  assert.equal(await refused('village', freshId()), 'badge.no-post')
  assert.equal(await refused('worker', idOf('liaison')), 'not-allowed')
  await world.ask(offerBadgePhoto, 'village', { accountId: idOf('worker'), photo: face })
  const { at } = (await own()).offered!
  world.clock.pass(14 * dayLength)
  await world.wake()
  assert.equal((await own()).offered, null)
  assert.equal((await world.refusal(answerBadgePhoto, 'worker', { at, consents: true })).problem, 'badge.no-offer')
  await identityJob.run(world.engine)
})

test('it goes with his last post, by hand or by the calendar, and with his account', async () => {
  const postOf = async (login: Login) => {
    const { accounts } = await world.ask(listAccounts, 'secadmin', { text: login })
    return accounts.find((a) => a.id === idOf(login))!.postings.find((p) => p.toOn === null)!
  }
  await put('worker2')
  const badge = await issue('worker2')
  const today = dayOf(world.clock.now())
  await world.ask(endPosting, 'secadmin', { id: (await postOf('worker2')).id, toOn: today })
  assert.ok((await pictures('badge', badge.id)) > 0, 'he serves until tonight')
  world.clock.pass(dayLength)
  await world.wake()
  assert.equal(await pictures('badge', badge.id), 0, 'the calendar says it before the night does')
  await identityJob.run(world.engine)
  assert.equal((await own('worker2')).photo, null)

  await put()
  const other = await issue()
  await world.ask(closeAccount, 'sysadmin', { id: idOf('worker') })
  await world.ask(reopenAccount, 'sysadmin', { id: idOf('worker') })
  assert.equal(await pictures('badge', other.id), 0)
})
