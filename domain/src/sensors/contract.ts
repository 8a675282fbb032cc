/** Endpoints of devices: what they send, and what those who keep them ask and change. Source: requirements.md E3. */
import { z } from 'zod'
import { CategoryCode, Urgency } from '../events/terms.ts'
import { endpoint, type Endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay, AskedInstant } from '../kernel/moments.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { JoinScope, ReadingKind, SensorKind, SensorState } from './terms.ts'

const Point = z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
const Done = z.strictObject({ done: z.literal(true) })

/**
 * What a device sends, with its key as `Authorization: Bearer`. Where it stands, what matter it is and how it is put into
 * words is the server's to say: there is no field for it.
 */
export const takeReading = endpoint({
  name: 'takeReading',
  method: 'POST',
  path: '/api/sensors/readings',
  duty: 'device',
  summary: '设备上报（报警、恢复、故障、心跳） What a device says',
  ask: z.strictObject({
    /** The device's own name for the message: sent again, it changes nothing. */
    message: z.string().regex(/^[\w.:-]{1,64}$/),
    reading: ReadingKind,
    /** When it was, by the clock of the device. */
    at: AskedInstant.optional(),
    /** What it measured, in the unit of its kind. */
    value: z.number().min(-1e6).max(1e6).optional(),
    /** Per cent. */
    battery: z.int().min(0).max(100).optional(),
  }),
  /** `again`: it was taken before. `now` is the server's time, to set a clock by. */
  reply: z.strictObject({ taken: z.enum(['new', 'again']), now: z.string() }),
  refusals: ['sensor.too-old'],
  pace: 'device',
  bodyLimit: 2048,
})

const Standing = {
  kind: SensorKind,
  /** After a place or a number, never after a person. */
  name: Line(40),
  /** Where exactly, for who looks for it. */
  spot: Line(80),
  /** A registered building, or a point where it stands in none. */
  buildingId: Id.nullable().default(null),
  point: Point.nullable().default(null),
  /** Whose it is. */
  departmentId: Id.nullable().default(null),
  validTo: AskedDay.nullable().default(null),
}
const standingRefusals = ['sensor.place', 'sensor.elsewhere', 'department.unknown', 'sensor.dates'] as const

/** Where a device may be fixed to; buildings, and nothing of who lives in them. */
export const findSensorBuildings = endpoint({
  name: 'findSensorBuildings',
  method: 'GET',
  path: '/api/sensors/buildings',
  duty: 'sensor.manage',
  summary: '设备所在楼栋（按名称） Buildings by name, for a device to stand in',
  ask: z.strictObject({ text: z.string().trim().min(1).max(40) }),
  reply: z.strictObject({ buildings: z.array(z.strictObject({ id: Id, name: z.string(), placeName: z.string() })) }),
  refusals: [],
  pace: 'search',
})

export const registerSensor = endpoint({
  name: 'registerSensor',
  method: 'POST',
  path: '/api/sensors/register',
  duty: 'sensor.manage',
  summary: '登记设备（密钥只显示一次） Register a device; its key is shown once',
  ask: z.strictObject({ requestId: RequestId, id: Id, ...Standing }),
  reply: z.strictObject({ id: Id, key: z.string() }),
  refusals: standingRefusals,
  isSecret: true,
})
export const changeSensor = endpoint({
  name: 'changeSensor',
  method: 'POST',
  path: '/api/sensors/change',
  duty: 'sensor.manage',
  summary: '修改设备 Change a device',
  ask: z.strictObject({ requestId: RequestId, id: Id, version: z.int().min(1), ...Standing }),
  reply: Done,
  refusals: [...standingRefusals, 'sensor.unknown', 'sensor.stale', 'sensor.ended'],
})
export const renewSensorKey = endpoint({
  name: 'renewSensorKey',
  method: 'POST',
  path: '/api/sensors/renew-key',
  duty: 'sensor.manage',
  summary: '更换密钥（旧密钥立即失效） A new key; the old one ends at once',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: z.strictObject({ id: Id, key: z.string() }),
  refusals: ['sensor.unknown', 'sensor.ended'],
  isSecret: true,
})
export const endSensor = endpoint({
  name: 'endSensor',
  method: 'POST',
  path: '/api/sensors/end',
  duty: 'sensor.manage',
  summary: '停用设备 End a device',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(100) }),
  reply: Done,
  refusals: ['sensor.unknown', 'sensor.ended'],
})

/** So many devices one file may bring: each is given a key, and the keys are handed out at once. */
export const mostImported = 2000
/** The first faults are told; all of them stand in the workbook. */
export const mostFaultsTold = 100
export const readSensorTemplate = endpoint({
  name: 'readSensorTemplate',
  method: 'GET',
  path: '/api/sensors/template',
  duty: 'sensor.manage',
  summary: '下载设备导入模板 A template for devices',
  ask: z.strictObject({}),
  reply: z.strictObject({}),
  refusals: [],
  isStream: true,
})
/**
 * A table of devices: a trial writes nothing, `all` takes the whole file or nothing, `good` the rows without a fault. Rows
 * whose device is registered already change nothing and are given no key.
 */
export const importSensors = endpoint({
  name: 'importSensors',
  method: 'POST',
  path: '/api/sensors/import',
  duty: 'sensor.manage',
  summary: '批量登记设备（CSV/Excel，密钥只给一次） Register devices out of a table; their keys are given once',
  ask: z.strictObject({
    requestId: RequestId,
    fileName: z.string().max(200),
    /** A file of four megabytes. */
    base64: z.string().max(5_600_000),
    mode: z.enum(['trial', 'good', 'all']),
  }),
  reply: z.strictObject({
    rows: z.int(),
    /** Devices that were registered; in a trial, that would be. */
    created: z.int(),
    same: z.int(),
    faulty: z.int(),
    faults: z.array(z.strictObject({ row: z.int(), column: z.string(), fault: z.string() })),
    /** Workbooks: the rows to mend with what is wrong with them, and the devices with their keys. Null where there are none. */
    toMend: z.string().nullable(),
    keys: z.string().nullable(),
  }),
  refusals: ['file.type', 'file.broken', 'file.empty', 'file.encoding', 'file.too-large', 'import.no-header'],
  isSecret: true,
  pace: 'heavy',
  bodyLimit: 6_291_456,
})

export const sensorFilters = ['all', 'alarm', 'fault', 'silent', 'noisy', 'ended'] as const
/** A device, with what it said; alarms are counted by events and by messages, false ones by events that proved untrue. */
export const SensorRow = z.strictObject({
  id: Id,
  kind: SensorKind,
  name: z.string(),
  spot: z.string(),
  buildingId: z.string().nullable(),
  point: Point.nullable(),
  placeName: z.string(),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  validTo: z.string().nullable(),
  state: SensorState,
  isSilent: z.boolean(),
  heardAt: z.string().nullable(),
  /** Its clock was wrong by so many seconds when it was heard last; null where it says no hour or is right. */
  clockOff: z.int().nullable(),
  battery: z.int().nullable(),
  alarms: z.int(),
  events: z.int(),
  /** Of its events, those that are over, and those of them that were nothing. */
  over: z.int(),
  untrue: z.int(),
  keyAt: z.string(),
  endedAt: z.string().nullable(),
  version: z.int(),
})
export type SensorRow = z.infer<typeof SensorRow>

export const listSensors = endpoint({
  name: 'listSensors',
  method: 'GET',
  path: '/api/sensors',
  duty: ['sensor.read', 'sensor.manage'],
  summary: '设备清单 Devices',
  ask: z.strictObject({
    filter: z.enum(sensorFilters).default('all'),
    kind: SensorKind.optional(),
    departmentId: Id.optional(),
    text: z.string().max(40).default(''),
    after: After,
    size: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.strictObject({
    sensors: z.array(SensorRow),
    next: Next,
    counts: z.strictObject({ all: z.int(), alarm: z.int(), fault: z.int(), silent: z.int() }),
    mayManage: z.boolean(),
  }),
  refusals: [],
})

export const KindRuleView = z.strictObject({
  kind: SensorKind,
  categoryCode: z.string(),
  urgency: Urgency,
  scope: JoinScope,
  joinMinutes: z.int(),
  silentMinutes: z.int(),
  basis: z.string(),
  /** Since when; null for what a county starts with. */
  fromOn: z.string().nullable(),
  next: z.strictObject({ fromOn: z.string(), categoryCode: z.string() }).nullable(),
})
export const listSensorKinds = endpoint({
  name: 'listSensorKinds',
  method: 'GET',
  path: '/api/sensors/kinds',
  duty: ['sensor.read', 'sensor.manage', 'catalogue.edit'],
  summary: '设备类型与报警规则 Kinds of devices and what their alarms are',
  ask: z.strictObject({}),
  reply: z.strictObject({ kinds: z.array(KindRuleView), mayEdit: z.boolean() }),
  refusals: [],
})
export const saveSensorKind = endpoint({
  name: 'saveSensorKind',
  method: 'POST',
  path: '/api/sensors/set-kind',
  duty: 'catalogue.edit',
  summary: '设定报警规则（自某日起） Set what alarms of a kind are, from a day on',
  ask: z.strictObject({
    requestId: RequestId,
    kind: SensorKind,
    fromOn: AskedDay,
    categoryCode: CategoryCode,
    urgency: Urgency,
    scope: JoinScope,
    joinMinutes: z.int().min(1).max(1440),
    silentMinutes: z.int().min(10).max(20_160),
    basis: Line(200),
  }),
  reply: Done,
  refusals: ['category.unknown', 'days.past'],
})

/** So many devices are shown of an event, the latest first; all are counted. */
export const mostShown = 200
export const listEventReadings = endpoint({
  name: 'listEventReadings',
  method: 'GET',
  path: '/api/sensors/of-event',
  duty: 'event.read',
  summary: '事件下的设备报警 Alarms behind an event',
  ask: z.strictObject({ eventId: Id }),
  reply: z.strictObject({
    alarms: z.int(),
    devices: z.int(),
    /** Devices that said since that it is over. */
    cleared: z.int(),
    firstAt: z.string().nullable(),
    lastAt: z.string().nullable(),
    readings: z.array(
      z.strictObject({
        kind: SensorKind,
        name: z.string(),
        spot: z.string(),
        departmentName: z.string().nullable(),
        alarms: z.int(),
        firstAt: z.string(),
        lastAt: z.string(),
        clearedAt: z.string().nullable(),
        value: z.number().nullable(),
      }),
    ),
  }),
  refusals: ['event.not-found'],
})

export const sensorsContract = [
  takeReading,
  findSensorBuildings,
  registerSensor,
  changeSensor,
  renewSensorKey,
  endSensor,
  readSensorTemplate,
  importSensors,
  listSensors,
  listSensorKinds,
  saveSensorKind,
  listEventReadings,
] as Endpoint[]
