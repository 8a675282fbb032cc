/** Problems become problem documents; anything else is a bug: 500 with a trace id and nothing more. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem, type Problem } from '@fengge/domain/kernel/problem'
import { describeError, problemOf } from './problems.ts'

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = problemOf(error) ?? problemOfFastify(error)
  if (!known) request.log.error({ err: describeError(error), trace: request.id }, 'failed')
  const answer = known ?? problem('server.failed', 500)
  const wait = answer.details?.['retryAfter']
  if (typeof wait === 'number') void reply.header('retry-after', wait)
  void reply
    .status(answer.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send({ ...answer, trace: request.id })
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
