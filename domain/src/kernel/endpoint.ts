import type { z } from 'zod'
import type { Admission } from './duty.ts'
import type { RefusalCode } from './refusal-codes.ts'
import type { Pace } from './pace.ts'

/**
 * One promise between a screen and the server, as plain data. Everything else (route, client, OpenAPI,
 * rights matrix, tests) is derived from the list of these.
 *
 * `duty` names who may call: a duty, or several of which one is enough; `signed-in` for anybody with a session,
 * `public` for anybody.
 */
export interface Endpoint<Ask extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: `/api/${string}`
  readonly duty: Admission
  readonly summary: string
  readonly ask: Ask
  readonly reply: Reply
  /** Only these and `commonRefusals` may be given. A new one joins the union when `npm run api` has drawn it. */
  readonly refusals: readonly RefusalCode[]
  /** The reply is a file or a stream, not JSON; the route writes it itself. */
  readonly isStream?: true
  /**
   * A resumable upload (tus): POST at the path begins one, HEAD, PATCH and DELETE at the path and its id go on with
   * it, and only for the account that began it. The ask travels as `Upload-Metadata`.
   */
  readonly isUpload?: true
  /** The ask comes as a form with files; everywhere else it is JSON and nothing else. */
  readonly isForm?: true
  /** The ask or the reply holds what is sealed at rest: it is remembered for repeats in sealed form. */
  readonly isSecret?: true
  /** Its ask carries asks of other promises, each of which is judged by itself: one that cannot be read holds up no other. */
  readonly carriesAsks?: true
  /** Whatever it refuses is kept by the journal in groups, not only what somebody has no right to: trying tells something. */
  readonly notesRefusals?: true
  /** How often it may be called (pace.ts), where its method does not say it. */
  readonly pace?: Pace
  /** The largest body in bytes, where the default of 128 KiB is too little. */
  readonly bodyLimit?: number
  /** So many lists, objects and values after a comma may stand in its body, where the default of 20,000 is too little. */
  readonly mostValues?: number
}

export type AskOf<E> = E extends Endpoint<infer A, z.ZodType> ? z.output<A> : never
export type ReplyOf<E> = E extends Endpoint<z.ZodType, infer R> ? z.output<R> : never
/** What a caller sends, before defaults are filled in. */
export type SentOf<E> = E extends Endpoint<infer A, z.ZodType> ? z.input<A> : never

/** Declares an endpoint and keeps its exact types. */
export function endpoint<Ask extends z.ZodType, Reply extends z.ZodType>(
  promise: Endpoint<Ask, Reply>,
): Endpoint<Ask, Reply> {
  return promise
}

/** How often an endpoint may be called. */
export function paceOf(promise: Pick<Endpoint, 'method' | 'pace'>): Pace {
  return promise.pace ?? (promise.method === 'GET' ? 'read' : 'write')
}

/** Refusals every endpoint may give; contracts list only what is their own. */
export const commonRefusals = [
  'signed-out',
  'password.must-change',
  'not-allowed',
  'not-found',
  'ask.invalid',
  'too-many-requests',
  'server.failed',
  'request.reused',
  'file.too-large',
  'request.answered',
  'request.foreign',
  'server.draining',
  'server.disk-full',
  'calendar.no-time',
] as const satisfies readonly RefusalCode[]
