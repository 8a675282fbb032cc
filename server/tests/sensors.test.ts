/** Devices tell of alarms: one matter is one event, somebody looks and somebody checks, whatever a device says (E3). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent, listEvents, listNotices } from '@fengge/domain/events/contract/desk'
import { retireCategory } from '@fengge/domain/events/contract/rules'
import { listJournal } from '@fengge/domain/audit/contract'
import * as sensors from '@fengge/domain/sensors/contract'
import { saveRecord } from '@fengge/domain/registry/contract'
import { listChildren } from '@fengge/domain/places/contract'
import { foreseeChange, splitGrid } from '@fengge/domain/places/net-contract'
import { createApp } from '../src/app.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { readTable } from '../src/kernel/workbooks/read-table.ts'
import { inGrid1, readingsOf, register, say, type TestDevice } from './devices.ts'
import { office, openWorld, square, type AskedOf, type Login, type World } from './world.ts'

let world: World
let building: string
const hour = 3_600_000

before(async () => {
  world = await openWorld()
  const estate = freshId()
  building = freshId()
  const at = { placeId: world.at['grid1']! }
  await world.ask(saveRecord, 'village', {
    id: estate,
    kind: 'estate',
    version: 0,
    values: { name: '阳光花园', kind: 'estate' },
    ...at,
  })
  await world.ask(saveRecord, 'village', {
    id: building,
    kind: 'building',
    version: 0,
    values: { no: '3' },
    parentId: estate,
  })
})
after(() => world.close())

const events = async () => (await world.ask(listEvents, 'county', { source: 'sensor', size: 100 })).events
/** The events that came of some work. */
async function came(work: () => Promise<unknown>) {
  const known = new Set((await events()).map((e) => e.id))
  await work()
  return (await events()).filter((e) => !known.has(e.id))
}
const alarm = async ({ key }: TestDevice, more = {}) => {
  const answer = await say(world.app, key, more)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as { taken: string; now: string }
}
const smoke = (name: string) =>
  register(world, { kind: 'smoke', name, spot: `3幢${name}`, buildingId: building, point: null })
const one = <T>(list: readonly T[]): T => {
  assert.equal(list.length, 1)
  return list[0]!
}

test('an alarm is an event where the device stands, of the matter and as urgent as the rule of its kind says', async () => {
  const device = await smoke('1单元')
  const event = one(await came(() => alarm(device)))
  assert.equal(event.source, 'sensor')
  assert.equal(event.title, '烟感报警：3幢1单元')
  assert.deepEqual([event.categoryCode, event.urgency, event.gridName], ['3018', 2, '第1网格'])
  assert.equal(event.status, 'reported')
  const { notices } = await world.ask(listNotices, 'worker', {})
  assert.ok(
    notices.some((n) => n.eventId === event.id && n.kind === 'to-verify'),
    'the worker of the grid is to look',
  )
})

test('one device again and again, and others of its building, are one event, on which all of them are counted', async () => {
  world.clock.at('2026-03-03T09:00:00+08:00')
  const [a, b, c] = [await smoke('201'), await smoke('202'), await smoke('203')]
  const event = one(
    await came(async () => {
      for (const device of [a, b, a, c, a]) {
        await alarm(device)
        world.clock.pass(4 * 60_000)
      }
    }),
  )
  const { alarms, devices, firstAt, lastAt, readings } = await readingsOf(world, event.id)
  assert.deepEqual([alarms, devices], [5, 3])
  assert.equal(Date.parse(lastAt!) - Date.parse(firstAt!), 16 * 60_000)
  assert.deepEqual(
    readings.map((r) => [r.name, r.alarms]).toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
    [
      ['201', 3],
      ['202', 1],
      ['203', 1],
    ],
  )
  const later = await came(async () => {
    world.clock.pass(hour)
    await alarm(await smoke('204'))
  })
  assert.equal(later.length, 1, 'after the minutes of the rule another device is another matter')
})

test('five hundred alarms of fifty devices at once, before two servers, are one event', async () => {
  world.clock.at('2026-03-04T09:00:00+08:00')
  const { app } = await createApp(world.engine)
  const devices = await Promise.all(Array.from({ length: 50 }, (_, i) => smoke(`${500 + i}`)))
  const event = one(
    await came(async () => {
      const calls = devices.flatMap(({ key }, i) =>
        Array.from({ length: 10 }, (_, n) => say(n % 2 === 0 ? world.app : app, key, { message: `${i}-${n}` })),
      )
      for (const { status } of await Promise.all(calls)) assert.equal(status, 200)
    }),
  )
  const { alarms, devices: many, readings } = await readingsOf(world, event.id)
  assert.deepEqual([alarms, many, readings.length], [500, 50, 50])
  assert.ok(readings.every((r) => r.alarms === 10))
  await app.close()
})

test('a message that is sent again, at once or after the server died with its answer, is taken once', async () => {
  world.clock.at('2026-03-05T09:00:00+08:00')
  const device = await register(world)
  const said = { message: 'm-1', at: '2026-03-05T08:59:30+08:00', value: 12.5 }
  const first = await createApp(world.engine)
  const event = one(
    await came(async () => {
      const answers = await Promise.all([1, 2, 3].map(() => say(first.app, device.key, said)))
      assert.equal(answers.filter((a) => a.body.taken === 'new').length, 1)
      assert.ok(answers.every((a) => a.status === 200))
      await first.app.close()
      assert.equal((await alarm(device, said)).taken, 'again')
    }),
  )
  const { alarms, readings } = await readingsOf(world, event.id)
  assert.equal(alarms, 1)
  assert.deepEqual([readings[0]!.value, readings[0]!.firstAt], [12.5, '2026-03-05T00:59:30.000Z'])
})

test('a clock that is wrong loses no alarm and chooses no hour; what is older than a day is no news', async () => {
  const device = await register(world)
  const event = one(await came(() => alarm(device, { at: '2026-03-09T09:00:00+08:00' })))
  assert.equal((await readingsOf(world, event.id)).lastAt, new Date(world.clock.now()).toISOString())
  const { sensors: rows } = await world.ask(sensors.listSensors, 'net', { text: 'no such' })
  assert.deepEqual(rows, [])
  const row = (await world.ask(sensors.listSensors, 'net', { size: 1 })).sensors[0]!
  assert.deepEqual([row.id, row.clockOff], [device.id, 4 * 86_400])
  const old = await say(world.app, device.key, { at: '2026-03-04T08:00:00+08:00' })
  assert.deepEqual([old.status, old.body.problem], [409, 'sensor.too-old'])
})

const lift = () =>
  register(world, { kind: 'lift', name: '1号梯', spot: '政和大道18号1号梯', departmentId: office('town-works') })
const at = async (eventId: string) => ({
  eventId,
  version: (await world.ask(getEvent, 'county', { id: eventId })).version,
})
const take = async (by: Login, action: keyof typeof actEndpoints, eventId: string, more: object = {}) => {
  const answer = await world.act(by, eventId, action, { ...more })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

/** A lift is a matter of the town here that needs no photos. */
async function liftsAreOfTheTown(): Promise<void> {
  const rule = { categoryCode: '4007', urgency: 2, scope: 'device', joinMinutes: 60, silentMinutes: 60 } as const
  const basis = '区网格中心通知〔2026〕3号'
  await world.ask(sensors.saveSensorKind, 'rules', { kind: 'lift', fromOn: '2026-03-06', ...rule, basis })
}

test('that an alarm is over closes nothing: a worker looks, a department handles it, and somebody else checks', async () => {
  world.clock.at('2026-03-06T09:00:00+08:00')
  await liftsAreOfTheTown()
  const device = await lift()
  const event = one(await came(() => alarm(device, { message: 'a' })))
  assert.equal(event.categoryCode, '4007')
  await alarm(device, { message: 'b', reading: 'clear' })
  const after = await readingsOf(world, event.id)
  assert.deepEqual([after.cleared, after.devices], [1, 1])
  assert.equal((await world.ask(getEvent, 'county', { id: event.id })).status, 'reported')
  await take('worker', 'verify', event.id, { finding: 'exists' })
  await take('town', 'dispatch', event.id, { departmentId: office('town-works') })
  await take('works', 'sign', event.id)
  await alarm(device, { message: 'c' })
  assert.deepEqual((await readingsOf(world, event.id)).cleared, 0, 'it called again meanwhile')
  await take('works', 'finish', event.id, { result: '已检修' })
  await alarm(device, { message: 'd', reading: 'clear' })
  assert.equal((await world.ask(getEvent, 'county', { id: event.id })).status, 'handled')
  const refused = await world.refusal(actEndpoints.pass, 'works', await at(event.id))
  assert.ok([403, 404, 409].includes(refused.status), 'who handled it does not check it')
  const again = one(await came(() => alarm(device, { message: 'e' })))
  assert.equal(again.status, 'reported', 'what was handled takes no more: somebody looks anew')
  await take('worker', 'pass', event.id)
  assert.equal((await world.ask(getEvent, 'county', { id: event.id })).status, 'closed')
})

test('alarms go on being counted where their event was joined to another', async () => {
  world.clock.at('2026-03-07T09:00:00+08:00')
  const device = await lift()
  const event = one(await came(() => alarm(device)))
  const told = await world.report('worker', {
    categoryCode: '4007',
    stopNoticeRead: true,
    title: '电梯停了',
    content: '电梯停了，没人困在里面',
  })
  await take('worker', 'verify', event.id, { finding: 'exists' })
  await take('town', 'merge', event.id, { intoEventId: told })
  assert.deepEqual(await came(() => alarm(device)), [])
  assert.equal((await readingsOf(world, told)).alarms, 2)
})

test('false alarms are counted by device for its owner, silent devices are listed, and a heartbeat is no alarm', async () => {
  world.clock.at('2026-03-10T09:00:00+08:00')
  const device = await lift()
  for (const day of [10, 11]) {
    world.clock.at(`2026-03-${day}T10:00:00+08:00`)
    const event = one(await came(() => alarm(device)))
    await take('worker', 'verify', event.id, { finding: 'absent', note: '电梯正常' })
    await take('town', 'refuse', event.id, { reason: 'untrue', note: '误报' })
  }
  const mine = await world.ask(sensors.listSensors, 'works', { filter: 'noisy' })
  const row = one(mine.sensors)
  assert.deepEqual([row.id, row.events, row.over, row.untrue, row.alarms], [device.id, 2, 2, 2, 2])
  assert.equal(mine.mayManage, false)
  assert.deepEqual((await world.ask(sensors.listSensors, 'bureau', {})).sensors, [], 'another department sees none')
  world.clock.pass(2 * hour)
  assert.ok((await world.ask(sensors.listSensors, 'net', { filter: 'silent' })).sensors.some((s) => s.id === device.id))
  assert.deepEqual(await came(() => alarm(device, { reading: 'heartbeat', battery: 80 })), [])
  const heard = (await world.ask(sensors.listSensors, 'net', { text: '1号梯', size: 100 })).sensors.find(
    (s) => s.id === device.id,
  )!
  assert.deepEqual([heard.isSilent, heard.battery, heard.state], [false, 80, 'alarm'])
})

test('a rule holds from its day on, is kept within the catalogue, and is set by who keeps the rules of the county', async () => {
  const rule = {
    kind: 'tilt',
    urgency: 1,
    scope: 'building',
    joinMinutes: 30,
    silentMinutes: 60,
    basis: '通知',
  } as const
  const set = (more: object, by: Login = 'rules') =>
    world.refusal(sensors.saveSensorKind, by, { ...rule, fromOn: '2026-04-01', categoryCode: '3005', ...more })
  assert.equal((await set({ categoryCode: '9999' })).problem, 'category.unknown')
  assert.equal((await set({ fromOn: '2026-01-01' })).problem, 'days.past')
  assert.equal((await set({}, 'net')).problem, 'not-allowed')
  await world.ask(sensors.saveSensorKind, 'rules', { ...rule, fromOn: '2026-04-01', categoryCode: '3004' })
  const tilt = (await world.ask(sensors.listSensorKinds, 'town', {})).kinds.find((k) => k.kind === 'tilt')!
  assert.deepEqual([tilt.categoryCode, tilt.next], ['3005', { fromOn: '2026-04-01', categoryCode: '3004' }])
})

/** Splits the first grid; what stands nowhere goes to the first part, and everybody serves on there. */
async function splitNow(parts: AskedOf<typeof splitGrid>['parts']): Promise<void> {
  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const { id, version } = places.find((p) => p.id === world.at['grid1'])!
  const rest = parts[0]!.id
  const change = { id, version, parts, on: '2026-03-12', reason: '人口过多', rest }
  const { posts } = await world.ask(foreseeChange, 'net', { change: { kind: 'split', ...change } })
  await world.ask(splitGrid, 'net', { ...change, staff: posts.map((p) => ({ postingId: p.postingId, to: [rest] })) })
}

test('devices are kept by whoever serves the place, follow the border, and all of it stands in the journal', async () => {
  world.clock.at('2026-03-12T09:00:00+08:00')
  for (const text of ['阳光花园', '阳光花园3幢']) {
    const { buildings } = await world.ask(sensors.findSensorBuildings, 'net', { text })
    assert.deepEqual(
      buildings.map((b) => [b.id, b.name]),
      [[building, '阳光花园3幢']],
    )
  }
  const outside = { kind: 'manhole', name: '井盖', spot: '路口' } as const
  const refusal = (more: object) => world.refusal(sensors.registerSensor, 'net', { id: freshId(), ...outside, ...more })
  assert.equal((await refusal({})).problem, 'sensor.place')
  assert.equal((await refusal({ point: { lng: 110, lat: 20 } })).problem, 'sensor.elsewhere')
  assert.equal((await refusal({ point: inGrid1, departmentId: freshId() })).problem, 'department.unknown')
  assert.equal((await refusal({ point: inGrid1, validTo: '2026-03-01' })).problem, 'sensor.dates')
  const east = await register(world, { name: '东井盖', point: { lng: 120.2181, lat: 31.6102 } })
  const parts = [square(0, 0, 1, 4), square(1, 0, 1, 4)].map((geometry, i) => ({
    id: freshId(),
    name: `第1网格${i === 0 ? '西' : '东'}`,
    kind: 'general' as const,
    geometry,
  }))
  await splitNow(parts)
  const row = (await world.ask(sensors.listSensors, 'net', { text: '东井盖' })).sensors[0]!
  assert.match(row.placeName, /第1网格东$/)
  const change = { id: east.id, version: row.version, ...outside, name: '东井盖2', point: inGrid1 }
  await world.ask(sensors.changeSensor, 'net', change)
  assert.equal((await world.refusal(sensors.changeSensor, 'net', change)).problem, 'sensor.stale')
  await world.ask(sensors.endSensor, 'net', { id: east.id, reason: '拆除' })
  assert.equal((await world.refusal(sensors.renewSensorKey, 'net', { id: east.id })).problem, 'sensor.ended')
  await world.wake()
  const { rows } = await world.ask(listJournal, 'auditor', { subject: east.id })
  assert.deepEqual(rows.map((r) => r.fact).toSorted(), ['sensor.changed', 'sensor.ended', 'sensor.registered'])
})

const headings = '设备类型,名称或编号,小区,幢号,经度,纬度,具体位置,管理部门,有效期至'
const base64 = (lines: readonly string[]) => Buffer.from(lines.join('\n')).toString('base64')
const readBack = async (workbook: string | null) => {
  assert.ok(workbook !== null)
  return readTable('a.xlsx', Buffer.from(workbook, 'base64'))
}

test('devices come out of a table: a trial writes nothing, faults come back as a workbook, and each key is given once', async () => {
  world.clock.at('2026-03-13T09:00:00+08:00')
  const table = [
    '政和社区烟感清单,,,,,,,,',
    headings,
    '烟感,701室,阳光花园小区,3幢,,,7楼楼道,,2027/12/31',
    '燃气探测器,702室,阳光花园,3号楼,,,7楼厨房,,',
    '井盖监测,井盖甲,,,120.2101,31.6102,路口东南角,,',
    '摄像头,703室,阳光花园,3幢,,,7楼楼道,,',
    '烟感,704室,阳光花园,9幢,,,7楼楼道,无此部门,2020-01-01',
    '烟感,704室,阳光花园,9幢,,,7楼楼道,无此部门,',
    '烟感,701室,阳光花园,3栋,,,7楼楼道,,',
    '水位计,河边,,,100,20,河边,,',
    '烟感,,,,,,,,',
  ]
  const send = (mode: 'trial' | 'good' | 'all', lines = table, by: Login = 'net') =>
    world.ask(sensors.importSensors, by, { fileName: '清单.csv', base64: base64(lines), mode })
  const named = async (text: string) => (await world.ask(sensors.listSensors, 'net', { text, size: 100 })).sensors
  const trial = await send('trial')
  assert.deepEqual([trial.rows, trial.created, trial.same, trial.faulty, trial.keys], [9, 3, 0, 6, null])
  assert.deepEqual(
    trial.faults.map((f) => [f.row, f.column, f.fault]),
    [
      [6, '设备类型', '不在可选项中'],
      [7, '有效期至', '有效期不能早于今天'],
      [8, '幢号', '没有登记这栋楼，或不在您管理的区域'],
      [8, '管理部门', '没有这个部门，或已停用'],
      [9, '名称或编号', '与本文件前面的行重复'],
      [10, '经度', '该位置不在您管理的区域内'],
      [11, '名称或编号', '必填'],
      [11, '具体位置', '必填'],
      [11, '小区', '请填小区和幢号，或填经纬度'],
    ],
  )
  assert.deepEqual(await named('701室'), [])
  assert.equal((await send('all')).created, 0, 'not the whole file, so nothing')
  const mend = await readBack(trial.toMend)
  assert.deepEqual([mend.rows.length, mend.header.at(-1)], [6, '问题'])
  assert.match(mend.rows[1]!.at(-1)!, /^有效期至：有效期不能早于今天$/)

  const asked = { requestId: freshId(), fileName: '清单.csv', base64: base64(table), mode: 'good' } as const
  const done = await world.ask(sensors.importSensors, 'net', asked)
  assert.deepEqual([done.created, done.faulty], [3, 6])
  assert.deepEqual(await world.ask(sensors.importSensors, 'net', asked), done, 'a repeat is given the same keys')
  const keys = await readBack(done.keys)
  assert.deepEqual(
    keys.rows.map((r) => r.slice(0, 2)),
    [
      ['烟感', '701室'],
      ['燃气探测器', '702室'],
      ['井盖监测', '井盖甲'],
    ],
  )
  const [smoked] = await named('701室')
  assert.deepEqual([smoked!.buildingId, smoked!.validTo], [building, '2027-12-31'])
  const event = one(await came(() => alarm({ id: smoked!.id, key: keys.rows[0]!.at(-1)! })))
  assert.equal(event.title, '烟感报警：7楼楼道')
  const again = await send('good')
  assert.deepEqual([again.created, again.same, again.keys], [0, 3, null], 'what is there is left as it is')
})

test('a table of devices is filled in from the template, and whoever keeps none takes none', async () => {
  const { raw, status, headers } = await world.get('net', sensors.readSensorTemplate.path)
  assert.equal(status, 200)
  assert.match(String(headers['content-disposition']), /template-devices\.xlsx/)
  const fault = await world.refusal(sensors.importSensors, 'net', {
    fileName: '模板.xlsx',
    base64: raw.toString('base64'),
    mode: 'trial',
  })
  assert.equal(fault.problem, 'file.empty')
  const refused = async (by: Login, lines: readonly string[]) =>
    (await world.refusal(sensors.importSensors, by, { fileName: 'a.csv', base64: base64(lines), mode: 'trial' }))
      .problem
  assert.equal(await refused('net', ['甲,乙', '1,2']), 'import.no-header')
  assert.equal(await refused('net', [headings, ...Array<string>(2001).fill('烟感,1,,,,,1,,')]), 'file.too-large')
  assert.equal(await refused('worker', [headings, '烟感,1,,,,,1,,']), 'not-allowed')
})

test('where a county has no category of fire, smoke is what it was before there was one', async () => {
  world.clock.at('2026-03-14T09:00:00+08:00')
  const codeOf = async () =>
    (await world.ask(sensors.listSensorKinds, 'net', {})).kinds.find((k) => k.kind === 'smoke')!.categoryCode
  assert.equal(await codeOf(), '3018')
  await world.ask(retireCategory, 'rules', { code: '3018', on: '2026-03-16' })
  world.clock.at('2026-03-16T09:00:00+08:00')
  assert.equal(await codeOf(), '3001')
  assert.equal(one(await came(async () => alarm(await smoke('901')))).categoryCode, '3001')
})
