/**
 * The contract for machines and as a page, made and packed once by a server: whoever asks for them again and again
 * costs no more than for any file.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { contract } from '@fengge/domain/contract'
import { apiPageOf } from './api-page.ts'
import { openApiOf } from './open-api.ts'

interface Packed {
  readonly plain: Buffer
  readonly packed: Buffer
}

const pages = {
  '/openapi.json': { type: 'application/json; charset=utf-8', make: () => JSON.stringify(openApiOf(contract)) },
  '/api-docs': { type: 'text/html; charset=utf-8', make: () => apiPageOf(contract) },
} as const
type Path = keyof typeof pages

const packedOf = async (plain: Buffer): Promise<Packed> => ({ plain, packed: await promisify(gzip)(plain) })

export function addDocs(app: FastifyInstance): void {
  const made = new Map<Path, Promise<Packed>>()
  const pageAt = (path: Path): Promise<Packed> => {
    const page = made.get(path) ?? packedOf(Buffer.from(pages[path].make()))
    made.set(path, page)
    return page
  }
  for (const path of Object.keys(pages) as Path[])
    app.get(path, { compress: false, config: { pace: 'page' } }, async (request, reply) => {
      const { plain, packed } = await pageAt(path)
      const isPacked = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding'] ?? ''))
      if (isPacked) void reply.header('content-encoding', 'gzip')
      return reply
        .header('vary', 'accept-encoding')
        .type(pages[path].type)
        .send(isPacked ? packed : plain)
    })
  // A server that people reach makes them before the first asks; one of a test, which listens nowhere, when it must.
  app.addHook('onListen', async () => {
    for (const path of Object.keys(pages) as Path[]) await pageAt(path)
  })
}
