/** Where acts and their photos lie: sealed on the disk where there is a PIN, in memory else. */
import type { ActStore, KeptAct, StoredAct } from '@fengge/web/offline/outbox.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'

export interface FieldStore extends ActStore {
  /** From memory to the disk, once there is a PIN. */
  readonly seal: () => Promise<void>
}
/** The part of the vault that a store of acts needs. */
export type Drawers = Pick<Vault, 'state' | 'all' | 'write' | 'getBytes'>

export function makeStore(vault: Drawers): FieldStore {
  const acts = new Map<string, KeptAct>()
  const blobs = new Map<string, Blob>()
  const isSealed = () => vault.state === 'open'
  return {
    all: async () => (isSealed() ? vault.all<StoredAct>('acts') : [...acts.values()]),
    put: async (kept, { come, go } = { come: [], go: [] }) => {
      if (isSealed()) {
        const photos = await Promise.all(come.map(async (p) => photoPut(p.id, p.blob)))
        await vault.write(
          [{ drawer: 'acts', id: kept.act.requestId, value: kept }, ...photos],
          go.map((p) => ({ drawer: 'photos', id: p.id })),
        )
        return
      }
      acts.set(kept.act.requestId, kept)
      for (const p of come) blobs.set(p.id, p.blob)
      for (const p of go) blobs.delete(p.id)
    },
    drop: async (kept) => {
      const id = kept.act.requestId
      if (isSealed()) {
        const photos = kept.photos.map((p) => ({ drawer: 'photos', id: p.id }) as const)
        await vault.write([], [{ drawer: 'acts', id }, ...photos])
        return
      }
      acts.delete(id)
      for (const p of kept.photos) blobs.delete(p.id)
    },
    photo: async (id) => {
      if (!isSealed()) return blobs.get(id)
      const bytes = await vault.getBytes('photos', id).catch(() => undefined)
      return bytes && readPhoto(bytes).blob
    },
    seal: async () => {
      const photos = await Promise.all([...blobs].map(([id, blob]) => photoPut(id, blob)))
      await vault.write([...[...acts].map(([id, value]) => ({ drawer: 'acts', id, value }) as const), ...photos])
      acts.clear()
      blobs.clear()
    },
  }
}

/** What earlier versions wrote into the head of a photo's bytes; today only the type is read there. */
export interface PhotoHead {
  readonly type: string
  readonly eventId?: string
  readonly phase?: string
  /** The act it went after. */
  readonly after?: string
}

/** One line of JSON, then the picture. */
async function photoPut(id: string, blob: Blob) {
  const head = new TextEncoder().encode(`${JSON.stringify({ type: blob.type } satisfies PhotoHead)}\n`)
  const picture = new Uint8Array(await blob.arrayBuffer())
  const value = new Uint8Array(head.length + picture.length)
  value.set(head)
  value.set(picture, head.length)
  return { drawer: 'photos', id, value } as const
}

export function readPhoto(bytes: Uint8Array<ArrayBuffer>): { readonly head: PhotoHead; readonly blob: Blob } {
  const end = bytes.indexOf(10)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as PhotoHead
  return { head, blob: new Blob([bytes.subarray(end + 1)], { type: head.type }) }
}
