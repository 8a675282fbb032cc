/** Problems become problem documents; anything else is a bug: 500 with a trace id and nothing more. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem, type Problem } from '@fengge/domain/kernel/problem'
import { describeError, problemOf } from './problems.ts'

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = problemOf(error) ?? problemOfDatabase(error) ?? problemOfFastify(error)
  if (!known || known.problem === 'server.disk-full')
    request.log.error({ err: describeError(error), trace: request.id }, 'failed')
  const answer = known ?? problem('server.failed', 500)
  const wait = answer.details?.['retryAfter']
  if (typeof wait === 'number') void reply.header('retry-after', wait)
  void reply
    .status(answer.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send({ ...answer, trace: request.id })
}

const away =
  /timeout exceeded when trying to connect|due to connection timeout|timeout expired|^Connection terminated|^Client has encountered a connection error|client was closed and is not queryable/i
/** Whether there is no database to go on with; a lock or a statement that took too long is the fault of one piece of work. */
export const isGone = (error: unknown): boolean => isAway(error) && !ofOneStatement.has(codeOf(error))

/** Nothing was judged: there was no database, or no room on its disk. The same may go well later. */
export const isPassing = (error: unknown): boolean => isGone(error) || problemOf(error)?.problem === 'server.disk-full'

const ofOneStatement: ReadonlySet<string> = new Set(['55P03', '57014', '25P03'])
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''
const isAway = (error: unknown): boolean =>
  awayCodes.has(codeOf(error)) || away.test((error as { message?: string }).message ?? '')

/**
 * No connection (gone, going down, crashed, starting, too many of them), or one that waited as long as it may: for a
 * lock that another holds, for a statement, within a transaction.
 */
const awayCodes: ReadonlySet<string> = new Set(
  'ECONNREFUSED ECONNRESET EPIPE 08000 08003 08006 57P01 57P02 57P03 57P05 53300 55P03 57014 25P03'.split(' '),
)

/** A database that gives no connection is no bug: whoever asked tries again. */
function problemOfDatabase(error: unknown): Problem | undefined {
  return isAway(error) ? problem('server.draining', 503, { retryAfter: 5 }) : undefined
}

/** What the framework itself refuses: a body too large, a body that is no JSON. */
function problemOfFastify(error: unknown): Problem | undefined {
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string }
  // A form that was cut off on its way, or whose parts have no end: its reader gives no code.
  if (statusCode === undefined && /multipart|^part |malformed (part|urlencoded)/i.test(message ?? ''))
    return problem('ask.invalid', 400)
  if (statusCode === 413) return problem('file.too-large', 413)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return problem('ask.invalid', statusCode, code === undefined ? undefined : { code })
  return undefined
}
