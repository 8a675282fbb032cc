/**
 * Seals personal facts at rest and gives them a keyed index for exact search (domain.md A12). Two suites:
 * `intl` AES-256-GCM with HMAC-SHA-256; `sm` SM4-CTR with encrypt-then-HMAC-SM3, since OpenSSL has no SM4-GCM.
 * A sealed value names its suite, so both can be read whatever the setting is now. It is bound to the column and the
 * row it stands in and opens nowhere else, so that nobody who writes to the database can put one in the place of
 * another. Values of the first form (`i1.`, `s1.`) are not bound yet; `npx fengge rotate` seals them anew.
 */
import { normal } from '@fengge/domain/kernel/text'
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import { deriveKey } from './settings.ts'

/** Where a sealed value stands: its column, and what names its row. @example `visits.visit.sealed:${id}` */
export type SealedAt = `${string}.${string}.${string}:${string}`

export interface Sealer {
  readonly seal: (text: string, at: SealedAt) => string
  readonly open: (sealed: string, at: SealedAt) => string
  /** Whether it needs nothing but the secret and the suite in force, and is bound to its place. */
  readonly isCurrent: (sealed: string, at: SealedAt) => boolean
  readonly index: (text: string) => string
  /** The index under every key in use: while keys are changed, a search asks for both. */
  readonly indexes: (text: string) => string[]
  /** Keys of one file (sealing/sealed-file.ts), under every secret in use, that in force first. @param about what names the file */
  readonly fileKeys: (suite: Suite, salt: Uint8Array, about: string) => Buffer[]
  /** In which everything is sealed from now on. */
  readonly suite: Suite
}

export type Suite = 'intl' | 'sm'

/**
 * @param former the secret before this one, while keys are changed: what it sealed is still opened and found, and
 * `npx fengge rotate` seals it anew
 */
export function createSealer(secret: string, suite: Suite, former?: string): Sealer {
  const now = keysOf(secret),
    before = former === undefined ? undefined : keysOf(former)
  const index = (text: string, key: KeyObject) =>
    createHmac(suite === 'sm' ? 'sm3' : 'sha256', key)
      .update(normal(text, 'NFKC'))
      .digest('base64url')
  const open = (sealed: string, at: string, keys: Keys) =>
    sealed.startsWith('i') ? openIntl(sealed, at, keys) : openSm(sealed, at, keys)
  const prefix = suite === 'intl' ? 'i2.' : 's2.'
  const fileKey = (of: Suite, salt: Uint8Array, about: string, keys: Keys) =>
    Buffer.from(hkdfSync(of === 'sm' ? 'sm3' : 'sha256', keys.file, salt, about, 64))
  return {
    seal: (text, at) => prefix + (suite === 'intl' ? sealIntl(text, at, now) : sealSm(text, at, now)),
    open: (sealed, at) => {
      if (!before) return open(sealed, at, now)
      try {
        return open(sealed, at, now)
      } catch {
        return open(sealed, at, before)
      }
    },
    isCurrent: (sealed, at) => {
      try {
        return sealed.startsWith(prefix) && open(sealed, at, now) !== undefined
      } catch {
        return false
      }
    },
    index: (text) => index(text, now.index),
    indexes: (text) => (before ? [index(text, now.index), index(text, before.index)] : [index(text, now.index)]),
    fileKeys: (of, salt, about) => [now, ...(before ? [before] : [])].map((keys) => fileKey(of, salt, about, keys)),
    suite,
  }
}

// Key objects are made once: making one costs more than using it.
interface Keys {
  readonly intl: KeyObject
  readonly sm: KeyObject
  readonly mac: KeyObject
  readonly index: KeyObject
  readonly file: KeyObject
}
function keysOf(secret: string): Keys {
  const seal = deriveKey(secret, 'seal')
  return {
    intl: createSecretKey(seal),
    sm: createSecretKey(seal.subarray(0, 16)),
    mac: createSecretKey(deriveKey(secret, 'seal-mac')),
    index: createSecretKey(deriveKey(secret, 'index')),
    file: createSecretKey(deriveKey(secret, 'seal-file')),
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

/** Both suites begin with the form; what follows is in base64url. */
const rawOf = (sealed: string) => Buffer.from(sealed.slice(3), 'base64url')
/** Values of the first form know no place. */
const boundTo = (sealed: string, at: string) => Buffer.from(sealed[1] === '1' ? '' : at)

function sealIntl(text: string, at: string, keys: Keys): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.intl, iv).setAAD(Buffer.from(at))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function openIntl(sealed: string, at: string, keys: Keys): string {
  const raw = rawOf(sealed)
  const decipher = createDecipheriv('aes-256-gcm', keys.intl, raw.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(boundTo(sealed, at)).setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}

function sealSm(text: string, at: string, keys: Keys): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('sm4-ctr', keys.sm, iv)
  const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([macOf(body, Buffer.from(at), keys), body]).toString('base64url')
}

function openSm(sealed: string, at: string, keys: Keys): string {
  const raw = rawOf(sealed)
  const body = raw.subarray(32)
  if (raw.length < 48 || !timingSafeEqual(raw.subarray(0, 32), macOf(body, boundTo(sealed, at), keys)))
    throw new Error('a sealed value was changed or stands in the wrong place')
  const decipher = createDecipheriv('sm4-ctr', keys.sm, body.subarray(0, 16))
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]).toString('utf8')
}

/** Over the value, its place and how long that is, so that no part of one passes for a part of the other. */
function macOf(body: Buffer, at: Buffer, keys: Keys): Buffer {
  const mac = createHmac('sm3', keys.mac).update(body)
  if (at.length > 0) mac.update(at).update(Buffer.from([at.length >> 8, at.length & 255]))
  return mac.digest()
}
