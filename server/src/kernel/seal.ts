/**
 * Seals personal facts at rest and gives them a keyed index for exact search (domain.md A12). Two suites:
 * `intl` AES-256-GCM with HMAC-SHA-256; `sm` SM4-CTR with encrypt-then-HMAC-SM3, since OpenSSL has no SM4-GCM.
 * A sealed value names its suite, so both can be read whatever the setting is now.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { deriveKey } from './settings.ts'

export interface Sealer {
  seal(text: string): string
  open(sealed: string): string
  index(text: string): string
  /** The index under every key in use: while keys are changed, a search asks for both. */
  indexes(text: string): string[]
}

/**
 * @param former the secret before this one, while keys are changed: what it sealed is still opened and found, and
 * `npx fengge rotate` seals it anew
 */
export function createSealer(secret: string, suite: 'intl' | 'sm', former?: string): Sealer {
  const now = keysOf(secret), before = former === undefined ? undefined : keysOf(former)
  const index = (text: string, key: Buffer) => createHmac(suite === 'sm' ? 'sm3' : 'sha256', key).update(text.normalize('NFKC')).digest('base64url')
  const open = (sealed: string, keys: Keys) => (sealed.startsWith('i1.') ? openIntl(sealed, keys.seal) : openSm(sealed, keys.seal, keys.mac))
  return {
    seal: (text) => (suite === 'intl' ? sealIntl(text, now.seal) : sealSm(text, now.seal, now.mac)),
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

interface Keys { readonly seal: Buffer; readonly mac: Buffer; readonly index: Buffer }
const keysOf = (secret: string): Keys => ({ seal: deriveKey(secret, 'seal'), mac: deriveKey(secret, 'seal-mac'), index: deriveKey(secret, 'index') })

function sealIntl(text: string, key: Buffer): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `i1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

function openIntl(sealed: string, key: Buffer): string {
  const raw = Buffer.from(sealed.slice(3), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12)).setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}

function sealSm(text: string, key: Buffer, macKey: Buffer): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('sm4-ctr', key.subarray(0, 16), iv)
  const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
  return `s1.${Buffer.concat([createHmac('sm3', macKey).update(body).digest(), body]).toString('base64url')}`
}

function openSm(sealed: string, key: Buffer, macKey: Buffer): string {
  const raw = Buffer.from(sealed.slice(3), 'base64url')
  const body = raw.subarray(32)
  if (!timingSafeEqual(raw.subarray(0, 32), createHmac('sm3', macKey).update(body).digest())) throw new Error('sealed value was changed')
  const decipher = createDecipheriv('sm4-ctr', key.subarray(0, 16), body.subarray(0, 16))
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]).toString('utf8')
}
