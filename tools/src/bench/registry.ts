/** The registry at the size of document 000: import, household page, figures, search. `--people N` for fewer. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type autocannon from 'autocannon'
import Fastify from 'fastify'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { findCaller, hashToken } from '@fengge/server/kernel/sessions'
import { saveSession } from '@fengge/server/identity/store'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { openDatabase } from '@fengge/server/kernel/db/pool'
import { rowOf, rowsOf, sql, run } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { runRules } from '@fengge/server/visits/door'
import { runImports } from '@fengge/server/registry/door'
import { createDice } from '../demo/random.ts'
import { inventName } from '../demo/people.ts'
import { fillRegistry, registrySize } from '../demo/fill-registry.ts'

interface Bench {
  readonly engine: Engine
  readonly url: string
  readonly load: (url: string, options: Partial<autocannon.Options>) => Promise<autocannon.Result>
  readonly print: (figure: string, value: number | string, goal: string, more?: object) => void
}
const county = '320206'
const people = Number(process.argv[process.argv.indexOf('--people') + 1]) || registrySize.persons

export async function measureRegistry(b: Bench): Promise<void> {
  const began = performance.now()
  await b.engine.database.write((tx) =>
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
  const filling = { engine: b.engine, county, dice: createDice(3), now: Date.now() }
  const total = await fillRegistry(filling, people / registrySize.persons, () => undefined)
  await b.engine.database.write((tx) =>
    run(tx, sql`vacuum analyze registry.person, registry.house, registry.building, registry.link, registry.unit`),
  )
  b.print('registry filled: seconds', (performance.now() - began) / 1000, 'stated', total)
  await measureImport(b)
  await measureHousehold(b)
  await measureFigures(b)
  await measureSearch(b)
  await measureTasks(b)
}

/** Rules over the whole county: tasks made, and looked for again; which rules cannot be met; one worker's delta among all. */
async function measureTasks({ engine, url, print, load }: Bench): Promise<void> {
  await engine.database.write((tx) => run(tx, sql`delete from visits.task`))
  let began = performance.now()
  await runRules(engine)
  const made = await rowOf<{ n: number }>(engine.database.read, sql`select count(*) as n from visits.task`)
  print('tasks of the whole county made from its rules, s', (performance.now() - began) / 1000, 'stated', {
    tasks: Number(made!.n),
  })
  began = performance.now()
  await runRules(engine)
  print('the same again, nothing new, s', (performance.now() - began) / 1000, 'stated')
  const { headers: desk } = await enter(engine, 'countychief')
  began = performance.now()
  const rota = await fetch(`${url}/api/visits/rota`, { headers: desk })
  print('rota of 617 grids, s', (performance.now() - began) / 1000, 'stated', { status: rota.status })
  const { headers } = await enter(engine, 'worker')
  const { cursor } = (await (await fetch(`${url}/api/sync/pull`, { headers })).json()) as { cursor: string }
  const delta = await load(`${url}/api/sync/pull?cursor=${cursor}`, { headers, duration: 4 })
  print('delta of a worker in the full county, p99 ms', delta.latency.p99, '< 150', {
    perSecond: Math.round(delta.requests.average),
  })
}

let entered = 0
async function enter(engine: Engine, login: string): Promise<{ headers: Record<string, string>; account: string }> {
  const account = (await rowOf<{ id: string }>(
    engine.database.read,
    sql`select id from identity.account where login = ${login}`,
  ))!.id
  await engine.database.write((tx) =>
    saveSession(tx, {
      hash: hashToken(`bench-r-${login}-${++entered}`),
      accountId: account,
      device: 'field',
      hasSecondFactor: false,
      now: Date.now(),
      expiresAt: Date.now() + 86_400_000,
    }),
  )
  return { headers: { authorization: `Bearer bench-r-${login}-${entered}` }, account }
}

async function measureImport({ engine, print }: Bench): Promise<void> {
  const rows = 100_000
  const dice = createDice(5)
  const two = (n: number) => String(n).padStart(2, '0')
  const lines = ['姓名,身份证号,手机,出生日期,户籍地,人口类别']
  for (let i = 0; i < rows; i++) {
    const body = `${995_000 + Math.floor(i / 1000)}${1950 + dice.int(60)}${two(1 + dice.int(12))}${two(1 + dice.int(28))}${String(i % 1000).padStart(3, '0')}`
    lines.push(
      `${inventName(dice)},${body}${identityCheck(body)},198${String(dice.int(1e8)).padStart(8, '0')},,安徽省阜阳市,流动`,
    )
  }
  const text = `${lines.join('\n')}\n`
  const id = freshId()
  mkdirSync(join(engine.settings.dataDir, 'imports'), { recursive: true })
  writeFileSync(join(engine.settings.dataDir, 'imports', `${id}.csv`), text)
  const { account } = await enter(engine, 'village')
  const caller = (await findCaller(engine.database.read, account, Date.now()))!
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into registry.batch (county_code, id, kind, file_name, mode, state, account_id, place_id, at)
        values
          (${county}, ${id}, 'person', 'bench.csv', 'good', 'waiting', ${account}, ${caller.posts[0]!.placeId}, now())
      `,
    ),
  )
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  const began = performance.now()
  await runImports(engine)
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  const batch = await rowOf<{ created: number; faults: number; state: string }>(
    engine.database.read,
    sql`select created, faults, state from registry.batch where id = ${id}`,
  )
  // The same rows, ready as the import wrote them, copied into a table of the same columns: with its indexes, and with none.
  const file = join('/tmp', `fengge-bench-${process.pid}.csv`)
  writeFileSync(file, '', { mode: 0o666 })
  chmodSync(file, 0o666)
  await engine.database.write((tx) =>
    sql.raw(`copy (select * from registry.person where batch_id = '${id}') to '${file}' with (format csv)`).execute(tx),
  )
  const copy = async (name: string, like: string) => {
    await engine.database.write((tx) => run(tx, sql.raw(`create table public.${name} (like registry.person ${like})`)))
    const at = performance.now()
    await engine.database.write((tx) => run(tx, sql.raw(`copy public.${name} from '${file}' with (format csv)`)))
    return (performance.now() - at) / 1000
  }
  const indexed = await copy('bare_indexed', 'including all'),
    plain = await copy('bare_plain', '')
  rmSync(file)
  print(
    'import of 100,000 persons, ratio to a bare COPY of the same columns into the same indexes',
    indexed / seconds,
    '>= 0.25',
    {
      perSecond: Math.round(rows / seconds),
      bare: Math.round(rows / indexed),
      withoutIndexes: Math.round(rows / plain),
      ratioWithoutIndexes: Number((plain / seconds).toPrecision(2)),
      batch,
    },
  )
  print('import: MB of memory above rest', (most - before) / 1e6, '< 500')
}

async function measureHousehold({ engine, url, load, print }: Bench): Promise<void> {
  const { headers, account } = await enter(engine, 'worker')
  const caller = (await findCaller(engine.database.read, account, Date.now()))!
  const houses = await rowsOf<{ id: string }>(
    engine.database.read,
    sql`
      select id
      from registry.house
      where county_code = ${county} and grid_id = ${caller.posts[0]!.placeId}
      limit 200
    `,
  )
  const database = openDatabase(engine.database.url)
  const bare = Fastify()
  bare.setErrorHandler((error, _request, reply) => {
    process.stderr.write(`${(error as Error).message}\n`)
    void reply.status(500).send('')
  })
  bare.get('/', async (request) => {
    const id = (request.query as { houseId: string }).houseId
    const kind = await rowOf<{ kind: string }>(
      database.read,
      sql`select 'house' as kind from registry.house where county_code = ${county} and id = ${id}`,
    )
    const house = (await rowOf<{ parent_id: string }>(
      database.read,
      sql`select * from registry.house where county_code = ${county} and id = ${id}`,
    ))!
    const building = (await rowOf<{ parent_id: string }>(
      database.read,
      sql`select * from registry.building where county_code = ${county} and id = ${house.parent_id}`,
    ))!
    const [estate, links] = await Promise.all([
      rowOf(
        database.read,
        sql`select * from registry.estate where county_code = ${county} and id = ${building.parent_id}`,
      ),
      rowsOf<{ person_id: string }>(
        database.read,
        sql`
          select *
          from registry.link
          where county_code = ${county} and house_id = ${id}
          order by to_on nulls first, is_lead desc, from_on
          limit 200
        `,
      ),
    ])
    const ids = links.map((l) => l.person_id)
    const [people, overlays] = await Promise.all([
      rowsOf(
        database.read,
        sql`select * from registry.person where county_code = ${county} and id = any(${ids}::uuid[])`,
      ),
      rowsOf(
        database.read,
        sql`
          select person_id
          from registry.overlay
          where county_code = ${county} and person_id = any(${ids}::uuid[]) and ended_on is null
        `,
      ),
    ])
    await database.write((tx) =>
      run(
        tx,
        sql`
          insert into audit.journal (county_code, id, at, kind, fact, detail, mac)
          values (${county}, ${freshId()}, now(), 'look', 'bench', '{}', '')
        `,
      ),
    )
    return { kind, house, building, estate, links, people, overlays }
  })
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' })
  let n = 0
  const next = (path: string): Partial<autocannon.Options> => ({
    requests: [
      {
        method: 'GET',
        headers,
        setupRequest: (request: object) => ({ ...request, path: `${path}?houseId=${houses[n++ % houses.length]!.id}` }),
      },
    ],
  })
  for (const [base, h] of [
    [`${bareUrl}/`, {}],
    [`${url}/api/registry/household`, headers],
  ] as const) {
    const r = await fetch(`${base}?houseId=${houses[0]!.id}`, { headers: h })
    if (!r.ok) throw new Error(`${base}: ${r.status} ${await r.text()}`)
  }
  const [x, y] = [await load(bareUrl, next('/')), await load(url, next('/api/registry/household'))]
  print('household page, ratio to a bare route with the same SQL', y.requests.average / x.requests.average, '>= 0.5', {
    perSecond: Math.round(y.requests.average),
    bare: Math.round(x.requests.average),
    p99: y.latency.p99,
  })
  await bare.close()
  await database.close()
}

async function measureFigures({ engine, url, load, print }: Bench): Promise<void> {
  const { headers } = await enter(engine, 'county')
  const result = await load(`${url}/api/registry/composition`, { headers, connections: 1, duration: 3 })
  const figures = (await (await fetch(`${url}/api/registry/composition`, { headers })).json()) as {
    persons: number
    houses: number
    units: number
    byKind: Record<string, number>
    floatingShare: number
    rentalShare: number
  }
  const recount = (await rowOf<{ persons: number; floating: number; houses: number; units: number }>(
    engine.database.read,
    sql`
      select
        (select count(*) from registry.person where state = 'live') as persons,
        (select count(*) from registry.person where state = 'live' and sort = 'floating') as floating,
        (select count(*) from registry.house where state = 'live') as houses,
        (select count(*) from registry.unit where state = 'live') as units
    `,
  ))!
  const isEqual =
    figures.persons === Number(recount.persons) &&
    figures.houses === Number(recount.houses) &&
    figures.units === Number(recount.units) &&
    figures.byKind['floating'] === Number(recount.floating)
  print('composition figures of the county, p99 ms', result.latency.p99, '< 200', {
    isEqualToRecount: isEqual,
    persons: figures.persons,
    floatingShare: figures.floatingShare,
    rentalShare: figures.rentalShare,
  })
}

/** The whole county is the reach of a registrar of the county, the widest there is. */
async function measureSearch({ engine, url, load, print }: Bench): Promise<void> {
  const { headers, account } = await enter(engine, 'county')
  const place = (await rowOf<{ place_id: string }>(
    engine.database.read,
    sql`select place_id from identity.posting where account_id = ${account} limit 1`,
  ))!
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
        values (${freshId()}, ${account}, 'registrar', 'business', ${place.place_id}, null, '2025-01-01', null)
      `,
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 6000))
  const some = await rowsOf<{ name: string; spelled: string; initials: string }>(
    engine.database.read,
    sql`select name, spelled, initials from registry.person tablesample system (0.05) limit 300`,
  )
  const kinds: [string, (i: number) => string][] = [
    ['name', (i) => some[i % some.length]!.name],
    ['surname alone', (i) => some[i % some.length]!.name[0]!],
    ['pinyin', (i) => some[i % some.length]!.spelled],
    ['initials', (i) => some[i % some.length]!.initials],
    ['phone', (i) => `199${String(i * 7919).padStart(8, '0')}`],
    ['last four', (i) => String(1000 + (i % 9000))],
    ['address', (i) => `阳光花园${1 + (i % 16)}幢${1 + (i % 11)}01`],
  ]
  for (const [name, make] of kinds) {
    let n = 0
    const result = await load(`${url}/api/registry/search`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      duration: 4,
      setupClient: (client) => {
        const turn = () => client.setBody(JSON.stringify({ text: make(n++) }))
        turn()
        client.on('response', turn)
      },
    })
    print(`registry search by ${name}, whole county, p99 ms`, result.latency.p99, '< 100', {
      perSecond: Math.round(result.requests.average),
    })
  }
}
