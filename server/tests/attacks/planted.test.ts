/**
 * One run plants values that nobody else has, uses every route as everybody of the cast, then reads whatever a server
 * leaves behind or gives out, and finds each value only where the table of places allows it (planted/places.ts).
 * Left out: the database's own files and its log of writes, where a deleted row lies until it is written over, and what
 * lies on a phone, which e2e/field.test.ts reads there.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { backUp } from '../../src/kernel/backup/back-up.ts'
import { jobs } from '../../src/house.ts'
import { logins } from '../world.ts'
import { tryActs, walkEvents } from './planted/acts.ts'
import type { Known, Sample } from './planted/asks.ts'
import { eventsAsks } from './planted/asks-events.ts'
import * as ground from './planted/asks-ground.ts'
import * as people from './planted/asks-people.ts'
import { endDevices, sensorAsks } from './planted/devices.ts'
import * as endings from './planted/endings.ts'
import { keys, told } from './planted/marks.ts'
import { allowanceFor, allowedPlaces, say } from './planted/places.ts'
import { plantAll } from './planted/play.ts'
import { readBackup, readFolder, readTables, type Text } from './planted/reading.ts'
import { openSearch, type Found } from './planted/search.ts'
import { everybody, openStage, type Stage } from './planted/stage.ts'

let stage: Stage
let search: ReturnType<typeof openSearch>
const texts: Text[] = []
const found: Found[] = []

const asks: readonly Sample[] = [
  ...ground.identityAsks,
  ...ground.placesAsks,
  ...ground.rulesAsks,
  ...ground.weekAsks,
  ...people.registryAsks,
  ...people.visitsAsks,
  ...people.syncAsks,
  ...eventsAsks,
  ...sensorAsks,
  ...people.registryWrites,
  ...people.arrivingAsks,
  ...people.leavingAsks,
]

/** Asked by the first of the cast, so that it is always he who has asked first; then by everybody else at once. */
async function everybodyAsks(known: Known, samples: readonly Sample[]): Promise<void> {
  const [first, ...others] = everybody
  for (const { promise, ask } of samples) {
    await stage.send(promise, first!, ask(known))
    await Promise.all(others.map((who) => stage.send(promise, who, ask(known))))
  }
}

const backups = mkdtempSync(join(tmpdir(), 'fengge-planted-backups-'))
before(async () => {
  stage = await openStage()
  const known: Known = { ...(await plantAll(stage)), stage, at: stage.played.world.at }
  await everybodyAsks(known, asks)
  await endings.exportEvents(stage)
  await walkEvents(stage)
  await tryActs(stage, known)
  for (const end of [endings.openPages, endings.askAmiss, endings.sendFiles, endings.endPapers, endDevices])
    await end(stage, known)
  for (const end of [endings.endPeople, endings.endPosts]) await end(stage, known)
  await everybodyAsks(known, [...people.registryEndings, ...people.syncEndings])
  for (const end of [endings.handInPhone, endings.endNet, endings.foldNet]) await end(stage, known)
  await everybodyAsks(known, ground.auditAsks)
  for (const job of jobs) await job.run(stage.engine)
  // One import waits, and a backup is made of it all.
  await endings.sendFiles(stage)
  await backUp({ top: backups, settings: stage.engine.settings, url: stage.played.world.ownerUrl })
  const collector = { token: keys.metricsToken, name: 'who collects figures' }
  await stage.request('page /metrics', collector, { method: 'GET', url: '/metrics' })
  texts.push(...(await readTables(stage.played.world.ownerUrl)), ...readFolder(stage.engine.settings.dataDir, 'file'))
  texts.push(...readBackup(backups))
  texts.push(...stage.log.map((text) => ({ place: 'log', text })), ...stage.answers)
  search = openSearch(stage.marks)
  found.push(...texts.flatMap(({ place, text }) => search.find(place, text)))
})
after(async () => {
  await stage.close()
  rmSync(backups, { recursive: true, force: true })
})

/** Asked only by whom it concerns. */
const alone: Readonly<Record<string, string>> = {
  signOut: 'whoever asks it of the cast could ask nothing more',
}
/** Refused to everybody here, with the reason. */
const refusedToAll: Readonly<Record<string, string>> = {
  decideExport: 'an export of more than 200 rows waits for a second person; what it answers is that it is done',
  decideEventExport: 'the same of a list of more than 1,000 events',
  'act:appeal': 'a worker’s own report is registered at once; what it answers is what every act answers',
}

test('every endpoint of the contract is asked by everybody of the cast, and answered to somebody', () => {
  const use = (name: string) => stage.used.get(name) ?? { by: new Set<string>(), answered: new Set<string>() }
  const notByAll = contract.filter(({ name }) => logins.some((login) => !use(name).by.has(login))).map((p) => p.name)
  assert.deepEqual(notByAll, Object.keys(alone))
  const toNobody = contract.filter(({ name }) => use(name).answered.size === 0).map((p) => p.name)
  assert.deepEqual(toNobody.toSorted(), Object.keys(refusedToAll).toSorted())
})

test('every page beside the contract is opened', () => {
  const pages = [...stage.routes].flatMap((route) => /^(?:GET|POST) (\/(?!api\/).*)$/.exec(route)?.[1] ?? [])
  const files = /^\/(console|field)/
  assert.deepEqual(
    [...new Set(pages)].filter((page) => !files.test(page) && !stage.used.has(`page ${page}`)),
    [],
  )
})

const notIn = (kind: RegExp) =>
  [...new Set(found.filter((f) => kind.test(f.place) && allowanceFor(f) === undefined).map(say))].toSorted()

test('no table and no dump of one holds a planted value but where it is said to', () => {
  assert.ok(texts.filter((t) => t.place.startsWith('dump ')).length > 70, 'all tables are read')
  assert.deepEqual(notIn(/^(table|dump) /), [])
})

test('no file of the data folder holds one, in its name or in its bytes, packed or not', () => {
  assert.ok(
    texts.some((t) => t.place === 'file journal-anchors.log'),
    'the folder is read',
  )
  assert.ok(texts.some((t) => t.place.startsWith('file files/')))
  assert.deepEqual(notIn(/^file /), [])
})

test('nor does a file of a backup that was made while an import waits', () => {
  assert.ok(
    texts.some((t) => t.place.startsWith('backup files/')) && texts.some((t) => t.place.startsWith('file imports/')),
  )
  assert.deepEqual(notIn(/^backup /), [])
})

test('no line of the log, at its finest level, holds one', () => {
  assert.ok(stage.log.length > 1000 && stage.log.some((line) => line.includes('"level":10')))
  assert.deepEqual(notIn(/^log$/), [])
})

test('no answer holds one but to whom it is said to, in figures, pages, exports and what phones pull', () => {
  assert.ok(stage.answers.some((a) => a.place.startsWith('answer page /metrics')))
  assert.deepEqual(notIn(/^(answer|head) /), [])
})

test('every place that is allowed is found, so that none stays allowed for nothing', () => {
  const used = new Set(found.map(allowanceFor))
  assert.deepEqual(
    allowedPlaces.filter((a) => !used.has(a)).map((a) => `${a.what} in ${a.where}`),
    [],
  )
})

test('what is planted amiss is found: in clear, encoded, in part, as a digest without a key', () => {
  const { phone, idNo, secretCaller } = told
  const sins: readonly (readonly [place: string, text: string])[] = [
    ['log', `{"level":30,"msg":"called ${phone}"}`],
    ['table events.notice.kind', Buffer.from(secretCaller).toString('base64')],
    ['table audit.journal.detail', `{"to":"${encodeURIComponent(secretCaller)}"}`],
    ['file files/a.jpg', `…${idNo.slice(-8)}…`],
    ['dump kernel.request', `${createHash('sha256').update(phone).digest('hex')}\t1`],
    ['answer listEvents to town', secretCaller],
  ]
  for (const [place, text] of sins)
    assert.ok(
      search.find(place, text).some((f) => allowanceFor(f) === undefined),
      place,
    )
})
