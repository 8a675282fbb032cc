/** Calls an endpoint of the contract: typed by the endpoint object, refusals thrown as `Refused`. */
import type { Endpoint, ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'

export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.problem)
    this.problem = problem
  }
}

let bearer: string | undefined
/** The session of a phone lies sealed there and goes with each call; other programs have a cookie. */
export function setBearer(token: string | undefined): void {
  bearer = token
}
export const authHeaders = (): Record<string, string> =>
  bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }

export async function call<E extends Endpoint>(promise: E, ask: SentOf<E>): Promise<ReplyOf<E>> {
  const isGet = promise.method === 'GET'
  const response = await fetch(isGet ? `${promise.path}${queryOf(ask)}` : promise.path, {
    method: promise.method,
    credentials: 'same-origin',
    headers: { ...authHeaders(), ...(isGet ? {} : { 'content-type': 'application/json' }) },
    ...(isGet ? {} : { body: JSON.stringify(ask) }),
  }).catch(() => {
    throw new Refused({ problem: 'network.down', status: 0 })
  })
  const body: unknown = await response.json().catch(() => ({ problem: 'server.failed', status: response.status }))
  if (!response.ok) throw new Refused(body as Problem)
  return body as ReplyOf<E>
}

/** `?a=1&b=2`, leaving out what is undefined or empty. */
export function queryOf(ask: unknown): string {
  const pairs = Object.entries(ask as Record<string, unknown>).filter(
    ([, v]) => v !== undefined && v !== '' && v !== null,
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)])).toString()}`
}
