/** Two records of one person become one and can be taken apart again without loss (R4, R8). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { saveRecord } from '@fengge/domain/registry/contract'
import { askMerge, decideMerge, listMerges, type MergeRequest } from '@fengge/domain/registry/doubles-contract'
import { personHolders } from '@fengge/domain/registry/merging'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import type { Tx } from '../src/kernel/db/tx.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { fieldAt } from '../src/registry/record-columns.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { county, type Login } from './world.ts'

let world: Registry['world']
let r: Registry

before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

interface Merge {
  readonly keep: string
  readonly drop: string
  readonly take?: readonly string[]
}

const versionOf = async (id: string): Promise<number> => (await r.see('village', id)).version
async function merge({ keep, drop, take = [] }: Merge, login: Login = 'village') {
  const [keepVersion, dropVersion] = [await versionOf(keep), await versionOf(drop)]
  const ask = { keepId: keep, keepVersion, dropId: drop, dropVersion, take, reason: '同一人' }
  return world.post(login, '/api/registry/merge', body(ask))
}
const part = (changeId: string) => world.post('village', '/api/registry/unmerge', body({ changeId, reason: '弄错了' }))

async function overlayOf(personId: string): Promise<string> {
  const overlay = {
    id: freshId(),
    personId,
    kind: 'mental-health',
    facts: '病历',
    visitDays: 30,
    cautions: ['in-pairs'],
    startedOn: '2026-01-01',
    endedOn: null,
  }
  const saved = await world.post('keeper', '/api/registry/overlay', body(overlay))
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  return overlay.id
}

/** Everything that the slices above may hold of a person, written as they write it. */
async function workOn(personId: string, origin: string): Promise<void> {
  await world.engine.database.write(async (tx) => {
    await taskOf(tx, personId, origin)
    await visitOf(tx, personId)
    await lastOf(tx, personId, origin)
  })
}
const day = '2026-03-02'
const matter = sql`select id from matters.matter where county_code = ${county} order by id limit 1`

async function taskOf(tx: Tx, personId: string, origin: string): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.task (
          county_code, id, matter_id, origin, origin_id, origin_name, subject_kind, subject_id, grid_id, village_id,
          town_id, form_code, title, earliest_on, due_on, minutes, priority, made_at
        )
      values
        (
          ${county}, ${freshId()}, (${matter}), 'rule', ${origin}, '', 'person', ${personId}, ${world.at['grid1']},
          ${world.at['village']}, ${world.at['town']}, 'care', '走访', ${day}, ${day}, 10, 5, now()
        )
    `,
  )
}

/** A visit, the danger it found, and what was asked for at the door. */
async function visitOf(tx: Tx, personId: string): Promise<void> {
  const visit = freshId()
  await run(
    tx,
    sql`
      insert into visits.visit (
          county_code, id, matter_id, form_code, subject_kind, subject_id, account_id, by_name, made_at, received_at,
          outcome, sealed
        )
      values
        (${county}, ${visit}, (${matter}), 'care', 'person', ${personId}, ${visit}, '', now(), now(), 'met', '')
    `,
  )
  await run(
    tx,
    sql`
      insert into visits.hazard (
          county_code, id, visit_id, matter_id, subject_kind, subject_id, grid_id, village_id, town_id, what, ordered_text, fix_by,
          recheck_days, found_on
        )
      values
        (
          ${county}, ${freshId()}, ${visit}, (${matter}), 'person', ${personId}, ${world.at['grid1']}, ${world.at['village']}, ${world.at['town']}, '', '',
          ${day}, 3, ${day}
        )
    `,
  )
  await run(
    tx,
    sql`
      insert into visits.service (
          county_code, id, no, matter_id, what, person_id, asked_by_sealed, grid_id, account_id, taken_by, due_on,
          steps
        )
      values
        (
          ${county}, ${visit}, ${visit}, (${matter}), '代办', ${personId}, '', ${world.at['grid1']}, ${visit}, '',
          ${day}, '[]'::jsonb
        )
    `,
  )
}

async function lastOf(tx: Tx, personId: string, origin: string): Promise<void> {
  await run(
    tx,
    sql`
      insert into visits.last (county_code, subject_id, form_code, on_day)
      values (${county}, ${personId}, 'care', ${origin < personId ? '2026-02-01' : '2026-02-20'})
    `,
  )
}

/** Columns that say when and how often something was written, not what it says. */
const stamps = ['version', 'wrote_in', 'changed_at']
const moving = personHolders.filter((h) => h.merging !== 'stays' || h.column === 'registry.person.id')

/** All that points at some persons, table by table, with seals opened. */
async function stateOf(ids: readonly string[]): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {}
  for (const { column } of moving) {
    const [schema, table, name] = column.split('.') as [string, string, string]
    const rows = await rowsOf<{ row: Record<string, unknown> }>(
      world.engine.database.read,
      sql`
        select to_jsonb(t) as row
        from ${sql.table(`${schema}.${table}`)} t
        where ${sql.ref(name)} = any(${ids}::uuid[])
        order by to_jsonb(t)::text
      `,
    )
    state[column] = rows
      .map(({ row }) => plain(row))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  return state
}

function plain(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).filter(([k]) => !stamps.includes(k))
  const open = (v: unknown): unknown =>
    typeof v === 'object' && v !== null
      ? Object.fromEntries(
          Object.entries(v).map(([k, x]) => [k, world.engine.sealer.open(String(x), fieldAt(String(row['id']), k))]),
        )
      : v
  return Object.fromEntries(entries.map(([k, v]) => [k, k === 'sealed' ? open(v) : v]))
}

test('every column of the database that may hold a person is in the list of holders', async () => {
  const listed = new Set(personHolders.map((h) => h.column))
  const columns = await rowsOf<{ at: string; name: string; type: string }>(
    world.engine.database.read,
    sql`
      select table_schema || '.' || table_name || '.' || column_name as at, column_name as name, data_type as type
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema', 'pgboss')
    `,
  )
  const named = columns.filter((c) => /(^|_)(person|subject|record)_ids?$|^merged_into$/.test(c.name))
  // How things went that are no people, and what they and events were merged into.
  const things = ['estate', 'building', 'house', 'unit', 'facility']
  const elsewhere = ['events.event.merged_into', 'registry.closing.record_id', ...things.map(mergedInto)]
  assert.deepEqual(
    named.map((c) => c.at).filter((at) => !listed.has(at) && !elsewhere.includes(at)),
    [],
    'a column named as one that holds a person',
  )
  // And whatever its name: no column holds a person of whom everything is known but those in the list.
  const [a, b] = [await r.person({ name: '遍及' }), await r.person({ name: '遍及' })]
  assert.equal((await r.link(a, r.house)).status, 200)
  await overlayOf(a)
  await workOn(a, freshId())
  await workOn(b, freshId())
  await world.post(
    'village',
    '/api/registry/apart',
    body({ aId: a, bId: await r.person({ name: '另' }), reason: '不是' }),
  )
  assert.equal((await merge({ keep: b, drop: a })).status, 200)
  const holds = []
  for (const { at } of columns) {
    const [schema, table, name] = at.split('.') as [string, string, string]
    const [found] = await rowsOf(
      world.engine.database.read,
      sql`
        select 1 as one
        from ${sql.table(`${schema}.${table}`)}
        where ${sql.ref(name)}::text like any(array[${`%${a}%`}, ${`%${b}%`}])
        limit 1
      `,
    )
    if (found) holds.push(at)
  }
  assert.deepEqual(
    holds.filter((at) => !listed.has(at)),
    [],
  )
  assert.ok(holds.length > 12, String(holds))
  const known = new Set(columns.map((c) => c.at))
  assert.deepEqual(
    [...listed].filter((at) => !known.has(at)),
    [],
    'what the list names is there',
  )
})
const mergedInto = (kind: string) => `registry.${kind}.merged_into`

test('a sealed overlay is kept for the one person, and goes back to whom it is about', async () => {
  const [a, b] = [await r.person({ name: '封存' }), await r.person({ name: '封存' })]
  const overlay = await overlayOf(b)
  const merged = await merge({ keep: a, drop: b })
  const keeperSees = async (personId: string) =>
    (await world.get('keeper', '/api/registry/overlays', { personId })).body.overlays.map((o: { id: string }) => o.id)
  assert.deepEqual([await keeperSees(a), await keeperSees(b)], [[overlay], []])
  assert.equal((await part(merged.body.changeId)).status, 200)
  assert.deepEqual([await keeperSees(a), await keeperSees(b)], [[], [overlay]])
})

const fields = fc.record({
  phone: fc.constantFrom('', '13600000001', '13600000002'),
  remark: fc.constantFrom('', '一', '二'),
  hukouArea: fc.constantFrom('', '甲', '乙'),
  born: fc.constantFrom('1990-01-01', '1991-01-01'),
})
const holdings = fc.record({
  fields,
  home: fc.constantFrom('none', 'house', 'other'),
  hasOverlay: fc.boolean(),
  /** Two persons whose work is of the same rule both have its task open. */
  rule: fc.constantFrom(null, 0, 1),
})
const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.subarray(['phone', 'remark', 'born'])), { maxLength: 4 })

test('any run of merges, undone from the last to the first, gives back exactly what was, in every table', async () => {
  const rules = [freshId(), freshId()]
  const property = fc.asyncProperty(fc.tuple(holdings, holdings, holdings, holdings), steps, async (people, merges) => {
    const ids: string[] = []
    for (const one of people) {
      const id = await r.person({ name: '合并人', ...one.fields })
      ids.push(id)
      if (one.home !== 'none') assert.equal((await r.link(id, r[one.home as 'house' | 'other'])).status, 200)
      if (one.hasOverlay) await overlayOf(id)
      if (one.rule !== null) await workOn(id, rules[one.rule]!)
    }
    await world.post('village', '/api/registry/apart', body({ aId: ids[0], bId: ids[3], reason: '父子' }))
    const done: { changeId: string; was: Record<string, unknown[]> }[] = []
    for (const [k, d, take] of merges) {
      const was = await stateOf(ids)
      const [keep, drop] = [ids[k]!, ids[d]!]
      const { status, body: reply } = await merge({ keep, drop, take })
      if (status !== 200) continue
      done.push({ changeId: reply.changeId, was })
      const now = await stateOf([drop])
      for (const { column } of moving.filter((h) => h.merging === 'moves'))
        assert.deepEqual(now[column], [], `${column} follows`)
      assert.deepEqual(await r.recount(), await r.figures())
    }
    for (const { changeId, was } of done.toReversed()) {
      const answer = await part(changeId)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.deepEqual(await stateOf(ids), was)
    }
  })
  await fc.assert(property, { numRuns: 12 })
})

test('two who have a number each are merged by two people: one asks, another who answers for both agrees; until then nothing changes', async () => {
  const a = await r.person({ name: '取舍', idNo: numberOf(701), born: '1990-01-01' })
  const b = await r.person({ name: '取舍', idNo: numberOf(702), born: '1991-01-01', remark: '补' })
  await r.link(b, r.house)
  const take = ['idNo', 'born']
  for (const taken of [[], take])
    assert.equal((await merge({ keep: a, drop: b, take: taken })).body.problem, 'merge.two-numbers')
  const asked = async () => ({
    id: freshId(),
    keepId: a,
    keepVersion: await versionOf(a),
    dropId: b,
    dropVersion: await versionOf(b),
    take,
    reason: '户口簿核对为同一人',
  })
  const [first, twice] = [await asked(), await asked()]
  await world.ask(askMerge, 'village', first)
  assert.equal((await world.refusal(askMerge, 'village', twice)).problem, 'merge.waits')
  const mine = async (login: Login) =>
    (await world.ask(listMerges, login, {})).requests.filter((x) => x.keepId === a).map((x) => [x.state, x.canDecide])
  assert.deepEqual([await mine('village'), await mine('chief')], [[['asked', false]], [['asked', true]]])
  const [self, other] = [
    await world.refusal(decideMerge, 'village', { id: first.id, isAgreed: true }),
    'othervillage' as const,
  ]
  assert.ok(['merge.own', 'not-allowed'].includes(self.problem), self.problem)
  assert.deepEqual(
    (await world.get(other, listMerges.path, {})).body.requests?.filter((x: MergeRequest) => x.keepId === a),
    [],
  )
  assert.deepEqual([(await r.see('village', a)).state, (await r.see('village', b)).state], ['live', 'live'])
  // What was agreed to is what was asked: one that was changed since is asked anew.
  await r.save('village', 'person', { remark: '改' }, { id: b, version: await versionOf(b) })
  assert.equal((await world.refusal(decideMerge, 'chief', { id: first.id, isAgreed: true })).problem, 'record.stale')
  await world.ask(decideMerge, 'chief', { id: first.id, isAgreed: false })
  const second = await asked()
  await world.ask(askMerge, 'village', second)
  await world.ask(decideMerge, 'chief', { id: second.id, isAgreed: true })
  assert.equal(
    (await world.refusal(decideMerge, 'townchief', { id: second.id, isAgreed: true })).problem,
    'merge.decided',
  )
  const { values } = await r.see('village', a)
  assert.deepEqual([values.born, values.remark !== undefined], ['1991-01-01', true])
  assert.equal((await r.see('village', b)).state, 'merged')
})

test('a merge is not undone while its record is itself part of another, and says in which capacity it was done', async () => {
  const [a, b, c] = [
    await r.person({ name: '连环' }),
    await r.person({ name: '连环' }),
    await r.person({ name: '连环' }),
  ]
  const first = await merge({ keep: b, drop: a })
  const second = await merge({ keep: c, drop: b })
  assert.equal((await part(first.body.changeId)).body.problem, 'change.not-undoable')
  const history = async (id: string) => (await world.get('village', '/api/registry/history', { id })).body.changes
  assert.equal((await history(b)).find((x: { what: string }) => x.what === 'merge').canUndo, false)
  assert.equal((await part(second.body.changeId)).status, 200)
  const merged = (await history(b)).find((x: { what: string }) => x.what === 'merge')
  assert.deepEqual([merged.canUndo, merged.source], [true, 'office'], 'a desk of the community, not a grid worker')
  assert.equal((await part(first.body.changeId)).status, 200)
})

test('whoever was found to be another than the one is another than the two that became one', async () => {
  const [a, b, other] = [
    await r.person({ name: '两案' }),
    await r.person({ name: '两案' }),
    await r.person({ name: '两案' }),
  ]
  await world.post('village', '/api/registry/apart', body({ aId: b, bId: other, reason: '父子' }))
  const reasons = async (one: string, two: string) =>
    (
      await rowsOf<{ reason: string }>(
        world.engine.database.read,
        sql`
          select reason
          from registry.apart
          where a_id = least(${one}::uuid, ${two}::uuid) and b_id = greatest(${one}::uuid, ${two}::uuid)
        `,
      )
    ).map((x) => x.reason)
  const merged = await merge({ keep: a, drop: b })
  assert.deepEqual(await reasons(a, other), ['父子'])
  assert.equal((await part(merged.body.changeId)).status, 200)
  assert.deepEqual([await reasons(a, other), await reasons(b, other)], [[], ['父子']])
})

test('nor by one who clears a number first: what a record had counts as what it has', async () => {
  const a = await r.person({ name: '先清', idNo: numberOf(711) })
  const b = await r.person({ name: '先清', idNo: numberOf(712) })
  await world.ask(saveRecord, 'village', { id: b, kind: 'person', version: 1, values: { idNo: '' } })
  assert.equal((await merge({ keep: a, drop: b, take: [] })).body.problem, 'merge.two-numbers')
  const [c, d] = [
    await r.person({ name: '更正', idNo: numberOf(713) }),
    await r.person({ name: '更正', idNo: undefined }),
  ]
  await world.ask(saveRecord, 'village', { id: c, kind: 'person', version: 1, values: { idNo: numberOf(714) } })
  assert.equal((await merge({ keep: c, drop: d, take: [] })).status, 200, 'a slip in the one number there is')
})
