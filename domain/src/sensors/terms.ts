/** Words of sensors: kinds of devices, what they say, how they stand. Source: requirements.md E3; domain.md B4, C3, H4. */
import { z } from 'zod'

/**
 * A closed list, by what a device measures of things and places: no picture, no sound, no face, and nothing that says
 * whether somebody is at home. A kind more is a change of the product, not of a county.
 */
export const sensorKinds = [
  'smoke',
  'gas',
  'charging-fire',
  'electrical',
  'water-level',
  'tilt',
  'manhole',
  'street-lamp',
  'public-door',
  'lift',
] as const
export const SensorKind = z.enum(sensorKinds)
export type SensorKind = z.infer<typeof SensorKind>

export const readingKinds = ['alarm', 'clear', 'fault', 'heartbeat'] as const
export const ReadingKind = z.enum(readingKinds)
export type ReadingKind = z.infer<typeof ReadingKind>

/** What a device said last of itself; `new` until it was heard. */
export const sensorStates = ['new', 'normal', 'alarm', 'fault'] as const
export const SensorState = z.enum(sensorStates)
export type SensorState = z.infer<typeof SensorState>

/** What lies together: only the device itself, its building, its grid. */
export const joinScopes = ['device', 'building', 'grid'] as const
export const JoinScope = z.enum(joinScopes)
export type JoinScope = z.infer<typeof JoinScope>
