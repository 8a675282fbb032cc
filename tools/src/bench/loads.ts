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
/** Bodies: reports of fresh events in some grids, made while the load runs, or some asks in turn. */
export type Bodies =
  | { readonly make: 'report'; readonly grids: readonly string[] }
  | { readonly make: 'turn'; readonly asks: readonly object[] }

export interface Round {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export function bodyMaker(bodies: Bodies): () => string {
  let n = 0
  if (bodies.make === 'turn') {
    const written = bodies.asks.map((ask) => JSON.stringify(ask))
    return () => written[n++ % written.length]!
  }
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
