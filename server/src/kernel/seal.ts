/**
 * Seals personal facts at rest and gives them a keyed index for exact search (domain.md A12). Two suites:
 * `intl` AES-256-GCM with HMAC-SHA-256; `sm` SM4-CTR with encrypt-then-HMAC-SM3, since OpenSSL has no SM4-GCM.
 * A sealed value names its suite, so both can be read whatever the setting is now.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomFillSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import { deriveKey } from './settings.ts'

export interface Sealer {
  readonly seal: (text: string) => string
  readonly open: (sealed: string) => string
  readonly index: (text: string) => string
  /** The index under every key in use: while keys are changed, a search asks for both. */
  readonly indexes: (text: string) => string[]
}

/**
 * @param former the secret before this one, while keys are changed: what it sealed is still opened and found, and
 * `npx fengge rotate` seals it anew
 */
export function createSealer(secret: string, suite: 'intl' | 'sm', former?: string): Sealer {
  const now = keysOf(secret),
    before = former === undefined ? undefined : keysOf(former)
  const index = (text: string, key: KeyObject) =>
    createHmac(suite === 'sm' ? 'sm3' : 'sha256', key)
      .update(text.normalize('NFKC'))
      .digest('base64url')
  const open = (sealed: string, keys: Keys) =>
    sealed.startsWith('i1.') ? openIntl(sealed, keys.intl) : openSm(sealed, keys.sm, keys.mac)
  return {
    seal: (text) => (suite === 'intl' ? sealIntl(text, now.intl) : sealSm(text, now.sm, now.mac)),
    open: (sealed) => {
      if (!before) return open(sealed, now)
      try {
        return open(sealed, now)
      } catch {
        return open(sealed, before)
      }
    },
    index: (text) => index(text, now.index),
    indexes: (text) => (before ? [index(text, now.index), index(text, before.index)] : [index(text, now.index)]),
  }
}

// Key objects are made once: making one costs more than using it.
interface Keys {
  readonly intl: KeyObject
  readonly sm: KeyObject
  readonly mac: KeyObject
  readonly index: KeyObject
}
function keysOf(secret: string): Keys {
  const seal = deriveKey(secret, 'seal')
  return {
    intl: createSecretKey(seal),
    sm: createSecretKey(seal.subarray(0, 16)),
    mac: createSecretKey(deriveKey(secret, 'seal-mac')),
    index: createSecretKey(deriveKey(secret, 'index')),
  }
}

const stock = Buffer.alloc(8192)
let used = stock.length
/** Fresh random bytes, drawn in stock. */
function randomBytes(count: number): Buffer {
  if (used + count > stock.length) {
    randomFillSync(stock)
    used = 0
  }
  used += count
  return Buffer.from(stock.subarray(used - count, used))
}

function sealIntl(text: string, key: KeyObject): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `i1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

function openIntl(sealed: string, key: KeyObject): string {
  const raw = Buffer.from(sealed.slice(3), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12)).setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}

function sealSm(text: string, key: KeyObject, macKey: KeyObject): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('sm4-ctr', key, iv)
  const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
  return `s1.${Buffer.concat([createHmac('sm3', macKey).update(body).digest(), body]).toString('base64url')}`
}

function openSm(sealed: string, key: KeyObject, macKey: KeyObject): string {
  const raw = Buffer.from(sealed.slice(3), 'base64url')
  const body = raw.subarray(32)
  if (!timingSafeEqual(raw.subarray(0, 32), createHmac('sm3', macKey).update(body).digest()))
    throw new Error('sealed value was changed')
  const decipher = createDecipheriv('sm4-ctr', key, body.subarray(0, 16))
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]).toString('utf8')
}
