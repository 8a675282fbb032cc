/** Matters, tasks, visits, hazards, campaigns, services, week log, meetings, library, badges. Requirements A1, A3, E8, V, W5, T4. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rowOf, rowsOf, sql, run } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runRules } from '../src/visits/door.ts'
import { county, idOf, openWorld, type Login, type World } from './world.ts'

let world: World
let matters: { id: string; code: string; validTo: string | null }[]
let building: string
const houses: string[] = []
const matter = (code: string) => matters.find((m) => m.code === `000-${code}`)!.id
const save = async (kind: string, values: object, more: object = {}, login: Login = 'worker') => {
  const answer = await world.post(login, '/api/registry/save', {
    requestId: freshId(),
    id: freshId(),
    kind,
    version: 0,
    values,
    placeId: world.at['grid1'],
    ...more,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.id as string
}
const post = (login: Login, path: string, body: object) => world.post(login, path, { requestId: freshId(), ...body })
const read = () => world.engine.database.read
const tasks = (where = sql`true`) =>
  rowsOf<{
    id: string
    subject_id: string
    subject_kind: string
    due_on: string
    earliest_on: string
    cautions: string[]
    state: string
    title: string
    matter_id: string
    form_code: string
  }>(
    read(),
    sql`
      select id, subject_id, subject_kind, due_on, earliest_on, cautions, state, title, matter_id, form_code
      from visits.task
      where ${where}
      order by due_on, id
    `,
  )
const visit = (login: Login, task: Awaited<ReturnType<typeof tasks>>[number], more: object) =>
  post(login, '/api/visits/record', {
    id: freshId(),
    taskId: task.id,
    matterId: task.matter_id,
    formCode: task.form_code,
    subjectKind: task.subject_kind,
    subjectId: task.subject_id,
    madeAt: new Date(world.clock.now()).toISOString(),
    ...more,
  })

before(async () => {
  world = await openWorld()
  matters = (await world.get('rules', '/api/matters')).body.matters
  const estate = await save('estate', { name: '阳光花园', kind: 'estate' }, {}, 'village')
  building = await save('building', { no: '1' }, { parentId: estate })
  for (const [room, use] of [
    ['101', 'group'],
    ['102', 'self'],
    ['103', 'rental'],
  ] as const)
    houses.push(await save('house', { roomNo: room, floor: 1, use }, { parentId: building }))
})
after(() => world.close())

test('the lists of the documents are there, dated, and what is reconstructed says so', async () => {
  const { body } = await world.get('rules', '/api/matters')
  assert.deepEqual(
    body.sets.map((s: any) => [s.code, s.matters]),
    [
      ['000', 25],
      ['001', 8],
      ['002', 7],
      ['jiangsu', 12],
    ],
  )
  assert.ok(body.matters.every((m: any) => m.evidence === 'none' || m.evidenceWhy !== ''))
  assert.ok(body.matters.some((m: any) => m.isReconstructed))
  assert.equal(
    (await post('rules', '/api/matters/set', { setCode: 'jiangsu', on: '2026-03-02', isOn: true })).status,
    200,
  )
  assert.equal(
    (await world.get('rules', '/api/matters', { setCode: 'jiangsu', onlyInForce: 'yes' })).body.matters.length,
    12,
  )
  assert.equal(
    (await post('rules', '/api/matters/set', { setCode: 'jiangsu', on: '2026-03-03', isOn: false })).status,
    200,
  )
  const own = {
    id: freshId(),
    version: 0,
    code: 'X-1',
    name: '路面收费',
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
  assert.equal((await post('rules', '/api/matters/save', own)).body.problem, 'matter.forbidden')
  assert.equal(
    (await post('rules', '/api/matters/save', { ...own, name: '巡河', kind: 'temporary' })).body.problem,
    'matter.no-end',
  )
  assert.equal(
    (await post('rules', '/api/matters/save', { ...own, name: '巡河', evidence: 'photo' })).body.problem,
    'matter.evidence-why',
  )
  assert.equal((await post('rules', '/api/matters/save', { ...own, name: '巡河' })).status, 200)
  assert.equal(
    (await post('rules', '/api/matters/save', { ...own, id: freshId(), name: '巡河' })).body.problem,
    'matter.overlap',
  )
})

test('nothing makes a task but under a matter in force: order, rule, campaign, meeting', async () => {
  const ended = { ...(await world.get('rules', '/api/matters', { setCode: 'jiangsu' })).body.matters[0] }
  const order = { id: freshId(), gridIds: [world.at['grid1']], title: '巡查', dueOn: '2026-03-05', minutes: 20 }
  await world.clock.pass(2 * 86_400_000)
  await world.wake()
  for (const matterId of [ended.id, freshId()]) {
    const refusal = matterId === ended.id ? 'matter.not-in-force' : 'matter.unknown'
    assert.equal((await post('village', '/api/visits/order', { ...order, matterId })).body.problem, refusal)
    assert.equal(
      (
        await post('village', '/api/visits/campaign', {
          id: freshId(),
          matterId,
          name: '专项',
          placeId: world.at['village'],
          selector: 'house-rental',
          formCode: 'rental',
          fromOn: '2026-03-05',
          toOn: '2026-03-20',
          minutes: 10,
        })
      ).body.problem,
      refusal,
    )
    assert.equal(
      (
        await post('rules', '/api/visits/rule', {
          rule: {
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
          },
        })
      ).body.problem,
      refusal,
    )
    assert.equal(
      (
        await post('worker', '/api/visits/record', {
          id: freshId(),
          taskId: null,
          matterId,
          formCode: 'patrol',
          subjectKind: 'grid',
          subjectId: world.at['grid1'],
          outcome: 'done',
          answers: { state: 'good' },
          madeAt: new Date(world.clock.now()).toISOString(),
        })
      ).body.problem,
      refusal,
    )
  }
  assert.equal((await tasks()).length, 0)
  assert.equal(
    (await post('othervillage', '/api/visits/order', { ...order, matterId: matter('B01') })).status,
    404,
    'no order into the grid of others',
  )
  // The one insert into visits.task stands in make-tasks.ts.
  const files = readdirSync(join(import.meta.dirname, '../src'), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && f.name.endsWith('.ts'))
    .map((f) => join(f.parentPath, f.name))
  assert.deepEqual(
    files
      .filter((f) => readFileSync(f, 'utf8').includes('insert into visits.task'))
      .map((f) => f.replace(/.*\/src\//, '')),
    ['visits/store/tasks.ts'],
  )
})

test('rules make tasks once a cycle, again after the visit, and not before half of the period', async () => {
  await world.engine.database.write((tx) =>
    run(tx, sql`insert into visits.last values (${county}, ${houses[0]}, 'rental', '2026-02-05')`),
  )
  await runRules(world.engine)
  await runRules(world.engine)
  const [first, ...more] = await tasks(sql`subject_id = ${houses[0]}`)
  assert.equal(more.length, 0)
  assert.deepEqual([first!.earliest_on, first!.due_on, first!.title], ['2026-02-20', '2026-03-07', '群租房安全巡查'])
  assert.equal((await visit('worker', first!, { outcome: 'not-home' })).body.taskState, 'open')
  const done = await visit('worker', first!, { outcome: 'met', answers: { exit: 'good', power: 'good', gas: 'none' } })
  assert.equal(done.body.taskState, 'done', JSON.stringify(done.body))
  await runRules(world.engine)
  assert.equal(
    (await tasks(sql`subject_id = ${houses[0]} and state = 'open'`)).length,
    0,
    'the next is more than three weeks off',
  )
  await world.clock.pass(15 * 86_400_000)
  await world.wake()
  await runRules(world.engine)
  const [again] = await tasks(sql`subject_id = ${houses[0]} and state = 'open'`)
  assert.equal(again!.due_on, '2026-04-03')
  assert.equal(
    (await visit('worker', again!, { outcome: 'met', answers: { exit: 'good' } })).body.problem,
    'visit.answers',
  )
  assert.equal(
    (await visit('worker2', again!, { outcome: 'met', answers: { exit: 'good', power: 'good', gas: 'none' } })).status,
    404,
  )
})

test('a care visit is due with what to mind, and its reason stays with its keeper', async () => {
  const person = await save('person', { name: '赵六', kind: 'resident' })
  const kept = await post('keeper', '/api/registry/overlay', {
    id: freshId(),
    personId: person,
    kind: 'released',
    facts: '某年释放',
    visitDays: 20,
    cautions: ['in-pairs'],
    startedOn: '2026-03-01',
    endedOn: null,
  })
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  await runRules(world.engine)
  const [task] = await tasks(sql`subject_id = ${person}`)
  assert.deepEqual(task!.cautions, ['in-pairs'])
  const pulled = await world.get('worker', '/api/sync/pull')
  const text = JSON.stringify(pulled.body)
  assert.ok(
    text.includes('in-pairs') && !text.includes('released') && !text.includes('某年释放') && !text.includes('安置帮教'),
  )
  assert.equal((await visit('worker', task!, { outcome: 'met', answers: { state: 'calm' } })).body.taskState, 'done')
  const overlay = await rowOf<{ visited_at: Date | null }>(
    read(),
    sql`select visited_at from registry.overlay where person_id = ${person}`,
  )
  assert.equal(overlay!.visited_at!.getTime(), world.clock.now())
  const record = {
    id: freshId(),
    taskId: null,
    matterId: matter('D01'),
    formCode: 'released',
    subjectKind: 'person',
    subjectId: person,
    outcome: 'met',
    answers: { work: 'yes', state: 'calm' },
    madeAt: new Date(world.clock.now()).toISOString(),
  }
  assert.equal((await post('worker', '/api/visits/record', record)).status, 403)
  assert.equal((await post('keeper', '/api/visits/record', { ...record, id: freshId() })).status, 200)
  assert.equal((await world.get('worker', '/api/visits', { subjectId: person })).body.visits.length, 1)
  assert.equal((await world.get('keeper', '/api/visits', { subjectId: person })).body.visits.length, 2)
})

test('a hazard becomes an event, is re-checked until it is cleared, and stays linked', async () => {
  const eventId = await world.report('worker', { title: '出租房通道堵塞' })
  const hazard = freshId()
  const found = await post('worker', '/api/visits/record', {
    id: freshId(),
    taskId: null,
    matterId: matter('C02'),
    formCode: 'rental',
    subjectKind: 'house',
    subjectId: houses[2],
    outcome: 'met',
    answers: { exit: 'bad', power: 'good', gas: 'none' },
    madeAt: new Date(world.clock.now()).toISOString(),
    hazards: [{ id: hazard, what: '通道堵塞', fixBy: '2026-03-25', recheckDays: 7, eventId }],
    eventIds: [eventId],
  })
  assert.equal(found.status, 200, JSON.stringify(found.body))
  assert.equal((await world.get('village', '/api/visits', { eventId })).body.visits.length, 1)
  const [first] = await tasks(sql`origin = 'recheck' and state = 'open'`)
  assert.equal(first!.due_on, '2026-03-25')
  await visit('worker', first!, { outcome: 'done', answers: { cleared: 'no' } })
  const [second] = await tasks(sql`origin = 'recheck' and state = 'open'`)
  assert.ok(second && second.id !== first!.id)
  await visit('worker', second, { outcome: 'done', answers: { cleared: 'yes' } })
  assert.equal((await tasks(sql`origin = 'recheck' and state = 'open'`)).length, 0)
  const [row] = (await world.get('village', '/api/visits/hazards', { state: 'cleared' })).body.hazards
  assert.deepEqual([row.id, row.rechecks, row.eventId], [hazard, 2, eventId])
})

test('a campaign covers its households, shows progress by area, and counts no finds', async () => {
  const id = freshId()
  const made = await post('village', '/api/visits/campaign', {
    id,
    matterId: matter('C02'),
    name: '冬季用电检查',
    placeId: world.at['village'],
    selector: 'house-rental',
    formCode: 'rental',
    fromOn: '2026-03-18',
    toOn: '2026-03-30',
    minutes: 10,
  })
  assert.equal(made.body.tasks, 1, JSON.stringify(made.body))
  const [task] = await tasks(sql`origin_id = ${id}`)
  await visit('worker', task!, { outcome: 'met', answers: { exit: 'good', power: 'good', gas: 'none' } })
  const [campaign] = (await world.get('village', '/api/visits/campaigns')).body.campaigns
  assert.deepEqual([campaign.total, campaign.done, campaign.areas.length], [1, 1, 1])
  assert.equal((await world.get('othervillage', '/api/visits/campaigns')).body.campaigns.length, 0)
  assert.equal((await post('village', '/api/visits/campaign/end', { id, reason: '已完成' })).status, 200)
  assert.equal(
    (
      await post('rules', '/api/visits/form', {
        form: {
          code: 'quota',
          name: '排查',
          nameEn: 'x',
          subject: 'house',
          fields: [{ code: 'found', name: '发现隐患数', nameEn: 'x', type: 'text', choices: [], isRequired: true }],
        },
      })
    ).body.problem,
    'form.counts',
  )
  assert.equal(
    (
      await post('rules', '/api/visits/form', {
        form: {
          code: 'again',
          name: '再问',
          nameEn: 'x',
          subject: 'person',
          fields: [{ code: 'phone', name: '联系电话', nameEn: 'x', type: 'text', choices: [], isRequired: true }],
        },
      })
    ).body.problem,
    'form.field-known',
  )
})

test('a service at the door ends when the resident was told, and its steps keep their order', async () => {
  const id = freshId()
  const taken = await post('worker', '/api/visits/service', {
    id,
    matterId: matter('G01'),
    what: '代办居住证',
    personId: null,
    askedBy: '老李',
    dueOn: '2026-03-25',
    gridId: world.at['grid1'],
    madeAt: new Date(world.clock.now()).toISOString(),
  })
  assert.match(taken.body.no, /^代\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/)
  assert.equal(
    (await post('worker', '/api/visits/service/move', { id, to: 'told', note: '电话告知' })).body.problem,
    'service.order',
  )
  for (const to of ['handed-in', 'answered', 'told'])
    assert.equal((await post('worker', '/api/visits/service/move', { id, to, note: '已办' })).body.state, to)
  assert.equal((await world.get('village', '/api/visits/services', { state: 'all' })).body.services[0].steps.length, 4)
  assert.equal((await world.get('village', '/api/visits/services')).body.services.length, 0)
})

test('the week writes itself in sentences, is added to and confirmed once', async () => {
  const { body } = await world.get('worker', '/api/worklog/week')
  const text = body.lines.map((l: any) => l.text).join('')
  assert.match(text, /出租房安全 \d+ 次/)
  assert.match(text, /受理代办 1 件，办结并告知居民 1 件/)
  assert.match(text, /复查销号 1 处/)
  const on = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  assert.equal((await post('worker', '/api/worklog/add', { id: freshId(), on, text: '协助社区搬运物资' })).status, 200)
  assert.ok((await post('worker', '/api/worklog/confirm', { on })).body.confirmedAt)
  assert.equal(
    (await post('worker', '/api/worklog/add', { id: freshId(), on, text: '再补一句' })).body.problem,
    'week.confirmed',
  )
  const weeks = (await world.get('village', '/api/worklog/weeks', { on })).body.weeks
  assert.deepEqual(
    weeks.map((w: any) => w.gridName),
    ['第1网格', '第2网格'],
  )
  assert.equal((await world.get('othervillage', '/api/worklog/weeks', { on })).body.weeks.length, 0)
})

test('a meeting draws its agenda from what is open, and its resolutions become tasks under a matter', async () => {
  await post('village', '/api/visits/order', {
    id: freshId(),
    matterId: matter('B01'),
    gridIds: [world.at['grid1']],
    title: '夜间巡防',
    dueOn: '2026-03-19',
    minutes: 20,
  })
  await world.clock.pass(3 * 86_400_000)
  await world.wake()
  const id = freshId()
  const called = await post('village', '/api/worklog/meeting', {
    id,
    placeId: world.at['village'],
    kind: 'regular',
    title: '三月例会',
    at: new Date(world.clock.now()).toISOString(),
    where: '社区会议室',
  })
  assert.ok(
    called.body.agenda.some((a: any) => a.text.includes('夜间巡防')),
    JSON.stringify(called.body),
  )
  assert.ok(called.body.attendance.some((a: any) => a.accountId === idOf('worker')))
  const close = {
    id,
    version: 1,
    minutes: '讨论了夜间巡防。',
    attendance: [{ name: '演员worker', state: 'came' }],
    resolutions: [
      { text: '每周两次夜巡', gridId: world.at['grid1'], matterId: matter('B01'), dueOn: '2026-03-30', minutes: 60 },
    ],
  }
  assert.equal(
    (
      await post('village', '/api/worklog/meeting/close', {
        ...close,
        resolutions: [{ ...close.resolutions[0], matterId: freshId() }],
      })
    ).body.problem,
    'matter.unknown',
  )
  assert.equal((await post('village', '/api/worklog/meeting/close', close)).body.resolutions[0].tasks, 1)
  assert.equal((await tasks(sql`title = '每周两次夜巡'`)).length, 1)
})

test('the rota names what cannot be met with the people there are', async () => {
  const { body } = await world.get('village', '/api/visits/rota', { hoursPerWeek: 1 })
  const grid = body.grids.find((g: any) => g.id === world.at['grid1'])
  assert.equal(grid.workers, 1)
  assert.ok(grid.asked > grid.capacity && grid.lines.some((l: any) => l.shortMinutes > 0 && l.state !== 'met'))
  const plenty = (await world.get('village', '/api/visits/rota', { hoursPerWeek: 60 })).body.grids.find(
    (g: any) => g.id === world.at['grid1'],
  )
  assert.ok(plenty.lines.every((l: any) => l.state === 'met'))
  assert.equal((await world.get('worker', '/api/visits/rota')).status, 403)
})

test('a lone visit is shared by choice, ends by itself, and leaves no track', async () => {
  const id = freshId()
  assert.equal((await post('worker', '/api/visits/safety/share', { id, where: '三幢', minutes: 30 })).status, 200)
  assert.equal(
    (await post('worker', '/api/visits/safety/share', { id: freshId(), where: '四幢', minutes: 30 })).body.problem,
    'safety.running',
  )
  assert.equal((await world.get('village', '/api/visits/safety')).body.shares[0].isOverdue, false)
  await world.clock.pass(40 * 60_000)
  await world.wake()
  assert.equal((await world.get('village', '/api/visits/safety')).body.shares[0].isOverdue, true)
  await world.clock.pass(25 * 3_600_000)
  await world.wake()
  await runRules(world.engine)
  assert.equal((await world.get('village', '/api/visits/safety')).body.shares.length, 0)
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

test('the library answers a question put in plain words, with source and dates, and ended articles are gone', async () => {
  const ask = async (text: string) => (await world.get('worker', '/api/library', { text })).body.articles
  assert.equal((await ask('敲门没有人在家'))[0].title, '敲门没人在怎么办')
  assert.ok((await ask('')).every((a: any) => a.source !== ''))
  const [first] = await ask('罚款')
  const ended = { ...first, validTo: '2026-03-01' }
  const { id, version, kind, title, body, keywords, source, sourceUrl, validFrom, validTo } = ended
  assert.equal(
    (
      await post('rules', '/api/library/save', {
        id,
        version,
        kind,
        title,
        body,
        keywords,
        source,
        sourceUrl,
        validFrom,
        validTo,
      })
    ).status,
    200,
  )
  assert.ok(!(await ask('罚款')).some((a: any) => a.id === id))
})

test('a badge is checked by its code, replaced, revoked, and printed', async () => {
  const issue = async () =>
    (await post('village', '/api/badges/issue', { id: freshId(), accountId: idOf('worker') })).body
  const first = await issue()
  const page = async (code: string) => String((await world.get(null, '/badge', { code, lang: 'zh' })).body)
  assert.match(await page(first.code), /是，这是.*演员worker/s)
  const second = await issue()
  assert.notEqual(second.code, first.code)
  assert.match(await page(first.code), /已作废或过期/)
  assert.match(await page('AAAAAAAAAA'), /没有这个编号/)
  assert.equal((await post('othervillage', '/api/badges/revoke', { id: second.id, reason: '越权' })).status, 404)
  for (const [what, id, size] of [
    ['badge', second.id, 'A4'],
    ['cards', second.id, 'A4'],
    ['board', world.at['grid1']!, 'A4'],
    ['board', world.at['grid1']!, 'A3'],
  ] as const) {
    const pdf = await world.get('village', '/api/badges/print', { what, id, size })
    if (pdf.status === 503) continue
    assert.equal(pdf.status, 200, what)
    assert.ok(pdf.raw.subarray(0, 5).toString() === '%PDF-' && pdf.raw.length < 400_000, `${what} ${pdf.raw.length}`)
  }
  assert.equal((await post('village', '/api/badges/revoke', { id: second.id, reason: '遗失' })).status, 200)
  assert.match(await page(second.code), /已作废或过期/)
  assert.ok(!(await page(second.code)).includes('199'))
})
