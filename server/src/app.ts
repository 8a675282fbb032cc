/** The HTTP application: plugins, slices, resident pages, the web apps, health. */
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { getPublicSettings } from '@fengge/domain/kernel/contract'
import { addDocs } from './kernel/api/docs-pages.ts'
import { createProbe } from './kernel/db/probe.ts'
import type { Engine } from './kernel/engine.ts'
import { freshId } from './kernel/fresh-id.ts'
import { limitPages } from './kernel/limit-pages.ts'
import { addMetrics } from './kernel/metrics.ts'
import { answerProblem } from './kernel/answer-problem.ts'
import { guardRequests } from './kernel/parse-ask.ts'
import { takeJson } from './kernel/bodies/read-json.ts'
import { refuseForeignWrites } from './kernel/own-pages.ts'
import { guardLines, roomyBars, speaksForMany } from './kernel/running/open-lines.ts'
import { createServe, type Serve } from './kernel/serve.ts'
import { figures, registerSlices } from './house.ts'
import { asksForPage, sendNotFound } from './public/answer-page.ts'
import { addPortal } from './public/routes.ts'

const root = join(import.meta.dirname, '../..')

/** Milliseconds that a line may lie still: longer than any work takes, so that an answer nobody reads is not held for ever. */
const longestSilence = 180_000
/** The same while an answer goes out. */
const longestUnread = 60_000
/** Milliseconds that a request may take to come, whoever sends it; the doors have times of their own. */
const longestBody = 360_000

/** Milliseconds that the head of a request may take, and a new line that says nothing. */
const longestHead = 10_000

/** @param watch is shown the application before it has any route, to see each as it is added */
export async function createApp(
  engine: Engine,
  watch: (app: FastifyInstance) => void = () => undefined,
): Promise<{ app: FastifyInstance; serve: Serve }> {
  const app = Fastify({
    logger:
      engine.settings.logLevel === 'silent'
        ? false
        : { level: engine.settings.logLevel, redact: ['req.headers', 'req.url', 'busboyOptions.headers'], base: null },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => freshId(),
    trustProxy: engine.settings.trustedProxies.length > 0 && [...engine.settings.trustedProxies],
    forceCloseConnections: 'idle',
    connectionTimeout: longestSilence,
    requestTimeout: longestBody,
    http: { headersTimeout: longestHead, connectionsCheckingInterval: 2000 },
    bodyLimit: 131_072,
  })
  guardLines(app.server, roomyBars(), speaksForMany(engine.settings.trustedProxies))
  watch(app)
  app.setErrorHandler(answerProblem)
  guardRequests(app)
  takeJson(app)
  refuseForeignWrites(app, engine.settings)
  limitPages(app, engine.limiter)
  await addHeaders(app, engine.settings)
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { 1: 4 } },
    globalDecompression: false,
  })
  await app.register(cookie)
  await app.register(multipart, {
    limits: { fileSize: engine.settings.maxUpload, files: 4, fields: 30, fieldSize: 10_000, parts: 40 },
  })
  cutUnread(app)
  addMetrics(app, engine, figures)
  addHealth(app, engine)
  const serve = createServe(app, engine)
  registerSlices(serve, engine)
  const { mapStyle = null, isDemo, maxUpload } = engine.settings
  serve.read(getPublicSettings, async () => ({ mapStyle, isDemo, maxUpload }))
  await app.register(async (pages) => addPortal(pages, engine))
  addApps(app)
  addDocs(app)
  return { app, serve }
}

/** What browsers are told of what pages may do. */
async function addHeaders(app: FastifyInstance, { mapStyle, publicUrl }: Engine['settings']): Promise<void> {
  // A base map of the installation's own is the only outside place that pages may fetch from.
  const mapHost = mapStyle?.startsWith('http') ? [new URL(mapStyle).origin] : []
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...mapHost],
        fontSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", 'data:', 'blob:', ...mapHost],
        objectSrc: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    crossOriginEmbedderPolicy: false,
    // A form of a page's own says where it comes from; other sites are told nothing.
    referrerPolicy: { policy: 'same-origin' },
    hsts: publicUrl?.startsWith('https') ?? false,
  })
}

function cutUnread(app: FastifyInstance): void {
  app.addHook('onSend', ({ raw: { socket } }, _reply, _payload, done) => {
    if (socket instanceof Socket) socket.setTimeout(longestUnread)
    done()
  })
}

function addHealth(app: FastifyInstance, engine: Engine): void {
  const probe = createProbe(engine.database.url)
  app.addHook('onClose', probe.close)
  const config = { isHealth: true }
  app.get('/healthz', { config }, async () => ({ alive: true }))
  app.get('/readyz', { config }, async (_request, reply) => {
    const isReady = await probe.isReady()
    if (!isReady) void reply.header('retry-after', 5)
    return reply.status(isReady ? 200 : 503).send({ ready: isReady })
  })
}

/** The built web apps, each under its own path; any path below is the app's own. */
function addApps(app: FastifyInstance): void {
  for (const name of ['console', 'field']) {
    const folder = join(root, 'apps', name, 'dist')
    if (!existsSync(folder)) continue
    void app.register(fastifyStatic, {
      root: folder,
      prefix: `/${name}/`,
      // Packed when they were built (tools/src/build.ts): strangers ask for them as often as they like.
      preCompressed: true,
      decorateReply: name === 'console',
      maxAge: '1y',
      immutable: true,
      setHeaders: (reply, path) => {
        if (/\.html$|sw\.js$|\.webmanifest$/.test(path)) void reply.header('cache-control', 'no-cache')
      },
    })
    app.get(`/${name}`, async (_request, reply) => reply.redirect(`/${name}/`))
  }
  app.setNotFoundHandler(async (request, reply) => {
    const found = /^\/(console|field)\//.exec(request.url)?.[1]
    if (
      found &&
      request.method === 'GET' &&
      !/\.\w{2,5}(\?|$)/.test(request.url) &&
      existsSync(join(root, 'apps', found, 'dist', 'index.html'))
    )
      return reply.header('cache-control', 'no-cache').sendFile('index.html', join(root, 'apps', found, 'dist'))
    if (asksForPage(request)) return sendNotFound(request, reply)
    return reply
      .status(404)
      .type('application/problem+json')
      .send({ problem: 'not-found', status: 404, trace: request.id })
  })
}
