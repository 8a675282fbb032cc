/** What lies sealed on a phone, opened here with the data key that the phone told when it was enrolled: AES-256-GCM, twelve bytes of nonce first, the tag last. */
import { createDecipheriv } from 'node:crypto'
import { Id } from '@fengge/domain/kernel/id'
import { Act } from '@fengge/domain/sync/terms'
import { z } from 'zod'
import { readRaw } from '../kernel/parse-ask.ts'
import type { Sealer } from '../kernel/seal.ts'
import { keyAt } from './store/devices.ts'

/** The data key of a phone. */
export const openKey = (sealer: Sealer, device: string, keySealed: string): string =>
  sealer.open(keySealed, keyAt(device))

/** A photo as its act tells of it. */
const HeldPhoto = z.object({ id: Id, eventId: Id, phase: z.enum(['before', 'during', 'after', 'check']) })
/** More than any form takes. */
const mostPhotos = 50
/** An act as a phone keeps it (web/src/offline/outbox.ts), as far as the desk has to know. */
const HeldAct = z.object({
  act: Act,
  state: z.enum(['waiting', 'done', 'refused', 'held', 'kept']).catch('waiting'),
  photos: z
    .array(HeldPhoto)
    .catch([])
    .transform((photos) => photos.slice(0, mostPhotos)),
})
export type HeldAct = z.output<typeof HeldAct>
export type HeldPhoto = z.output<typeof HeldPhoto>

/** @returns the bytes, or undefined: what cannot be opened is nobody's */
function openBytes(sealed: string, dataKey: string): Buffer | undefined {
  try {
    const raw = Buffer.from(sealed, 'base64url')
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(dataKey, 'base64url'), raw.subarray(0, 12))
    cipher.setAuthTag(raw.subarray(-16))
    return Buffer.concat([cipher.update(raw.subarray(12, -16)), cipher.final()])
  } catch {
    return undefined
  }
}

export function openAct(sealed: string, dataKey: string): HeldAct | undefined {
  const bytes = openBytes(sealed, dataKey)
  if (!bytes) return undefined
  try {
    return HeldAct.parse(readRaw(JSON.parse(bytes.toString('utf8'))))
  } catch {
    return undefined
  }
}

/** A photo without its head, one line of JSON before the picture. */
export function openPhoto(sealed: string, dataKey: string): Buffer | undefined {
  const bytes = openBytes(sealed, dataKey)
  return bytes?.subarray(bytes.indexOf(10) + 1)
}
