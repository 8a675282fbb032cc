/** Events: the list of a town and what it costs, pages and searches, a report, the export. */
import { freshId } from '@fengge/server/kernel/fresh-id'
import { askEventExport, decideEventExport, readEventExport } from '@fengge/domain/events/contract/exports'
import { run, sql } from '@fengge/server/kernel/db/sql'
import { placeTree } from '@fengge/server/places/door'
import type { Load } from './loads.ts'
import type { Stage } from './stage.ts'

const list = '/api/events?isOpen=yes&size=25'

export async function measureList(stage: Stage): Promise<void> {
  const { headers } = await stage.enter('town')
  const bare: Load = { url: `${await stage.bare()}/list` }
  const product: Load = { url: `${await stage.product()}${list}`, headers: [headers] }
  const { ratio, p99Ratio, more } = await stage.compare(bare, product)
  stage.print('list of 25 open events of a town, ratio to a bare route with the same SQL', ratio, '>= 0.85', more)
  stage.print('the same, its p99 over that of the bare route', p99Ratio, '<= 1.5')
}

/** What the list pays for headers and for knowing the caller, each alone on the bare route. */
export async function measureCost(stage: Stage): Promise<void> {
  const { headers } = await stage.enter('town')
  const url = await stage.bare()
  for (const [what, path] of [
    ['headers of security', '/headers/list'],
    ['session', '/session/list'],
  ] as const) {
    const { ratio, more } = await stage.compare({ url: `${url}/list` }, { url: `${url}${path}`, headers: [headers] })
    stage.print(`list of a town, bare, with ${what} alone`, ratio, 'stated', more)
  }
}

export async function measureReport(stage: Stage): Promise<void> {
  await stage.engine.database.write((tx) =>
    run(
      tx,
      sql`
        create table if not exists public.bare (
          id uuid primary key, title text not null, content text not null, at timestamptz not null
        )
      `,
    ),
  )
  const { headers } = await stage.enter('worker')
  const report = reportLoad(stage)
  const { ratio, more } = await stage.compare(
    { url: `${await stage.bare()}/insert`, ...report },
    { url: `${await stage.product()}/api/events/report`, headers: [headers], ...report },
  )
  stage.print('report an event, ratio to a bare single-row insert', ratio, '>= 0.45', more)
}

/** Reports of fresh events in all grids of the county. */
export function reportLoad({ engine }: Stage): Pick<Load, 'bodies'> {
  const tree = placeTree(engine)
  return { bodies: { make: 'report', grids: tree.below(tree.byCode('320206000000')!.id, 'grid') } }
}

export async function measurePages(stage: Stage): Promise<void> {
  const tree = placeTree(stage.engine)
  const village = tree.below(tree.byCode('320206000000')!.id, 'village')[3]
  const pages: [string, string, string][] = [
    ['town newest', 'town', '?size=25'],
    ['town late', 'town', '?queue=late&order=due'],
    ['county newest', 'county', '?size=25'],
    ['county open by village', 'county', `?isOpen=yes&placeId=${village}`],
    ['search common word, county', 'county', '?text=道路'],
    ['search two words, town', 'town', '?text=道路 积水'],
    ['search rare word, county', 'county', '?text=鹧鸪'],
    ['search word and status, town', 'town', '?text=垃圾&statuses=closed'],
    ['to dispatch, town', 'town', '?queue=to-dispatch'],
    ['category of county', 'county', '?categoryCode=5002'],
  ]
  for (const [name, login, query] of pages) {
    const { headers } = await stage.enter(login)
    const url = `${await stage.product()}/api/events`
    const load = query.includes('text=')
      ? { url: `${url}/search`, bodies: { make: 'turn', asks: [askOf(query)] } as const }
      : { url: `${url}${encodeURI(query)}` }
    const { p99, perSecond, more } = await stage.play({ ...load, headers: [headers], seconds: 4 })
    stage.print(`page: ${name}, p99 ms`, p99, '< 100', { perSecond: Math.round(perSecond), ...more })
  }
}

/** What stands in a query, as an ask. */
const askOf = (query: string) => Object.fromEntries(new URLSearchParams(query))

export async function measureExport(stage: Stage): Promise<void> {
  const { headers } = await stage.enter('county')
  const url = await stage.product()
  const before = await stage.productMemory()
  const began = performance.now()
  const id = freshId()
  const post = (path: string, who: Record<string, string>, ask: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...who, 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: freshId(), id, ...ask }),
    })
  await post(askEventExport.path, headers, { filter: {}, purpose: '测量' })
  // So long a list waits for a second person.
  await post(decideEventExport.path, (await stage.enter('leader')).headers, { isAgreed: true })
  const answer = await fetch(`${url}${readEventExport.path}?id=${id}`, { headers })
  let bytes = 0
  for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length
  const most = await stage.productMemory()
  stage.print('export of the county to Excel, MB of memory above rest', (most - before) / 1e6, '< 200', {
    seconds: Math.round((performance.now() - began) / 1000),
    megabytes: Math.round(bytes / 1e6),
  })
}
