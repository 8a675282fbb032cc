/** The registry at the size of document 000: household page, figures, search, tasks. `--people N` for fewer. */
import { freshId } from '@fengge/server/kernel/fresh-id'
import { findCaller } from '@fengge/server/identity/door'
import { rowOf, rowsOf, run, sql, type RawBuilder } from '@fengge/server/kernel/db/sql'
import { runRules } from '@fengge/server/visits/door'
import { searchQuota } from '@fengge/domain/registry/sight'
import { createDice } from '../demo/random.ts'
import { fillRegistry, registrySize } from '../demo/fill-registry.ts'
import type { Stage } from './stage.ts'
import { vacuum } from './fill.ts'

export const county = '320206'

export async function fill({ engine, measures, print }: Stage): Promise<void> {
  const began = performance.now()
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        truncate registry.person,
        registry.house,
        registry.building,
        registry.estate,
        registry.unit,
        registry.link,
        registry.tally
      `,
    ),
  )
  const share = measures.people / registrySize.persons
  const filling = { engine, county, dice: createDice(3), now: Date.now() }
  const total = await fillRegistry(filling, share, () => undefined)
  await vacuum(
    engine.database.url,
    ['person', 'house', 'building', 'link', 'unit'].map((t) => `registry.${t}`),
  )
  print('registry filled: seconds', (performance.now() - began) / 1000, 'stated', total)
}

export async function measureHousehold(stage: Stage): Promise<void> {
  const { headers, account } = await stage.enter('worker')
  const { database } = stage.engine
  const caller = (await findCaller(database.read, account, Date.now()))!
  const houses = await rowsOf<{ id: string }>(
    database.read,
    sql`
      select id
      from registry.house
      where county_code = ${county} and grid_id = ${caller.posts[0]!.placeId}
      limit 200
    `,
  )
  const paths = houses.map((h) => `?houseId=${h.id}`)
  const { ratio, more } = await stage.compare(
    { url: `${await stage.bare()}/household`, paths },
    { url: `${await stage.product()}/api/registry/household`, paths, headers: [headers] },
  )
  stage.print('household page, ratio to a bare route with the same SQL', ratio, '>= 0.85', more)
}

export async function measureFigures(stage: Stage): Promise<void> {
  const { headers } = await stage.enter('county')
  const url = `${await stage.product()}/api/registry/composition`
  const { p99, more } = await stage.play({ url, headers: [headers], connections: 1, seconds: 3 })
  const figures = (await (await fetch(url, { headers })).json()) as {
    persons: number
    houses: number
    units: number
    byKind: Record<string, number>
    floatingShare: number
    rentalShare: number
  }
  const recount = (await rowOf<{ persons: number; floating: number; houses: number; units: number }>(
    stage.engine.database.read,
    sql`
      select
        (select count(*) from registry.person where state = 'live') as persons,
        (select count(*) from registry.person where state = 'live' and sort = 'floating') as floating,
        (select count(*) from registry.house where state = 'live') as houses,
        (select count(*) from registry.unit where state = 'live') as units
    `,
  ))!
  const isEqualToRecount =
    figures.persons === recount.persons &&
    figures.houses === recount.houses &&
    figures.units === recount.units &&
    figures.byKind['floating'] === recount.floating
  stage.print('composition figures of the county, p99 ms', p99, '< 200', {
    isEqualToRecount,
    persons: figures.persons,
    floatingShare: figures.floatingShare,
    rentalShare: figures.rentalShare,
    ...more,
  })
}

/** The whole county is the reach of a registrar of the county, the widest there is. */
export async function measureSearch(stage: Stage): Promise<void> {
  const { database } = stage.engine
  const { account } = await stage.enter('county')
  const place = await rowOf<{ place_id: string }>(
    database.read,
    sql`select place_id from identity.posting where account_id = ${account} limit 1`,
  )
  await database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
        values (${freshId()}, ${account}, 'registrar', 'business', ${place!.place_id}, null, '2025-01-01', null)
      `,
    ),
  )
  // A session of its own, since callers are remembered with the posts they had.
  const { headers } = await stage.enter('county')
  const some = await rowsOf<{ name: string; spelled: string; initials: string }>(
    database.read,
    sql`select name, spelled, initials from registry.person order by id limit 300`,
  )
  // Fifteen phones and fifteen ends of one: all that an account may ask for in a day.
  const few = Array.from({ length: searchQuota / 2 }, (_, i) => i)
  const kinds: [string, readonly string[]][] = [
    ['name', some.map((p) => p.name)],
    ['surname alone', some.map((p) => p.name.slice(0, 1))],
    ['pinyin', some.map((p) => p.spelled)],
    ['initials', some.map((p) => p.initials)],
    ['phone', few.map((i) => `199${String(i * 7919).padStart(8, '0')}`)],
    ['last four', few.map((i) => String(1000 + i))],
    ['address', some.map((_, i) => `阳光花园${1 + (i % 16)}幢${1 + (i % 11)}01`)],
  ]
  const url = `${await stage.product()}/api/registry/search`
  for (const [name, texts] of kinds) {
    const load = {
      url,
      headers: [headers],
      bodies: { make: 'turn', asks: texts.map((text) => ({ text })) },
      seconds: 4,
    } as const
    const { p99, perSecond, more } = await stage.play(load)
    stage.print(`registry search by ${name}, whole county, p99 ms`, p99, '< 100', {
      perSecond: Math.round(perSecond),
      ...more,
    })
  }
}

/** Where somebody is registered, for a desk of the county: as many as it may ask for in a day, some borne by very many. */
export async function measureTrace(stage: Stage): Promise<void> {
  const { headers } = await stage.enter('county')
  const borne = (order: RawBuilder<unknown>) =>
    rowsOf<{ name: string }>(
      stage.engine.database.read,
      sql`select name from registry.person where state = 'live' group by name order by ${order} limit ${searchQuota / 3}`,
    )
  const names = [...(await borne(sql`count(*) desc, name`)), ...(await borne(sql`count(*), name`))]
  const phones = Array.from({ length: searchQuota / 3 }, (_, i) => `199${String(i * 7919).padStart(8, '0')}`)
  const texts = [...names.map(({ name }) => name), ...phones]
  const asks = texts.map((text) => ({ text, purpose: 'event', note: '核对事件当事人' }))
  const url = `${await stage.product()}/api/registry/trace`
  const { p99, perSecond, more } = await stage.play({ url, headers: [headers], bodies: { make: 'turn', asks } })
  stage.print('persons sought by a desk of the county, p99 ms', p99, '< 100', {
    perSecond: Math.round(perSecond),
    ...more,
  })
}

/** Rules over the whole county: tasks made, and looked for again; which rules cannot be met; one worker's delta among all. */
export async function measureTasks(stage: Stage): Promise<void> {
  const { engine, print } = stage
  await engine.database.write((tx) => run(tx, sql`delete from visits.task`))
  let began = performance.now()
  await runRules(engine)
  const made = await rowOf<{ n: number }>(engine.database.read, sql`select count(*) as n from visits.task`)
  print('tasks of the whole county made from its rules, s', (performance.now() - began) / 1000, 'stated', {
    tasks: made!.n,
  })
  began = performance.now()
  await runRules(engine)
  print('the same again, nothing new, s', (performance.now() - began) / 1000, 'stated')
  const url = await stage.product()
  const desk = await stage.enter('countychief')
  began = performance.now()
  const rota = await fetch(`${url}/api/visits/rota`, { headers: desk.headers })
  print('rota of 617 grids, s', (performance.now() - began) / 1000, 'stated', { status: rota.status })
  const { headers } = await stage.enter('worker')
  const { cursor } = (await (await fetch(`${url}/api/sync/pull`, { headers })).json()) as { cursor: string }
  const delta = { url: `${url}/api/sync/pull?cursor=${cursor}`, headers: [headers], seconds: 4 }
  const { p99, perSecond, more } = await stage.play(delta)
  print('delta of a worker in the full county, p99 ms', p99, '< 150', { perSecond: Math.round(perSecond), ...more })
}
