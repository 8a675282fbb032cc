/** Calls an endpoint of the contract: typed by the endpoint object, refusals thrown as `Refused`. */
import type { Endpoint, ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'

/** Why a call failed: what the server refused it with, or that the server was not reached. */
export type Failure = RefusalCode | 'network.down'

export class Refused extends Error {
  readonly problem: Problem<Failure>
  constructor(problem: Problem<Failure>) {
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
  if (promise.method === 'GET') return fetchReply<ReplyOf<E>>(`${promise.path}${queryOf(ask)}`)
  return fetchReply<ReplyOf<E>>(promise.path, JSON.stringify(ask))
}

/** @param body what is posted; without one it is asked for */
async function fetchReply<Reply>(path: string, body: string | null = null): Promise<Reply> {
  const response = await fetch(path, {
    method: body === null ? 'GET' : 'POST',
    credentials: 'same-origin',
    headers: { ...authHeaders(), ...(body === null ? {} : { 'content-type': 'application/json' }) },
    body,
  }).catch(() => {
    throw new Refused({ problem: 'network.down', status: 0 })
  })
  const reply: unknown = await response.json().catch(() => ({ problem: 'server.failed', status: response.status }))
  if (!response.ok) throw new Refused(reply as Problem)
  return reply as Reply
}

/** `?a=1&b=2`, leaving out what is undefined or empty. */
export function queryOf(ask: unknown): string {
  const pairs = Object.entries(ask as Record<string, unknown>).filter(
    ([, v]) => v !== undefined && v !== '' && v !== null,
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)])).toString()}`
}
