/** A device is registered, speaks, gets another key and ends; everybody tries each of it. */
import * as sensors from '@fengge/domain/sensors/contract'
import { idOf } from '../../world.ts'
import { fresh, plain, sample, type Known, type Sample } from './asks.ts'
import { everybody, type Stage } from './stage.ts'

const standing = {
  kind: 'smoke',
  name: '烟感1',
  spot: '3幢1单元楼道',
  point: { lng: 120.2101, lat: 31.6102 },
  departmentId: idOf('town-works'),
} as const
const reading = () => ({ message: fresh().id, reading: 'alarm' }) as const

const table = Buffer.from('设备类型,名称或编号,经度,纬度,具体位置\n烟感,烟感9,120.2101,31.6102,3幢3单元楼道\n')

export const sensorAsks: readonly Sample[] = [
  ...plain(sensors.listSensors, sensors.listSensorKinds, sensors.readSensorTemplate),
  sample(sensors.findSensorBuildings)(() => ({ text: '园' })),
  sample(sensors.takeReading)(reading),
  sample(sensors.registerSensor)(() => ({ ...fresh(), ...standing })),
  sample(sensors.importSensors)(() => ({ fileName: 'a.csv', base64: table.toString('base64'), mode: 'good' })),
  sample(sensors.saveSensorKind)(() => ({
    kind: 'smoke',
    fromOn: '2026-03-02',
    categoryCode: '3001',
    urgency: 2,
    scope: 'grid',
    joinMinutes: 30,
    silentMinutes: 60,
    basis: '通知',
  })),
  sample(sensors.listEventReadings)(({ stage }) => ({ eventId: stage.played.eventId })),
]

export async function endDevices(stage: Stage, _known: Known): Promise<void> {
  const { id, key } = await stage.get(sensors.registerSensor, 'net', { ...fresh(), ...standing })
  stage.note('key of a device', key)
  await stage.send(sensors.takeReading, { token: key, name: 'a device' }, reading())
  const ask = { id, version: 1, ...standing, name: '烟感2' }
  await Promise.all(everybody.map((who) => stage.send(sensors.changeSensor, who, ask)))
  const renewed = await stage.get(sensors.renewSensorKey, 'net', { id })
  stage.note('key of a device', renewed.key)
  const end = { id, reason: '拆除' }
  for (const promise of [sensors.renewSensorKey, sensors.endSensor])
    await Promise.all(everybody.filter((who) => who !== 'net').map((who) => stage.send(promise, who, end)))
  await stage.get(sensors.endSensor, 'net', end)
}
