/** Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 s), one step of drift either way. */
import { generateSecret, generateURI, verifySync } from 'otplib'

const period = 30

/** 160 random bits in base 32. */
export const makeSecret = (): string => generateSecret({ length: 20 })

/** The step a code belongs to, when it is right now or one step beside; whoever asks sees to it that no step is used twice. */
export function checkCode(secret: string, code: string, now: number): number | undefined {
  const epoch = Math.floor(now / 1000)
  const result = verifySync({ secret, token: code, epoch, period, epochTolerance: period })
  return result.valid ? Math.floor(epoch / period) + result.delta : undefined
}

export const uriOf = (secret: string, login: string): string => generateURI({ issuer: 'Fengge', label: login, secret })
