/** What a client sends: plain data, since it goes to a process of its own, and what one round of it gave. */
import { composeId } from '@fengge/domain/kernel/id'

export interface Load {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  /** Paths and headers are taken in turn; one of each by default. */
  readonly paths?: readonly string[]
  readonly headers?: readonly Readonly<Record<string, string>>[]
  readonly bodies?: Bodies
  readonly connections?: number
  readonly seconds?: number
}
/** Bodies made while the load runs: reports of fresh events in some grids, searches for some texts, or one ask. */
export type Bodies =
  | { readonly make: 'report'; readonly grids: readonly string[] }
  | { readonly make: 'text'; readonly texts: readonly string[] }
  | { readonly make: 'same'; readonly body: string }

export interface Round {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export function bodyMaker(bodies: Bodies): () => string {
  if (bodies.make === 'same') return () => bodies.body
  let n = 0
  if (bodies.make === 'text') return () => JSON.stringify({ text: bodies.texts[n++ % bodies.texts.length] })
  return () => {
    const id = composeId(
      Date.now(),
      Uint8Array.from({ length: 10 }, (_, i) => ((++n * 2654435761) >>> (i * 3)) & 255),
    )
    return JSON.stringify({
      requestId: id,
      id,
      title: '楼道堆放杂物影响通行',
      content: '巡查发现三单元楼道堆放杂物，影响通行，已拍照。',
      categoryCode: '5002',
      gridId: bodies.grids[n % bodies.grids.length],
      placeText: '阳光苑 3 幢',
      point: { lng: 120.25 + (n % 100) / 2000, lat: 31.65 + (n % 77) / 2000 },
    })
  }
}
