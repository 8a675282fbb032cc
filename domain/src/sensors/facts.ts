/** What happens to devices, as the journal keeps it. Heartbeats are not written down. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'
import { SensorKind } from './terms.ts'

const Of = z.strictObject({ kind: SensorKind })
export const sensorRegistered = recorded('sensor.registered', Of)
export const sensorChanged = recorded(
  'sensor.changed',
  z.strictObject({ kind: SensorKind, fields: z.array(z.string()) }),
)
export const sensorKeyChanged = recorded('sensor.key-changed', Of)
export const sensorEnded = recorded('sensor.ended', z.strictObject({ kind: SensorKind, reason: z.string() }))
/** A table of devices was taken, or tried. */
export const sensorsImported = recorded(
  'sensor.imported',
  z.strictObject({ mode: z.string(), rows: z.int(), created: z.int(), faulty: z.int() }),
)
/** `event` is what it is counted on; `isNew` where it made it. */
export const sensorAlarmed = recorded(
  'sensor.alarmed',
  z.strictObject({ kind: SensorKind, event: z.string(), isNew: z.boolean() }),
)
export const sensorCleared = recorded('sensor.cleared', Of)
export const sensorFaulted = recorded('sensor.faulted', Of)
/** Somebody called with the key of a device that has ended: the first time a day, the tenth, the hundredth. */
export const sensorTurnedAway = recorded('sensor.turned-away', z.strictObject({ times: z.int() }))
export const sensorRuleSaved = recorded(
  'sensor.rule-saved',
  z.strictObject({ kind: SensorKind, fromOn: z.string(), category: z.string(), basis: z.string() }),
)
