/**
 * What replies tell, against what the contract says they tell (domain/src/tellings.ts): people whose every value is
 * known are asked for by somebody in each role, by every handle and word of theirs, from their own place and from the
 * one beside. What stands in a reply, and what differs from the reply about nobody, is what is said, no more and no less.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read, utils } from '@e965/xlsx'
import pg from 'pg'
import { contract } from '@fengge/domain/contract'
import { roles } from '@fengge/domain/identity/roles'
import { dutiesOf } from '@fengge/domain/kernel/duty'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { findLikely, searchRegistry } from '@fengge/domain/registry/contract'
import { askMerge } from '@fengge/domain/registry/doubles-contract'
import { listInbox, pull } from '@fengge/domain/sync/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as door from '@fengge/domain/visits/contract/worker'
import { withImplied, type PersonFact, type Standing, type Telling } from '@fengge/domain/kernel/tells'
import { tellings } from '@fengge/domain/tellings'
import { run, sql } from '../../src/kernel/db/sql.ts'
import { runRules } from '../../src/visits/door.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { numberOf } from '../registry-world.ts'
import type { Answer } from '../world.ts'
import { asksFor, type Ask } from './told/asks.ts'
import { admits, as, decoyOf, matterOf, openFar, plant, type Far, type Planted, type Someone } from './told/people.ts'
import { factsIn, unseen, type Where } from './told/what-shows.ts'

let far: Far
let people: readonly Planted[]
/** Replies that are lists and figures, before the stranger came and after, by role and endpoint. */
let quiet: ReadonlyMap<string, string>
let loud: ReadonlyMap<string, string>

before(async () => {
  far = await openFar()
  quiet = await listAll()
  const stranger = await plant(far, 'stranger')
  loud = await listAll()
  people = [stranger, await plant(far, 'guest'), await plant(far, 'former')]
})
after(() => far.world.close())

async function call(who: Pick<Someone, 'login'>, promise: Endpoint, ask: Ask): Promise<Answer> {
  const { get, post } = far.world
  return promise.method === 'GET'
    ? get(as(who.login), promise.path, { ...ask })
    : post(as(who.login), promise.path, { ...ask })
}

/** A workbook is read as what it shows. */
function readReply({ body, raw, headers }: Answer): unknown {
  if (!String(headers['content-type']).includes('spreadsheet')) return body
  return Object.values(read(raw).Sheets).flatMap((sheet) => utils.sheet_to_json(sheet, { header: 1 }))
}

/** What an endpoint says it tells a role of somebody, with all that follows from it. */
function toldTo({ duties }: Someone, promise: Endpoint, standing: Standing): ReadonlySet<PersonFact> {
  const isTold = (admission: Endpoint['duty']) => dutiesOf(admission).some((duty) => duties.has(duty))
  return withImplied(
    (tellings[promise.name] ?? [])
      .filter((t) => t.of.includes(standing) && (t.with === undefined || isTold(t.with)))
      .flatMap((t) => [...t.facts, ...(t.confirms === undefined ? [] : [t.confirms])]),
  )
}

/** Words that change by themselves: moments, numbers of rows and of calls, cursors. */
const still = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+08:00)/g, 'T')
    .replaceAll(/"(now|cursor|seq|next|trace)":("[^"]*"|\d+|null)/g, '')

/** The journal and the tickets are the county's, and grow by whatever is done in it. */
const ofTheCounty = new Set(['listJournal', 'verifyJournal', 'listTicketChanges'])

/** Whose calls are tried: one of each set of duties; what tells nothing is asked by one of all. */
const tellers = (cast: readonly Someone[]): { who: Someone; promise: Endpoint }[] => {
  const known = new Set<string>()
  return cast.flatMap((who) =>
    contract.flatMap((promise) => {
      const heard = (tellings[promise.name] ?? []).flatMap((t) => dutiesOf(t.with ?? promise.duty))
      const tier = [...who.duties].filter((duty) => heard.includes(duty) || duty.startsWith('registry.'))
      const key = `${promise.name} ${heard.length === 0 ? '' : tier.toSorted().join(' ')}`
      if (!admits(promise, who) || known.has(key)) return []
      known.add(key)
      return [{ who, promise }]
    }),
  )
}

/** Lists and figures that are asked for without any word of a person. */
const lists = contract.filter(
  (p) => p.method === 'GET' && p.ask.safeParse({}).success && p.name !== 'pull' && !ofTheCounty.has(p.name),
)
async function listAll(): Promise<Map<string, string>> {
  const replies = new Map<string, string>()
  for (const { who, promise } of tellers(far.far).filter(({ promise: p }) => lists.includes(p))) {
    const answer = await call(who, promise, {})
    replies.set(`${who.role} ${promise.name}`, `${answer.status} ${still(JSON.stringify(readReply(answer)))}`)
  }
  return replies
}

test('no list, count, order or figure of the place beside changes when somebody is registered here', () => {
  assert.ok(quiet.size > 60, `${quiet.size} replies`)
  const changed = [...quiet].filter(([key, text]) => loud.get(key) !== text).map(([key]) => key)
  assert.deepEqual(changed, [])
})

const hereabouts = (isOwn: boolean): Where => ({ grids: [far.world.at['grid1']!, '第1网格'], isOwn })

const standingOf = ({ who }: Planted, { role }: Someone): Standing =>
  roles.find((r) => r.code === role)!.kind === 'business' ? who : 'stranger'

/** Everything that a reply shows beyond what its endpoint says. */
async function excessOf(who: Someone, promise: Endpoint, p: Planted, standing: Standing): Promise<string[]> {
  const told = toldTo(who, promise, standing)
  const found: string[] = []
  for (const ask of asksFor(promise, p, far)) {
    const reply = readReply(await call(who, promise, ask))
    const shown = factsIn(reply, p, hereabouts(false), JSON.stringify(ask))
    const more = [...shown].filter((fact) => !told.has(fact))
    if (more.length > 0) found.push(`${who.role} ${promise.name}, of the ${standing}: ${more.join(', ')}`)
  }
  return [...new Set(found)]
}

test('whoever serves beside is shown of a stranger, a guest and a former neighbour what the contract says, and no more', async () => {
  const found: string[] = []
  for (const { who, promise } of tellers(far.far))
    for (const p of people) found.push(...(await excessOf(who, promise, p, standingOf(p, who))))
  assert.deepEqual(found, [])
})

/** An answer without the words that were asked by, and without handles: two that differ then tell something. */
function bare(answer: Answer, ask: Ask): string {
  const words = JSON.stringify(ask).match(/[\p{L}\d*-]{2,}/gu) ?? []
  const text = still(`${answer.status} ${JSON.stringify(readReply(answer))}`).replaceAll(aHandle, 'H')
  return words.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, '·'), text)
}
const aHandle = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** How many statements the database was sent meanwhile: another road through the code is another time. */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const client = pg.Client.prototype as unknown as { query: (this: pg.Client, ...given: unknown[]) => unknown }
  const send = client.query
  let sent = 0
  client.query = function counted(...given) {
    sent++
    return Reflect.apply(send, this, given)
  }
  try {
    await work()
  } finally {
    client.query = send
  }
  return sent
}

test('by a handle or a word of a stranger a caller gets the answer that he gets by one of nobody', async () => {
  const found: string[] = []
  const [stranger] = people
  const nobody = decoyOf(stranger!)
  for (const { who, promise } of tellers(far.far)) {
    if (toldTo(who, promise, 'stranger').size > 0) continue
    const mine = asksFor(promise, stranger!, far)
    const others = asksFor(promise, nobody, far)
    for (const [i, ask] of mine.entries()) {
      const [a, b] = [await call(who, promise, ask), await call(who, promise, others[i]!)]
      if (bare(a, ask) !== bare(b, others[i]!)) found.push(`${who.role} ${promise.name} ${Object.keys(ask).join()}`)
    }
  }
  assert.deepEqual(found, [])
})

test('a word of a stranger costs the server the same statements as one of nobody', async () => {
  const [stranger] = people
  const nobody = decoyOf(stranger!)
  const ask = (text: string) => () => far.world.ask(searchRegistry, as('far-part-time-worker'), { text })
  const likely = (values: Record<string, string>) => () =>
    far.world.ask(findLikely, as('far-part-time-worker'), { values })
  const ways = (p: Planted) => [
    ask(p.name),
    ask(p.phone),
    ask(p.phone.slice(-4)),
    ask(p.idNo),
    ask(`${p.estate}8幢${p.room}室`),
    likely({ name: p.name, born: p.born }),
    likely({ name: p.name, phone: p.phone }),
    likely({ idNo: p.idNo }),
  ]
  const [mine, others] = [ways(stranger!), ways(nobody)]
  for (const way of mine) await way()
  for (const way of others) await way()
  for (const [i, way] of mine.entries()) {
    const sent = await countStatements(way)
    assert.ok(sent > 0)
    assert.equal(sent, await countStatements(others[i]!), `way ${i}`)
  }
})

test('a task that somebody left behind who moved long ago goes after him in the night', async () => {
  const former = people.find((p) => p.who === 'former')!
  const { engine } = far.world
  const left = async () => (await far.world.ask(desk.listTasks, officer, {})).tasks.map((t) => t.subjectId)
  const place = { grid_id: far.grid, village_id: far.world.at['otherVillage']! }
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        update visits.task
        set grid_id = ${place.grid_id}, village_id = ${place.village_id}
        where subject_id = ${former.id} and state = 'open'
      `,
    ),
  )
  assert.ok((await left()).includes(former.id))
  await runRules(engine)
  assert.ok(!(await left()).includes(former.id))
})

/** Who serves the first grid, in each role that has one there or above it. */
const near: Someone[] = (
  [
    ['worker', 'grid-worker'],
    ['liaison', 'liaison'],
    ['leader1', 'grid-leader'],
    ['village', 'village-officer'],
    ['chief', 'duty-chief'],
    ['keeper', 'overlay-keeper'],
    ['town', 'dispatcher'],
    ['hotline', 'hotline-operator'],
    ['auditor', 'audit-admin'],
  ] as const
).map(([login, role]) => ({ login, role, duties: new Set(roles.find((r) => r.code === role)!.duties) }))

/** Who serves somebody may also change him, which is no matter here. */
const onlyTells = ({ method, name }: Endpoint): boolean =>
  method === 'GET' || ['searchRegistry', 'findLikely', 'revealField', 'revealReporter'].includes(name)
const isAskedBy = ({ by = [] }: Telling, fact: PersonFact) => by.includes(fact)
/**
 * What these show needs more than a person: something overdue, an empty field, two ledgers; or it
 * stands there under a handle alone.
 */
const onOccasion = new Set([
  'listDue',
  'pull',
  'listInbox',
  'listLedgerRows',
  'listGaps',
  'listTicketChanges',
  'listJournal',
])

test('whoever serves a person is shown what the contract says, no more and no less', async () => {
  const found: string[] = []
  const shown = new Map<string, Set<PersonFact>>()
  const [mine] = people
  const twin = await far.person({ name: mine!.name, phone: mine!.phone })
  const [keepVersion, dropVersion] = [
    (await far.see('village', mine!.id)).version,
    (await far.see('village', twin)).version,
  ]
  const both = { keepId: mine!.id, keepVersion, dropId: twin, dropVersion }
  await far.world.ask(askMerge, 'village', { id: freshId(), ...both, reason: '核对为同一人' })
  for (const { who, promise } of tellers(near).filter(({ promise: p }) => onlyTells(p))) {
    const told = toldTo(who, promise, 'own')
    for (const ask of asksFor(promise, mine!, far)) {
      const facts = factsIn(readReply(await call(who, promise, ask)), mine!, hereabouts(true), JSON.stringify(ask))
      const more = [...facts].filter((fact) => !told.has(fact))
      if (more.length > 0) found.push(`${who.role} ${promise.name} shows ${more.join(', ')}`)
      const seen = shown.get(promise.name) ?? new Set()
      for (const fact of facts) seen.add(fact)
      shown.set(promise.name, seen)
    }
  }
  for (const [name, seen] of shown)
    for (const telling of tellings[name]!.filter((t) => t.of.includes('own')))
      for (const fact of telling.facts.filter((f) => !isAskedBy(telling, f) && !seen.has(f) && !unseen.includes(f)))
        if (!onOccasion.has(name)) found.push(`${name} is said to tell ${fact}, and does not`)
  assert.deepEqual([...new Set(found)], [])
})

const worker = as('far-grid-worker')
const officer = as('far-village-officer')

/** The phone of the far worker sends acts that name him in every field that a form has for a record. */
async function pushAll(p: Planted): Promise<void> {
  const { world, farHouse } = far
  const madeAt = new Date(world.clock.now()).toISOString()
  const asks = {
    saveRecord: { id: p.id, kind: 'person', version: 1, values: { phone: '13899990001' } },
    confirmRecords: { ids: [p.id] },
    linkPerson: {
      id: freshId(),
      personId: p.id,
      houseId: farHouse,
      role: 'owner',
      fromOn: '2026-03-02',
      basis: '自述',
    },
  }
  const acts = Object.entries(asks).map(([name, ask], i) => ({
    requestId: freshId(),
    seq: i,
    name,
    ask,
    madeAt,
    subject: '',
  }))
  const { fates } = (await world.post(worker, '/api/sync/push', { device: '', acts })).body
  for (const fate of fates) {
    const shown = factsIn(fate, p, hereabouts(false), JSON.stringify(asks))
    assert.deepEqual([...shown], [])
  }
}

test('whoever writes of somebody by a handle he kept reads nothing of him in what he wrote', async () => {
  const { world, grid, farHouse, far: cast } = far
  const matterId = await matterOf(far)
  const madeAt = new Date(world.clock.now()).toISOString()
  const campaign = { id: freshId(), matterId, name: '出租房走访', placeId: grid, selector: 'house-rental' } as const
  const days = { fromOn: '2026-03-02', toOn: '2026-03-20', minutes: 20, formCode: 'rental' }
  await world.ask(desk.saveCampaign, officer, { ...campaign, ...days })
  const { tasks } = await world.ask(desk.listTasks, officer, { originId: campaign.id })
  const task = tasks.find((t) => t.subjectId === farHouse)!
  for (const p of people)
    for (const [subjectKind, subjectId] of [
      ['person', p.id],
      ['house', p.houseId],
    ] as const) {
      const hazards = [{ id: freshId(), what: '堆物', fixBy: '2026-03-10', recheckDays: 7, eventId: null }]
      const visit = { id: freshId(), taskId: task.id, matterId, formCode: 'rental', subjectKind, subjectId, madeAt }
      await call({ login: worker }, door.recordVisit, { requestId: freshId(), ...visit, outcome: 'not-home', hazards })
      const service = { id: freshId(), matterId, what: '代办', personId: p.id, askedBy: '某人', dueOn: '2026-03-20' }
      await call({ login: worker }, door.takeService, { requestId: freshId(), ...service, gridId: grid, madeAt })
    }
  for (const p of people) await pushAll(p)
  const found: string[] = []
  for (const who of cast.filter((c) => ['grid-worker', 'village-officer'].includes(c.role)))
    for (const promise of [
      pull,
      listInbox,
      door.listVisits,
      door.listServices,
      desk.listTasks,
      desk.listHazards,
    ] as Endpoint[])
      for (const p of people) {
        const shown = factsIn(readReply(await call(who, promise, {})), p, hereabouts(false), '')
        const told = toldTo(who, promise, p.who)
        const more = [...shown].filter((fact) => !told.has(fact))
        if (more.length > 0) found.push(`${who.role} ${promise.name}, of the ${p.who}: ${more.join(', ')}`)
      }
  assert.deepEqual(found, [])
})

test('whether a number of somebody elsewhere is on file is told to nobody who has his name and phone', async () => {
  const [stranger] = people
  const { name, phone } = stranger!
  const ask = (values: Record<string, string>) => far.world.ask(findLikely, as('far-liaison'), { values })
  const somebody = { likely: [], isElsewhere: true }
  assert.deepEqual(await ask({ name, phone }), somebody)
  assert.deepEqual(await ask({ name, phone, idNo: numberOf(771, '19770707') }), somebody)
})

test('numbers of one birthday are tried three times a day and no more: what is left of one would be soon found', async () => {
  const ask = (seq: number, day: string) =>
    far.world.post(as('far-registrar'), findLikely.path, { values: { idNo: numberOf(seq, day) } })
  for (const seq of [501, 502, 503]) assert.equal((await ask(seq, '19800808')).status, 200)
  const refused = await ask(504, '19800808')
  assert.deepEqual([refused.status, refused.body.problem], [429, 'search.quota'])
  assert.equal((await ask(501, '19800808')).status, 200, 'what was asked is no new question')
  assert.equal((await ask(504, '19810809')).status, 200, 'another birthday is another person')
})

test('pages that anybody opens show nothing of anybody, by whatever word', async () => {
  for (const p of people)
    for (const [path, query] of [
      ['/follow', { code: p.phone }],
      ['/follow', { code: p.eventId }],
      ['/badge', { code: p.idNo }],
      ['/grid', { text: p.name }],
      ['/grid', { text: p.estate }],
      ['/report', { grid: p.houseId }],
    ] as const) {
      const { body } = await far.world.get(null, path, query)
      assert.deepEqual([...factsIn(String(body), p, hereabouts(false), JSON.stringify(query))], [], path)
    }
})
