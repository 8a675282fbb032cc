/** In which language a resident reads, and how a page is handed to him. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '@fengge/portal/page'

export function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { lang?: string }).lang
  return (asked ?? (request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh')) === 'en' ? 'en' : 'zh'
}

export const sendPage = (reply: FastifyReply, body: string, status = 200) =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body)
