/** What was told in confidence is seen by who has a part in its handling, wherever one may look for it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read as readWorkbook } from '@e965/xlsx'
import { askEventExport, readEventExport } from '@fengge/domain/events/contract/exports'
import {
  getEvent,
  listEvents,
  mapEvents,
  readEvidence,
  revealReporter,
  searchEvents,
} from '@fengge/domain/events/contract/desk'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { listTicketChanges, submitTicket } from '@fengge/domain/events/contract/rules'
import { rowOf, rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { lieBelowHorizon } from '../horizon.ts'
import { askWith, goodPassword, hire, trySignIn } from '../people.ts'
import { logins, office, openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

let tickets = 0
/** A caller asks for secrecy about an ordinary matter in the first grid. */
async function tell(more: Partial<Parameters<typeof ticketOf>[0]> = {}) {
  return world.ask(submitTicket, 'hotline', ticketOf(more))
}
const ticketOf = (more: { isSecret?: boolean; title?: string }) => ({
  ticketNo: `S-${1000 + ++tickets}`,
  title: '邻居打骂孩子',
  content: '邻居家经常打骂孩子，请不要说是我反映的。',
  categoryCode: '5001',
  point: { lng: 120.205, lat: 31.61 },
  callerName: '李保密',
  callerPhone: '13900000001',
  isSecret: true,
  ...more,
})

const seeing = async (id: string) => {
  const seen: Login[] = []
  for (const login of logins) {
    const answer = await world.get(login, getEvent.path, { id })
    if (answer.status === 200) seen.push(login)
    else assert.ok([403, 404].includes(answer.status), `${login} ${answer.status}`)
  }
  return seen.toSorted((a, b) => a.localeCompare(b))
}

test('a secret ticket is seen by its desk, by the worker who looks at it, and by who took it; by nobody else', async () => {
  const { id } = await tell()
  assert.deepEqual(await seeing(id), ['chief', 'hotline', 'village', 'worker'])
})

test('an ordinary ticket beside it is seen by whoever has the area', async () => {
  const { id } = await tell({ isSecret: false })
  const seen = await seeing(id)
  for (const login of ['county', 'leader', 'supervisor', 'town', 'leader1'] as const)
    assert.ok(seen.includes(login), login)
})

test('a desk it stood at goes on seeing it, a department sees it while it has it, somebody above once he is asked', async () => {
  const { id } = await tell()
  const done = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    assert.equal(status, 200, JSON.stringify(body))
  }
  await done(world.act('worker', id, 'verify', { finding: 'exists' }))
  assert.ok((await seeing(id)).includes('worker'), 'who looked at it had a part')
  await done(world.act('village', id, 'report-up', { note: '请镇里办理' }))
  assert.deepEqual(await seeing(id), ['chief', 'hotline', 'town', 'townchief', 'village', 'worker'])
  await done(world.act('town', id, 'dispatch', { departmentId: office('town-urban') }))
  const desks = ['chief', 'hotline', 'town', 'townchief', 'village', 'worker']
  const andAlso = (login: string) => [...desks, login].toSorted((x, y) => x.localeCompare(y))
  assert.deepEqual(await seeing(id), andAlso('urban'))
  await done(world.act('town', id, 'transfer', { departmentId: office('town-works'), note: '改派' }))
  assert.deepEqual(await seeing(id), andAlso('works'))
  await done(world.act('townchief', id, 'force-close', { note: '当事人要求' }))
  const referred = await seeing(id)
  assert.ok(referred.includes('leader') && referred.includes('townleader'), 'somebody above decides')
  assert.ok(!referred.includes('county') && !referred.includes('bureau') && !referred.includes('leader1'))
})

test('no list, count, map, search, export, notice, suggestion or phone tells of it', async () => {
  const { id, no } = await tell({ title: '保密举报测试' })
  const strangers = logins.filter((l) => !['chief', 'hotline', 'village', 'worker'].includes(l))
  const hidden = (text: string, where: string) => {
    assert.ok(!text.includes(no) && !text.includes(id) && !text.includes('保密举报测试'), where)
  }
  for (const login of strangers) {
    for (const [path, query] of [
      [listEvents.path, { size: 100 }],
      [searchEvents.path, { text: no }],
      [searchEvents.path, { text: '保密举报测试' }],
      [listEvents.path, { queue: 'late', size: 100 }],
      [mapEvents.path, {}],
      ['/api/notices', {}],
      ['/api/sync/pull', {}],
      ['/api/events/suggest', { text: '邻居打骂孩子 保密举报测试' }],
    ] as const) {
      const answer = 'text' in query ? await world.post(login, path, query) : await world.get(login, path, query)
      hidden(JSON.stringify(answer.body), `${login} ${path}`)
    }
  }
  const counts = async (login: Login) => (await world.get(login, '/api/events/queues')).body.counts
  const before = await counts('county')
  await tell()
  assert.deepEqual(await counts('county'), before)
  const mine = (await world.post('village', searchEvents.path, { text: no })).body as ReplyOf<typeof searchEvents>
  assert.deepEqual(
    mine.events.map((e) => e.id),
    [id],
  )
})

test('an export holds what its maker may see', async () => {
  const { no } = await tell()
  const cellsOf = async (login: Login) => {
    const id = freshId()
    await world.ask(askEventExport, login, { id, filter: {}, purpose: '核对' })
    const answer = await world.get(login, readEventExport.path, { id })
    assert.equal(answer.status, 200, login)
    const book = readWorkbook(answer.raw)
    return JSON.stringify(book.Sheets[book.SheetNames[0]!])
  }
  assert.ok(!(await cellsOf('county')).includes(no))
  assert.ok((await cellsOf('village')).includes(no))
})

test('its evidence is handed to nobody else, by whatever id', async () => {
  const { id } = await tell()
  const evidence = freshId()
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into events.evidence (county_code, id, event_id, kind, phase, name, mime, size, sha256, path, at)
        values ('320206', ${evidence}, ${id}, 'photo', 'before', 'p', 'image/jpeg', 1, 'x', 'files/none', now())
      `,
    ),
  )
  for (const login of logins) {
    const { status, body } = await world.get(login, readEvidence.path, { id: evidence })
    const isPart = ['chief', 'hotline', 'village', 'worker'].includes(login)
    // There is no such file: whoever may see it is told so.
    assert.equal(isPart ? body.problem : [403, 404].includes(status), isPart ? 'evidence.damaged' : true, login)
  }
})

test('an event beside it names it to nobody who may not see it', async () => {
  const secret = await tell()
  const open = await tell({ isSecret: false })
  await world.engine.database.write((tx) =>
    run(tx, sql`update events.event set parent_id = ${open.id} where id = ${secret.id}`),
  )
  assert.deepEqual((await world.ask(getEvent, 'county', { id: open.id })).related, [])
  assert.equal((await world.ask(getEvent, 'village', { id: open.id })).related.length, 1)
})

test('who told it is shown to who handles it, twenty times a day at most, however many ask at once', async () => {
  const { id } = await tell()
  const reveal = (login: Login) =>
    world.post(login, revealReporter.path, { requestId: freshId(), eventId: id, purpose: '核实情况' })
  for (const login of ['net', 'rules', 'keeper', 'supervisor', 'leader', 'county', 'leader1', 'works'] as const)
    assert.ok([403, 404].includes((await reveal(login)).status), login)
  assert.equal((await world.refusal(revealReporter, 'supervisor', { eventId: id, purpose: '了解' })).status, 403)
  const shown = await Promise.all(Array.from({ length: 80 }, () => reveal('village')))
  assert.equal(shown.filter((a) => a.status === 200).length, 20)
  assert.equal(shown.filter((a) => a.body.problem === 'look.quota').length, 60)
  const rows = await rowOf<{ n: number }>(
    world.engine.database.read,
    sql`select count(*)::int as n from audit.journal where fact = 'reporter.revealed' and subject = ${id}`,
  )
  assert.equal(rows?.n, 20)
})

test('who draws the net, keeps the rules or the overlay sees no event at all', async () => {
  for (const login of ['net', 'rules', 'keeper'] as const) {
    assert.equal((await world.get(login, listEvents.path)).status, 403, login)
    assert.equal((await world.get(login, readEventExport.path)).status, 403, login)
  }
})

test('it is joined with no open event: neither its caller nor its answer would stay among those who handle it', async () => {
  const [secret, open, other] = [await tell(), await tell({ isSecret: false }), await tell()]
  const merge = async (id: string, intoEventId: string) =>
    (await world.act('village', id, 'merge', { intoEventId })).body.problem as string | undefined
  assert.equal(await merge(secret.id, open.id), 'event.not-mergeable')
  assert.equal(await merge(open.id, secret.id), 'event.not-mergeable')
  assert.equal(await merge(secret.id, other.id), undefined)
  assert.deepEqual(await seeing(other.id), ['chief', 'hotline', 'village', 'worker'])
})

test('nothing is learnt from its words', async () => {
  const { id } = await world.ask(submitTicket, 'hotline', { ...ticketOf({}), topic: '家庭' })
  const open = await world.ask(submitTicket, 'hotline', { ...ticketOf({ isSecret: false }), topic: '家庭' })
  const learnt = await rowsOf<{ id: string }>(
    world.engine.database.read,
    sql`select id from events.example where id in (${id}, ${open.id})`,
  )
  assert.deepEqual(
    learnt.map((r) => r.id),
    [open.id],
  )
})

test('figures count it: the view of figures holds it without a word of it', async () => {
  const { id } = await tell()
  const row = await rowOf<{ n: number }>(
    world.engine.database.read,
    sql`select count(*)::int as n from events.public_event where id = ${id}`,
  )
  assert.equal(row?.n, 1)
})

test('another hotline post reads how a secret ticket stands and not what was answered; of another place it reads nothing', async () => {
  const { id } = await world.ask(submitTicket, 'hotline', { ...ticketOf({}), categoryCode: '4012' })
  const { status: registered } = await world.act('village', id, 'register')
  assert.equal(registered, 200)
  await world.act('village', id, 'dispatch', { departmentId: office('village-office') })
  const answer = '已为您申请人身保护令，现安置于庇护所。'
  const done = await world.act('village', id, 'finish', { result: '已处理', answer })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const no = `S-${1000 + tickets}`
  await lieBelowHorizon(world.engine.database)
  const own = (await world.ask(listTicketChanges, 'hotline', {})).changes.find((c) => c.ticketNo === no)!
  assert.equal(own.answer, answer)
  const reads = async (login: string, place: string) => {
    await hire(world, login, { role: 'hotline-operator', place })
    const { token } = await trySignIn(world, login, goodPassword)
    const { body } = await askWith(world, token, listTicketChanges.path)
    return (body as ReplyOf<typeof listTicketChanges>).changes
  }
  const other = (await reads('hotline.two', 'county')).find((c) => c.ticketNo === no)!
  assert.deepEqual([other.status, other.answer], [own.status, null])
  assert.deepEqual(await reads('hotline.far', 'otherVillage'), [])
})
