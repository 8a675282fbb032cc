/** A working day for the demo: places of buildings, a micro-grid of 56 households for a liaison of 70, care, facilities, tasks, some visits done, badges. */
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { Geometry } from '@fengge/domain/places/terms'
import { recordVisit } from '@fengge/server/visits/commands/record-visit'
import { listForms, runRules } from '@fengge/server/visits/door'
import { actAs } from '@fengge/server/kernel/act-as'
import { systemCaller, type Ctx } from '@fengge/server/kernel/context'
import { rowOf, rowsOf, sql, run } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { findCaller } from '@fengge/server/kernel/sessions'
import { placeTree, refreshTree } from '@fengge/server/places/door'
import { saveIssuedCode, savePlace } from '@fengge/server/places/store'
import { scatter } from './draw-county.ts'
import type { Dice } from './random.ts'

export const liaisonHouseholds = 56

/** @param engine with the clock of today, not of the days lived through */
export async function fillWork(engine: Engine, county: string, dice: Dice): Promise<{ tasks: number; visits: number }> {
  const grids = await rowsOf<{ id: string; geometry: Geometry }>(
    engine.database.read,
    sql`
      select b.place_id as id, b.geometry
      from places.boundary b
      where b.valid_to is null
        and b.place_id in (select distinct grid_id from registry.building where county_code = ${county})
    `,
  )
  for (const grid of grids) await placeBuildings(engine, county, grid.id, grid.geometry, dice)
  const first = await rowOf<{ place_id: string }>(
    engine.database.read,
    sql`
      select p.place_id
      from identity.posting p join identity.account a on a.id = p.account_id
      where a.login = 'worker' and a.county_code = ${county}
      limit 1
    `,
  )
  const as = systemCaller(county)
  await actAs(engine, as, 'demo:work', async (ctx) => {
    await makeMicro(ctx, first!.place_id, dice)
    await writeCare(ctx, first!.place_id, dice)
  })
  await refreshTree(engine.database)
  await runRules(engine)
  const visits = await visitAround(engine, county, dice)
  const tasks = await rowOf<{ n: number }>(
    engine.database.read,
    sql`select count(*) as n from visits.task where county_code = ${county} and state = 'open'`,
  )
  await actAs(engine, as, 'demo:badges', (ctx) => giveBadges(ctx, dice))
  return { tasks: Number(tasks!.n), visits }
}

async function placeBuildings(
  engine: Engine,
  county: string,
  gridId: string,
  shape: Geometry,
  dice: Dice,
): Promise<void> {
  const buildings = await rowsOf<{ id: string }>(
    engine.database.read,
    sql`
      select id
      from registry.building
      where county_code = ${county} and grid_id = ${gridId}
      order by length(name), name
    `,
  )
  const points = scatter(shape, buildings.length, dice).toSorted((a, b) => a[1] - b[1])
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        update registry.building b
        set lng = p.lng, lat = p.lat
        from
          unnest(${buildings.slice(0, points.length).map((b) => b.id)}::uuid[], ${points.map((p) => p[0])}::float8[], ${points.map((p) => p[1])}::float8[]) as p (id, lng, lat)
        where b.county_code = ${county} and b.id = p.id
      `,
    ),
  )
}

/** The liaison's micro-grid: the first 56 lived-in households of the worker's grid. */
async function makeMicro(ctx: Ctx, gridId: string, dice: Dice): Promise<void> {
  const grid = placeTree().get(gridId)!
  const id = dice.id(ctx.now),
    code = `${grid.code}01`
  await savePlace(ctx.tx, {
    id,
    code,
    name: `${grid.name}一号微网格`,
    level: 'micro',
    parent_id: gridId,
    county_code: ctx.caller.countyCode,
    kind: 'micro',
    dedicated_kind: null,
    households: liaisonHouseholds,
    people: null,
    norm_reason: null,
    valid_from: dayOf(ctx.now),
  })
  await saveIssuedCode(ctx.tx, code, id, dayOf(ctx.now))
  await run(
    ctx.tx,
    sql`
      update registry.house
      set micro_id = ${id}
      where county_code = ${ctx.caller.countyCode}
        and id in (
          select h.id
          from registry.house h join registry.building b on b.county_code = h.county_code and b.id = h.parent_id
          where h.county_code = ${ctx.caller.countyCode} and h.grid_id = ${gridId} and h.sort = 'self'
          order by length(b.name), b.name, h.name
          limit ${liaisonHouseholds}
        )
    `,
  )
  // Six of the households are of somebody old who lives alone.
  const alone = await rowsOf<{ house_id: string; person_id: string }>(
    ctx.tx,
    sql`
      select distinct on (l.house_id) l.house_id, l.person_id
      from registry.link l join registry.house h on h.county_code = l.county_code and h.id = l.house_id
      where h.county_code = ${ctx.caller.countyCode} and h.micro_id = ${id} and l.to_on is null and l.role <> 'owner'
      order by l.house_id, l.person_id
      limit 6
    `,
  )
  for (const [i, a] of alone.entries()) {
    const born = `${1938 + i * 2}-0${1 + i}-12`
    await run(
      ctx.tx,
      sql`
        delete from registry.link
        where county_code = ${ctx.caller.countyCode} and house_id = ${a.house_id} and person_id <> ${a.person_id}
      `,
    )
    await run(
      ctx.tx,
      sql`
        update registry.person
        set born = ${born}, sort = 'resident', body = body || ${JSON.stringify({ born, kind: 'resident' })}::jsonb
        where county_code = ${ctx.caller.countyCode} and id = ${a.person_id}
      `,
    )
    await run(
      ctx.tx,
      sql`
        insert into visits.last (county_code, subject_id, form_code, on_day)
        values (${ctx.caller.countyCode}, ${a.person_id}, 'elder-alone', ${addDays(dayOf(ctx.now), -32 + i * 3)})
        on conflict do nothing
      `,
    )
  }
  await run(
    ctx.tx,
    sql`
      update identity.posting p
      set place_id = ${id}
      from identity.account a
      where a.id = p.account_id and a.login = 'liaison' and a.county_code = ${ctx.caller.countyCode}
    `,
  )
}

/** A few people in care and things to inspect, and when the old were last seen, so that something is due on any day. */
async function writeCare(ctx: Ctx, gridId: string, dice: Dice): Promise<void> {
  const county = ctx.caller.countyCode,
    today = dayOf(ctx.now)
  const people = await rowsOf<{ id: string; born: string }>(
    ctx.tx,
    sql`
      select id, born
      from registry.person
      where county_code = ${county} and grid_id = ${gridId} and sort = 'resident'
      order by id
    `,
  )
  for (const kind of ['hardship', 'released', 'hardship', 'mental-health', 'correction', 'hardship'] as const) {
    const person = dice.pick(people)
    await run(
      ctx.tx,
      sql`
        insert into
          registry.overlay (county_code, id, person_id, kind, sealed, visit_days, cautions, started_on, visited_at)
        values
          (${county}, ${dice.id(ctx.now)}, ${person.id}, ${kind}, ${ctx.sealer.seal('演示')}, 30, ${dice.chance(0.4) ? ['in-pairs'] : ['knock-first']}::text[], ${addDays(today, -200)}, ${new Date(ctx.now - (20 + dice.int(12)) * 86_400_000)})
      `,
    )
  }
  for (const p of people.filter((x) => x.born < addDays(today, -70 * 365)).slice(0, 60))
    await run(
      ctx.tx,
      sql`
        insert into visits.last (county_code, subject_id, form_code, on_day)
        values (${county}, ${p.id}, 'elder-alone', ${addDays(today, -18 - dice.int(16))})
        on conflict do nothing
      `,
    )
  for (const [i, name] of ['1 幢电梯', '2 幢电梯', '地下车库充电点', '消防通道'].entries()) {
    const kind = i < 2 ? 'elevator' : i === 2 ? 'charging' : 'fire-lane'
    await run(
      ctx.tx,
      sql`
        insert into registry.facility (
            county_code, id, name, sort, parent_id, grid_id, village_id, town_id, body, origin, confirmed_at, due_at,
            created_at, changed_at
          )
        select
          county_code, ${dice.id(ctx.now)}, ${name}, ${kind}, id, grid_id, village_id, town_id,
          ${JSON.stringify({ name, kind, cycleDays: 30 })}::jsonb, '{}', ${new Date(ctx.now - 86_400_000)},
          ${new Date(ctx.now + 29 * 86_400_000)}, ${new Date(ctx.now)}, ${new Date(ctx.now)}
        from registry.building
        where county_code = ${county} and grid_id = ${gridId}
        order by length(name), name
        limit 1
      `,
    )
  }
}

/** What the worker did in the last days, by the very command of the phone. */
async function visitAround(engine: Engine, county: string, dice: Dice): Promise<number> {
  const account = await rowOf<{ id: string }>(
    engine.database.read,
    sql`select id from identity.account where county_code = ${county} and login = 'worker'`,
  )
  const caller = await findCaller(engine.database.read, account!.id, engine.clock.now())
  const grid = caller!.posts[0]!.placeId
  const tasks = await rowsOf<{
    id: string
    matter_id: string
    form_code: string
    subject_kind: 'person'
    subject_id: string
  }>(
    engine.database.read,
    sql`
      select id, matter_id, form_code, subject_kind, subject_id
      from visits.task
      where county_code = ${county} and grid_id = ${grid} and state = 'open' and subject_kind <> 'grid'
      order by due_on desc, id
      limit 14
    `,
  )
  const forms = await listForms(engine.database.read, county)
  for (const [i, task] of tasks.entries()) {
    const form = forms.find((f) => f.code === task.form_code)!
    const answers = Object.fromEntries(
      form.fields.filter((f) => f.type === 'choice').map((f) => [f.code, f.choices[0]![0]]),
    )
    const id = dice.id(engine.clock.now())
    await actAs(engine, caller!, 'demo:visit', (ctx) =>
      recordVisit(ctx, {
        requestId: id,
        id,
        taskId: task.id,
        matterId: task.matter_id,
        formCode: task.form_code,
        subjectKind: task.subject_kind,
        subjectId: task.subject_id,
        outcome: i % 6 === 5 ? 'not-home' : 'met',
        answers: i % 6 === 5 ? {} : answers,
        note: '',
        madeAt: new Date(ctx.now - dice.int(48) * 3_600_000).toISOString(),
        onBehalfOf: '',
        isSpoken: false,
        hazards: [],
        eventIds: [],
      }),
    )
  }
  return tasks.length
}

async function giveBadges(ctx: Ctx, dice: Dice): Promise<void> {
  const people = await rowsOf<{ account_id: string; posting_id: string }>(
    ctx.tx,
    sql`
      select distinct on (p.account_id) p.account_id, p.id as posting_id
      from identity.posting p join identity.account a on a.id = p.account_id
      where a.county_code = ${ctx.caller.countyCode} and a.login in ('worker', 'liaison')
      order by p.account_id, p.from_on
    `,
  )
  for (const [i, p] of people.entries())
    await run(
      ctx.tx,
      sql`
        insert into identity.badge (id, account_id, posting_id, code, issued_at, expires_on)
        values
          (${dice.id(ctx.now)}, ${p.account_id}, ${p.posting_id}, ${`DEMQ2345${i + 2}W`}, ${new Date(ctx.now)}, ${addDays(dayOf(ctx.now), 360)})
      `,
    )
}
