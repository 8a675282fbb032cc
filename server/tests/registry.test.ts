import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { contract } from '@fengge/domain/contract'
import { createSealer } from '../src/kernel/seal.ts'
import { rowOf, rowsOf, sql, run } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { describeError } from '../src/kernel/problems.ts'
import { rotateKeys } from '../src/rotate-keys.ts'
import { county, logins, openWorld, type Login, type World } from './world.ts'

let world: World
let estate: string, building: string, house: string, other: string
const body = (more: Record<string, unknown>) => ({ requestId: freshId(), ...more })
const numberOf = (seq: number, day = '19900304') => {
  const b = `341225${day}${String(seq).padStart(3, '0')}`
  return b + identityCheck(b)
}
const save = (login: Login, kind: string, values: object, more: object = {}) =>
  world.post(login, '/api/registry/save', body({ id: freshId(), kind, version: 0, values, ...more }))
const person = async (values: object, login: Login = 'worker') => {
  const answer = await save(login, 'person', { name: '赵测试', kind: 'floating', ...values })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.id as string
}
const see = async (login: Login, id: string) => (await world.get(login, '/api/registry/record', { id })).body.record
const recount = async () => {
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

before(async () => {
  world = await openWorld()
  estate = (
    await save(
      'village',
      'estate',
      { name: '阳光花园', kind: 'estate', aliases: '阳光小区', hasProperty: false },
      { placeId: world.at['grid1'] },
    )
  ).body.id
  building = (await save('worker', 'building', { no: '3', floors: 6 }, { parentId: estate })).body.id
  house = (
    await save(
      'worker',
      'house',
      { unitNo: '2', roomNo: '501', floor: 5, use: 'rental', areaM2: 40, rooms: 2 },
      { parentId: building },
    )
  ).body.id
  other = (await save('worker', 'house', { unitNo: '2', roomNo: '502', floor: 5, use: 'self' }, { parentId: building }))
    .body.id
  assert.ok(estate && building && house && other)
})
after(() => world.close())

test('a household is collected once: gaps are named, confirming is one tap, and nobody is asked twice in ninety days', async () => {
  const id = await person({ name: '王小芳', idNo: numberOf(12), phone: '13812345678' })
  const linkId = freshId()
  assert.equal(
    (
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: linkId, personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '租赁合同' }),
      )
    ).status,
    200,
  )
  assert.equal(
    (
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '租赁合同' }),
      )
    ).body.problem,
    'link.there',
  )
  const page = (await world.get('worker', '/api/registry/household', { houseId: house })).body
  assert.equal(page.address, '阳光花园3幢2单元501室')
  assert.equal(page.living[0].record.name, '王小芳')
  assert.equal(page.living[0].isLead, true)
  assert.deepEqual(page.living[0].record.gaps, ['hukouArea'], 'birth day and sex came from the number')
  assert.equal(page.living[0].record.values.idNo, '3412**********' + numberOf(12).slice(-4))
  assert.equal(page.living[0].record.values.phone, '138****5678')
  const ask = (more: object = {}) =>
    world.post('worker', '/api/registry/confirm', body({ houseId: house, ids: [house, id], isAsked: true, ...more }))
  assert.equal((await ask()).body.confirmed, 2)
  assert.equal((await ask()).body.problem, 'household.asked-recently')
  assert.equal((await ask({ reason: '消防检查必须核对' })).status, 200)
  const due = (await world.get('worker', '/api/registry/due')).body.records
  assert.ok(!due.some((r: { id: string }) => r.id === house))
  world.clock.pass(91 * 86_400_000)
  await world.wake()
  assert.ok(
    (await world.get('worker', '/api/registry/due')).body.records.some(
      (r: { id: string; name: string }) => r.id === house && r.name === '阳光花园3幢2单元501室',
    ),
    'a rented house is verified again after ninety days',
  )
  assert.equal((await ask()).status, 200, 'the quiet time is over')
})

test('what is wrong is said for each field, and nothing is written', async () => {
  const good = numberOf(77)
  const wrong = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')
  for (const [values, fault] of [
    [{ idNo: wrong }, 'id.check-digit'],
    [{ idNo: '123' }, 'id.length'],
    [{ idNo: numberOf(1, '20990101') }, 'id.date'],
    [{ phone: '12' }, 'value.phone'],
    [{ born: '1990-02-30' }, 'value.day'],
    [{ kind: 'alien' }, 'value.choice'],
    [{ name: ' ' }, 'value.required'],
  ] as const) {
    const answer = await save('worker', 'person', { name: '错误', kind: 'floating', ...values })
    assert.equal(answer.status, 422, JSON.stringify(values))
    assert.equal(answer.body.details.fields[0].fault, fault)
    assert.ok(!JSON.stringify(answer.body).includes(wrong), 'the value itself is not said back')
  }
  assert.equal(
    (await save('worker', 'person', { name: '某人', kind: 'floating', religion: '无' })).body.problem,
    'field.off',
    'there is no such field and there cannot be',
  )
  assert.equal(
    (await save('worker', 'person', { name: '某人', kind: 'floating', ethnicity: '汉' })).body.problem,
    'field.off',
  )
  assert.equal(
    (
      await world.post(
        'rules',
        '/api/registry/field',
        body({ kind: 'person', code: 'ethnicity', isOn: true, isAsked: false, basis: '', purpose: '' }),
      )
    ).body.problem,
    'field.no-basis',
  )
  assert.equal(
    (
      await world.post(
        'rules',
        '/api/registry/field',
        body({
          kind: 'person',
          code: 'ethnicity',
          isOn: true,
          isAsked: false,
          basis: '某法第一条',
          purpose: '某项服务',
        }),
      )
    ).status,
    200,
  )
  assert.equal((await save('worker', 'person', { name: '某人', kind: 'floating', ethnicity: '汉' })).status, 200)
  const old = await save('worker', 'person', {
    name: '老号码',
    kind: 'resident',
    idNo: `${good.slice(0, 6)}${good.slice(8, 17)}`,
  })
  assert.equal(old.status, 200, 'a number of fifteen digits is made one of eighteen')
  assert.equal(
    (await save('worker2', 'house', { roomNo: '1', use: 'self' }, { parentId: building })).status,
    404,
    'a building of another grid',
  )
  assert.equal(
    (await save('worker', 'unit', { name: '某店', kind: 'shop', creditCode: '91350100M000100Y44' })).body.details
      .fields[0].fault,
    'value.credit-code',
  )
  assert.equal(
    (await save('worker', 'unit', { name: '某店', kind: 'shop', creditCode: '91350100M000100Y43', staffCount: 3 }))
      .status,
    200,
  )
})

test('two editors of one record merge by field; the same field is shown side by side', async () => {
  const id = await person({ name: '两人改', phone: '13900000001' })
  const edit = (login: Login, version: number, values: object) =>
    world.post(login, '/api/registry/save', body({ id, kind: 'person', version, values }))
  assert.deepEqual((await edit('worker', 1, { remark: '白天不在家' })).body.changed, ['remark'])
  const merged = (await edit('village', 1, { phone: '13900000002' })).body
  assert.deepEqual([merged.changed, merged.merged, merged.version], [['phone'], true, 3])
  const clash = await edit('worker', 2, { phone: '13900000003' })
  assert.equal(clash.status, 409)
  assert.deepEqual(clash.body.details.clashes, [{ field: 'phone', theirs: '139****0002', yours: '139****0003' }])
  const [a, b] = await Promise.all([edit('worker', 3, { remark: '甲' }), edit('village', 3, { remark: '乙' })])
  assert.deepEqual([a.status, b.status].toSorted(), [200, 409], 'one wins, the other is told')
})

test('any run of edits, undone from the last to the first, gives back exactly what was; and each day can be shown as it was', async () => {
  const value = fc.record(
    {
      name: fc.constantFrom('甲一', '乙二', '丙三'),
      phone: fc.constantFrom('13700000001', '13700000002', ''),
      remark: fc.constantFrom('', '左', '右'),
      hukouArea: fc.constantFrom('', '甲地', '乙地'),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 6 }), async (edits) => {
      const id = await person({ name: '初始', phone: '13700000009', remark: '原' })
      const open = async () => {
        const row = (await rowOf<{ body: object; sealed: Record<string, string> }>(
          world.engine.database.read,
          sql`select body, sealed from registry.person where id = ${id}`,
        ))!
        return {
          ...row.body,
          ...Object.fromEntries(Object.entries(row.sealed).map(([k, v]) => [k, world.engine.sealer.open(v)])),
        }
      }
      const states = [await open()]
      for (const [i, values] of edits.entries()) {
        const answer = await world.post(
          'village',
          '/api/registry/save',
          body({ id, kind: 'person', version: i + 1, values }),
        )
        assert.equal(answer.status, 200, JSON.stringify(answer.body))
        states.push(await open())
      }
      const changes = (await world.get('village', '/api/registry/history', { id })).body.changes as {
        id: string
        what: string
      }[]
      let at = states.length - 1
      for (const change of changes.filter((c) => c.what === 'edit' || c.what === 'confirm')) {
        at--
        if (change.what === 'confirm') {
          assert.deepEqual(states[at], states[at + 1])
          continue
        }
        assert.equal(
          (await world.post('village', '/api/registry/undo', body({ changeId: change.id, reason: '录错' }))).status,
          200,
        )
        assert.deepEqual(await open(), states[at])
      }
      assert.deepEqual(await open(), states[0])
    }),
    { numRuns: 12 },
  )
  const id = await person({ name: '昨天名' })
  const day = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  world.clock.pass(2 * 86_400_000)
  await world.wake()
  await world.post(
    'village',
    '/api/registry/save',
    body({ id, kind: 'person', version: 1, values: { name: '今天名' } }),
  )
  assert.equal((await world.get('village', '/api/registry/record', { id, on: day })).body.record.values.name, '昨天名')
  assert.equal((await see('village', id)).values.name, '今天名')
})

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

const figures = async () => {
  const f = (await world.get('county', '/api/registry/composition')).body
  return Object.fromEntries(
    [
      ...Object.entries(f.byKind).map(([k, n]) => [`person/${k}`, n]),
      ...Object.entries(f.byUse).map(([k, n]) => [`house/${k}`, n]),
    ].filter(([, n]) => n !== 0),
  )
}

test('duplicates are offered before saving and listed after; two numbers are two people; kept apart stays apart', async () => {
  const id = await person({ name: '单雄信', idNo: numberOf(301), phone: '13511112222' })
  const likely = (values: object, login: Login = 'worker') => world.post(login, '/api/registry/likely', { values })
  assert.deepEqual((await likely({ name: '别名', idNo: numberOf(301) })).body.likely[0].reasons, ['same-id'])
  assert.deepEqual(
    (await likely({ name: '单雄鑫', phone: '13511112222' })).body.likely.map((l: { reasons: string[] }) => l.reasons),
    [['same-phone']],
  )
  assert.deepEqual((await likely({ name: '单雄信', born: '1990-03-04' })).body.likely[0].reasons, ['same-name-born'])
  assert.deepEqual((await likely({ name: '单雄信', idNo: numberOf(302), phone: '13511112222' })).body.likely, [])
  const far = (await likely({ name: '单雄信', idNo: numberOf(301) }, 'worker2')).body.likely[0]
  assert.deepEqual(
    [far.name, far.isYours, far.gridName],
    ['单**', false, '第1网格'],
    'of people elsewhere only the grid is told',
  )
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: other, role: 'member', fromOn: '2026-03-01', basis: '自述' }),
  )
  assert.deepEqual(
    (
      await world.post('worker', '/api/registry/likely', { values: { name: '单雄欣' }, houseId: other })
    ).body.likely.map((l: { reasons: string[] }) => l.reasons),
    [['same-home']],
  )
  const second = (
    await save(
      'village',
      'house',
      { roomNo: '9', use: 'rental' },
      {
        parentId: (
          await save(
            'village',
            'building',
            { no: '9' },
            {
              parentId: (
                await save('village', 'estate', { name: '邻格小区', kind: 'estate' }, { placeId: world.at['grid2'] })
              ).body.id,
            },
          )
        ).body.id,
      },
    )
  ).body.id
  const linked = await world.post(
    'worker2',
    '/api/registry/link',
    body({
      id: freshId(),
      personId: id,
      houseId: second,
      role: 'tenant',
      fromOn: '2026-03-01',
      basis: '租赁合同',
      isLead: true,
    }),
  )
  assert.equal(linked.status, 200, 'one person, two homes in two grids')
  const guest = (await world.get('worker2', '/api/registry/household', { houseId: second })).body.living[0]
  assert.deepEqual(
    [guest.record.name, guest.isLead, guest.record.gridName, guest.record.canReveal, 'idNo' in guest.record.values],
    ['单雄信', false, '第1网格', [], false],
    'the first grid goes on answering, and the second sees no more than it needs',
  )
  const twin = await person({ name: '单雄鑫', phone: '13511112222' })
  const listed = () =>
    world
      .get('village', '/api/registry/doubles')
      .then((a) =>
        a.body.pairs.filter((p: { a: { id: string }; b: { id: string } }) => [p.a.id, p.b.id].includes(twin)),
      )
  assert.equal((await listed()).length, 1)
  await world.post('village', '/api/registry/apart', body({ aId: id, bId: twin, reason: '父子' }))
  assert.equal((await listed()).length, 0)
  const third = await person({ name: '单雄信', idNo: numberOf(303) })
  assert.equal(
    (
      await world.post(
        'village',
        '/api/registry/merge',
        body({ keepId: id, keepVersion: 1, dropId: third, dropVersion: 1, reason: '试' }),
      )
    ).body.problem,
    'merge.two-numbers',
  )
})

test('a let room with more people than it can hold is named, as a reason to look', async () => {
  const crowded = (
    await save(
      'worker',
      'house',
      { unitNo: '2', roomNo: '503', floor: 5, use: 'rental', areaM2: 18, rooms: 1 },
      { parentId: building },
    )
  ).body.id
  for (const n of [1, 2, 3, 4])
    await world.post(
      'worker',
      '/api/registry/link',
      body({
        id: freshId(),
        personId: await person({ name: `租客${n}` }),
        houseId: crowded,
        role: 'tenant',
        fromOn: '2026-03-01',
        basis: '自述',
      }),
    )
  assert.deepEqual((await world.get('worker', '/api/registry/household', { houseId: crowded })).body.groupRent, [
    'people-per-room',
    'area-per-person',
  ])
  assert.ok(
    (await world.get('village', '/api/registry/gaps')).body.groupRent.some((r: { id: string }) => r.id === crowded),
  )
})

test('one box finds by name, pinyin, initials, phone, number, four digits and address, within reach', async () => {
  const id = await person({ name: '尉迟敬德', idNo: numberOf(411), phone: '13400004321' })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '自述' }),
  )
  const find = async (login: Login, text: string) =>
    (await world.post(login, '/api/registry/search', { text })).body.records.map((r: { id: string }) => r.id)
  for (const text of [
    '尉迟敬德',
    '尉迟',
    'yuchijingde',
    'yuchi',
    'ycjd',
    '13400004321',
    '134 0000 4321',
    numberOf(411),
    '4321',
  ])
    assert.ok((await find('worker', text)).includes(id), text)
  for (const text of ['阳光花园3幢501', '阳光小区 3-2-501', '阳光花园', 'ygh', 'yangguanghuayuan'])
    assert.ok((await find('worker', text)).includes(house) || text === 'ygh', text)
  assert.deepEqual(await find('worker2', '尉迟敬德'), [])
  assert.deepEqual(await find('othertown', '13400004321').catch(() => []), [])
  assert.equal(
    (await world.post('town', '/api/registry/search', { text: '尉迟' })).status,
    403,
    'a dispatcher has no business in the registry',
  )
})

test('a value is revealed one at a time, with a purpose, against a quota, and the person can be told who looked', async () => {
  const id = await person({ name: '被查看', idNo: numberOf(511), phone: '13300001111' })
  const reveal = (login: Login, field: string) =>
    world.post(login, '/api/registry/reveal', body({ id, field, purpose: 'contact', note: '电话联系核对租约' }))
  const once = body({ id, field: 'phone', purpose: 'contact', note: '电话联系核对租约' })
  assert.equal((await world.post('worker', '/api/registry/reveal', once)).body.value, '13300001111')
  assert.deepEqual(
    (await world.post('worker', '/api/registry/reveal', once)).body,
    { value: '13300001111', left: 19 },
    'a repeat is the same look',
  )
  assert.equal(
    (await rowsOf(world.engine.database.read, sql`select 1 from kernel.request where reply::text like '%13300001111%'`))
      .length,
    0,
  )
  assert.equal((await reveal('worker', 'idNo')).body.problem, 'field.not-yours')
  assert.equal((await reveal('liaison', 'phone')).status, 403)
  assert.equal((await reveal('village', 'idNo')).body.value, numberOf(511))
  assert.equal((await reveal('worker2', 'phone')).status, 404)
  let last = await reveal('worker', 'phone')
  for (let i = 0; i < 20 && last.status === 200; i++) last = await reveal('worker', 'phone')
  assert.equal(last.body.problem, 'reveal.quota')
  const alarms = (await world.get('auditor', '/api/audit/alarms')).body.alarms as {
    accountName: string
    kind: string
    refused: number
  }[]
  assert.deepEqual(
    alarms.map((a) => [a.accountName, a.kind, a.refused]),
    [['演员worker', 'quota', 1]],
  )
  const looks = (await world.get('village', '/api/registry/looks', { id })).body.looks as {
    office: string
    purpose: string
  }[]
  assert.ok(
    looks.some((l) => l.purpose === 'contact：电话联系核对租约' && l.office.includes('网格员')),
    JSON.stringify(looks[0]),
  )
  assert.ok(!JSON.stringify(looks).includes('演员'), 'the office is told, not the name')
})

test('of key populations a worker learns that a visit is due and what to mind, never the label', async () => {
  const id = await person({ name: '应访人' })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: other, role: 'member', fromOn: '2026-03-01', basis: '自述' }),
  )
  const overlay = {
    id: freshId(),
    personId: id,
    kind: 'mental-health',
    facts: '病历测试词',
    visitDays: 30,
    cautions: ['in-pairs', 'with-doctor'],
    startedOn: '2026-01-01',
    endedOn: null,
  }
  assert.equal((await world.post('village', '/api/registry/overlay', body(overlay))).status, 403)
  assert.equal((await world.post('keeper', '/api/registry/overlay', body(overlay))).status, 200)
  const page = await world.get('worker', '/api/registry/household', { houseId: other })
  const mine = page.body.living.find((p: { record: { id: string } }) => p.record.id === id)
  assert.deepEqual([mine.visitDue, mine.cautions], [true, ['in-pairs', 'with-doctor']])
  for (const login of ['worker', 'village', 'leader1', 'liaison'] as const)
    assert.ok(
      !/mental-health|病历测试词/.test(
        JSON.stringify((await world.get(login, '/api/registry/household', { houseId: other })).body),
      ),
      login,
    )
  assert.equal(
    (await world.get('keeper', '/api/registry/overlays', { personId: id })).body.overlays[0].facts,
    '病历测试词',
  )
  const kept = await rowsOf(
    world.engine.database.read,
    sql`
      select o::text as x
      from registry.overlay o
      union all
      select j::text
      from audit.journal j
      union all
      select r::text
      from kernel.request r
    `,
  )
  assert.ok(!JSON.stringify(kept).includes('病历测试词'))
})

test('no answer of any endpoint, to any role, holds a core value in the clear', async () => {
  const secret = numberOf(611),
    phone = '13200009999'
  const id = await person({ name: '机密人', idNo: secret, phone })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '自述' }),
  )
  await world.post(
    'village',
    '/api/registry/save',
    body({ id, kind: 'person', version: 1, values: { remark: '改过' } }),
  )
  let tried = 0
  for (const p of contract.filter((c) => c.path.startsWith('/api/') && !c.isStream && c.name !== 'revealField')) {
    for (const login of logins) {
      const ask = {
        id,
        houseId: house,
        personId: id,
        text: '机密',
        parentId: building,
        values: { name: '机密人', phone },
        placeId: world.at['village'],
      }
      const keys = Object.keys((p.ask as unknown as { shape?: object }).shape ?? {})
      const fit = Object.fromEntries(Object.entries(ask).filter(([k]) => keys.includes(k)))
      const answer =
        p.method === 'GET'
          ? await world.get(login, p.path, fit as never)
          : p.path.includes('/search') || p.path.includes('/likely')
            ? await world.post(login, p.path, fit)
            : null
      if (!answer) continue
      tried++
      const text = JSON.stringify(answer.body)
      assert.ok(!text.includes(secret) && !text.includes(phone), `${login} ${p.name}`)
    }
  }
  assert.ok(tried > 800, String(tried))
  const stored = await rowOf<{ t: string }>(
    world.engine.database.read,
    sql`
      select string_agg(x, '') as t
      from (
          select r::text as x
          from registry.person r
          union all
          select c::text
          from registry.change c
          union all
          select j::text
          from audit.journal j
          union all
          select k::text
          from kernel.request k
        ) s
    `,
  )
  assert.ok(!stored!.t.includes(secret) && !stored!.t.includes(phone), 'nor does any table hold it')
})

test('a log of a database error names codes and tables, never values', async () => {
  const error = await rowsOf(world.engine.database.read, sql`select ${'34010119900101000 是谁'}::date`).catch(
    (e: unknown) => e,
  )
  assert.match((error as Error).message, /34010119900101000/, 'the database says the value')
  assert.ok(!JSON.stringify(describeError(error)).includes('34010119900101'))
  assert.match(describeError(error).message, /^database error 22007/)
})

test('keys change without a stop: the old is opened and found, the new is written', () => {
  const old = createSealer('an old secret of thirty-two letters', 'intl'),
    now = createSealer('a new secret of thirty-two letters!', 'sm', 'an old secret of thirty-two letters')
  assert.equal(now.open(old.seal('甲')), '甲')
  assert.equal(now.open(now.seal('甲')), '甲')
  assert.equal(
    createSealer('a new secret of thirty-two letters!', 'intl', 'an old secret of thirty-two letters')
      .indexes('x')
      .includes(old.index('x')),
    true,
  )
})

test('keys are changed under a running server: everything is sealed anew, found and shown as before', async () => {
  const id = await person({ name: '换密钥', idNo: numberOf(811), phone: '13100008888' })
  await world.post(
    'village',
    '/api/registry/save',
    body({ id, kind: 'person', version: 1, values: { phone: '13100009999' } }),
  )
  const was = (await world.get('village', '/api/registry/history', { id })).body
  const dataSecret = 'another secret for the data alone, 36'
  const between = { ...world.engine, sealer: createSealer(dataSecret, 'sm', world.engine.settings.dataSecret) }
  const done = await rotateKeys(between)
  assert.ok(done['registry.person']! > 3 && done['registry.change']! > 3, JSON.stringify(done))
  const after_ = createSealer(dataSecret, 'sm')
  const row = (await rowOf<{ sealed: Record<string, string>; id_index: string }>(
    world.engine.database.read,
    sql`select sealed, id_index from registry.person where id = ${id}`,
  ))!
  assert.equal(after_.open(row.sealed['idNo']!), numberOf(811))
  assert.equal(row.id_index, after_.index(`id:${numberOf(811)}`))
  await rotateKeys({ ...world.engine, sealer: createSealer(world.engine.settings.dataSecret, 'intl', dataSecret) })
  assert.deepEqual((await world.get('village', '/api/registry/history', { id })).body, was)
})

test('figures are always what a recount gives', async () => {
  const before_ = await figures()
  assert.deepEqual(before_, await recount())
  const moved = (await world.get('county', '/api/registry/composition')).body
  assert.equal(
    moved.places.reduce((n: number, p: { persons: number }) => n + p.persons, 0),
    moved.persons,
  )
  assert.ok(county)
})
