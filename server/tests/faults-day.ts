/** A seeded day of one worker on two phones: the same for a schedule and its twin but for the ids. */
import { composeId } from '@fengge/domain/kernel/id'
import type { AskOfAct, SentAct } from '@fengge/domain/sync/contract/acts'
import type { ActName } from '@fengge/domain/sync/terms'
import type { Fresh } from '@fengge/web/offline/outbox.ts'
import { rowsWritten, sql } from '../src/kernel/db/sql.ts'
import { county, type World } from './world.ts'

export type Random = () => number
export interface Deed extends Fresh {
  readonly requestId: string
  readonly phone: 0 | 1
}
export interface Scene {
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

/** Whose day it is: a house, two tasks, and dice for what happens and for the ids. */
export interface Cast {
  readonly world: World
  readonly scene: Scene
  readonly house: string
  readonly tasks: readonly string[]
  readonly shape: Random
  readonly ids: Random
  readonly name: string
}

/** What the worker does in one day, on which phone. */
export function writeDay(cast: Cast): Deed[] {
  const { shape } = cast
  const deeds: Deed[] = []
  const count = 3 + Math.floor(shape() * 5)
  for (let k = 0; k < count; k++) {
    const phone = shape() < 0.5 ? 0 : 1
    const kind = Math.floor(shape() * 6)
    // Of services at most one a day.
    if (kind === 5 && deeds.some((d) => d.name === 'takeService')) continue
    deeds.push(...kinds[kind]!(cast, k).map((d) => ({ label: '', phone, ...d }) as Deed))
  }
  return deeds
}

type Draft = { readonly [N in ActName]: { readonly name: N; readonly ask: AskOfAct<N> } }[ActName] & {
  readonly requestId: string
  readonly subject: string
  readonly needs?: readonly string[]
}
const idFrom = (random: Random) =>
  composeId(
    1_772_400_000_000 + Math.floor(random() * 1e6),
    Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
  )
const at = '2026-03-02T09:00:00+08:00'

const kinds: readonly ((cast: Cast, k: number) => Draft[])[] = [
  function report({ ids, world, name }, k) {
    const [event, requestId] = [idFrom(ids), idFrom(ids)]
    const text = `${name} ${k}`
    const ask = { id: event, title: text, content: text, categoryCode: '5001', gridId: world.at['grid1']! }
    return [{ requestId, name: 'reportEvent', subject: event, ask }]
  },
  function reportWrongly({ ids, world }) {
    const [event, requestId] = [idFrom(ids), idFrom(ids)]
    const ask = { id: event, title: '错类', content: '错类', categoryCode: '9999', gridId: world.at['grid1']! }
    return [{ requestId, name: 'reportEvent', subject: '', ask }]
  },
  function visit({ ids, world, scene, tasks, shape }, k) {
    const task = tasks[shape() < 0.5 ? 0 : 1]!
    const [visitId, requestId] = [idFrom(ids), idFrom(ids)]
    const ask = {
      id: visitId,
      taskId: task,
      matterId: scene.matterId,
      formCode: 'patrol',
      subjectKind: 'grid' as const,
      subjectId: world.at['grid1']!,
      outcome: 'done' as const,
      answers: { state: 'good' },
      note: `${k}`,
      madeAt: at,
    }
    return [{ requestId, name: 'recordVisit', subject: task, ask }]
  },
  function confirm({ ids, house }) {
    return [{ requestId: idFrom(ids), name: 'confirmRecords', subject: house, ask: { ids: [house] } }]
  },
  function moveIn({ ids, world, house }, k) {
    const [person, saved, link, tied] = [idFrom(ids), idFrom(ids), idFrom(ids), idFrom(ids)]
    const values = { name: `甲${k}`, kind: 'floating' }
    const record = { id: person, kind: 'person' as const, version: 0, placeId: world.at['grid1']!, values }
    const tie = {
      id: link,
      personId: person,
      houseId: house,
      role: 'tenant' as const,
      fromOn: '2026-03-01',
      basis: '租约',
    }
    return [
      { requestId: saved, name: 'saveRecord', subject: house, ask: record },
      { requestId: tied, name: 'linkPerson', subject: house, needs: [saved], ask: tie },
    ]
  },
  function serve({ ids, world, scene }) {
    const [service, taken, moved] = [idFrom(ids), idFrom(ids), idFrom(ids)]
    const ask = {
      id: service,
      matterId: scene.serviceMatterId,
      what: '代办居住证',
      personId: null,
      askedBy: '老李',
      dueOn: '2026-03-09',
      gridId: world.at['grid1']!,
      madeAt: at,
    }
    const step = { id: service, to: 'handed-in' as const, note: '已递交' }
    return [
      { requestId: taken, name: 'takeService', subject: service, ask },
      { requestId: moved, name: 'moveService', subject: service, needs: [taken], ask: step },
    ]
  },
]

/** An act as it goes over the line. */
export const toAct = (d: Deed, seq: number): SentAct =>
  ({
    requestId: d.requestId,
    seq,
    name: d.name,
    ask: d.ask,
    madeAt: at,
    needs: [...(d.needs ?? [])],
    subject: d.subject ?? '',
  }) as SentAct
