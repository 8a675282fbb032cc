/** A household of the invented county, and the few acts by which tests of the registry speak. */
import assert from 'node:assert/strict'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openWorld, type Answer, type Login, type World } from './world.ts'

export const body = (more: Record<string, unknown>) => ({ requestId: freshId(), ...more })

/** A number with a right check digit, of an invented person. */
export const numberOf = (seq: number, day = '19900304') => {
  const b = `341225${day}${String(seq).padStart(3, '0')}`
  return b + identityCheck(b)
}

export interface Registry {
  readonly world: World
  readonly estate: string
  readonly building: string
  /** 501, let, and 502, self-lived. */
  readonly house: string
  readonly other: string
  readonly save: (login: Login, kind: string, values: object, more?: object) => Promise<Answer>
  readonly person: (values: object, login?: Login) => Promise<string>
  readonly link: (personId: string, houseId: string, more?: object, login?: Login) => Promise<Answer>
  readonly see: (login: Login, id: string) => Promise<Answer['body']>
  /** What the page of figures says, and what a recount of the tables gives. */
  readonly figures: () => Promise<Record<string, unknown>>
  readonly recount: () => Promise<Record<string, unknown>>
}

export async function openRegistry(): Promise<Registry> {
  const world = await openWorld()
  const save: Registry['save'] = (login, kind, values, more = {}) =>
    world.post(login, '/api/registry/save', body({ id: freshId(), kind, version: 0, values, ...more }))
  const made = async (answer: Promise<Answer>): Promise<string> => {
    const { status, body: reply } = await answer
    assert.equal(status, 200, JSON.stringify(reply))
    return reply.id
  }
  const estate = await made(
    save(
      'village',
      'estate',
      { name: '阳光花园', kind: 'estate', aliases: '阳光小区', hasProperty: false },
      { placeId: world.at['grid1'] },
    ),
  )
  const building = await made(save('worker', 'building', { no: '3', floors: 6 }, { parentId: estate }))
  const room = (values: object) =>
    made(save('worker', 'house', { unitNo: '2', floor: 5, ...values }, { parentId: building }))
  return {
    world,
    estate,
    building,
    house: await room({ roomNo: '501', use: 'rental', areaM2: 40, rooms: 2 }),
    other: await room({ roomNo: '502', use: 'self' }),
    save,
    person: (values, login = 'worker') =>
      made(save(login, 'person', { name: '赵测试', kind: 'floating', ...values }, { isOther: true })),
    link: (personId, houseId, more = {}, login = 'worker') =>
      world.post(
        login,
        '/api/registry/link',
        body({ id: freshId(), personId, houseId, role: 'tenant', fromOn: '2026-03-01', basis: '自述', ...more }),
      ),
    see: async (login, id) => (await world.get(login, '/api/registry/record', { id })).body.record,
    figures: () => figuresOf(world),
    recount: () => recountOf(world),
  }
}

async function figuresOf(world: World): Promise<Record<string, unknown>> {
  const f = (await world.get('county', '/api/registry/composition')).body
  return Object.fromEntries(
    [
      ...Object.entries(f.byKind).map(([k, n]) => [`person/${k}`, n]),
      ...Object.entries(f.byUse).map(([k, n]) => [`house/${k}`, n]),
    ].filter(([, n]) => n !== 0),
  )
}

async function recountOf(world: World): Promise<Record<string, unknown>> {
  const rows = await rowsOf<{ kind: string; sort: string; n: number }>(
    world.engine.database.read,
    sql`
      select 'person' as kind, sort, count(*) as n
      from registry.person
      where state = 'live'
      group by 2
      union all
      select 'house', sort, count(*)
      from registry.house
      where state = 'live'
      group by 2
    `,
  )
  return Object.fromEntries(rows.map((r) => [`${r.kind}/${r.sort}`, Number(r.n)]))
}
