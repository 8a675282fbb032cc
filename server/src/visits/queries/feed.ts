/** What a phone holds of visits: open tasks of its grids with whom and where, and open services. */
import type { Left, WireOf } from '@fengge/domain/kernel/row'
import { service, task } from '@fengge/domain/visits/rows'
import type { Asking, Caller } from '../../kernel/context.ts'
import { isFresh, isNews, jsonRows, type Fed, type Part, type Since } from '../../kernel/db/feed.ts'
import { sql } from '../../kernel/db/sql.ts'
import { addressText, cautionsFor } from '../../registry/door.ts'
import { apartFrom } from '../store/reach.ts'
import { servicesShown } from '../services-shown.ts'
import { askedByAt } from '../store/services.ts'

export interface VisitScope extends Since {
  readonly county: string
  readonly grids: readonly string[]
  readonly micros: readonly string[]
  readonly accountId: string
  readonly caller: Caller
}
/** Sub-selects of the one statement (server/src/sync/queries/changes.ts). */
export function visitFeed(s: VisitScope): Readonly<Record<string, Part>> {
  return { task: tasks(s), keepTask: openTasks(s), service: services(s) }
}

/** Tasks of the grid, or for the holder alone; a liaison gets those of her micro-grid's people and houses. */
const mineOf = (s: VisitScope): Part => sql`
  (
    t.grid_id = any(${s.grids}::uuid[])
    and (t.account_id is null or t.account_id = ${s.accountId}
    ) ${s.micros.length === 0 ? sql`` : sql`or h.micro_id = any(${s.micros}::uuid[])`}
  )
`

/** Name, house and building come along, so that the page of today works before the registry has arrived. */
function tasks(s: VisitScope): Part {
  return jsonRows(
    task,
    {
      id: 't.id',
      version: 't.version',
      state: 't.state',
      matterId: 't.matter_id',
      origin: 't.origin',
      originName: 't.origin_name',
      subjectKind: 't.subject_kind',
      subjectId: 't.subject_id',
      gridId: 't.grid_id',
      formCode: 't.form_code',
      title: 't.title',
      note: 't.note',
      earliestOn: 't.earliest_on',
      dueOn: 't.due_on',
      windowFrom: 't.window_from',
      windowTo: 't.window_to',
      minutes: 't.minutes',
      priority: 't.priority',
      cautions: 't.cautions',
      tries: 't.tries',
      name: 'coalesce(p.name, u.name, f.name)',
      houseId: 'h.id',
      buildingId: 'b.id',
      address: addressText({ estate: 'e.name', building: 'b.name', unitNo: 'h.unit_no', room: 'h.name' }),
      lng: 'b.lng',
      lat: 'b.lat',
      place: 'coalesce(f.address, u.address)',
    },
    sql`
      visits.task t
      ${subjects}
      where t.county_code = ${s.county} and ${s.isFirst ? sql`t.state = 'open'` : isFresh(s, 't')} and ${mineOf(s)}
        and ${apartFrom(s)}
    `,
  )
}

/**
 * Whom or what a task is for, and the house, building and estate of it: in the grid of the task. A home in another grid
 * is named to that one alone.
 */
const subjects = sql`
  left join registry.public_person p on t.subject_kind = 'person'
  and p.county_code = t.county_code
  and p.id = t.subject_id
  left join registry.public_unit u on t.subject_kind = 'unit'
  and u.county_code = t.county_code
  and u.id = t.subject_id
  left join registry.public_facility f on t.subject_kind = 'facility'
  and f.county_code = t.county_code
  and f.id = t.subject_id
  left join lateral (
    select l.house_id
    from registry.public_home l
    where t.subject_kind = 'person'
      and l.county_code = t.county_code
      and l.person_id = t.subject_id
      and l.role <> 'owner'
    order by l.is_lead desc, l.id
    limit 1
  ) hl on true
  left join registry.public_house h on h.county_code = t.county_code
  and h.id = coalesce(hl.house_id, case when t.subject_kind = 'house' then t.subject_id end, u.parent_id)
  and h.grid_id = t.grid_id
  left join registry.public_building b on b.county_code = t.county_code
  and b.id = coalesce(h.parent_id, u.parent_id, f.parent_id)
  left join registry.public_estate e on e.county_code = t.county_code
  and e.id = b.parent_id
`

function openTasks(s: VisitScope): Part {
  return sql`
    (
      select json_agg(right(t.id::text, 12))
      from visits.task t ${s.micros.length === 0 ? sql`` : subjects}
      where t.county_code = ${s.county} and t.state = 'open' and ${mineOf(s)} and ${apartFrom(s)}
    )
  `
}

function services(s: VisitScope): Part {
  return jsonRows(
    service,
    {
      id: 't.id',
      version: 't.version',
      state: 't.state',
      no: 't.no',
      what: 't.what',
      personId: 't.person_id',
      gridId: 't.grid_id',
      dueOn: 't.due_on',
      takenBy: 't.taken_by',
      steps: 't.steps',
      // Opened in viewVisits: it is sealed in the books.
      askedBy: 't.asked_by_sealed',
    },
    sql`
      visits.service t
      where t.county_code = ${s.county}
        and t.grid_id = any(${s.grids}::uuid[])
        and ${apartFrom(s, 't.person_id')}
        and ${s.isFirst ? sql`t.state not in ('told', 'withdrawn')` : isFresh(s, 't')}
    `,
  )
}

export interface HeldVisits {
  readonly rows: { readonly task: WireOf<typeof task>[]; readonly service: WireOf<typeof service>[] }
  readonly gone: (Left<'task', 'done' | 'dropped'> | Left<'service', 'told' | 'withdrawn'>)[]
}
/** Tasks and services still open, as a phone gets them; those that are done meanwhile are told as gone. */
export function viewVisits(ctx: Asking, lists: Readonly<Record<string, Fed>>): HeldVisits {
  const gone: HeldVisits['gone'] = []
  const tasks = (lists['task'] ?? []).flatMap((wire) => {
    const held = task.unpack(wire)
    if (held.state === 'open') return [task.pack({ ...held, cautions: cautionsFor(ctx, held.gridId, held.cautions) })]
    gone.push(['task', held.id, held.state])
    return []
  })
  const shown = servicesShown(ctx)
  const services = (lists['service'] ?? []).flatMap((wire) => {
    const kept = service.unpack(wire)
    if (kept.state !== 'told' && kept.state !== 'withdrawn')
      return [service.pack(shown({ ...kept, askedBy: ctx.sealer.open(kept.askedBy, askedByAt(kept.id)) }))]
    gone.push(['service', kept.id, kept.state])
    return []
  })
  return { rows: { task: tasks, service: services }, gone }
}

/** Whether anything that `visitFeed` sends was written since phone `a` was told last. */
export const visitNews = (): Part => sql`
  exists (
    select 1
    from visits.task t
    where t.county_code = a.county and t.grid_id = any(a.grids) and ${isNews('t')}
  )
  or exists (
    select 1
    from visits.service t
    where t.county_code = a.county and t.grid_id = any(a.grids) and ${isNews('t')}
  )
`
