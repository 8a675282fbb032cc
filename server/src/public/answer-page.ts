/** In which language a resident reads, and how a page is handed to him. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { largeOpening, opening, type Language } from './pages/frame.ts'
import { messagePage } from './pages/home-page.ts'
import { wordsOf, type Words } from './pages/words.ts'

export function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { lang?: string }).lang
  return (asked ?? (request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh')) === 'en' ? 'en' : 'zh'
}

/** How large somebody reads is kept in his browser, and says nothing else of him. */
const letters = 'fengge_letters'
const readsLarge = ({ headers }: FastifyRequest): boolean => largeCookie.test(headers.cookie ?? '')
/** Read from the line itself: a page that refuses is sent before cookies are taken apart. */
const largeCookie = new RegExp(`(?:^|;\\s*)${letters}=big(?:;|$)`)

/** Letters grow with a class; the switch then leads back to the usual ones. */
const grown = (body: string, w: Words): string =>
  body
    .replace(opening, largeOpening)
    .replace('/letters?size=big&', '/letters?size=usual&')
    .replace(`>${w.bigger}<`, `>${w.smaller}<`)

export function sendPage(reply: FastifyReply, body: string, status = 200): FastifyReply {
  const { request } = reply
  const shown = readsLarge(request) ? grown(body, wordsOf(languageOf(request))) : body
  return reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(shown)
}

/** Keeps how large somebody reads, and goes back to the page of these that he came from. */
export function keepLetters(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { size, to = '/' } = request.query as { readonly size?: string; readonly to?: string }
  const path = /^\/(?:report|follow|grid|badge)?(?:\?[\w=&%.-]*)?$/.test(to) ? to : '/'
  const back = `${path}${path.includes('?') ? '&' : '?'}lang=${languageOf(request)}`
  const kept = { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 31_536_000 } as const
  void (size === 'big' ? reply.setCookie(letters, 'big', kept) : reply.clearCookie(letters, { path: '/' }))
  return reply.redirect(back, 303)
}

/** Whether somebody looks at an address with a browser: he reads a page, and programs an answer for programs. */
export const asksForPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')

/** The page of an address that is none, with the way home. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request)
  const w = wordsOf(language)
  return sendPage(reply, messagePage(language, w.notFound, w.notFoundText), 404)
}
