/** What was pulled, as it lies on the disk: a part of it that cannot be read any more is never passed over in silence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { held } from '@fengge/domain/sync/rows'
import { Holdings, type PulledRows } from '@fengge/web/offline/holdings.ts'
import { makeSegments } from './segments.ts'

const estate = (id: string) => held.estate.pack({ id, version: 1, name: id, kind: 'estate' } as never)
const pulled = (cursor: string, isWhole: boolean, ids: readonly string[], more: Partial<PulledRows> = {}) =>
  ({
    cursor,
    isWhole,
    part: 'all',
    now: 0,
    wipe: false,
    scope: 's',
    me: null,
    rows: { estate: ids.map(estate) },
    gone: [],
    keep: {},
    ...more,
  }) as PulledRows

/** A disk on which each segment lies by its key; one may be torn. */
function disk() {
  const lies = new Map<string, PulledRows | 'torn'>()
  const vault = {
    keys: async () => [...lies.keys()],
    get: async <T>(_drawer: string, key: string): Promise<T | undefined> => {
      if (lies.get(key) === 'torn') throw new Error('cannot be read')
      return lies.get(key) as T
    },
    put: async (_drawer: string, key: string, value: unknown) => {
      lies.set(key, value as PulledRows)
    },
    clear: async () => lies.clear(),
  }
  return { lies, vault }
}

for (const torn of ['000000', '000001'])
  test(`segment ${torn} torn: what can be read is held, it is not taken for whole, and the whole is asked for`, async () => {
    const { lies, vault } = disk()
    const before = makeSegments(vault)
    await before.keep(pulled('c1', true, ['a', 'b']))
    await before.keep(pulled('c2', false, ['c']))
    lies.set(torn, 'torn')
    const segments = makeSegments(vault)
    const holdings = new Holdings()
    await segments.load(holdings)
    assert.deepEqual([...holdings.table('estate').keys()], torn === '000000' ? ['c'] : ['a', 'b'])
    assert.deepEqual([holdings.cursor, holdings.isWhole, segments.isEmpty()], ['', false, true])
    // The whole comes, takes the place of all that lay there, and is read again.
    const whole = pulled('c3', true, ['a', 'b', 'c'])
    holdings.apply(whole)
    await segments.keep(whole)
    const again = new Holdings()
    await makeSegments(vault).load(again)
    assert.deepEqual([again.cursor, again.isWhole, again.table('estate').size], ['c3', true, 3])
  })

test('a phone that is told to hold what it does not hold asks for the whole, and not over and over', () => {
  const holdings = new Holdings()
  const keep = { event: ['000000000001'] }
  holdings.apply(pulled('c1', true, ['a']))
  holdings.apply(pulled('c2', false, [], { keep }))
  assert.equal(holdings.cursor, '')
  holdings.apply(pulled('c3', true, ['a'], { keep }))
  holdings.apply(pulled('c4', false, [], { keep }))
  assert.equal(holdings.cursor, 'c4', 'where the whole lacks it too, asking again brings nothing')
})
