/**
 * What lies on the phone lies sealed: AES-256-GCM under one data key, which is stored only wrapped twice, by a key
 * from the PIN (PBKDF2-SHA-256) and by a key of this device that cannot be exported. Without a PIN nothing is stored.
 */
import { openDB, type IDBPDatabase } from 'idb'

/** OWASP's figure for PBKDF2-SHA-256. Kept with each wrap, so that one of fewer rounds still opens, and is made anew then. */
const rounds = 600_000
const mostFails = 10
interface Wrap {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly wrapped: Uint8Array<ArrayBuffer>
}
export interface DeviceRecord {
  readonly id: string
  readonly token: string
  readonly accountId: string
  readonly holder: string
}
export type VaultState = 'unsupported' | 'none' | 'locked' | 'open'
export type Drawer = 'acts' | 'photos' | 'segments' | 'keys'

/** Something to lie sealed: bytes as they are, everything else as JSON. */
export interface Put {
  readonly drawer: Drawer
  readonly id: string
  readonly value: unknown
}
const bytesOf = (value: unknown): Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array ? new Uint8Array(value) : new TextEncoder().encode(JSON.stringify(value))

const concat = (a: Uint8Array, b: Uint8Array) => {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
export const toText = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
export const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

async function encrypt(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes)))
}
async function decrypt(key: CryptoKey, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.subarray(0, 12) }, key, sealed.subarray(12)),
  )
}
async function keyOfPin(pin: string, wrap: Pick<Wrap, 'salt' | 'rounds'>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: wrap.salt, iterations: wrap.rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

export class Vault {
  state: VaultState = 'none'
  device: DeviceRecord | undefined
  private db: IDBPDatabase | undefined
  private key: CryptoKey | undefined

  /** Looks what lies on this phone; to be called once, before anything else. */
  async find(): Promise<void> {
    if (!globalThis.crypto?.subtle || !('indexedDB' in globalThis)) {
      this.state = 'unsupported'
      return
    }
    try {
      this.db = await openDB('fengge', 1, {
        upgrade: (db) => {
          for (const name of ['meta', 'acts', 'photos', 'segments', 'keys']) db.createObjectStore(name)
        },
      })
    } catch {
      this.state = 'unsupported'
      return
    }
    // Another window that clears or upgrades the store must not hang on this one.
    this.db.addEventListener('versionchange', () => this.db?.close())
    this.device = (await this.db.get('meta', 'device')) as DeviceRecord | undefined
    this.state = this.device ? 'locked' : 'none'
  }

  /** Bytes of a fresh data key, to be shown to the server once; nothing is stored yet. */
  static makeDataKey(): Uint8Array<ArrayBuffer> {
    return crypto.getRandomValues(new Uint8Array(32))
  }

  /** Begins with a PIN; asks the browser to keep the store under pressure. */
  async begin(pin: string, dataKey: Uint8Array<ArrayBuffer>, device: DeviceRecord): Promise<void> {
    const own = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await this.db!.put('meta', own, 'own-key')
    await this.lockUnder(pin, dataKey)
    await this.db!.put('meta', device, 'device')
    this.device = device
    this.key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['encrypt', 'decrypt'])
    this.state = 'open'
    await navigator.storage?.persist?.().catch(() => false)
  }

  /** Wraps the data key under a PIN: the first one, or a new one after a forgotten. */
  async lockUnder(pin: string, dataKey: Uint8Array<ArrayBuffer>): Promise<void> {
    const own = (await this.db!.get('meta', 'own-key')) as CryptoKey
    const base = { salt: crypto.getRandomValues(new Uint8Array(16)), rounds }
    const wrap: Wrap = { ...base, wrapped: await encrypt(own, await encrypt(await keyOfPin(pin, base), dataKey)) }
    await this.db!.put('meta', wrap, 'wrap')
    await this.db!.put('meta', 0, 'fails')
  }

  /** True when the PIN is right. After ten wrong ones the wrapped key goes, and only a fresh sign-in brings it back. */
  async unlock(pin: string): Promise<'open' | 'wrong' | 'gone'> {
    const wrap = (await this.db!.get('meta', 'wrap')) as Wrap | undefined
    const own = (await this.db!.get('meta', 'own-key')) as CryptoKey
    if (!wrap) return 'gone'
    try {
      const raw = await decrypt(await keyOfPin(pin, wrap), await decrypt(own, wrap.wrapped))
      await this.openWith(raw)
      if (wrap.rounds < rounds) await this.lockUnder(pin, raw)
      else await this.db!.put('meta', 0, 'fails')
      return 'open'
    } catch {
      const fails = (((await this.db!.get('meta', 'fails')) as number | undefined) ?? 0) + 1
      await this.db!.put('meta', fails, 'fails')
      if (fails >= mostFails) {
        await this.db!.delete('meta', 'wrap')
        return 'gone'
      }
      return 'wrong'
    }
  }
  async openWith(dataKey: Uint8Array<ArrayBuffer>): Promise<void> {
    this.key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['encrypt', 'decrypt'])
    this.state = 'open'
  }
  lock(): void {
    if (this.state !== 'open') return
    this.key = undefined
    this.state = 'locked'
  }

  async put(drawer: Drawer, id: string, value: unknown): Promise<void> {
    await this.write([{ drawer, id, value }])
  }
  /** Several things in one stroke: all of them lie on the disk when it resolves, or none. */
  async write(
    puts: readonly Put[],
    drops: readonly { readonly drawer: Drawer; readonly id: string }[] = [],
  ): Promise<void> {
    const sealed = await Promise.all(
      puts.map(async ({ drawer, id, value }) => ({ drawer, id, bytes: await encrypt(this.key!, bytesOf(value)) })),
    )
    const drawers = [...new Set([...puts, ...drops].map((x) => x.drawer))]
    if (drawers.length === 0) return
    const stroke = this.db!.transaction(drawers, 'readwrite')
    await Promise.all([
      ...sealed.map((s) => stroke.objectStore(s.drawer).put(s.bytes, s.id)),
      ...drops.map((d) => stroke.objectStore(d.drawer).delete(d.id)),
      stroke.done,
    ])
  }
  async get<T>(drawer: Drawer, id: string): Promise<T | undefined> {
    const sealed = (await this.db!.get(drawer, id)) as Uint8Array<ArrayBuffer> | undefined
    return sealed === undefined
      ? undefined
      : (JSON.parse(new TextDecoder().decode(await decrypt(this.key!, sealed))) as T)
  }
  async getBytes(drawer: Drawer, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const sealed = (await this.db!.get(drawer, id)) as Uint8Array<ArrayBuffer> | undefined
    return sealed === undefined ? undefined : decrypt(this.key!, sealed)
  }
  async all<T>(drawer: Drawer): Promise<T[]> {
    const sealed = (await this.db!.getAll(drawer)) as Uint8Array<ArrayBuffer>[]
    // One that cannot be read does not take the others with it.
    const read = await Promise.allSettled(
      sealed.map(async (s) => JSON.parse(new TextDecoder().decode(await decrypt(this.key!, s))) as T),
    )
    return read.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []))
  }
  async keys(drawer: Drawer): Promise<string[]> {
    return (await this.db!.getAllKeys(drawer)) as string[]
  }
  async drop(drawer: Drawer, id: string): Promise<void> {
    await this.write([], [{ drawer, id }])
  }
  async clear(drawer: Drawer): Promise<void> {
    await this.db!.clear(drawer)
  }
  /** Something as it lies here, for handing in from a phone that nobody unlocks any more. */
  async sealed(drawer: Drawer, id: string): Promise<string | undefined> {
    const bytes = (await this.db!.get(drawer, id)) as Uint8Array | undefined
    return bytes && toText(bytes)
  }
  async wipe(): Promise<void> {
    for (const name of ['acts', 'photos', 'segments', 'keys', 'meta'] as const) await this.db?.clear(name)
    this.key = undefined
    this.device = undefined
    this.state = 'none'
  }
}
