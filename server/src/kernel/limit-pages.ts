/**
 * Pages and files are limited by address; a route names its pace, every other has that of files, and so has what is no
 * route at all. Endpoints: serve.ts. Bodies of strangers are short, come to their end in time, and are not read where
 * nobody takes them.
 */
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AddressPace } from '@fengge/domain/kernel/pace'
import type { Limiter } from './limiter.ts'
import { refuse } from './problems.ts'
import { isFormWithFiles, lengthOf } from './running/body-room.ts'
import { bodyWithin, watchBody } from './slow-bodies.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    pace?: AddressPace
    /** Asked by whoever watches over the server: never made to wait. */
    isHealth?: boolean
  }
}

export function limitPages(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 && request.url.startsWith('/api/')) return
    const { pace = paceOfOthers(request), isHealth = false } = request.routeOptions.config
    if (!isHealth) limiter.take(pace, request.ip)
    if (!request.is404 || bodiless.has(request.method)) return
    // What comes behind the answer is not waited for.
    void reply.header('connection', 'close')
    refuse('not-found', 404)
  })
}

/** Whoever sends something to no address is no browser that loads a page. */
const paceOfOthers = ({ is404, method }: FastifyRequest): AddressPace =>
  is404 && !bodiless.has(method) ? 'page' : 'file'

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What a form without files may hold, in bytes: a thousand signs take nine each. */
const longestForm = 65_536
const mostFields = 100
/** With a photo: larger than any that is taken (take-report.ts), so that one a little too large is answered by its page. */
const longestWithPhoto = 33_554_432

/** Forms that pages send, and how long their bodies may take. Files of a form stand in a line of their own (body-room.ts). */
export function takeForms(pages: FastifyInstance): void {
  const how = { parseAs: 'string', bodyLimit: longestForm } as const
  pages.addContentTypeParser('application/x-www-form-urlencoded', how, (_request, text: string, done) => {
    if (text.split('&', mostFields + 1).length > mostFields)
      return done(Object.assign(new Error('too many fields'), { statusCode: 400 }))
    done(null, Object.fromEntries(new URLSearchParams(text)))
  })
  pages.addHook('preParsing', async (request, _reply, body) => {
    refuseOtherThanForms(request)
    const length = lengthOf(request.headers)
    const isWithPhoto = isFormWithFiles(request.headers)
    if (isWithPhoto && length > longestWithPhoto) refuse('file.too-large', 413, { most: longestWithPhoto })
    watchBody(body as Readable, isWithPhoto && length > longestForm ? bodyWithin.known : bodyWithin.pages)
  })
}

/** What pages send is text in fields: JSON could hold anything in their place. */
function refuseOtherThanForms(request: FastifyRequest): void {
  const type = request.headers['content-type']
  if (type === undefined || /^(application\/x-www-form-urlencoded|multipart\/form-data) *(;|$)/i.test(type)) return
  refuse('ask.invalid', 415, { fields: [{ field: 'content-type' }] })
}
