/** The photos of an act: mended with it, sent once, given up with it. The phone's own code, with a line of our own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '@fengge/web/api/call.ts'
import { Outbox } from '@fengge/web/offline/outbox.ts'
import type { SentAct } from '@fengge/domain/sync/contract/acts'
import type { Fate } from '@fengge/domain/sync/terms'
import { makeActs } from './acts.ts'
import { adoptPhotos } from './leftover-photos.ts'
import { makePhotos } from './photos.ts'
import { makeStore } from './store.ts'
import type { Drawers } from './store.ts'

const memory = { state: 'none' } as unknown as Drawers
const blob = (text: string) => new Blob([text], { type: 'image/jpeg' })

/** A phone without a PIN, and what reached the server. */
function phone(fateOf: (act: SentAct) => Partial<Fate>) {
  const texts: SentAct[] = []
  const uploads: string[] = []
  const line = { isUp: true, photosFail: false, refuses: '' }
  let n = 0
  const push = async (acts: readonly SentAct[]) => {
    if (!line.isUp) throw new Error('cut')
    const fates = acts.map((act): Fate => ({ requestId: act.requestId, fate: 'done', ...fateOf(act) }))
    texts.push(...acts.filter((_, i) => fates[i]!.fate === 'done'))
    return { fates, now: 0 }
  }
  const outbox = new Outbox({
    store: makeStore(memory),
    line: { push },
    now: () => 1_772_400_000_000,
    makeId: () => `id${++n}`,
  })
  const faults: string[] = []
  const sendPhotos = makePhotos({
    outbox,
    send: async (_photo, id) => {
      if (line.photosFail) throw new Refused({ problem: 'network.down', status: 0 })
      if (line.refuses !== '') throw new Refused({ problem: line.refuses as 'file.broken', status: 422 })
      uploads.push(id)
    },
    tellFault: (fault) => faults.push(fault),
  })
  const round = async () => {
    await outbox.flush()
    await sendPhotos()
    await outbox.flush()
  }
  const nothing = async () => undefined
  const doAct = makeActs({ outbox, isSealed: () => false, round: nothing, sendPhotos, wait: nothing })
  return { outbox, doAct, round, texts, uploads, line }
}
const report = (stopNoticeRead: boolean, ids: readonly string[]) => ({
  requestId: 'e1',
  name: 'reportEvent' as const,
  subject: 'e1',
  label: '工资拖欠',
  ask: { id: 'e1', title: '工资拖欠', content: '工资拖欠两个月', categoryCode: '4007', stopNoticeRead },
  photos: ids.map((id) => ({ id, blob: blob(id), eventId: 'e1', phase: 'before' as const })),
})
const stopNotice = (act: SentAct): Partial<Fate> =>
  act.name === 'reportEvent' && act.ask.stopNoticeRead !== true
    ? { fate: 'refused', problem: 'category.stop-notice', details: { notice: '请打 12333' } }
    : {}

test('a refused report lies in the outbox with its photos; mended under its id it goes once, and each photo once', async () => {
  const { outbox, doAct, round, texts, uploads } = phone(stopNotice)
  await assert.rejects(doAct(report(false, ['p1', 'p2'])), (e: Refused) => e.problem.problem === 'category.stop-notice')
  await round()
  assert.deepEqual(uploads, [])
  assert.deepEqual(
    outbox.list().map((k) => [k.state, k.photos.map((p) => p.id)]),
    [['refused', ['p1', 'p2']]],
  )
  // One photo was taken out of the form, one put in.
  assert.equal((await doAct(report(true, ['p1', 'p3']))).state, 'done')
  await round()
  await round()
  assert.deepEqual(uploads, ['p1', 'p3'])
  assert.deepEqual(
    texts.map((a) => [a.name, a.name === 'attachEvidence' ? a.ask.evidenceIds : undefined]),
    [
      ['reportEvent', undefined],
      ['attachEvidence', ['p1']],
      ['attachEvidence', ['p3']],
    ],
  )
  assert.ok(outbox.list().every((k) => k.photos.length === 0))
  for (const id of ['p1', 'p2', 'p3']) assert.equal(await outbox.photo(id), undefined, 'no bytes stay behind')
})

test('who gives a refused report up gives its photos up: nothing is uploaded', async () => {
  const { outbox, doAct, round, texts, uploads } = phone(stopNotice)
  await assert.rejects(doAct(report(false, ['p1'])))
  await outbox.drop('e1')
  await round()
  assert.deepEqual([outbox.list(), texts, uploads], [[], [], []])
  assert.equal(await outbox.photo('p1'), undefined)
})

test('without a line and without a PIN nothing is kept, no photo either', async () => {
  const { outbox, doAct, round, uploads, line } = phone(stopNotice)
  line.isUp = false
  await assert.rejects(doAct(report(true, ['p1'])), (e: Refused) => e.problem.problem === 'network.down')
  line.isUp = true
  await round()
  assert.deepEqual([outbox.list(), uploads], [[], []])
})

test('a line that breaks between text and photo keeps the photo with its act until it has gone', async () => {
  const { outbox, doAct, round, texts, uploads, line } = phone(() => ({}))
  line.photosFail = true
  await doAct(report(true, ['p1']))
  await round()
  for (let i = 0; i < 80; i++)
    await doAct({ name: 'addToWeek', label: '', ask: { id: `${i}`, on: '2026-03-02', text: `${i}` } })
  assert.deepEqual(
    outbox.withPhotosToSend().map((k) => k.act.requestId),
    ['e1'],
    'history is forgotten, but not with a photo unsent',
  )
  line.photosFail = false
  await round()
  assert.deepEqual(uploads, ['p1'])
  assert.equal(texts.filter((a) => a.name === 'attachEvidence').length, 1)
})

test('photos of an earlier version join their act or an event in the books; those of nothing go', async () => {
  const { outbox, round, uploads, doAct, texts } = phone(stopNotice)
  await assert.rejects(doAct(report(false, [])))
  const drawer = new Map(
    [
      ['p1', { after: 'e1', eventId: 'e1' }],
      ['p2', { after: 'e2', eventId: 'e2' }],
      ['p3', { after: 'e3', eventId: 'e3' }],
    ].map(([id, head]) => [
      id as string,
      new TextEncoder().encode(
        `${JSON.stringify({ type: 'image/jpeg', phase: 'before', ...(head as object) })}\nbytes`,
      ),
    ]),
  )
  const vault = {
    keys: async () => [...drawer.keys()],
    getBytes: async (_drawer: string, id: string) => drawer.get(id),
    drop: async (_drawer: string, id: string) => {
      drawer.delete(id)
    },
  }
  await adoptPhotos(vault, outbox, (id) => id === 'e2')
  assert.deepEqual([...drawer.keys()], ['p1', 'p2'])
  assert.deepEqual(
    outbox.list().map((k) => [k.act.requestId, k.state, k.photos.map((p) => p.id)]),
    [
      ['e1', 'refused', ['p1']],
      ['e2', 'done', ['p2']],
    ],
  )
  await round()
  assert.deepEqual([texts, uploads], [[], []], 'their bytes lie in the drawer, which this test does not hand on')
})

const finish = (ids: readonly string[]) => ({
  requestId: 'f1',
  name: 'act.finish' as const,
  subject: 'e1',
  label: '办结',
  ask: { eventId: 'e1', version: 3, evidenceIds: [], result: '已修好' },
  photos: ids.map((id) => ({ id, blob: blob(id), eventId: 'e1', phase: 'after' as const })),
  isAfterPhotos: true,
})
const needsPhoto = (act: SentAct): Partial<Fate> =>
  act.name === 'act.finish' && act.ask.evidenceIds?.length !== 2
    ? { fate: 'refused', problem: 'event.evidence-needed' }
    : {}

test('an act that is judged by its photos goes after them and carries them, also over a line that broke between', async () => {
  const { outbox, doAct, round, texts, uploads, line } = phone(needsPhoto)
  assert.equal((await doAct(finish(['p1', 'p2']))).state, 'done')
  assert.deepEqual(uploads, ['p1', 'p2'])
  assert.deepEqual(
    texts.map((act) => [act.name, 'evidenceIds' in act.ask && act.ask.evidenceIds]),
    [['act.finish', ['p1', 'p2']]],
  )
  line.photosFail = true
  await outbox.add({ ...finish(['p3', 'p4']), requestId: 'f2' })
  await round()
  assert.equal(texts.length, 1, 'without its photos it does not go')
  line.photosFail = false
  await round()
  assert.deepEqual(
    texts.map((act) => act.requestId),
    ['f1', 'f2'],
  )
})

test('a photo that the server will not have is told to whoever holds the act, and nothing goes without it', async () => {
  const { outbox, doAct, round, texts, line } = phone(needsPhoto)
  line.refuses = 'file.type'
  await assert.rejects(doAct(finish(['p1', 'p2'])), (e: Refused) => e.problem.problem === 'file.type')
  await round()
  assert.deepEqual(texts, [])
  assert.deepEqual(
    outbox.list().map((k) => k.state),
    ['refused'],
  )
})
