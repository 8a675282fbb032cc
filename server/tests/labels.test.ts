/** How a county calls its roles and centres: the documents' words, or its own, everywhere a role or office is named. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { listRoles, whoAmI } from '@fengge/domain/identity/contract'
import { listAccounts } from '@fengge/domain/identity/contract/accounts'
import { listLabels, saveLabel } from '@fengge/domain/identity/contract/labels'
import { openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const postOf = async (login: Login) => (await world.ask(whoAmI, login, {})).postings[0]

test('a county starts with the words of the documents', async () => {
  const { labels, mayEdit } = await world.ask(listLabels, 'town', {})
  const called = new Map(labels.map((l) => [`${l.kind} ${l.code}`, l.name]))
  assert.equal(called.get('office county'), '综治中心')
  assert.equal(called.get('office town'), '网格化服务管理中心')
  assert.equal(called.get('role grid-leader'), '网格长')
  assert.equal(called.get('role dispatcher'), '网格中心值班员')
  assert.equal(mayEdit, false)
})

test('the word of a county stands wherever the role is named, and an empty one brings the ready word back', async () => {
  const ask = { kind: 'role', code: 'dispatcher', name: '指挥调度员', nameEn: 'Controller' } as const
  await world.ask(saveLabel, 'rules', ask)
  assert.equal((await postOf('town'))?.roleName, '指挥调度员')
  assert.equal((await postOf('town'))?.roleNameEn, 'Controller')
  // The village officer handles for his office too: which of two posts stands first is not said.
  const { postings } = await world.ask(whoAmI, 'village', {})
  assert.deepEqual(postings.map((p) => p.roleName).toSorted(), ['村（社区）值班员', '部门经办人'].toSorted())
  const { roles } = await world.ask(listRoles, 'sysadmin', {})
  assert.equal(roles.find((r) => r.code === 'dispatcher')?.name, '指挥调度员')
  const { accounts } = await world.ask(listAccounts, 'sysadmin', { text: 'town', roleCode: 'dispatcher' })
  assert.ok(accounts.length > 0 && accounts.every((a) => a.postings.some((p) => p.roleName === '指挥调度员')))
  await world.ask(saveLabel, 'rules', { ...ask, name: '', nameEn: '' })
  assert.equal((await postOf('town'))?.roleName, '网格中心值班员')
})

test('what a desk does is signed by its centre as the county calls it; what was signed before keeps its words', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  const office = async (action: string) => {
    const { flow } = await world.ask(getEvent, 'town', { id })
    return flow.findLast((f) => f.action === action)
  }
  await world.act('townchief', id, 'note', { note: '请先围挡。' })
  const first = await office('note')
  assert.match(first?.actorOffice ?? '', /网格化服务管理中心$/)
  assert.equal(first?.actorRole, '网格中心值班负责人')
  await world.ask(saveLabel, 'rules', { kind: 'office', code: 'town', name: '综合指挥中心', nameEn: 'Command centre' })
  await world.act('townchief', id, 'note', { note: '围挡后再修。' })
  assert.match((await office('note'))?.actorOffice ?? '', /综合指挥中心$/)
  const { flow } = await world.ask(getEvent, 'town', { id })
  assert.ok(flow.some((f) => f.actorOffice === first?.actorOffice))
})

test('only who keeps the rules of the county changes a word, and only of what there is', async () => {
  const ask = { kind: 'role', code: 'dispatcher', name: '值班', nameEn: '' } as const
  assert.equal((await world.refusal(saveLabel, 'townchief', ask)).problem, 'not-allowed')
  assert.equal((await world.refusal(saveLabel, 'rules', { ...ask, code: 'nobody' })).problem, 'label.unknown')
  assert.equal(
    (await world.refusal(saveLabel, 'rules', { ...ask, kind: 'office', code: 'grid' })).problem,
    'label.unknown',
  )
})
