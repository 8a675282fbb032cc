import { z } from 'zod'

/**
 * Client-made ids are UUIDv7 so that repeating a send is harmless and rows stay in time order. One id has one writing:
 * the database folds capitals, and what compares or seals by an id must not take two writings for two things.
 */
export const Id = z.uuid().toLowerCase()
export const RequestId = Id

/** Builds a UUIDv7 from a time in ms and 10 random bytes; randomness is the caller's. */
export function composeId(time: number, random: Uint8Array): string {
  const b = new Uint8Array(16)
  for (let i = 5, t = time; i >= 0; i--, t = Math.floor(t / 256)) b[i] = t % 256
  b.set(random.subarray(0, 10), 6)
  b[6] = (b[6]! & 0x0f) | 0x70
  b[8] = (b[8]! & 0x3f) | 0x80
  let text = ''
  for (let i = 0; i < 16; i++) text += i === 4 || i === 6 || i === 8 || i === 10 ? `-${hex[b[i]!]}` : hex[b[i]!]
  return text
}

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
