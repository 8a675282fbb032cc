/**
 * Resumable uploads (tus) under a promise. Who holds its duty may begin one; from then on it belongs to that
 * account: for everybody else it is not there. What the finished file becomes is the slice's business.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FileStore } from '@tus/file-store'
import { Metadata, Server } from '@tus/server'
import type { AskOf, Endpoint } from '@fengge/domain/kernel/endpoint'
import { Id } from '@fengge/domain/kernel/id'
import { problem, type Problem } from '@fengge/domain/kernel/problem'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import type { Caller } from './context.ts'
import { problemOf, refuse } from './problems.ts'
import type { Settings } from './settings.ts'
import { bodyWithin, watchBody } from './slow-bodies.ts'

/** What a slice does with uploads. Each may refuse. */
export interface Uploading<Ask> {
  /** The name of the upload, from what the client says of it. */
  readonly idOf: (ask: Ask) => string
  /** Remembers whose it is; refuses a name that is somebody else's. */
  readonly begin: (caller: Caller, ask: Ask, size: number) => Promise<void>
  readonly isMine: (caller: Caller, id: string) => Promise<boolean>
  /** Takes the whole file; it is removed afterwards. */
  readonly finish: (caller: Caller, ask: Ask, file: string) => Promise<void>
}

/** Where unfinished uploads lie, each beside its `.json`. */
export const uploadFolder = (dataDir: string): string => join(dataDir, 'uploads')

/** Removes what has come of an upload. */
export async function dropUpload(dataDir: string, id: string): Promise<void> {
  const file = join(uploadFolder(dataDir), id)
  await Promise.all([rm(file, { force: true }), rm(`${file}.json`, { force: true })])
}

/** Ids of what lies among the unfinished and was last written to before an instant. */
export async function listHalfUploads(dataDir: string, before: number): Promise<string[]> {
  const names = await readdir(uploadFolder(dataDir)).catch(() => [])
  const ids = [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
  const ages = await Promise.all(
    ids.map((id) => stat(join(uploadFolder(dataDir), id)).catch(() => stat(join(uploadFolder(dataDir), `${id}.json`)))),
  )
  return ids.filter((_id, i) => ages[i]!.mtimeMs < before)
}

/** Uploads under one promise, with the ways of a request that they share with every other promise. */
export interface UploadRoute<E extends Endpoint> {
  readonly promise: E
  readonly settings: Pick<Settings, 'dataDir' | 'maxUpload'>
  /** Who asks, when he holds the duty; else the refusal. */
  readonly admit: (request: FastifyRequest) => Promise<Caller>
  readonly readAsk: (raw: unknown) => AskOf<E>
  readonly uploading: Uploading<AskOf<E>>
  /** Told what failed and was no refusal. */
  readonly log: (error: unknown) => void
}

/** The request that the library is busy with: by whom, and for which upload. */
interface Going {
  readonly caller: Caller
  readonly id: string
}

/** @param app a part of the application that is this promise's own: what it takes, nothing else does */
export function addUploads<E extends Endpoint>(app: FastifyInstance, route: UploadRoute<E>): void {
  const { promise, settings, uploading } = route
  const going = new AsyncLocalStorage<Going>()
  const tus = openTus(route, going)
  const hand = async (request: FastifyRequest, reply: FastifyReply, now: Going) => {
    reply.hijack()
    await going.run(now, () => tus.handle(request.raw, reply.raw))
  }
  const admitted = new WeakMap<FastifyRequest, Caller>()
  // Before a byte of a body: who he is and how often he calls. Then pieces of files are taken as they come, and nothing else is.
  const first = { onRequest: async (request: FastifyRequest) => void admitted.set(request, await route.admit(request)) }
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/offset+octet-stream', (_request, body, done) => {
    watchBody(body, bodyWithin.known)
    done(null)
  })
  app.route({
    method: ['POST', 'OPTIONS'],
    url: promise.path,
    ...first,
    handler: async (request, reply) => {
      const caller = admitted.get(request)!
      if (request.method === 'OPTIONS') return hand(request, reply, { caller, id: '' })
      const ask = route.readAsk(metadataOf(request.headers['upload-metadata']))
      await uploading.begin(caller, ask, sizeOf(request.headers['upload-length'], settings.maxUpload))
      return hand(request, reply, { caller, id: uploading.idOf(ask) })
    },
  })
  app.route<{ Params: { id: string } }>({
    method: ['PATCH', 'HEAD', 'DELETE', 'OPTIONS'],
    url: `${promise.path}/:id`,
    ...first,
    handler: async (request, reply) => {
      const caller = admitted.get(request)!
      const { id } = request.params
      if (!Id.safeParse(id).success || !(await uploading.isMine(caller, id))) refuse('not-found', 404)
      return hand(request, reply, { caller, id })
    },
  })
}

/** The name of the upload is the one that was judged, never what the library reads out of the address. */
function openTus<E extends Endpoint>(route: UploadRoute<E>, going: AsyncLocalStorage<Going>): Server {
  const { promise, settings, uploading } = route
  const now = () => going.getStore() ?? refuse('not-found', 404)
  const folder = uploadFolder(settings.dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const tus = new Server({
    path: promise.path,
    // No page of another origin has any business here.
    allowedOrigins: () => false,
    onResponseError: (_request, error) => {
      if (!('status_code' in error)) route.log(error)
      return undefined
    },
    datastore: new FileStore({ directory: folder }),
    maxSize: settings.maxUpload,
    relativeLocation: true,
    namingFunction: () => now().id,
    getFileIdFromRequest: () => now().id,
    onUploadFinish: async (_request, { id, metadata }) => {
      const refused = await refusalOf(async () =>
        uploading.finish(now().caller, route.readAsk(textsOf(metadata)), join(folder, id)),
      ).finally(() => dropUpload(settings.dataDir, id))
      return refused === undefined
        ? {}
        : {
            status_code: refused.status,
            body: JSON.stringify(refused),
            headers: { 'Content-Type': 'application/problem+json' },
          }
    },
  })
  return withSentences(tus)
}

/** What the library refuses by itself, as the refusals of everything else. */
const refusalOfStatus: Readonly<Record<number, RefusalCode>> = {
  400: 'ask.invalid',
  403: 'ask.invalid',
  404: 'not-found',
  409: 'upload.offset',
  410: 'not-found',
  412: 'ask.invalid',
  413: 'file.too-large',
  415: 'ask.invalid',
  423: 'upload.busy',
}

/** The library answers faults with a line of text, of its own or of whatever failed beneath it: neither leaves. */
function withSentences(tus: Server): Server {
  const write = tus.write.bind(tus)
  tus.write = (context, headers, status, body) => {
    if (status < 400) return write(context, headers, status, body)
    const code = refusalOfStatus[status]
    const refused = code === undefined ? faultOf(body) : problem(code, status)
    headers.set('Content-Type', 'application/problem+json')
    headers.delete('Access-Control-Expose-Headers')
    return write(context, headers, refused.status, JSON.stringify(refused))
  }
  return tus
}

/** What failed beneath the library is known by the name of the fault alone. */
const faultOf = (body: unknown): Problem =>
  problemOf({ code: /ENOSPC|EDQUOT/.exec(String(body))?.[0] }) ?? problem('server.failed', 500)

async function refusalOf(work: () => Promise<void>): Promise<Problem | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) throw error
    return refused
  }
}

/** How long the file will be: said before its first byte, so that it can be refused before it. */
function sizeOf(header: string | string[] | undefined, most: number): number {
  const size = /^\d{1,12}$/.test(String(header)) ? Number(header) : 0
  if (size === 0) refuse('ask.invalid', 400, { fields: [{ field: 'upload-length', fault: 'invalid' }] })
  return size > most ? refuse('file.too-large', 413, { most }) : size
}

function metadataOf(header: string | string[] | undefined): Record<string, string> {
  try {
    return header === undefined ? {} : textsOf(Metadata.parse(String(header)))
  } catch {
    return refuse('ask.invalid', 400, { fields: [{ field: 'upload-metadata', fault: 'invalid' }] })
  }
}

/** A key without a value comes as null. */
const textsOf = (metadata: Record<string, string | null> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, value ?? '']))
