/** Matters, tasks, visits, hazards, campaigns, services, week log, meetings, library, badges. Requirements A1, A3, E8, V, W5, T4. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueBadge, printBadge, revokeBadge } from '@fengge/domain/identity/contract'
import { saveArticle, searchLibrary } from '@fengge/domain/library/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { listMatters, saveMatter, switchMatterSet } from '@fengge/domain/matters/contract'
import { saveOverlay } from '@fengge/domain/registry/care/contract'
import { saveRecord } from '@fengge/domain/registry/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as rules from '@fengge/domain/visits/contract/rules'
import * as worker from '@fengge/domain/visits/contract/worker'
import { rhythmExamples } from '@fengge/domain/visits/planning/examples'
import type { Rule } from '@fengge/domain/visits/terms'
import * as log from '@fengge/domain/worklog/contract'
import { rowOf, rowsOf, sql, run } from '../src/kernel/db/sql.ts'
import type { Row } from '../src/kernel/db/tx.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { placeTree } from '../src/places/door.ts'
import { forgetDepartures } from '../src/registry/forget-departures.ts'
import { horizonDays, runRules } from '../src/visits/run-rules.ts'
import { rowsFor } from '../src/visits/store/subjects.ts'
import { county, idOf, openWorld, type AskedOf, type Login, type World } from './world.ts'

let world: World
let matters: readonly { readonly id: string; readonly code: string }[]
const houses: string[] = []
const matter = (code: string) => matters.find((m) => m.code === `000-${code}`)!.id
const here = (place: string) => world.at[place]!
const clockTime = () => new Date(world.clock.now()).toISOString()

type Saved = AskedOf<typeof saveRecord>
async function save(kind: Saved['kind'], values: Saved['values'], more: Partial<Saved> = {}, login: Login = 'worker') {
  const fresh = { id: freshId(), kind, version: 0, values, placeId: here('grid1') }
  return (await world.ask(saveRecord, login, { ...fresh, ...more })).id
}
const read = () => world.engine.database.read

type TaskRow = Row<'visits.task'>
const tasks = (where = sql`true`) =>
  rowsOf<TaskRow>(read(), sql`select t.* from visits.task t where ${where} order by due_on, id`)
type Visited = AskedOf<typeof worker.recordVisit>
const visitOf = (task: TaskRow, more: Pick<Visited, 'outcome' | 'answers'>): Visited => ({
  id: freshId(),
  taskId: task.id,
  matterId: task.matter_id,
  formCode: task.form_code,
  subjectKind: task.subject_kind as Visited['subjectKind'],
  subjectId: task.subject_id!,
  madeAt: clockTime(),
  ...more,
})
const visit = (login: Login, task: TaskRow, more: Pick<Visited, 'outcome' | 'answers'>) =>
  world.ask(worker.recordVisit, login, visitOf(task, more))
const allWell = { exit: 'good', power: 'good', gas: 'none' }

const ruleFor = (matterId: string, more: Partial<Rule> = {}): Rule => ({
  id: freshId(),
  matterId,
  name: 'x',
  nameEn: 'x',
  selector: 'house-rental',
  formCode: 'rental',
  periodDays: 30,
  minutes: 10,
  windowFrom: null,
  windowTo: null,
  months: [],
  placeId: null,
  priority: 5,
  isOn: true,
  version: 0,
  ...more,
})

before(async () => {
  world = await openWorld()
  matters = (await world.ask(listMatters, 'rules', {})).matters
  const estate = await save('estate', { name: '阳光花园', kind: 'estate' }, {}, 'village')
  const building = await save('building', { no: '1' }, { parentId: estate })
  for (const [room, use] of [
    ['101', 'group'],
    ['102', 'self'],
    ['103', 'rental'],
  ] as const)
    houses.push(await save('house', { roomNo: room, floor: 1, use }, { parentId: building }))
})
after(() => world.close())

test('the lists of the documents are there, dated, and what is reconstructed says so', async () => {
  const list = await world.ask(listMatters, 'rules', {})
  assert.deepEqual(
    list.sets.map((s) => [s.code, s.matters]),
    [
      ['000', 25],
      ['001', 8],
      ['002', 7],
      ['jiangsu', 12],
    ],
  )
  assert.ok(list.matters.every((m) => m.evidence === 'none' || m.evidenceWhy !== ''))
  assert.ok(list.matters.some((m) => m.isReconstructed))
  await world.ask(switchMatterSet, 'rules', { setCode: 'jiangsu', on: '2026-03-02', isOn: true })
  const { matters: inForce } = await world.ask(listMatters, 'rules', { setCode: 'jiangsu', onlyInForce: 'yes' })
  assert.equal(inForce.length, 12)
  await world.ask(switchMatterSet, 'rules', { setCode: 'jiangsu', on: '2026-03-03', isOn: false })
})

test('a matter that a grid may not do, that never ends or gives no reason for a photo is refused, and two of a code', async () => {
  const own: AskedOf<typeof saveMatter> = {
    id: freshId(),
    version: 0,
    code: 'X-1',
    name: '巡河',
    nameEn: 'x',
    classCode: 'X',
    className: '其他',
    classNameEn: 'Other',
    kind: 'regular',
    owner: 'urban',
    minutes: 10,
    frequency: '每月',
    basis: '无',
    evidence: 'none',
    validFrom: '2026-03-02',
    validTo: null,
  }
  const refused = async (more: Partial<typeof own>) =>
    (await world.refusal(saveMatter, 'rules', { ...own, ...more })).problem
  assert.equal(await refused({ name: '路面收费' }), 'matter.forbidden')
  assert.equal(await refused({ kind: 'temporary' }), 'matter.no-end')
  assert.equal(await refused({ evidence: 'photo' }), 'matter.evidence-why')
  assert.equal((await world.ask(saveMatter, 'rules', own)).version, 1)
  assert.equal(await refused({ id: freshId() }), 'matter.overlap')
})

test('nothing makes a task but under a matter in force: order, rule, campaign, visit', async () => {
  const [ended] = (await world.ask(listMatters, 'rules', { setCode: 'jiangsu' })).matters
  world.clock.pass(2 * 86_400_000)
  await world.wake()
  for (const [matterId, problem] of [
    [ended!.id, 'matter.not-in-force'],
    [freshId(), 'matter.unknown'],
  ] as const) {
    const refused = [
      await world.refusal(desk.orderTask, 'village', orderUnder(matterId)),
      await world.refusal(desk.saveCampaign, 'village', campaignUnder(matterId)),
      await world.refusal(rules.saveRule, 'rules', { rule: ruleFor(matterId) }),
      await world.refusal(worker.recordVisit, 'worker', patrolUnder(matterId)),
    ]
    assert.deepEqual(
      refused.map((r) => r.problem),
      [problem, problem, problem, problem],
    )
  }
  assert.equal((await tasks()).length, 0)
  const stranger = await world.refusal(desk.orderTask, 'othervillage', orderUnder(matter('B01')))
  assert.equal(stranger.status, 404, 'no order into the grid of others')
})

const orderUnder = (matterId: string): AskedOf<typeof desk.orderTask> => ({
  id: freshId(),
  matterId,
  gridIds: [here('grid1')],
  title: '巡查',
  dueOn: '2026-03-05',
  minutes: 20,
  windowFrom: null,
  windowTo: null,
})
const campaignUnder = (matterId: string): AskedOf<typeof desk.saveCampaign> => ({
  id: freshId(),
  matterId,
  name: '专项',
  placeId: here('village'),
  selector: 'house-rental',
  formCode: 'rental',
  fromOn: '2026-03-05',
  toOn: '2026-03-20',
  minutes: 10,
})
const patrolUnder = (matterId: string): Visited => ({
  id: freshId(),
  taskId: null,
  matterId,
  formCode: 'patrol',
  subjectKind: 'grid',
  subjectId: here('grid1'),
  outcome: 'done',
  answers: { state: 'good' },
  madeAt: clockTime(),
})

test('one statement makes tasks, and one function that knows the matter calls it', () => {
  const root = join(import.meta.dirname, '../src')
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && f.name.endsWith('.ts'))
    .map((f) => join(f.parentPath, f.name))
  const saying = (words: string) =>
    files.filter((f) => readFileSync(f, 'utf8').includes(words)).map((f) => f.slice(root.length + 1))
  assert.deepEqual(saying('insert into visits.task'), ['visits/store/tasks.ts'])
  assert.deepEqual(saying('insertTasks(').toSorted(), ['visits/make-tasks.ts', 'visits/store/tasks.ts'])
})

test('rules make tasks once a cycle, again after the visit, and not before half of the period', async () => {
  await lastVisited(houses[0]!, 'rental', '2026-02-05')
  await runRules(world.engine)
  await runRules(world.engine)
  const [first, ...more] = await tasks(sql`subject_id = ${houses[0]}`)
  assert.equal(more.length, 0)
  assert.deepEqual([first!.earliest_on, first!.due_on, first!.title], ['2026-02-20', '2026-03-07', '群租房安全巡查'])
  assert.equal((await visit('worker', first!, { outcome: 'not-home' })).taskState, 'open')
  assert.equal((await visit('worker', first!, { outcome: 'met', answers: allWell })).taskState, 'done')
  await runRules(world.engine)
  const open = () => tasks(sql`subject_id = ${houses[0]} and state = 'open'`)
  assert.equal((await open()).length, 0, 'the next is more than three weeks off')
  world.clock.pass(15 * 86_400_000)
  await world.wake()
  await runRules(world.engine)
  const [again] = await open()
  assert.equal(again!.due_on, '2026-04-03')
  const refused = async (login: Login, answers: Visited['answers']) =>
    world.refusal(worker.recordVisit, login, visitOf(again!, { outcome: 'met', answers }))
  assert.equal((await refused('worker', { exit: 'good' })).problem, 'visit.answers')
  assert.equal((await refused('worker2', allWell)).status, 404)
})

const lastVisited = (subject: string, formCode: string, day: string) =>
  world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into visits.last (county_code, subject_id, form_code, on_day)
        values (${county}, ${subject}, ${formCode}, ${day})
        on conflict (county_code, subject_id, form_code) do update
        set on_day = excluded.on_day
      `,
    ),
  )

test('over the county visits are due when the examples of the rule say', async () => {
  for (const { what, lastOn, periodDays, today, asks } of rhythmExamples) {
    await lastVisited(houses[1]!, 'errand', lastOn)
    const rule = ruleFor(matter('C02'), { formCode: 'errand', periodDays })
    const rows = rowsFor(
      { county, tree: placeTree(world.engine), today },
      { by: 'rule', rule: { ...rule, selector: 'house-group' }, today, horizonDays },
    )
    await lastVisited(houses[0]!, 'errand', lastOn)
    const due = await rowsOf<Pick<TaskRow, 'earliest_on' | 'due_on'>>(
      read(),
      sql`select earliest_on, due_on from (${rows}) s where subject_id = ${houses[0]}`,
    )
    assert.deepEqual(due, asks ? [{ earliest_on: asks.earliestOn, due_on: asks.dueOn }] : [], what)
  }
})

test('a rule for the grids of a place makes tasks in that place and nowhere else', async () => {
  const rule = ruleFor(matter('B01'), {
    selector: 'grid',
    formCode: 'patrol',
    periodDays: 7,
    placeId: here('grid1'),
  })
  await world.ask(rules.saveRule, 'rules', { rule })
  const made = await tasks(sql`origin_id = ${rule.id}`)
  assert.deepEqual(
    made.map((t) => t.grid_id),
    [here('grid1')],
  )
  await world.ask(rules.saveRule, 'rules', { rule: { ...rule, version: 1, isOn: false } })
  await runRules(world.engine)
  assert.deepEqual(
    (await tasks(sql`origin_id = ${rule.id}`)).map((t) => [t.state, t.drop_reason]),
    [['dropped', 'rule-ended']],
  )
})

test('a care visit is due with what to mind, and its reason stays with its keeper', async () => {
  const person = await save('person', { name: '赵六', kind: 'resident' })
  await world.ask(saveOverlay, 'keeper', {
    id: freshId(),
    personId: person,
    kind: 'released',
    facts: '某年释放',
    visitDays: 20,
    cautions: ['in-pairs'],
    startedOn: '2026-03-01',
    endedOn: null,
  })
  await runRules(world.engine)
  const [task] = await tasks(sql`subject_id = ${person}`)
  assert.deepEqual(task!.cautions, ['in-pairs'])
  const pulled = await world.get('worker', '/api/sync/pull')
  const text = JSON.stringify(pulled.body)
  assert.ok(text.includes('in-pairs'))
  for (const label of ['released', '某年释放', '安置帮教']) assert.ok(!text.includes(label), label)
  assert.equal((await visit('worker', task!, { outcome: 'met', answers: { state: 'calm' } })).taskState, 'done')
  const overlay = await rowOf<Pick<Row<'registry.overlay'>, 'visited_at'>>(
    read(),
    sql`select visited_at from registry.overlay where person_id = ${person}`,
  )
  assert.equal(overlay!.visited_at!.getTime(), world.clock.now())
  const record: Visited = {
    id: freshId(),
    taskId: null,
    matterId: matter('D01'),
    formCode: 'released',
    subjectKind: 'person',
    subjectId: person,
    outcome: 'met',
    answers: { work: 'yes', state: 'calm' },
    madeAt: clockTime(),
  }
  assert.equal((await world.refusal(worker.recordVisit, 'worker', record)).status, 403)
  await world.ask(worker.recordVisit, 'keeper', { ...record, id: freshId() })
  const seen = async (login: Login) => (await world.ask(worker.listVisits, login, { subjectId: person })).visits.length
  assert.deepEqual([await seen('worker'), await seen('keeper')], [1, 2])
})

test('a hazard becomes an event, is re-checked until it is cleared, and stays linked', async () => {
  const eventId = await world.report('worker', { title: '出租房通道堵塞' })
  const hazard = freshId()
  const found = { id: hazard, what: '通道堵塞', fixBy: '2026-03-25', recheckDays: 7, eventId }
  await world.ask(worker.recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId: matter('C02'),
    formCode: 'rental',
    subjectKind: 'house',
    subjectId: houses[2]!,
    outcome: 'met',
    answers: { ...allWell, exit: 'bad' },
    madeAt: clockTime(),
    hazards: [found],
    eventIds: [eventId],
  })
  assert.equal((await world.ask(worker.listVisits, 'village', { eventId })).visits.length, 1)
  const rechecks = () => tasks(sql`origin = 'recheck' and state = 'open'`)
  const [first] = await rechecks()
  assert.equal(first!.due_on, '2026-03-25')
  await visit('worker', first!, { outcome: 'done', answers: { cleared: 'no' } })
  const [second] = await rechecks()
  assert.ok(second && second.id !== first!.id)
  await visit('worker', second, { outcome: 'done', answers: { cleared: 'yes' } })
  assert.equal((await rechecks()).length, 0)
  const { hazards } = await world.ask(desk.listHazards, 'village', { state: 'cleared' })
  assert.deepEqual(
    hazards.map((h) => [h.id, h.rechecks, h.eventId]),
    [[hazard, 2, eventId]],
  )
})

test('a campaign covers its households, shows progress by area, and counts no finds', async () => {
  const ask = { ...campaignUnder(matter('C02')), fromOn: '2026-03-18', toOn: '2026-03-30' }
  assert.equal((await world.ask(desk.saveCampaign, 'village', ask)).tasks, 1)
  const [task] = await tasks(sql`origin_id = ${ask.id}`)
  await visit('worker', task!, { outcome: 'met', answers: allWell })
  const campaignsOf = async (login: Login) => (await world.ask(desk.listCampaigns, login, {})).campaigns
  assert.deepEqual(
    (await campaignsOf('village')).map((c) => [c.total, c.done, c.areas.length]),
    [[1, 1, 1]],
  )
  assert.equal((await campaignsOf('othervillage')).length, 0)
  await world.ask(desk.endCampaign, 'village', { id: ask.id, reason: '已完成' })
})

test('a form may not count what is found, nor ask what the registry knows', async () => {
  const asking = async (subject: 'house' | 'person', code: string, name: string) => {
    const field = { code, name, nameEn: 'x', type: 'text' as const, isRequired: true }
    const form = { code: 'again', name: '再问', nameEn: 'x', subject, fields: [field] }
    return (await world.refusal(rules.saveForm, 'rules', { form })).problem
  }
  assert.equal(await asking('house', 'found', '发现隐患数'), 'form.counts')
  assert.equal(await asking('person', 'phone', '联系电话'), 'form.field-known')
})

test('a service at the door ends when the resident was told, and its steps keep their order', async () => {
  const id = freshId()
  const taken = await world.ask(worker.takeService, 'worker', {
    id,
    matterId: matter('G01'),
    what: '代办居住证',
    personId: null,
    askedBy: '老李',
    dueOn: '2026-03-25',
    gridId: here('grid1'),
    madeAt: clockTime(),
  })
  assert.match(taken.no, /^代\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/)
  const early = await world.refusal(worker.moveService, 'worker', { id, to: 'told', note: '电话告知' })
  assert.equal(early.problem, 'service.order')
  for (const to of ['handed-in', 'answered', 'told'] as const)
    assert.equal((await world.ask(worker.moveService, 'worker', { id, to, note: '已办' })).state, to)
  const [service] = (await world.ask(worker.listServices, 'village', { state: 'all' })).services
  assert.deepEqual([service!.steps.length, service!.askedBy], [4, '老李'])
  assert.equal((await world.ask(worker.listServices, 'village', {})).services.length, 0)
})

test('the week writes itself in sentences, is added to and confirmed once', async () => {
  const { lines } = await world.ask(log.getWeek, 'worker', {})
  const text = lines.map((l) => l.text).join('')
  assert.match(text, /出租房安全 \d+ 次/)
  assert.match(text, /受理代办 1 件，办结并告知居民 1 件/)
  assert.match(text, /复查销号 1 处/)
  const on = dayOf(world.clock.now())
  await world.ask(log.addToWeek, 'worker', { id: freshId(), on, text: '协助社区搬运物资' })
  assert.ok((await world.ask(log.confirmWeek, 'worker', { on })).confirmedAt)
  const late = await world.refusal(log.addToWeek, 'worker', { id: freshId(), on, text: '再补一句' })
  assert.equal(late.problem, 'week.confirmed')
  assert.deepEqual((await world.ask(log.getWeek, 'worker', { on })).lines, lines, 'kept as it was confirmed')
  const weeksOf = async (login: Login) => (await world.ask(log.listWeeks, login, { on })).weeks
  assert.deepEqual(
    (await weeksOf('village')).map((w) => w.gridName),
    ['第1网格', '第2网格'],
  )
  assert.equal((await weeksOf('othervillage')).length, 0)
})

test('a meeting draws its agenda from what is open, and its resolutions become tasks under a matter', async () => {
  const ordered = { ...orderUnder(matter('B01')), title: '夜间巡防', dueOn: '2026-03-19' }
  await world.ask(desk.orderTask, 'village', ordered)
  world.clock.pass(3 * 86_400_000)
  await world.wake()
  const id = freshId()
  const called = await world.ask(log.callMeeting, 'village', {
    id,
    placeId: here('village'),
    kind: 'regular',
    title: '三月例会',
    at: clockTime(),
    where: '社区会议室',
  })
  assert.ok(called.agenda.some((a) => a.text.includes('夜间巡防')))
  assert.ok(called.attendance.some((a) => a.accountId === idOf('worker')))
  const resolved = {
    text: '每周两次夜巡',
    gridId: here('grid1'),
    matterId: matter('B01'),
    dueOn: '2026-03-30',
    minutes: 60,
  }
  const close: AskedOf<typeof log.closeMeeting> = {
    id,
    version: 1,
    minutes: '讨论了夜间巡防。',
    attendance: [{ name: '演员worker', state: 'came' }],
    resolutions: [resolved],
  }
  const unlisted = { ...close, resolutions: [{ ...resolved, matterId: freshId() }] }
  assert.equal((await world.refusal(log.closeMeeting, 'village', unlisted)).problem, 'matter.unknown')
  assert.equal((await world.ask(log.closeMeeting, 'village', close)).resolutions[0]!.tasks, 1)
  assert.equal((await tasks(sql`title = '每周两次夜巡'`)).length, 1)
  const [held] = (await world.ask(log.listMeetings, 'village', {})).meetings
  assert.deepEqual([held!.state, held!.agenda, held!.minutes], ['held', called.agenda, '讨论了夜间巡防。'])
})

test('the rota names what cannot be met with the people there are', async () => {
  const rotaOf = async (hoursPerWeek: number) => {
    const { grids } = await world.ask(desk.getRota, 'village', { hoursPerWeek })
    return grids.find((g) => g.id === here('grid1'))!
  }
  const short = await rotaOf(1)
  assert.equal(short.workers, 1)
  assert.ok(short.asked > short.capacity && short.lines.some((l) => l.shortMinutes > 0 && l.state !== 'met'))
  assert.ok((await rotaOf(60)).lines.every((l) => l.state === 'met'))
  assert.equal((await world.refusal(desk.getRota, 'worker', {})).status, 403)
})

test('a lone visit is shared by choice, ends by itself, and leaves no track', async () => {
  const share = { id: freshId(), where: '三幢', minutes: 30 }
  await world.ask(worker.shareSafety, 'worker', share)
  const second = await world.refusal(worker.shareSafety, 'worker', { ...share, id: freshId() })
  assert.equal(second.problem, 'safety.running')
  const overdue = async () => (await world.ask(desk.listSafety, 'village', {})).shares.map((s) => [s.name, s.isOverdue])
  assert.deepEqual(await overdue(), [['演员worker', false]])
  world.clock.pass(40 * 60_000)
  await world.wake()
  assert.deepEqual(await overdue(), [['演员worker', true]])
  world.clock.pass(25 * 3_600_000)
  await world.wake()
  await runRules(world.engine)
  assert.deepEqual(await overdue(), [])
  const columns = await rowsOf<{ column_name: string }>(
    read(),
    sql`
      select column_name
      from information_schema.columns
      where table_schema = 'visits' and column_name in ('lng', 'lat', 'track', 'point', 'geometry')
    `,
  )
  assert.deepEqual(columns, [])
})

test('what left a grid is told to its phones for ninety days and forgotten then', async () => {
  const at = (days: number) => new Date(world.clock.now() - days * 86_400_000)
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into registry.departure (county_code, grid_id, kind, record_id, why, at)
        values
          (${county}, ${here('grid1')}, 'person', ${idOf('old')}, 'moved', ${at(91)}),
          (${county}, ${here('grid1')}, 'person', ${idOf('new')}, 'moved', ${at(89)})
      `,
    ),
  )
  await forgetDepartures(world.engine)
  const left = await rowsOf<Pick<Row<'registry.departure'>, 'record_id'>>(
    read(),
    sql`select record_id from registry.departure where record_id in (${idOf('old')}, ${idOf('new')})`,
  )
  assert.deepEqual(left, [{ record_id: idOf('new') }])
})

test('the library answers a question put in plain words, with source and dates, and ended articles are gone', async () => {
  const find = async (text: string) => (await world.ask(searchLibrary, 'worker', { text })).articles
  assert.equal((await find('敲门没有人在家'))[0]!.title, '敲门没人在怎么办')
  assert.ok((await find('')).every((a) => a.source !== ''))
  const [first] = await find('罚款')
  await world.ask(saveArticle, 'rules', { ...first!, validTo: '2026-03-01' })
  assert.ok(!(await find('罚款')).some((a) => a.id === first!.id))
})

test('a badge is checked by its code, replaced, revoked, and printed', async () => {
  const issue = () => world.ask(issueBadge, 'village', { id: freshId(), accountId: idOf('worker') })
  const first = await issue()
  const page = async (code: string) => String((await world.get(null, '/badge', { code, lang: 'zh' })).body)
  assert.match(await page(first.code), /不能证明来人是谁.*演员worker/s)
  const second = await issue()
  assert.notEqual(second.code, first.code)
  assert.match(await page(first.code), /已作废或过期/)
  assert.match(await page('AAAAAAAAAA'), /没有这个编号/)
  const stranger = await world.refusal(revokeBadge, 'othervillage', { id: second.id, reason: '越权' })
  assert.equal(stranger.status, 404)
  for (const [what, id, size] of [
    ['badge', second.id, 'A4'],
    ['cards', second.id, 'A4'],
    ['board', here('grid1'), 'A4'],
    ['board', here('grid1'), 'A3'],
  ] as const) {
    const pdf = await world.get('village', printBadge.path, { what, id, size })
    if (pdf.status === 503) continue
    assert.equal(pdf.status, 200, what)
    assert.ok(pdf.raw.subarray(0, 5).toString() === '%PDF-' && pdf.raw.length < 400_000, `${what} ${pdf.raw.length}`)
  }
  await world.ask(revokeBadge, 'village', { id: second.id, reason: '遗失' })
  assert.match(await page(second.code), /已作废或过期/)
  assert.ok(!(await page(second.code)).includes('199'))
})
