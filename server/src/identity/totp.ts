/** Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 s), one step of drift either way. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function makeSecret(): string {
  return [...randomBytes(32)].map((b) => alphabet[b % 32]).join('')
}

function decode(secret: string): Buffer {
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)))
}

export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', decode(secret)).update(counter).digest()
  const at = mac[19]! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const stepOf = (now: number) => Math.floor(now / 30_000)

/** The step a code belongs to, when it is right now or one step beside. */
export function checkCode(secret: string, code: string, now: number): number | undefined {
  return [0, -1, 1]
    .map((drift) => stepOf(now) + drift)
    .find((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)))
}

export const uriOf = (secret: string, login: string) =>
  `otpauth://totp/Fengge:${encodeURIComponent(login)}?secret=${secret}&issuer=Fengge`
