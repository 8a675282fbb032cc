import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { body, openRegistry, type Registry } from './registry-world.ts'

let world: Registry['world']
let house: Registry['house']
let other: Registry['other']
let person: Registry['person']
let see: Registry['see']
let figures: Registry['figures']
let recount: Registry['recount']

before(async () => {
  ;({ world, house, other, person, see, figures, recount } = await openRegistry())
})
after(() => world.close())

test('merging and taking apart give back exactly what was, links included', async () => {
  const fields = fc.record({
    phone: fc.constantFrom('', '13600000001', '13600000002'),
    remark: fc.constantFrom('', '一', '二'),
    hukouArea: fc.constantFrom('', '甲', '乙'),
    born: fc.constantFrom('1990-01-01', '1991-01-01'),
  })
  await fc.assert(
    fc.asyncProperty(fields, fields, fc.subarray(['phone', 'remark', 'born']), async (one, two, take) => {
      const a = await person({ name: '合并人', ...one }),
        b = await person({ name: '合并人', ...two })
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: freshId(), personId: a, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '自述' }),
      )
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: freshId(), personId: b, houseId: other, role: 'owner', fromOn: '2026-03-01', basis: '产权证' }),
      )
      const state = async () => ({
        rows: (
          await rowsOf<{
            id: string
            body: object
            sealed: Record<string, string>
            state: string
            name: string
            phone_index: string | null
            born: string | null
            origin: object
          }>(
            world.engine.database.read,
            sql`
              select id, body, sealed, state, name, phone_index, born, origin
              from registry.person
              where id = any(${[a, b]}::uuid[])
              order by id
            `,
          )
        ).map((r) => ({
          ...r,
          sealed: Object.fromEntries(Object.entries(r.sealed).map(([k, v]) => [k, world.engine.sealer.open(v)])),
        })),
        links: await rowsOf(
          world.engine.database.read,
          sql`
            select id, person_id, house_id, role, is_lead
            from registry.link
            where person_id = any(${[a, b]}::uuid[])
            order by id
          `,
        ),
      })
      const was = await state()
      const merged = await world.post(
        'village',
        '/api/registry/merge',
        body({ keepId: a, keepVersion: 1, dropId: b, dropVersion: 1, take, reason: '同一人' }),
      )
      assert.equal(merged.status, 200, JSON.stringify(merged.body))
      const kept = await see('village', a)
      if (take.includes('born')) assert.equal(kept.values.born, two.born)
      assert.equal((await world.get('village', '/api/registry/record', { id: a })).body.homes.length, 2)
      assert.deepEqual(await recount(), await figures())
      assert.equal(
        (
          await world.post(
            'village',
            '/api/registry/unmerge',
            body({ changeId: merged.body.changeId, reason: '弄错了' }),
          )
        ).status,
        200,
      )
      assert.deepEqual(await state(), was)
    }),
    { numRuns: 10 },
  )
})
