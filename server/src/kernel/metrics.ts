/**
 * Prometheus figures: requests by route and status, the process, and what an operator asks (seen/). No personal data, no addresses. Given to
 * this machine itself, and to whoever holds the token that the settings name.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Engine } from './engine.ts'
import { refuse } from './problems.ts'
import type { Figure } from './seen/figures.ts'
import { registerFigures } from './seen/server-figures.ts'

export function addMetrics(app: FastifyInstance, engine: Engine, figures: readonly Figure[]): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  registerFigures(registry, engine, figures)
  const seconds = new Histogram({
    name: 'fengge_request_seconds',
    help: 'Time to answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    request.log.info(
      { route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime), trace: request.id },
      'answered',
    )
  })
  const { metricsToken } = engine.settings
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request) && !holds(request, metricsToken)) refuse('not-found', 404)
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** From this machine, and by no proxy on it that speaks for somebody elsewhere. */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  loopback.has(socket.remoteAddress ?? '') && forwarding.every((name) => headers[name] === undefined)

function holds({ headers }: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
}
