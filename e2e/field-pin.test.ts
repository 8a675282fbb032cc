/** The PIN of a phone: how dear a guess is, and that a phone of before opens and is made as dear. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { hasBrowser, openStage, setPin, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

const roundsOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('fengge')
      open.onsuccess = () => resolve(open.result)
    })
    const wrap = await new Promise<{ rounds: number }>((resolve) => {
      const ask = db.transaction('meta').objectStore('meta').get('wrap')
      ask.onsuccess = () => resolve(ask.result)
    })
    db.close()
    return wrap.rounds
  })

/** Wraps the data key by fewer rounds, as an earlier version did. */
const wrapAsBefore = (page: Page, pin: string): Promise<void> =>
  page.evaluate(async (text) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('fengge')
      open.onsuccess = () => resolve(open.result)
    })
    const get = <T>(key: string) =>
      new Promise<T>((resolve) => {
        const ask = db.transaction('meta').objectStore('meta').get(key)
        ask.onsuccess = () => resolve(ask.result)
      })
    const keyOf = async (salt: Uint8Array<ArrayBuffer>, iterations: number) => {
      const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(text), 'PBKDF2', false, ['deriveKey'])
      const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
      return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    }
    const open = (key: CryptoKey, b: Uint8Array<ArrayBuffer>) =>
      crypto.subtle.decrypt({ name: 'AES-GCM', iv: b.subarray(0, 12) }, key, b.subarray(12))
    const seal = async (key: CryptoKey, b: BufferSource) => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, b))
      const all = new Uint8Array(12 + sealed.length)
      all.set(iv)
      all.set(sealed, 12)
      return all
    }
    const own = await get<CryptoKey>('own-key')
    const wrap = await get<{ salt: Uint8Array<ArrayBuffer>; rounds: number; wrapped: Uint8Array<ArrayBuffer> }>('wrap')
    const inner = new Uint8Array(await open(own, wrap.wrapped))
    const raw = await open(await keyOf(wrap.salt, wrap.rounds), inner)
    const wrapped = await seal(own, await seal(await keyOf(wrap.salt, 210_000), raw))
    await new Promise<void>((resolve) => {
      const stroke = db.transaction('meta', 'readwrite')
      stroke.objectStore('meta').put({ salt: wrap.salt, rounds: 210_000, wrapped }, 'wrap')
      stroke.oncomplete = () => resolve()
    })
    db.close()
  }, pin)

async function unlock(page: Page): Promise<void> {
  await page.goto(`${stage.url}/field/?again=${Math.random()}`)
  await page.getByLabel(/手机口令/).fill('482913')
  await page.getByRole('button', { name: '打开' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

test(
  'a phone whose PIN was wrapped by fewer rounds opens, and is wrapped anew by as many as today',
  { skip: why },
  async () => {
    const page = await stage.page('worker', '/field/', 'phone')
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await setPin(page, stage.url)
    assert.equal(await roundsOf(page), 600_000)
    await wrapAsBefore(page, '482913')
    assert.equal(await roundsOf(page), 210_000)
    await unlock(page)
    assert.equal(await roundsOf(page), 600_000)
    await unlock(page)
  },
)
