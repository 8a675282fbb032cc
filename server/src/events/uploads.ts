/** Resumable uploads (tus) of evidence; the finished file is checked, cleaned and kept, or refused. */
import { mkdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import { Id } from '@fengge/domain/kernel/id'
import type { Caller } from '../kernel/context.ts'
import type { Engine } from '../kernel/engine.ts'
import { keepFile } from '../kernel/files.ts'
import { problemOf, refuse } from '../kernel/problems.ts'
import { findCallerOf } from '../kernel/serve.ts'
import { saveEvidence } from './store.ts'

export const uploadPath = '/api/files'
const phases = new Set(['before', 'during', 'after', 'check'])

export function addUploads(app: FastifyInstance, engine: Engine): void {
  const folder = join(engine.settings.dataDir, 'uploads')
  mkdirSync(folder, { recursive: true })
  const callers = new WeakMap<object, Caller>()
  const tus = new Server({
    path: uploadPath,
    datastore: new FileStore({ directory: folder }),
    maxSize: engine.settings.maxUpload,
    relativeLocation: true,
    respectForwardedHeaders: engine.settings.trustsProxy,
    namingFunction: (_request, metadata) => `${Id.parse(metadata?.['id'])}`,
    onUploadFinish: async (request, upload) => {
      const caller = callers.get(
        (request as { node?: { req?: object } }).node?.req ??
          (request as unknown as { runtime: { node: { req: object } } }).runtime.node.req,
      )
      const answer = await finish(engine, caller, upload, join(folder, upload.id))
      return answer === undefined
        ? {}
        : {
            status_code: answer.status,
            body: JSON.stringify(answer),
            headers: { 'Content-Type': 'application/problem+json' },
          }
    },
  })
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  app.route({
    method: ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'],
    url: `${uploadPath}/*`,
    bodyLimit: engine.settings.maxUpload,
    handler: (request, reply) => hand(request, reply),
  })
  app.route({
    method: ['POST', 'OPTIONS'],
    url: uploadPath,
    bodyLimit: engine.settings.maxUpload,
    handler: (request, reply) => hand(request, reply),
  })
  async function hand(
    request: Parameters<typeof findCallerOf>[1],
    reply: { readonly hijack: () => unknown; raw: Parameters<typeof tus.handle>[1] },
  ): Promise<void> {
    const caller = await findCallerOf(engine, request)
    if (!caller || caller.accountId === null) refuse('signed-out', 401)
    callers.set(request.raw, caller!)
    reply.hijack()
    await tus.handle(request.raw, reply.raw)
  }
}

async function finish(engine: Engine, caller: Caller | undefined, upload: Upload, file: string) {
  try {
    // A key without a value comes as null.
    const given = Object.fromEntries(Object.entries(upload.metadata ?? {}).map(([k, v]) => [k, v ?? '']))
    const { id = '', phase = 'before', name = '', type = '' } = given
    if (!caller) return refuse('signed-out', 401)
    const kept = await keepFile(engine.settings.dataDir, caller.countyCode, Id.parse(id), await readFile(file), type)
    await engine.database.write((tx) =>
      saveEvidence(tx, caller.countyCode, {
        ...kept,
        id,
        eventId: null,
        uploadedBy: caller.accountId,
        phase: phases.has(phase) ? phase : 'during',
        name: name.slice(0, 120),
        at: engine.clock.now(),
      }),
    )
    return undefined
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) throw error
    return refused
  } finally {
    await rm(file, { force: true })
    await rm(`${file}.json`, { force: true })
  }
}
