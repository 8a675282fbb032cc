/**
 * Plays seeded days of two phones of one worker against the real server and database, with the line cut before and
 * after, repeats, late copies out of order, killed windows, killed connections and wrong clocks, and compares what the
 * books hold with the same day played in order without a fault. The phones run the very outbox of the app.
 */
import { composeId } from '@fengge/domain/kernel/id'
import type { Act, ActName, Fate } from '@fengge/domain/sync/terms'
import { dice } from '@fengge/domain/visits/planning/route'
import { Outbox, type ActStore, type Fresh, type KeptAct } from '@fengge/web/offline/outbox.ts'
import { rowsOf, sql, rowsWritten, run } from '../src/kernel/db/sql.ts'
import { county, type World } from './world.ts'

export interface FaultCounts {
  cutBefore: number
  cutAfter: number
  repeats: number
  lateCopies: number
  windowsKilled: number
  connectionsKilled: number
  putAside: number
  acts: number
  lost: number
  doubled: number
  different: string[]
}
type Random = () => number
interface Deed extends Fresh {
  readonly phone: 0 | 1
  readonly isRefused: boolean
}

const id = (random: Random) =>
  composeId(
    1_772_400_000_000 + Math.floor(random() * 1e6),
    Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
  )

interface Scene {
  readonly houses: readonly string[]
  readonly tasks: readonly { id: string; gridId: string }[]
  readonly matterId: string
  readonly serviceMatterId: string
}

/** Houses and tasks for a run of schedules: one house and two tasks for each, and as many for its twin. */
export async function setScene(world: World, count: number): Promise<Scene> {
  const matters = (await world.get('rules', '/api/matters', { onlyInForce: 'yes' })).body.matters as {
    id: string
    code: string
  }[]
  const matterId = matters.find((m) => m.code === '000-B01')!.id,
    serviceMatterId = matters.find((m) => m.code === '000-G01')!.id
  const grid = world.at['grid1']!
  const houses = await world.engine.database.write((tx) =>
    rowsWritten<{ id: string }>(
      tx,
      sql`
        insert into registry.house (
            county_code, id, name, sort, grid_id, village_id, town_id, body, origin, created_at, changed_at
          )
        select
          ${county}, gen_random_uuid(), n::text, 'self', ${grid}, ${world.at['village']}, ${world.at['town']},
          jsonb_build_object('roomNo', n::text, 'use', 'self'), '{}', now(), now()
        from generate_series(1, ${count * 2}) n
        returning id
      `,
    ),
  )
  const tasks = await world.engine.database.write((tx) =>
    rowsWritten<{ id: string; gridId: string }>(
      tx,
      sql`
        insert into visits.task (
            county_code, id, matter_id, origin, origin_id, origin_name, subject_kind, subject_id, grid_id, village_id,
            town_id, form_code, title, earliest_on, due_on, minutes, priority, made_at
          )
        select
          ${county}, gen_random_uuid(), ${matterId}, 'order', gen_random_uuid(), '', 'grid', ${grid}, ${grid},
          ${world.at['village']}, ${world.at['town']}, 'patrol', '巡查', '2026-03-02', '2026-03-09', 30, 5, now()
        from generate_series(1, ${count * 4})
        returning id, grid_id as "gridId"
      `,
    ),
  )
  return { houses: houses.map((h) => h.id), tasks, matterId, serviceMatterId }
}

/** What the worker does in one day, on which phone: the same for a schedule and its twin but for the ids. */
function writeDay(
  world: World,
  scene: Scene,
  house: string,
  tasks: readonly string[],
  shape: Random,
  ids: Random,
  name: string,
): Deed[] {
  const deeds: Deed[] = []
  const grid = world.at['grid1']!
  const put = (deed: Omit<Deed, 'label' | 'isRefused' | 'requestId'> & { isRefused?: boolean }) => {
    const requestId = id(ids)
    deeds.push({ label: '', isRefused: false, requestId, ...deed })
    return requestId
  }
  const count = 3 + Math.floor(shape() * 5)
  let services = 0
  for (let k = 0; k < count; k++) {
    const phone = shape() < 0.5 ? 0 : 1
    switch (Math.floor(shape() * 6)) {
      case 0: {
        const event = id(ids)
        put({
          phone,
          name: 'reportEvent',
          subject: event,
          ask: { id: event, title: `${name} ${k}`, content: `${name} ${k}`, categoryCode: '5001', gridId: grid },
        })
        break
      }
      case 1: {
        put({
          phone,
          name: 'reportEvent',
          subject: '',
          isRefused: true,
          ask: { id: id(ids), title: '错类', content: '错类', categoryCode: '9999', gridId: grid },
        })
        break
      }
      case 2: {
        const i = shape() < 0.5 ? 0 : 1
        put({
          phone,
          name: 'recordVisit',
          subject: tasks[i]!,
          ask: {
            id: id(ids),
            taskId: tasks[i]!,
            matterId: scene.matterId,
            formCode: 'patrol',
            subjectKind: 'grid',
            subjectId: grid,
            outcome: 'done',
            answers: { state: 'good' },
            note: `${k}`,
            madeAt: '2026-03-02T09:00:00+08:00',
          },
        })
        break
      }
      case 3: {
        put({ phone, name: 'confirmRecords', subject: house, ask: { ids: [house] } })
        break
      }
      case 4: {
        const person = id(ids)
        const saved = put({
          phone,
          name: 'saveRecord',
          subject: house,
          ask: { id: person, kind: 'person', version: 0, placeId: grid, values: { name: `甲${k}`, kind: 'floating' } },
        })
        put({
          phone,
          name: 'linkPerson',
          subject: house,
          needs: [saved],
          ask: { id: id(ids), personId: person, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '租约' },
        })
        break
      }
      default: {
        if (services++ > 0) break
        const service = id(ids)
        const taken = put({
          phone,
          name: 'takeService',
          subject: service,
          ask: {
            id: service,
            matterId: scene.serviceMatterId,
            what: '代办居住证',
            personId: null,
            askedBy: '老李',
            dueOn: '2026-03-09',
            gridId: grid,
            madeAt: '2026-03-02T09:00:00+08:00',
          },
        })
        put({
          phone,
          name: 'moveService',
          subject: service,
          needs: [taken],
          ask: { id: service, to: 'handed-in', note: '已递交' },
        })
      }
    }
  }
  return deeds
}

/** A disk that may be pulled from under the window: what is written stays, what was about to be is not there. */
class Disk implements ActStore {
  rows = new Map<string, KeptAct>()
  diesAfter = Infinity
  all = async () => [...this.rows.values()]
  async put(kept: KeptAct): Promise<void> {
    this.die()
    this.rows.set(kept.act.requestId, structuredClone(kept))
  }
  async drop(kept: KeptAct): Promise<void> {
    this.die()
    this.rows.delete(kept.act.requestId)
  }
  photo = async () => undefined
  private die(): void {
    if (this.diesAfter-- <= 0) throw new Error('killed')
  }
}

/** One schedule with its faults; then its twin without; gives what differs, or undefined. */
export async function playSchedule(
  world: World,
  scene: Scene,
  seed: number,
  at: number,
  counts: FaultCounts,
): Promise<void> {
  const faults = dice(seed * 7 + 3)
  const house = scene.houses[at * 2]!,
    tasks = scene.tasks.slice(at * 4, at * 4 + 2).map((t) => t.id)
  const deeds = writeDay(world, scene, house, tasks, dice(seed), dice(seed * 13 + 1), `甲${seed}`)
  await playPhones(world, deeds, faults, counts)
  const twinHouse = scene.houses[at * 2 + 1]!,
    twinTasks = scene.tasks.slice(at * 4 + 2, at * 4 + 4).map((t) => t.id)
  const twins = writeDay(world, scene, twinHouse, twinTasks, dice(seed), dice(seed * 13 + 2), `甲${seed}`)
  // Connections killed in the day before may only be noticed now: what was not judged is sent again, nothing else.
  let left = twins.map((d, seq) => toAct(d, seq))
  for (let tries = 0; tries < 6 && left.length > 0; tries++) {
    const later = new Set((await post(world, left)).fates.filter((f) => f.fate === 'later').map((f) => f.requestId))
    left = left.filter((a) => later.has(a.requestId))
  }
  counts.acts += deeds.length
  const [found, wanted] = [await booksOf(world, deeds, house, tasks), await booksOf(world, twins, twinHouse, twinTasks)]
  for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
    const a = found[key] ?? '',
      b = wanted[key] ?? ''
    if (a === b) continue
    counts.different.push(`seed ${seed} ${key}: ${a} instead of ${b}`)
    if (a.length < b.length) counts.lost++
    else counts.doubled++
  }
}

const toAct = (d: Deed, seq: number): Act => ({
  requestId: d.requestId!,
  seq,
  name: d.name,
  ask: d.ask as Act['ask'],
  madeAt: '2026-03-02T09:00:00+08:00',
  needs: [...(d.needs ?? [])],
  subject: d.subject ?? '',
})

async function post(world: World, acts: readonly Act[]) {
  const answer = await world.post('worker', '/api/sync/push', { device: '', acts })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body as { fates: Fate[]; now: number }
}

async function playPhones(world: World, deeds: readonly Deed[], random: Random, counts: FaultCounts): Promise<void> {
  const late: Act[][] = []
  let isCalm = false
  let killing: Promise<void> | undefined
  const push = async (acts: readonly Act[]) => {
    if (isCalm) return post(world, acts)
    const roll = random()
    if (roll < 0.15) {
      counts.cutBefore++
      throw new Error('cut')
    }
    if (roll < 0.2) {
      counts.connectionsKilled++
      killing = kill(world)
    }
    const answer = await post(world, acts)
    if (roll < 0.35) {
      counts.cutAfter++
      throw new Error('cut')
    }
    if (roll < 0.45) {
      counts.repeats++
      return post(world, acts)
    }
    if (roll < 0.55) {
      counts.lateCopies++
      late.push([...acts])
    }
    return answer
  }
  const disks = [new Disk(), new Disk()]
  // A phone whose clock is wrong by a day either way makes acts all the same.
  const skews = [0, 1].map(() => Math.round(random() * 2 - 1) * 86_400_000)
  const open = async (phone: 0 | 1) => {
    const box = new Outbox({
      store: disks[phone]!,
      line: { push },
      now: () => world.clock.now() + skews[phone]!,
      makeId: () => '',
    })
    await box.load()
    return box
  }
  const boxes = [await open(0), await open(1)]
  const reopen = async (phone: 0 | 1) => {
    counts.windowsKilled++
    disks[phone]!.diesAfter = Infinity
    boxes[phone] = await open(phone)
  }
  for (const deed of deeds) {
    // The screen acknowledges only what is on the disk: if the window dies before, the worker does it again.
    for (let isKept = false; !isKept;) {
      if (random() < 0.08) disks[deed.phone]!.diesAfter = Math.floor(random() * 2)
      isKept = await boxes[deed.phone]!.add(deed).then(
        () => true,
        () => false,
      )
      if (!isKept) {
        await reopen(deed.phone)
        isKept = boxes[deed.phone]!.find(deed.requestId!) !== undefined
      }
    }
    const both = random()
    const send = (phone: 0 | 1) =>
      boxes[phone]!.flush().then(
        () => undefined,
        () => reopen(phone),
      )
    await Promise.all([both < 0.5 || both > 0.8 ? send(0) : undefined, both >= 0.3 ? send(1) : undefined])
    if (late.length > 0 && random() < 0.5) await post(world, late.splice(Math.floor(random() * late.length), 1)[0]!)
    if (random() < 0.1) await reopen(random() < 0.5 ? 0 : 1)
  }
  isCalm = true
  await killing
  for (const copy of late) await post(world, copy)
  for (const phone of [0, 1] as const) {
    await reopen(phone)
    // What the server failed on six times was put aside, in sight; its holder sends it again by hand.
    for (const k of boxes[phone]!.list().filter((x) => x.state === 'refused' && x.problem === 'server.failed')) {
      counts.putAside++
      await boxes[phone]!.resend(k.act.requestId)
    }
    for (let tries = 0; tries < 8 && boxes[phone]!.waiting().length > 0; tries++) await boxes[phone]!.flush()
    if (boxes[phone]!.list().some((k) => k.state === 'waiting' || k.problem === 'server.failed'))
      counts.different.push(`phone ${phone} still waits`)
  }
}

/** Cuts every writing connection of this server's database at once, as a crash would. */
async function kill(world: World): Promise<void> {
  await rowsOf(
    world.engine.database.read,
    sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and application_name = 'fengge' and pid <> pg_backend_pid()
    `,
  ).catch(() => undefined)
}

/** What the books hold of a day's acts, ids left out, so that a day and its twin read the same. */
async function booksOf(
  world: World,
  deeds: readonly Deed[],
  house: string,
  tasks: readonly string[],
): Promise<Record<string, string>> {
  const read = world.engine.database.read
  const of = (name: ActName) => deeds.flatMap((d) => (d.name === name && 'id' in d.ask ? [d.ask.id] : []))
  const text = async (query: Parameters<typeof rowsOf>[1]) =>
    (await rowsOf<object>(read, query as never))
      .map((r) => JSON.stringify(r))
      .toSorted()
      .join(' ')
  return {
    events: await text(
      sql`
        select
          title, status, (select count(*) from events.flow f where f.event_id = e.id) as flow,
          (select count(*) from events.reporter r where r.event_id = e.id) as reporters
        from events.event e
        where county_code = ${county} and id = any(${of('reportEvent')}::uuid[])
      `,
    ),
    visits: await text(
      sql`
        select form_code, outcome
        from visits.visit
        where county_code = ${county} and id = any(${of('recordVisit')}::uuid[])
      `,
    ),
    tasks: await text(
      sql`select state, version from visits.task where county_code = ${county} and id = any(${tasks}::uuid[])`,
    ),
    persons: await text(
      sql`
        select name, version, state
        from registry.person
        where county_code = ${county} and id = any(${of('saveRecord')}::uuid[])
      `,
    ),
    links: await text(sql`select role from registry.link where county_code = ${county} and house_id = ${house}`),
    house: await text(
      sql`
        select
          version,
          (select count(*) from registry.change c where c.county_code = h.county_code and c.record_id = h.id) as changes
        from registry.house h
        where county_code = ${county} and id = ${house}
      `,
    ),
    services: await text(
      sql`
        select state, version, jsonb_array_length(steps) as steps
        from visits.service
        where county_code = ${county} and id = any(${of('takeService')}::uuid[])
      `,
    ),
    journal: await text(
      sql`
        select fact, count(*) as n
        from audit.journal
        where county_code = ${county}
          and subject = any(${[house, ...of('reportEvent'), ...of('saveRecord'), ...of('takeService')]}::text[])
          and kind = 'fact'
        group by fact
      `,
    ),
  }
}

export const noFaults = (): FaultCounts => ({
  cutBefore: 0,
  cutAfter: 0,
  repeats: 0,
  lateCopies: 0,
  windowsKilled: 0,
  connectionsKilled: 0,
  putAside: 0,
  acts: 0,
  lost: 0,
  doubled: 0,
  different: [],
})
