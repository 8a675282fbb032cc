import * as promises from '@fengge/domain/sensors/contract'
import type { Ground } from '../kernel/ground.ts'
import type { Serve } from '../kernel/serve.ts'
import { sendWorkbook } from '../kernel/workbooks/send-workbook.ts'
import { admitDevice } from './admit.ts'
import { writeTemplate } from './bulk/workbooks.ts'
import { changeSensor, endSensor, registerSensor, renewSensorKey } from './commands/keep-device.ts'
import { saveSensorKind } from './commands/save-kind.ts'
import { importSensors } from './commands/import-sensors.ts'
import { takeReading } from './commands/take-reading.ts'
import { findSensorBuildings } from './queries/find-buildings.ts'
import { listSensorKinds } from './queries/list-kinds.ts'
import { listEventReadings } from './queries/list-readings.ts'
import { listSensors } from './queries/list-sensors.ts'

export function sensorsRoutes(serve: Serve, ground: Ground): void {
  serve.device(promises.takeReading, admitDevice(ground), takeReading)
  serve.read(promises.findSensorBuildings, findSensorBuildings)
  serve.write(promises.registerSensor, registerSensor)
  serve.write(promises.changeSensor, changeSensor)
  serve.write(promises.renewSensorKey, renewSensorKey)
  serve.write(promises.endSensor, endSensor)
  serve.stream(promises.readSensorTemplate, async (_ctx, _ask, reply) =>
    sendWorkbook(reply, ['设备导入模板.xlsx', 'template-devices.xlsx'], writeTemplate()),
  )
  serve.prepared(promises.importSensors, importSensors)
  serve.read(promises.listSensors, listSensors)
  serve.read(promises.listSensorKinds, listSensorKinds)
  serve.write(promises.saveSensorKind, saveSensorKind)
  serve.read(promises.listEventReadings, listEventReadings)
}
