/** Nobody reads the names of a community unseen: whatever list shows people leaves a row in the journal. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { listDue, searchRegistry } from '@fengge/domain/registry/contract'
import { listGaps } from '@fengge/domain/registry/link-contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listTasks } from '@fengge/domain/visits/contract/desk'
import { listServices, takeService } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'

let world: World
let r: Registry
before(async () => {
  r = await openRegistry()
  world = r.world
  const personId = await r.person({ name: '钱被搜', phone: '13812345678' })
  await r.link(personId, r.house)
  const { matters } = await world.ask(listMatters, 'village', {})
  await world.ask(takeService, 'worker', {
    id: freshId(),
    matterId: matters[0]!.id,
    what: '代领补贴',
    personId,
    askedBy: '钱被搜之女',
    phone: '13912345678',
    dueOn: '2026-03-09',
    gridId: world.at['grid1']!,
    madeAt: new Date(world.clock.now()).toISOString(),
  })
})
after(() => world.close())

const looks = async () =>
  (await world.ask(listJournal, 'auditor', {})).rows.filter((row) => row.kind === 'look').map((row) => row.fact)
const isWritten = async (what: string, ask: () => Promise<unknown>) => {
  const count = async () => (await looks()).filter((fact) => fact === what).length
  const before = await count()
  await ask()
  assert.equal(await count(), before + 1, what)
}

test('a search by sign or sound, what is due and what people asked for are looks at people, and are written down', async () => {
  for (const login of ['village', 'leader1'] as Login[])
    for (const text of ['钱', 'qbs'])
      await isWritten('registry.searched', () => world.ask(searchRegistry, login, { text }))
  for (const login of ['village', 'worker', 'liaison'] as Login[])
    await isWritten('services.looked', () => world.ask(listServices, login, {}))
  const shown = async () =>
    (await looks()).filter((fact) => ['registry.searched', 'tasks.looked'].includes(fact)).length
  const before = await shown()
  await world.ask(searchRegistry, 'village', { text: '无此人' })
  await world.ask(listTasks, 'village', { state: 'dropped' })
  assert.equal(await shown(), before, 'who is shown nobody has looked at nobody')
  await r.person({ name: '钱无处' })
  await isWritten('registry.gaps-looked', () => world.ask(listGaps, 'village', {}))
  world.clock.pass(500 * 86_400_000)
  await world.wake()
  await isWritten('registry.due-looked', () => world.ask(listDue, 'village', { kind: 'person' }))
})
