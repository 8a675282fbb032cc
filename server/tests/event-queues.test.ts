import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { dayLength } from '@fengge/domain/kernel/time'
import { sources, statuses, type EventCore, type Level } from '@fengge/domain/events/terms'
import type { Around } from '@fengge/domain/events/actor'
import { queueTable, waitsFor, workQueues } from '@fengge/domain/events/queues'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { receiveReport } from '@fengge/domain/events/intake'
import { eventRow, eventSink } from '../src/events/store/event.ts'
import { waiting, within } from '../src/events/queries/conditions.ts'
import { aroundOf } from '../src/events/queries/around.ts'
import { actorOf, offersFor, reachOf } from '../src/events/reach.ts'
import { ruleBook } from '../src/events/rule-book.ts'
import type { Asker } from '../src/kernel/context.ts'
import { sourceOf } from '../src/kernel/ground.ts'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, idOf, logins, monday, office, openWorld, type World } from './world.ts'

let world: World
let events: EventCore[]
let moment: { readonly now: number; readonly calendar: WorkCalendar }
const arounds = new Map<string, Around | null>()
before(async () => {
  world = await openWorld()
  events = await makeEvents(600)
  const { calendar } = await ruleBook(sourceOf(world.engine), county)
  moment = { now: world.clock.now(), calendar }
  for (const event of events)
    arounds.set(event.id, await aroundOf({ tx: world.engine.database.read, now: world.clock.now() }, event))
})
after(() => world.close())

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const someAccount = fc.constantFrom(
  ...(['worker', 'worker2', 'village', 'town', 'county', 'liaison'] as const).map(idOf),
)
const someOffice = fc.constantFrom(
  ...(['village-office', 'town-works', 'town-urban', 'county-police'] as const).map(office),
)

/** Events in every state and relation, so that each condition of a list is met, and missed by little. */
const someState = fc.record({
  status: fc.constantFrom(...statuses),
  level: fc.constantFrom<Level>(1, 2, 3),
  source: fc.constantFrom(...sources),
  place: fc.constantFrom('grid1', 'grid2', 'village', 'otherVillage', 'town', 'county'),
  isSensitive: fc.boolean(),
  isAboutStaff: fc.boolean(),
  reporterId: maybe(someAccount),
  checkerId: maybe(someAccount),
  checkBy: fc.constantFrom('worker' as const, 'centre' as const),
  isSampled: fc.boolean(),
  departmentId: maybe(someOffice),
  handledBy: fc.array(someAccount, { maxLength: 2 }),
  askedBy: maybe(someAccount),
  extensions: fc.nat(2),
  isSilent: fc.boolean(),
  cancelAsk: maybe(
    fc.record({ by: someAccount, reason: fc.constant('点错了'), at: fc.constantFrom(0, Date.parse(monday)) }),
  ),
  recodeAsk: maybe(
    fc.record({
      by: someAccount,
      categoryCode: fc.constant('5002'),
      reason: fc.constant('与工作人员无关'),
      at: fc.constant(Date.parse(monday)),
    }),
  ),
  coHandlers: fc.array(fc.record({ departmentId: someOffice, isDone: fc.boolean() }), { maxLength: 2 }),
})

/** What an event in a state that asks for something holds of it. */
function asked(status: EventCore['status'], now: number): Partial<EventCore> {
  const until = now + 86_400_000
  if (status === 'extend-requested') return { pendingExtension: { until, reason: '材料', plan: '计划', by: '' } }
  if (status === 'suspend-requested' || status === 'suspended')
    return { suspension: { reason: 'works', until, leftMs: 3_600_000, since: now } }
  return {}
}

/** What a place of an event lies in. */
function siteOf(place: string) {
  const { at } = world
  const villageOf: Record<string, string> = {
    grid1: at['village']!,
    grid2: at['village']!,
    village: at['village']!,
    otherVillage: at['otherVillage']!,
  }
  return {
    gridId: place.startsWith('grid') ? at[place]! : null,
    villageId: villageOf[place] ?? null,
    townId: place === 'county' ? null : at['town']!,
    countyId: at['county']!,
  }
}

async function makeEvents(count: number): Promise<EventCore[]> {
  const { calendar, category } = await ruleBook(sourceOf(world.engine), county)
  const now = world.clock.now()
  const made = fc
    .sample(someState, { numRuns: count, seed: 20261127 })
    .map(({ place, isSilent, ...state }): EventCore => {
      const site = siteOf(place)
      const report = { id: freshId(now), source: state.source, text: '', people: 0, scale: 'single' as const }
      const blank = receiveReport({ ...report, urgency: 0, reporterId: null }, category('5001', now)!, site, {
        now,
        calendar,
        isSampled: false,
      })
      const deskPlaceId = [site.villageId, site.townId, site.countyId][state.level - 1] ?? site.countyId
      const statusSince = isSilent ? now - 4 * dayLength : now
      const late = isSilent ? { dueAt: now - 1 } : {}
      return { ...blank, ...state, ...asked(state.status, now), ...late, statusSince, deskPlaceId }
    })
  const rows = made.map((core, i) =>
    eventRow(
      {
        county,
        no: `T${i}`,
        title: '路灯',
        content: '路灯',
        placeText: '',
        point: null,
        reportedAt: now,
        occurredAt: null,
        hotlineNo: null,
        externalDueAt: null,
        words: [],
        core,
      },
      calendar,
    ),
  )
  await world.engine.database.write(async (tx) => {
    await run(tx, eventSink.into(rows))
    for (const e of made)
      await run(
        tx,
        sql`
          update events.event
          set co_departments = ${e.coHandlers.filter((h) => !h.isDone).map((h) => h.departmentId)}::uuid[]
          where id = ${e.id}
        `,
      )
  })
  return made
}

async function askerOf(login: string): Promise<Asker> {
  const { sessions, shelf } = world.engine
  return { caller: (await sessions.find(`token-${login}`, world.clock.now()))!, shelf }
}

test('a work list in the database is the work list of the rules, for everybody and over events in every state', async () => {
  let rows = 0
  for (const login of logins) {
    const asker = await askerOf(login)
    for (const queue of workQueues) {
      const listed = await rowsOf<{ id: string }>(
        world.engine.database.read,
        sql`select e.id from events.event e where e.county_code = ${county} and ${waiting(queue, asker, world.clock.now())} order by 1`,
      )
      const wanted = events
        .filter((e) => waitsFor(queue, e, actorOf(asker, e, arounds.get(e.id)), moment))
        .map((e) => e.id)
      assert.deepEqual(
        listed.map((r) => r.id),
        wanted.toSorted(),
        `${login} ${queue}`,
      )
      rows += wanted.length
    }
  }
  assert.ok(rows > 300, `${rows} rows stood in lists`)
})

test('each row of a work list has an action of the list on offer', async () => {
  const known = { ...moment, openChildren: 0 }
  for (const login of logins) {
    const asker = await askerOf(login)
    for (const queue of workQueues) {
      const actions = queueTable[queue].map((w) => w.action)
      for (const event of events.filter((e) => waitsFor(queue, e, actorOf(asker, e, arounds.get(e.id)), moment))) {
        // A department that helps has not finished: the event still waits for its handler, who may ask after it.
        const onOffer = offersFor(
          asker,
          { ...event, coHandlers: event.coHandlers.filter((h) => h.isDone) },
          { ...known, around: arounds.get(event.id) ?? null },
        )
        const isHelper = event.coHandlers.some(
          (h) => !h.isDone && asker.caller.posts.some((p) => p.departmentId === h.departmentId),
        )
        assert.ok(
          isHelper || actions.some((a) => onOffer.includes(a)),
          `${login} ${queue} ${event.status}: ${onOffer.join()}`,
        )
      }
    }
  }
})

test('what waits for somebody he sees, also where it was told in confidence', async () => {
  let secret = 0
  for (const login of logins) {
    const asker = await askerOf(login)
    const inReach = within(reachOf({ ...asker, now: world.clock.now() }))
    for (const queue of workQueues) {
      const waits = sql`e.county_code = ${county} and e.is_sensitive and ${waiting(queue, asker, world.clock.now())}`
      const rows = await rowsOf<{ id: string; status: string; seen: boolean }>(
        world.engine.database.read,
        sql`select e.id, e.status, (${inReach}) as seen from events.event e where ${waits}`,
      )
      secret += rows.length
      assert.deepEqual(
        rows.filter((r) => !r.seen).map((r) => r.status),
        [],
        `${login} ${queue}`,
      )
    }
  }
  assert.ok(secret > 100, `${secret} secret rows stood in lists`)
})
