/**
 * Bodies of JSON: how much one holds is counted byte by byte before anything is made of it, since a short text can say
 * more than this thread makes in seconds. What is within the bound is parsed as ever; what comes packed is never unpacked.
 * Source: issue of secrets, "one sender stops nobody".
 */
import type { FastifyInstance } from 'fastify'
import { refuse } from '../problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** So many values a body of JSON may hold, where it is not `usualValues`. */
    mostValues?: number
  }
}

/** Values that a body may hold where its promise says nothing else: more than any form, and made in a few milliseconds. */
export const usualValues = 20_000

/** Deeper than any ask (parse-ask.ts says how deep), and than an ask within an ask. */
const deepest = 100

const sign = { quote: 34, comma: 44, backslash: 92, openList: 91, closeList: 93, open: 123, close: 125 } as const

/** A text that is longer than so many bytes is looked through for its end by the machine's own means. */
const shortText = 256

/** @param at behind the quote that opens a text @returns where the quote is that closes it, or the end of all */
function endOfText(bytes: Uint8Array, at: number): number {
  let [from, i] = [at, at]
  while (i < bytes.length && bytes[i] !== sign.quote) {
    i += bytes[i] === sign.backslash ? 2 : 1
    if (i - from <= shortText) continue
    const next = bytes.indexOf(sign.quote, i)
    if (next < 0) return bytes.length
    // An even number of backslashes before it, and it is the end.
    let before = next
    while (before > i && bytes[before - 1] === sign.backslash) before--
    i = (next - before) % 2 === 0 ? next : next + 1
    from = i
  }
  return i
}

/**
 * What is too much in a text of JSON, or nothing. Lists, objects and commas are counted: as many things are made of it.
 * @example excessOf(Buffer.from('[1,2,3]'), 10) // undefined
 */
export function excessOf(bytes: Uint8Array, mostValues: number): 'too_big' | 'too-deep' | undefined {
  let [values, depth] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === sign.quote) i = endOfText(bytes, i + 1)
    else if (byte === sign.comma) values++
    else if (byte === sign.open || byte === sign.openList) {
      values++
      if (++depth > deepest) return 'too-deep'
    } else if (byte === sign.close || byte === sign.closeList) depth--
    if (values > mostValues) return 'too_big'
  }
  return undefined
}

/** JSON is counted, then parsed; nothing else is read but where a route says so: forms of residents, files. */
export function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const excess = excessOf(bytes, request.routeOptions.config.mostValues ?? usualValues)
    if (excess) refuse('ask.invalid', 400, { fields: [{ field: '', fault: excess }] })
    void parse(request, bytes.toString(), done)
  })
  app.addHook('onRequest', async ({ headers }) => {
    const packed = headers['content-encoding']
    if (packed !== undefined && packed !== 'identity')
      refuse('ask.invalid', 415, { fields: [{ field: 'content-encoding' }] })
  })
}
