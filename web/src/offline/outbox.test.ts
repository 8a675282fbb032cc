import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SentAct } from '@fengge/domain/sync/contract/acts'
import type { Fate } from '@fengge/domain/sync/terms'
import { Outbox, type ActStore, type KeptAct } from './outbox.ts'

const memory = (): ActStore & { rows: Map<string, KeptAct> } => {
  const rows = new Map<string, KeptAct>()
  return {
    rows,
    all: async () => [...rows.values()],
    put: async (k) => {
      rows.set(k.act.requestId, k)
    },
    drop: async (k) => {
      rows.delete(k.act.requestId)
    },
    photo: async () => undefined,
  }
}
const made = (fateOf: (act: SentAct) => Fate['fate'] | 'cut') => {
  const store = memory(),
    sent: string[][] = []
  let n = 0
  const push = async (acts: readonly SentAct[]) => {
    if (acts.some((a) => fateOf(a) === 'cut')) throw new Error('cut')
    sent.push(acts.map((a) => a.subject))
    return {
      fates: acts.map((a) => ({
        requestId: a.requestId,
        fate: fateOf(a) as Fate['fate'],
        problem: fateOf(a) === 'later' ? 'server.failed' : 'x',
      })),
      now: 0,
    }
  }
  return {
    store,
    sent,
    box: new Outbox({ store, line: { push }, now: () => 1_772_400_000_000, makeId: () => `id${++n}` }),
  }
}
const report = (subject: string, needs: string[] = []) => ({
  name: 'reportEvent' as const,
  ask: { id: subject, title: subject, content: subject, categoryCode: '5001' },
  label: subject,
  subject,
  needs,
})

test('acts go in the order made, and stay until their fate is known', async () => {
  let isCut = true
  const { box, sent, store } = made(() => (isCut ? 'cut' : 'done'))
  for (const s of ['a', 'b', 'c']) await box.add(report(s))
  assert.equal(await box.flush(), 'cut')
  assert.equal(store.rows.size, 3)
  isCut = false
  assert.equal(await box.flush(), 'sent')
  assert.deepEqual(sent, [['a', 'b', 'c']])
  assert.ok([...store.rows.values()].every((k) => k.state === 'done'))
})

test('what needs a refused act waits with it, and goes along when it is mended', async () => {
  let isRefused = true
  const { box } = made((a) => {
    if (!isRefused) return 'done'
    return a.needs.length > 0 ? 'held' : 'refused'
  })
  const first = await box.add(report('a'))
  const second = await box.add(report('b', [first.act.requestId]))
  await box.flush()
  assert.deepEqual(
    box.list().map((k) => k.state),
    ['refused', 'held'],
  )
  const third = await box.add(report('c', [second.act.requestId]))
  assert.equal(third.state, 'held')
  isRefused = false
  await box.resend(first.act.requestId)
  await box.flush()
  assert.deepEqual(
    box.list().map((k) => k.state),
    ['done', 'done', 'done'],
  )
})

test('an act the server fails on again and again is put aside and holds up no other', async () => {
  const { box } = made((a) => (a.subject === 'bad' ? 'later' : 'done'))
  await box.add(report('bad'))
  await box.add(report('good'))
  for (let i = 0; i < 7; i++) await box.flush()
  assert.deepEqual(
    box.list().map((k) => [k.label, k.state]),
    [
      ['bad', 'refused'],
      ['good', 'done'],
    ],
  )
})

test('what is in the books goes from the list in time; what is not never does', async () => {
  const { box } = made((a) => (a.subject === 'stuck' ? 'refused' : 'done'))
  await box.add(report('stuck'))
  for (let i = 0; i < 80; i++) {
    await box.add(report(`n${i}`))
    await box.flush()
  }
  assert.ok(box.list().length <= 62)
  assert.ok(box.list().some((k) => k.label === 'stuck'))
})

test('acts that a full desk lets wait hold up no others, but what stands on them', async () => {
  const { store } = made(() => 'done')
  const sent: string[] = []
  let n = 0
  const push = async (acts: readonly SentAct[]) => {
    sent.push(...acts.map((a) => a.subject))
    const fates = acts.map(({ requestId, subject }): Fate => {
      if (subject === 'full') return { requestId, fate: 'later', problem: 'inbox.full' }
      return { requestId, fate: 'done' }
    })
    return { fates, now: 0 }
  }
  const box = new Outbox({ store, line: { push }, now: () => 0, makeId: () => `id${++n}` })
  const full = []
  for (let i = 0; i < 50; i++) full.push(await box.add(report('full')))
  await box.add(report('after', [full[0]!.act.requestId]))
  await box.add(report('own'))
  await box.flush()
  assert.deepEqual([sent.filter((s) => s === 'full').length, sent.filter((s) => s !== 'full')], [50, ['own']])
  assert.equal(box.waiting().length, 51)
})

test('what may be taken back is kept at once, goes once it is let go, and what stands on it goes with it', async () => {
  const { box, sent, store } = made(() => 'done')
  const { act } = await box.add({ ...report('a'), undoFor: 10_000 })
  await box.add(report('b', [act.requestId]))
  await box.add(report('c'))
  await box.flush()
  assert.equal(store.rows.size, 3)
  assert.deepEqual(sent, [['c']])
  box.letGo(act.requestId)
  await box.flush()
  assert.deepEqual(sent, [['c'], ['a', 'b']])
  const again = await box.add({ ...report('d'), undoFor: 10_000 })
  assert.ok(box.mayBeTakenBack(again.act.requestId))
  await box.drop(again.act.requestId)
  box.letGo(again.act.requestId)
  await box.flush()
  assert.equal(sent.length, 2, 'what was taken back is never sent')
})
