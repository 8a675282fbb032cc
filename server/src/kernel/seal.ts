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
}

export function createSealer(secret: string, suite: 'intl' | 'sm'): Sealer {
  const key = deriveKey(secret, 'seal')
  const macKey = deriveKey(secret, 'seal-mac')
  const indexKey = deriveKey(secret, 'index')
  return {
    seal: (text) => (suite === 'intl' ? sealIntl(text, key) : sealSm(text, key, macKey)),
    open: (sealed) => (sealed.startsWith('i1.') ? openIntl(sealed, key) : openSm(sealed, key, macKey)),
    index: (text) => createHmac(suite === 'sm' ? 'sm3' : 'sha256', indexKey).update(text.normalize('NFKC')).digest('base64url'),
  }
}

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
