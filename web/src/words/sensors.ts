/** Words of devices. */
import type { JoinScope, ReadingKind, SensorKind, SensorState } from '@fengge/domain/sensors/terms'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listEventReadings, sensorFilters } from '@fengge/domain/sensors/contract'
import { counted } from './count.ts'

type Pair = readonly [zh: string, en: string]

export const sensorKindWords: Readonly<Record<SensorKind, Pair>> = {
  smoke: ['烟感', 'Smoke detector'],
  gas: ['燃气探测器', 'Gas detector'],
  'charging-fire': ['充电火灾探测器', 'Charging fire detector'],
  electrical: ['电气火灾监测', 'Electrical fire monitor'],
  'water-level': ['水位计', 'Water level gauge'],
  tilt: ['倾斜监测', 'Tilt monitor'],
  manhole: ['井盖监测', 'Manhole cover monitor'],
  'street-lamp': ['路灯监测', 'Street lamp monitor'],
  'public-door': ['公共门磁', 'Contact of a common door'],
  lift: ['电梯监测', 'Lift monitor'],
}
/** The unit of what a kind measures; empty where it measures nothing. */
export const sensorUnits: Readonly<Record<SensorKind, string>> = {
  smoke: '%/m',
  gas: '%LEL',
  'charging-fire': '℃',
  electrical: 'mA',
  'water-level': 'm',
  tilt: '°',
  manhole: '°',
  'street-lamp': '',
  'public-door': '',
  lift: '',
}
export const sensorStateWords: Readonly<Record<SensorState, Pair>> = {
  new: ['未接入', 'Not heard yet'],
  normal: ['正常', 'Normal'],
  alarm: ['报警', 'Alarm'],
  fault: ['故障', 'Fault'],
}
export const sensorFilterWords: Readonly<Record<(typeof sensorFilters)[number], Pair>> = {
  all: ['在用', 'In use'],
  alarm: ['报警中', 'In alarm'],
  fault: ['故障', 'Faulty'],
  silent: ['失联', 'Silent'],
  noisy: ['误报多', 'Often false'],
  ended: ['已停用', 'Ended'],
}
export const joinScopeWords: Readonly<Record<JoinScope, Pair>> = {
  device: ['同一设备', 'The same device'],
  building: ['同一楼栋', 'The same building'],
  grid: ['同一网格', 'The same grid'],
}
export const readingWords: Readonly<Record<ReadingKind, Pair>> = {
  alarm: ['报警', 'Alarm'],
  clear: ['恢复', 'Over'],
  fault: ['故障', 'Fault'],
  heartbeat: ['心跳', 'Heartbeat'],
}

type Alarms = Pick<ReplyOf<typeof listEventReadings>, 'alarms' | 'devices' | 'firstAt' | 'lastAt'>

/** As a dispatcher says it: 47 alarms of 12 devices in 20 minutes. */
export function saysAlarms(
  { alarms, devices, firstAt, lastAt }: Alarms,
  t: (zh: string, en: string) => string,
): string {
  const minutes =
    firstAt === null || lastAt === null ? 0 : Math.round((Date.parse(lastAt) - Date.parse(firstAt)) / 60_000)
  const zh = minutes > 0 ? `${minutes} 分钟内 ${devices} 台设备报警 ${alarms} 次` : `${devices} 台设备报警 ${alarms} 次`
  return t(
    zh,
    `${counted(alarms, 'alarm')} of ${counted(devices, 'device')}${minutes > 0 ? ` in ${counted(minutes, 'minute')}` : ''}`,
  )
}
