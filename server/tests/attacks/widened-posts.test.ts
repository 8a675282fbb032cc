/** Who sees whom is not changed in silence: posts follow borders, and who gives posts is told what that shows. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAlarms } from '@fengge/domain/audit/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { drawGrid, getPlace, importBorders } from '@fengge/domain/places/contract'
import { mergeGrids } from '@fengge/domain/places/net-contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { settleHousehold } from '../settling.ts'
import { square } from '../world.ts'

let r: Registry
before(async () => {
  r = await openRegistry()
})
after(() => r.world.close())

test('a merge shows the people of one grid to who serves the other: the security administrator and the auditor are told how many', async () => {
  const { world } = r
  for (const name of ['二格甲', '二格乙']) await r.person({ name }, 'worker2')
  await r.person({ name: '一格人' })
  const told = async (login: 'auditor' | 'secadmin') => (await world.ask(listAlarms, login, {})).alarms
  assert.deepEqual(await told('secadmin'), [])
  const grids = await Promise.all(
    ['grid1', 'grid2'].map(async (g) => {
      const { id, version } = (await world.ask(getPlace, 'net', { id: world.at[g]! })).place
      return { id, version }
    }),
  )
  const into = freshId()
  const on = dayOf(world.clock.now())
  await world.ask(mergeGrids, 'net', { grids, into: { id: into, name: '合并格' }, on, reason: '调整', rest: into })
  for (const login of ['auditor', 'secadmin'] as const) {
    const [net] = (await told(login)).filter((a) => a.kind === 'net')
    assert.deepEqual([net!.accountName, net!.looks], ['演员net', 3], login)
  }
  assert.equal((await world.refusal(listAlarms, 'village', {})).status, 403)
})

test('the first border of a grid, by a file, shows whom it takes in to who serves there: both are told how many', async () => {
  const { world } = r
  const placeId = world.at['otherVillage']!
  const before = (await world.ask(listAlarms, 'secadmin', {})).alarms.filter((a) => a.kind === 'net').length
  const grid = { id: freshId(), name: '待划格', kind: 'general' as const, geometry: null }
  const validFrom = dayOf(world.clock.now())
  const { code } = await world.ask(drawGrid, 'net', { parentId: placeId, grid, validFrom })
  await settleHousehold(world, 'othervillage', { placeId, point: { lng: 120.27, lat: 31.62 } })
  const features = [{ code, geometry: square(6, 0, 2, 4) }]
  await world.ask(importBorders, 'net', { datum: 'wgs84', features, validFrom })
  for (const login of ['auditor', 'secadmin'] as const) {
    const told = (await world.ask(listAlarms, login, {})).alarms.filter((a) => a.kind === 'net')
    assert.deepEqual([told.length - before, told.filter((a) => a.looks === 1).length], [1, 1], login)
  }
})
