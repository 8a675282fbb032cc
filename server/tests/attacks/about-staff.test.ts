/** A complaint about those who serve a place goes past them, whoever brings it and however it comes. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents, listNotices, revealReporter } from '@fengge/domain/events/contract/desk'
import { listSteps } from '@fengge/domain/events/contract/steps'
import { speakFor } from '@fengge/domain/events/contract/spoken'
import { listCatalogue, saveCategory, submitTicket } from '@fengge/domain/events/contract/rules'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { county, logins, office, openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const caller = { name: '李某某', phone: '13912345678' }
const words = '我们网格的网格员态度恶劣，索要好处。'

/** The form of the resident page, for the first grid. */
async function send(category: string, title: string) {
  const values = { county, title, content: words, category, place: '三栋', grid: world.at['grid1']!, site: '' }
  const answer = await world.app.inject({
    method: 'POST',
    url: '/report?lang=zh',
    payload: new URLSearchParams({ ...values, id: freshId(), ...caller, read: 'yes' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return answer
}
/** The code by which a resident follows his report. */
const followCodeOf = async (category: string, title: string) =>
  /id="code">(\w{10})</.exec((await send(category, title)).body)![1]!
let tickets = 0
const ticket = async (categoryCode: string, isSecret: boolean, title = '反映网格员') =>
  world.ask(submitTicket, 'hotline', {
    ticketNo: `A-${1000 + ++tickets}`,
    title,
    content: words,
    placeText: '三栋',
    categoryCode,
    point: { lng: 120.205, lat: 31.61 },
    isSecret,
    callerName: caller.name,
    callerPhone: caller.phone,
  })
const found = async (login: Login, title: string) =>
  (await world.ask(listEvents, login, { queue: 'all', size: 50 })).events.find((e) => e.title === title)
const seeing = async (id: string) => {
  const seen: Login[] = []
  for (const login of logins) if ((await world.get(login, getEvent.path, { id })).status === 200) seen.push(login)
  return seen.toSorted((a, b) => a.localeCompare(b))
}
/** Who serves the place that it is about, and who leads him. */
const accused = ['worker', 'leader1', 'village', 'chief', 'liaison'] as const
const hidden = async (id: string, title: string) => {
  const seen = await seeing(id)
  for (const login of accused) {
    assert.ok(!seen.includes(login), `${login} sees it`)
    const { notices } = await world.ask(listNotices, login, {})
    assert.ok(!notices.some((n) => n.eventId === id || n.title === title), `${login} is told`)
    const { status } = await world.refusal(revealReporter, login, { eventId: id, purpose: '核实情况' })
    assert.ok([403, 404].includes(status), `${login} ${status}`)
  }
}

test('a resident’s complaint about a grid worker begins at the county, and the worker, his leader and his community hear nothing', async () => {
  for (const code of ['8001', '8003']) {
    const title = `网格员态度恶劣${code}`
    assert.equal((await send(code, title)).statusCode, 200, code)
    const { id } = (await found('county', title)) ?? assert.fail(`the county has no ${code}`)
    assert.equal((await world.see('county', id)).status, 'registered')
    await hidden(id, title)
    assert.equal((await world.act('worker', id, 'verify', { finding: 'absent', note: '查无此事' })).status, 404)
  }
})

test('a call about a grid worker does so too, whether the caller asks for secrecy or not', async () => {
  for (const isSecret of [false, true]) {
    const { id } = await ticket('8001', isSecret)
    await hidden(id, '反映网格员')
    assert.deepEqual(await seeing(id), ['county', 'countychief', 'hotline'])
  }
})

test('it is checked at the centre, sent to no community and asked of no grid, until it is closed', async () => {
  const { id } = await ticket('1015', false)
  const does = async (login: Login, action: Parameters<World['act']>[2], fields = {}) => {
    const { status, body } = await world.act(login, id, action, fields)
    assert.equal(status, 200, `${action} ${JSON.stringify(body)}`)
  }
  await does('countychief', 'assign-down', { note: '请镇里核查' })
  const { can } = await world.see('townchief', id)
  assert.ok(!can.includes('assign-down') && !can.includes('ask-verify'))
  assert.equal((await world.act('townchief', id, 'assign-down', { note: '再下派' })).body.problem, 'event.about-staff')
  await does('town', 'dispatch', { departmentId: office('town-urban') })
  await does('urban', 'sign')
  await does('urban', 'finish', { result: '已约谈', answer: '已对当事人约谈提醒，感谢监督。' })
  await hidden(id, '反映网格员')
  await does('town', 'pass')
  await hidden(id, '反映网格员')
})

test('no act of any desk or department brings it to the community: who helps is chosen at its desk or above', async () => {
  const { id } = await ticket('8001', true)
  const does = async (login: Login, action: Parameters<World['act']>[2], fields = {}) => {
    const { status, body } = await world.act(login, id, action, fields)
    assert.equal(status, 200, `${action} ${JSON.stringify(body)}`)
  }
  const isRefused = async (login: Login, action: Parameters<World['act']>[2], fields: object) => {
    const { status, body } = await world.act(login, id, action, { note: '请社区协助核实', ...fields })
    assert.ok(
      ['event.about-staff', 'department.other-level'].includes(body.problem),
      `${action} ${status} ${body.problem}`,
    )
  }
  const below = [office('village-office'), office('town-urban')]
  for (const departmentId of below) await isRefused('county', 'dispatch', { departmentId })
  await isRefused('county', 'dispatch', { departmentId: office('county-police'), coDepartmentIds: below })
  await does('county', 'dispatch', { departmentId: office('county-police') })
  for (const departmentId of below) await isRefused('county', 'transfer', { departmentId })
  await does('bureau', 'sign')
  for (const suggestedDepartmentId of below) await isRefused('bureau', 'return', { suggestedDepartmentId })
  for (const login of ['bureau', 'county'] as const)
    for (const departmentId of below) {
      const { can } = await world.see(login, id)
      if (can.includes('ask-co-handling')) await isRefused(login, 'ask-co-handling', { departmentIds: [departmentId] })
    }
  assert.deepEqual((await world.see('bureau', id)).partPlaceIds, [world.at['county']], 'its form offers no other')
  await hidden(id, '反映网格员')
  await does('bureau', 'finish', { result: '已核实', answer: '经核实，反映情况不属实，感谢监督。' })
  await does('county', 'pass')
  await hidden(id, '反映网格员')
  assert.deepEqual(await seeing(id), ['county', 'countychief', 'hotline', 'bureau'].toSorted())
})

test('who only helps is never shown who told of it', async () => {
  const { id } = await ticket('5001', false)
  const acts: [Login, Parameters<World['act']>[2], Record<string, unknown>][] = [
    ['worker', 'verify', { finding: 'exists' }],
    ['village', 'report-up', { note: '请镇里处理' }],
    ['town', 'dispatch', { departmentId: office('town-urban') }],
    ['urban', 'sign', {}],
    ['urban', 'ask-co-handling', { departmentIds: [office('town-works')], note: '请协助' }],
  ]
  for (const [login, action, fields] of acts)
    assert.equal((await world.act(login, id, action, fields)).status, 200, action)
  assert.equal((await world.see('works', id)).status, 'in-progress')
  const ask = { eventId: id, purpose: '核实情况' }
  assert.equal((await world.refusal(revealReporter, 'works', ask)).status, 404)
  assert.equal((await world.ask(revealReporter, 'urban', ask)).reporters[0]?.name, caller.name)
})

test('who helped with a sensitive matter is shown who told of it no more than while he helped: his part ends with the help', async () => {
  const id = await world.report('worker', { categoryCode: '1001', people: 40, title: '两家多年纠纷' })
  const acts: [Login, Parameters<World['act']>[2], Record<string, unknown>][] = [
    ['county', 'dispatch', { departmentId: office('county-police') }],
    ['bureau', 'sign', {}],
    ['bureau', 'ask-co-handling', { departmentIds: [office('village-office')], note: '请社区协助' }],
    ['village', 'finish-co-handling', { result: '已协助走访' }],
  ]
  for (const [login, action, fields] of acts) {
    const { status, body } = await world.act(login, id, action, fields)
    assert.equal(status, 200, `${action} ${JSON.stringify(body)}`)
  }
  const ask = { eventId: id, purpose: '核实情况' }
  assert.equal((await world.refusal(revealReporter, 'village', ask)).status, 404)
  assert.ok(!(await seeing(id)).includes('village') || (await world.see('village', id)).coHandlers.length > 0)
  assert.ok((await world.ask(revealReporter, 'bureau', ask)).reporters.length === 1)
})

test('no gap in the numbers of a day tells a community that there is a matter which is kept from it', async () => {
  const mine = async () => (await world.see('village', (await ticket('5001', false)).id)).no
  const before = await mine()
  const { no } = await ticket('8001', true)
  const after = await mine()
  const [first, second] = [before, after].map((n) => Number(n.slice(20, 25)))
  assert.equal(second! - first!, 1)
  assert.equal(no.slice(0, 12), `${county}000000`)
})

test('nobody below the desk writes down what its citizen says', async () => {
  const title = '网格员吃拿卡要'
  const code = await followCodeOf('8001', title)
  const said = { code, way: 'window', action: 'urge', note: '请尽快办理' } as const
  assert.equal((await world.refusal(speakFor, 'village', said)).status, 404)
  const { id } = (await found('county', title))!
  await world.ask(speakFor, 'countychief', said)
  await hidden(id, title)
})

test('what turns out to be about staff leaves those whom it is about, who verified it before', async () => {
  const { id } = await ticket('5001', false)
  assert.equal((await world.act('worker', id, 'verify', { finding: 'exists' })).status, 200)
  assert.equal((await world.act('village', id, 'recode', { categoryCode: '8001', note: '反映的是网格员' })).status, 200)
  const seen = await seeing(id)
  assert.deepEqual(seen, ['county', 'countychief'], 'who found it out serves there too')
  const { status } = await world.refusal(revealReporter, 'worker', { eventId: id, purpose: '核实情况' })
  assert.equal(status, 404)
})

/** Two reports of one matter, both verified by its worker; the first is joined to the second. */
async function joinedPair(title: string): Promise<[joined: string, root: string]> {
  const [{ id: joined }, { id: root }] = [await ticket('5001', false, title), await ticket('5001', false, title)]
  for (const id of [joined, root])
    assert.equal((await world.act('worker', id, 'verify', { finding: 'exists' })).status, 200)
  assert.equal((await world.act('village', joined, 'merge', { intoEventId: root })).status, 200)
  return [joined, root]
}

test('so does all that was joined to it, and what is parted again is what the whole has become', async () => {
  const title = '门口总有人来收钱'
  const [joined, root] = await joinedPair(title)
  const { id: below } = await ticket('5001', false)
  await world.act('worker', below, 'verify', { finding: 'exists' })
  assert.equal(
    (await world.act('village', root, 'recode', { categoryCode: '8001', note: '反映的是网格员' })).status,
    200,
  )
  assert.notEqual((await world.act('village', below, 'merge', { intoEventId: joined })).status, 200)
  await hidden(joined, title)
  const seen = await world.see('county', joined)
  assert.deepEqual([seen.categoryCode, seen.isSensitive, seen.status], ['8001', true, 'merged'])
  assert.equal((await world.act('village', joined, 'unlink', { note: '并错了' })).status, 404)
  assert.equal((await world.act('county', joined, 'unlink', { note: '并错了' })).status, 200)
  assert.equal((await world.see('county', joined)).status, 'registered')
  await hidden(joined, title)
})

test('what is joined to what has become sensitive is told in confidence too, in a chain as well', async () => {
  const [joined, root] = await joinedPair('隔壁吵闹')
  const { id: top } = await ticket('5001', false)
  await world.act('worker', top, 'verify', { finding: 'exists' })
  await world.act('village', root, 'merge', { intoEventId: top })
  assert.equal((await world.act('village', top, 'recode', { categoryCode: '1001', note: '家庭纠纷' })).status, 200)
  const [whole, ...parts] = [await seeing(top), await seeing(root), await seeing(joined)]
  assert.ok(!whole.includes('leader1') && !whole.includes('liaison'), whole.join(' '))
  assert.deepEqual(parts, [whole, whole])
})

test('a worker who complains of another reveals nobody who complained with him', async () => {
  const id = await world.report('worker', { categoryCode: '8001', title: '反映另一名网格员' })
  assert.equal((await world.see('worker', id)).status, 'registered', 'he goes on seeing his own')
  const { status } = await world.refusal(revealReporter, 'worker', { eventId: id, purpose: '核实情况' })
  assert.equal(status, 404)
})

test('who of the staff tells of another stands by name and office in no step and no head of it: a reveal for a purpose names him', async () => {
  const id = await world.report('worker', { title: '反映社区书记', categoryCode: '8001', stopNoticeRead: true })
  const department = office('county-police')
  assert.equal((await world.act('county', id, 'dispatch', { departmentId: department, note: '请核' })).status, 200)
  for (const login of ['county', 'countychief', 'bureau'] as const) {
    const { flow, reporterName } = await world.ask(getEvent, login, { id })
    assert.deepEqual(
      [flow[0]!.actorName, flow[0]!.actorRole, flow[0]!.actorOffice, reporterName],
      ['••••', null, null, '••••'],
    )
    assert.deepEqual((await world.ask(listSteps, login, { id, after: 0 })).steps[0], flow[0])
  }
  assert.equal((await world.see('worker', id)).flow[0].actorName, '演员worker', 'he sees himself')
  const { reporters } = await world.ask(revealReporter, 'county', { eventId: id, purpose: '核实情况' })
  assert.deepEqual(reporters[0]?.name, '演员worker')
})

test('the resident page takes what its form offers, and nothing else', async () => {
  const form = (await world.app.inject({ url: '/report?lang=zh' })).body
  const { categories } = await world.ask(listCatalogue, 'worker', {})
  for (const { code } of categories) {
    const isOffered = form.includes(`value="${code}"`)
    if (!isOffered) assert.equal((await send(code, `不提供的事项${code}`)).statusCode, 422, code)
  }
  assert.ok(form.includes('value="8001"') && !form.includes('value="8002"') && !form.includes('value="9002"'))
})

test('which categories are about staff is the county’s to say, from a day on', async () => {
  const { categories } = await world.ask(listCatalogue, 'rules', {})
  assert.deepEqual(
    categories.filter((c) => c.isAboutStaff).map((c) => c.code),
    ['1015', '8001', '8003'],
  )
  const { validTo: _, ...category } = categories.find((c) => c.code === '4010')!
  await world.ask(saveCategory, 'rules', { category: { ...category, isAboutStaff: true, validFrom: '2026-03-02' } })
  assert.equal((await send('4010', '对社区干部的意见')).statusCode, 200)
  const { id } = (await found('town', '对社区干部的意见')) ?? assert.fail('the level above the community has it')
  await hidden(id, '对社区干部的意见')
})

test('that a matter is about nobody who serves is said by two of the county: until the second agrees nothing changes', async () => {
  const title = '楼下有人收费'
  const { id } = await ticket('8001', true, title)
  const ask = { categoryCode: '5001', note: '与工作人员无关' }
  world.clock.pass(1000)
  assert.equal((await world.act('county', id, 'recode', ask)).status, 200)
  const waiting = async (login: Login) =>
    (await world.ask(listEvents, login, { queue: 'to-decide', size: 50 })).events.some((e) => e.id === id)
  assert.deepEqual([await waiting('county'), await waiting('countychief')], [false, true])
  const told = (await world.ask(listNotices, 'countychief', {})).notices.find((n) => n.eventId === id)
  assert.equal(told?.kind, 'recode-asked')
  const seen = await world.see('countychief', id)
  assert.deepEqual(
    [seen.categoryCode, seen.deskName, seen.recodeAsk.categoryCode],
    ['8001', (await world.see('county', id)).deskName, '5001'],
  )
  await hidden(id, title)
  const own = await world.act('county', id, 'agree-recode')
  assert.deepEqual([own.status, own.body.problem], [403, 'event.second-person'])
  assert.equal((await world.act('county', id, 'recode', { ...ask, categoryCode: '5002' })).status, 409)
  assert.equal((await world.act('countychief', id, 'refuse-recode', { note: '请先核实' })).status, 200)
  assert.equal((await world.see('county', id)).recodeAsk, null)
  await hidden(id, title)
  assert.equal((await world.act('countychief', id, 'recode', ask)).status, 200)
  // What was asked dies where the matter goes elsewhere: no town inherits it.
  assert.equal((await world.act('countychief', id, 'assign-down', { note: '请镇里核查' })).status, 200)
  assert.equal((await world.act('town', id, 'agree-recode')).status, 409)
  assert.equal((await world.act('town', id, 'report-up', { note: '请区里定' })).status, 200)
  assert.equal((await world.act('countychief', id, 'recode', ask)).status, 200)
  assert.equal((await world.act('county', id, 'agree-recode')).status, 200)
  const turned = await world.see('county', id)
  assert.deepEqual([turned.categoryCode, turned.isSensitive, turned.recodeAsk], ['5001', true, null])
})

test('that a matter is about nobody who serves is for the county to say, never for the desks below', async () => {
  const { id } = await ticket('8001', true)
  assert.equal((await world.act('countychief', id, 'assign-down', { note: '请镇里核查' })).status, 200)
  const recoded = await world.act('town', id, 'recode', { categoryCode: '5001', note: '按环境类办' })
  assert.deepEqual([recoded.status, recoded.body.problem], [409, 'event.about-staff'])
  assert.equal((await world.get('village', getEvent.path, { id })).status, 404)
})

test('what is split off it is about staff as well, and stands no lower', async () => {
  const { id } = await ticket('8001', true, '反映社区书记')
  await world.act('countychief', id, 'assign-down', { note: '请调查' })
  const children = ['甲', '乙'].map((n) => ({ id: freshId(), title: `分办${n}`, content: words, categoryCode: '5001' }))
  const { status, body } = await world.act('town', id, 'split', { children, note: '两件' })
  assert.equal(status, 200, JSON.stringify(body))
  for (const { id: child, title } of children) {
    await hidden(child, title)
    assert.equal((await world.see('town', child)).level, 2)
    assert.equal((await world.act('town', child, 'recode', { categoryCode: '5002', note: '不是' })).status, 409)
  }
})
