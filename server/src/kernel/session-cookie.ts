/**
 * The cookie that carries a session in a browser. Where people come by https it has a name that browsers set over
 * https alone and for this very host, so that no neighbour of the domain can plant one.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from './seal.ts'
import type { Settings } from './settings.ts'

const plainName = 'fengge_session'
const secureName = '__Host-fengge_session'

type CookieRequest = FastifyRequest & { cookies: Record<string, string | undefined> }
type CookieReply = FastifyReply & {
  readonly setCookie: (name: string, value: string, options: object) => FastifyReply
  readonly clearCookie: (name: string, options: object) => FastifyReply
}
type Known = Pick<Settings, 'publicUrl'>

const isHttps = ({ publicUrl }: Known) => publicUrl?.startsWith('https:') ?? false

/** The token of a request: said as a machine or a phone says it, or carried by the cookie. */
export function tokenOf(request: FastifyRequest, settings: Known): string | undefined {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return header.slice(7)
  const { cookies } = request as CookieRequest
  return cookies[secureName] ?? (isHttps(settings) ? undefined : cookies[plainName])
}

/** @param maxAge seconds that it outlives the browser's window by */
export function setSessionCookie(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  settings: Known,
  { token, maxAge }: { readonly token: string; readonly maxAge?: number },
): void {
  const secure = isHttps(settings) || request.protocol === 'https'
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure, ...(maxAge === undefined ? {} : { maxAge }) }
  void (reply as CookieReply).setCookie(secure ? secureName : plainName, token, options)
}

/** A cookie of one page, gone with the browser's window. */
export function setPageCookie(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  settings: Known,
  { name, path, value }: { readonly name: string; readonly path: string; readonly value: string },
): void {
  const secure = isHttps(settings) || request.protocol === 'https'
  void (reply as CookieReply).setCookie(name, value, { path, httpOnly: true, sameSite: 'lax', secure })
}

export const cookieOf = (request: FastifyRequest, name: string): string | undefined =>
  (request as CookieRequest).cookies[name]

const tagLength = 32
const markLength = 16
const tagged = (token: string, mark: string) => `known browser ${token}.${mark}`
/**
 * What a browser is known by: nobody makes one, so that it may be told from a made-up one before anything is looked up.
 * A mark in it tells browsers of one account from those of another, and nothing of the account.
 */
export function deviceValue(sealer: Pick<Sealer, 'index'>, token: string, accountId: string): string {
  const mark = sealer.index(`browsers of ${accountId}`).slice(0, markLength)
  return `${token}.${mark}.${sealer.index(tagged(token, mark)).slice(0, tagLength)}`
}

const mostKnown = 8
/**
 * Browsers in which somebody signed in before have a pace of his account's at signing in, all of them together, whatever
 * comes from their addresses. One that was known before there were marks has it from the next sign-in on.
 */
export function knownBrowserOf(request: FastifyRequest, sealer: Pick<Sealer, 'indexes'>): string | undefined {
  const shown = Object.entries((request as CookieRequest).cookies).filter(([name]) =>
    /^(__Host-)?fengge_known_/.test(name),
  )
  for (const [, value = ''] of shown.slice(0, mostKnown)) {
    const [token = '', mark = '', tag = ''] = value.split('.')
    const tags = value.length > 100 || tag === '' ? [] : sealer.indexes(tagged(token, mark))
    if (tags.some((t) => t.slice(0, tagLength) === tag)) return `known ${mark}`
  }
  return undefined
}

/** Each account has one in a browser, so that several may share it; its name tells no login. */
const deviceName = (login: string) => `fengge_known_${createHash('sha256').update(login).digest('hex').slice(0, 16)}`

/** What a browser shows of having been signed in before. */
export function deviceCookieOf(request: FastifyRequest, login: string): string | undefined {
  const value = cookieOf(request, `__Host-${deviceName(login)}`) ?? cookieOf(request, deviceName(login))
  return value !== undefined && value.length <= 100 ? value : undefined
}

/** The browser is known again by it; it opens nothing, and outlives the session. @param maxAge seconds */
export function setDeviceCookie(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  settings: Known,
  { login, value, maxAge }: { readonly login: string; readonly value: string; readonly maxAge: number },
): void {
  const secure = isHttps(settings) || request.protocol === 'https'
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge }
  void (reply as CookieReply).setCookie(secure ? `__Host-${deviceName(login)}` : deviceName(login), value, options)
}

export function clearSessionCookie(reply: FastifyReply): void {
  const cookies = reply as CookieReply
  void cookies.clearCookie(secureName, { path: '/', secure: true, httpOnly: true })
  void cookies.clearCookie(plainName, { path: '/' })
}
