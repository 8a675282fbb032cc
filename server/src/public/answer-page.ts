/** In which language a resident reads, and how a page is handed to him. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '@fengge/portal/page'
import { messagePage } from '@fengge/portal/pages'
import { wordsOf } from '@fengge/portal/words'

export function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { lang?: string }).lang
  return (asked ?? (request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh')) === 'en' ? 'en' : 'zh'
}

export const sendPage = (reply: FastifyReply, body: string, status = 200) =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body)

/** Whether somebody looks at an address with a browser: he reads a page, and programs an answer for programs. */
export const asksForPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')

/** The page of an address that is none, with the way home. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request)
  const w = wordsOf(language)
  return sendPage(reply, messagePage(language, w.notFound, w.notFoundText), 404)
}
