/** Devices stand in places and say nothing of people. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const sensorTells: Tells = tellNothing(
  'takeReading',
  'findSensorBuildings',
  'registerSensor',
  'changeSensor',
  'renewSensorKey',
  'endSensor',
  'readSensorTemplate',
  'importSensors',
  'listSensors',
  'listSensorKinds',
  'saveSensorKind',
  'listEventReadings',
)
