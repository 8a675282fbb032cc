import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../kernel/problem.ts'
import { decideMerge, StoredMove, undoMerge, type Choices, type Held, type Side } from './merging.ts'

const mark = (by: string) => ({ source: 'grid-worker', by, at: '2026-03-02T01:00:00.000Z' })
const side = (id: string, values: Side['values'] = {}, more: Partial<Side> = {}): Side => ({
  id,
  state: 'live',
  version: 1,
  values,
  origin: { '*': mark(id) },
  ...more,
})
const nothing: Held = { links: [], overlays: [], others: [], keptOthers: [], keepHasLead: false }
const choices: Choices = { keepVersion: 1, dropVersion: 1, take: [] }

for (const [why, keep, drop, chosen, refusal] of [
  ['seen as they are', side('a'), side('b'), choices, undefined],
  ['the kept one changed meanwhile', side('a', {}, { version: 2 }), side('b'), choices, 'record.stale'],
  ['the other changed meanwhile', side('a'), side('b', {}, { version: 2 }), choices, 'record.stale'],
  ['the other is merged already', side('a'), side('b', {}, { state: 'merged' }), choices, 'record.stale'],
  ['two numbers are two people', side('a', { idNo: '1' }), side('b', { idNo: '2' }), choices, 'merge.two-numbers'],
  [
    'whoever says whose is right',
    side('a', { idNo: '1' }),
    side('b', { idNo: '2' }),
    { ...choices, take: ['idNo'] },
    'merge.two-numbers',
  ],
  [
    'unless a second person agrees',
    side('a', { idNo: '1' }),
    side('b', { idNo: '2' }),
    { ...choices, take: ['idNo'], isAgreed: true },
    undefined,
  ],
] as const)
  test(`merging: ${why}`, () => {
    const merged = decideMerge(keep, drop, nothing, chosen)
    assert.equal(isProblem(merged) ? merged.problem : undefined, refusal)
  })

test('what the kept record lacks comes from the other; what both have is chosen', () => {
  const merged = decideMerge(
    side('a', { phone: '1', remark: null, born: '1990-01-01' }),
    side('b', { phone: '2', remark: 'said', born: '1991-01-01' }),
    nothing,
    { ...choices, take: ['born'] },
  )
  assert.ok(!isProblem(merged))
  assert.deepEqual(merged.values, { phone: '1', remark: 'said', born: '1991-01-01' })
  assert.deepEqual(Object.keys(merged.changes).toSorted(), ['born', 'remark'])
})

test('one home leads, overlays move, and who was another than the one is another than the two', () => {
  const held: Held = {
    links: [{ id: 'l', isLead: true }],
    overlays: ['o'],
    others: ['x', 'y', 'a'],
    keptOthers: ['y'],
    keepHasLead: true,
  }
  const merged = decideMerge(side('a'), side('b'), held, choices)
  assert.ok(!isProblem(merged))
  assert.deepEqual(merged.links, [{ id: 'l', isLead: false }])
  assert.deepEqual(
    [merged.moved.links, merged.moved.overlays, merged.moved.others],
    [[{ id: 'l', isLead: true }], ['o'], ['x']],
  )
})

const values = fc.record({
  phone: fc.constantFrom(null, '1', '2'),
  remark: fc.constantFrom(null, 'x', 'y'),
  born: fc.constantFrom(null, '1990-01-01'),
})
const known = (all: Side['values']) => Object.fromEntries(Object.entries(all).filter(([, v]) => v !== null))

test('a merge taken apart gives back exactly the values and their sources', () => {
  fc.assert(
    fc.property(values, values, fc.subarray(['phone', 'remark', 'born']), (mine, theirs, take) => {
      const keep = side('a', known(mine))
      const merged = decideMerge(keep, side('b', known(theirs)), nothing, { ...choices, take })
      assert.ok(!isProblem(merged))
      const moved = StoredMove.read(StoredMove.numbered({ ...merged.moved, plan: null }))
      const parted = undoMerge({ ...keep, values: merged.values }, { state: 'merged' }, merged.changes, moved)
      assert.ok(!isProblem(parted))
      assert.deepEqual([parted.values, parted.origin, parted.kept], [keep.values, keep.origin, []])
    }),
  )
})

test('a merge of before is read as it was stored: its overlays were not remembered', () => {
  const old = { dropId: 'b', links: [{ id: 'l', is_lead: true }], origin: { '*': mark('a') } }
  assert.deepEqual(StoredMove.read(old), {
    dropId: 'b',
    links: [{ id: 'l', isLead: true }],
    overlays: [],
    others: [],
    origin: { '*': mark('a') },
    plan: null,
  })
})
