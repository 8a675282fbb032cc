/** One officer deletes no community that he imported: soon after, whoever somebody wrote something down about stays; later, all do. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listMatters } from '@fengge/domain/matters/contract'
import { undoBatch } from '@fengge/domain/registry/bulk-contract'
import { offerMover } from '@fengge/domain/registry/arriving/contract'
import { saveOverlay } from '@fengge/domain/registry/care/contract'
import { askErasure, leavePerson } from '@fengge/domain/registry/leaving/contract'
import { askRecusal, decideRecusal } from '@fengge/domain/registry/recusal/contract'
import * as door from '@fengge/domain/visits/contract/worker'
import { rowOf, rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { batchOf, csv, header, numberOf, sendFile } from '../import-files.ts'
import { getRecord, linkPerson } from '@fengge/domain/registry/contract'
import { askMerge, decideMerge } from '@fengge/domain/registry/doubles-contract'
import { roles } from '@fengge/domain/identity/roles'
import { openWorld, type AskedOf, type World } from '../world.ts'
import { as, hire } from './told/people.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const read = () => world.engine.database.read
const day = 86_400_000
const names = '甲乙丙丁戊己庚辛壬癸'
const tens = '一二三四'
let taken = 0

/** Ten people with homes come in by a file. */
async function importTen(): Promise<{ batch: string; people: readonly string[] }> {
  const grid = await rowOf<{ code: string }>(
    read(),
    sql`select code from places.place where id = ${world.at['grid1']!}`,
  )
  const n = taken++
  const rows = Array.from({ length: 10 }, (_, i) => [
    `人${names[i]}${tens[n]}`,
    numberOf(100 + 10 * n + i),
    `1381234${1000 + 10 * n + i}`,
    `柳岸新村${n + 2}幢${101 + i}室`,
    '户主',
    grid!.code,
  ])
  const { id } = await sendFile(world, 'village', { name: 'a.csv', bytes: csv([header, ...rows]) })
  const made = await rowsOf<{ id: string }>(
    read(),
    sql`select id from registry.person where batch_id = ${id} order by array_position(${rows.map((r) => r[0])}::text[], name)`,
  )
  assert.equal(made.length, 10)
  return { batch: id, people: made.map((p) => p.id) }
}
const living = async (ids: readonly string[]) =>
  rowsOf<{ id: string; homes: number }>(
    read(),
    sql`
      select p.id, (select count(*)::int from registry.link l where l.person_id = p.id and l.to_on is null) as homes
      from registry.person p
      where p.id = any(${ids}::uuid[])
    `,
  )

/** Somebody does something about each of seven. */
async function writeAboutSeven(people: readonly string[]): Promise<void> {
  const [inCare, visited, helped, left, toDelete, moving, apart] = people
  const { matters } = await world.ask(listMatters, 'rules', { onlyInForce: 'yes' })
  const matterId = matters.find((m) => m.code === '000-C02')!.id
  const madeAt = new Date(world.clock.now()).toISOString()
  const today = madeAt.slice(0, 10)
  await world.ask(saveOverlay, 'keeper', {
    id: freshId(),
    personId: inCare!,
    kind: 'drug',
    facts: '缘由',
    cautions: [],
    visitDays: 30,
    startedOn: '2026-01-01',
    endedOn: null,
  } as AskedOf<typeof saveOverlay>)
  await world.ask(door.recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId,
    formCode: 'care',
    subjectKind: 'person',
    subjectId: visited!,
    outcome: 'not-home',
    note: '',
    madeAt,
    hazards: [],
  } as AskedOf<typeof door.recordVisit>)
  await world.ask(door.takeService, 'worker', {
    id: freshId(),
    matterId,
    what: '代办',
    personId: helped!,
    askedBy: '本人',
    phone: '',
    dueOn: '2026-03-25',
    gridId: world.at['grid1']!,
    madeAt,
  } as AskedOf<typeof door.takeService>)
  const leaves = { id: freshId(), personId: left!, kind: 'moved', onDay: today, seenBy: 'neighbour', toWhere: '外地' }
  await world.ask(leavePerson, 'worker', leaves as AskedOf<typeof leavePerson>)
  await world.ask(askErasure, 'worker', { id: freshId(), personId: toDelete!, basis: 'other', shownBy: '本人到场' })
  await world.ask(offerMover, 'worker', {
    id: freshId(),
    personId: moving!,
    toWhere: '外村8号',
    onDay: today,
  } as AskedOf<typeof offerMover>)
  await world.ask(askRecusal, 'village', {
    id: freshId(),
    personId: apart!,
    login: 'worker',
    untilOn: '2026-06-01',
    reason: '系其前夫',
  })
}

test('whoever was visited, helped, cared for, let go or asked about stays with his home when a file is taken back', async () => {
  const { batch, people } = await importTen()
  await writeAboutSeven(people)
  const done = await world.ask(undoBatch, 'village', { id: batch, reason: '撤回' })
  assert.deepEqual([done.removed, done.kept], [3, 7])
  const stay = await living(people)
  assert.deepEqual(
    stay.map((p) => p.id).toSorted((a, b) => a.localeCompare(b)),
    people.slice(0, 7).toSorted((a, b) => a.localeCompare(b)),
  )
  for (const id of [0, 1, 2, 4, 6].map((n) => people[n]))
    assert.equal(stay.find((p) => p.id === id)?.homes, 1, 'his home stays his')
})

test('what has stood three days is taken back by nobody alone', async () => {
  const { batch, people } = await importTen()
  world.clock.pass(3 * day + 60_000)
  await world.wake()
  const { problem, status } = await world.refusal(undoBatch, 'village', { id: batch, reason: '撤回' })
  assert.deepEqual([status, problem], [409, 'import.undo-late'])
  assert.equal((await living(people)).length, 10)
})

test('who is kept from somebody takes neither her nor who lives with her out by his file', async () => {
  const { batch, people } = await importTen()
  const [she, child] = people
  const home = await rowOf<{ id: string }>(
    read(),
    sql`select house_id as id from registry.link where person_id = ${she!}`,
  )
  await world.ask(linkPerson, 'worker', {
    id: freshId(),
    personId: child!,
    houseId: home!.id,
    role: 'member',
    fromOn: new Date(world.clock.now()).toISOString().slice(0, 10),
    basis: '自述',
  } as AskedOf<typeof linkPerson>)
  const id = freshId()
  const mark = { id, personId: she!, login: 'village', untilOn: '2026-09-01', reason: '系其前夫，本人申请保护' }
  await hire(
    { world },
    'second',
    roles.find((role) => role.code === 'registrar')!,
    world.at['village']!,
  )
  await world.ask(askRecusal, as('second'), mark)
  await world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
  world.engine.sessions.forget()
  const trial = async (name: string) => {
    const grid = await rowOf<{ code: string }>(
      read(),
      sql`select code from places.place where id = ${world.at['grid1']!}`,
    )
    const row = [name, '', '', '柳岸新村4幢101室', '家庭成员', grid!.code]
    const sent = await sendFile(world, 'village', { name: 't.csv', bytes: csv([header, row]) }, { mode: 'trial' })
    const { created, changed, same } = await batchOf(world, sent.id)
    return [created, changed, same]
  }
  assert.deepEqual(await trial('人甲三'), await trial('人无此'), 'nor is he told by a trial where she lives')
  const done = await world.ask(undoBatch, 'village', { id: batch, reason: '撤回' })
  assert.equal(done.removed, 8)
  const stay = await living([she!, child!])
  assert.deepEqual(
    stay.map((p) => p.homes > 0),
    [true, true],
  )
})

test('nor is anybody taken out who was found to be one with another since', async () => {
  const { batch, people } = await importTen()
  const [one, other] = people
  const [keep, drop] = await Promise.all([one, other].map((id) => world.ask(getRecord, 'village', { id: id! })))
  const id = freshId()
  await world.ask(askMerge, 'village', {
    id,
    keepId: one!,
    keepVersion: keep!.record.version,
    dropId: other!,
    dropVersion: drop!.record.version,
    take: [],
    reason: '户口簿核对为同一人',
  })
  await world.ask(decideMerge, 'chief', { id, isAgreed: true })
  const done = await world.ask(undoBatch, 'village', { id: batch, reason: '撤回' })
  assert.equal(done.removed, 8)
  const stay = await living([one!, other!])
  assert.equal(stay.length, 2)
  assert.ok(stay.find((p) => p.id === one)!.homes > 0, 'and his home is his still')
})
