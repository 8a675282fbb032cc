/**
 * Who may send a write: a page of this very installation, or a program that is no browser. A browser says where a
 * request comes from (Sec-Fetch-Site, older ones Origin alone); what another site makes it send is refused, whatever
 * cookie goes with it. Source: the security review of 2026-11-21, finding 11.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from './problems.ts'
import type { Settings } from './settings.ts'

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export function refuseForeignWrites(app: FastifyInstance, settings: Pick<Settings, 'publicUrl'>): void {
  const own = settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl).host
  app.addHook('onRequest', async (request) => {
    if (!safe.has(request.method) && isForeign(request, own)) refuse('request.foreign', 403)
  })
}

function isForeign(request: FastifyRequest, own: string | undefined): boolean {
  const site = request.headers['sec-fetch-site']
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none'
  const { origin } = request.headers
  if (origin === undefined) return false
  const host = hostOf(origin)
  return host === undefined || (host !== own && host !== request.host)
}

/** The scheme is not compared: behind a proxy that ends TLS a server need not know it. */
function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}
