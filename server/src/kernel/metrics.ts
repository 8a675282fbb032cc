/**
 * Prometheus figures: requests by route and status, and the process itself. No personal data, no addresses. Given to
 * this machine itself, and to whoever holds the token that the settings name.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { revivals } from './db/watch.ts'
import type { Engine } from './engine.ts'
import { damagedFiles } from './files.ts'
import { refuse } from './problems.ts'
import { listVerdicts } from './store.ts'

export function addMetrics(app: FastifyInstance, engine: Engine): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const counter of [damagedFiles, revivals]) registry.registerMetric(counter)
  const seconds = new Histogram({
    name: 'fengge_request_seconds',
    help: 'Time to answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const pool = new Gauge({
    name: 'fengge_database_connections',
    help: 'Connections of the write pool',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = engine.database.writePool
      this.set({ state: 'open' }, totalCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waiting' }, waitingCount)
    },
  })
  const verdicts = () => listVerdicts(engine.database.read).catch(() => [])
  const faults = new Gauge({
    name: 'fengge_journal_faults',
    help: 'Faults that the last nightly walk through the journal found, by county',
    labelNames: ['county'],
    registers: [registry],
    async collect() {
      for (const v of await verdicts()) this.set({ county: v.county_code }, v.faults)
    },
  })
  const verified = new Gauge({
    name: 'fengge_journal_verified_seconds',
    help: 'When the journal was last walked through, by county',
    labelNames: ['county'],
    registers: [registry],
    async collect() {
      for (const v of await verdicts()) this.set({ county: v.county_code }, Math.round(v.at.getTime() / 1000))
    },
  })
  void [pool, faults, verified]
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
