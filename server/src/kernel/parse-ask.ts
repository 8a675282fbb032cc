/**
 * What came in, before anybody reads it: the sign that no database holds, nesting that no ask has and parameters given
 * twice are refused here, halves of signs are dropped, so that no command meets them. Then the schema of the promise.
 */
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { refuse } from './problems.ts'

/** Deeper than any ask: borders nest seven, forms five. */
const deepest = 40

interface Held {
  readonly value: unknown
  readonly path: string
  readonly depth: number
}

const fault = (field: string, what: string): never =>
  refuse('ask.invalid', 400, { fields: [{ field: field.slice(0, 100), fault: what }] })

/**
 * Refuses what no schema should have to think of: the sign that ends a text, and nesting without end. It walks without
 * calling itself. @returns whether a text holds half of a sign
 */
function inspect(raw: unknown): boolean {
  let isBroken = false
  const open: Held[] = [{ value: raw, path: '', depth: 1 }]
  for (let held = open.pop(); held; held = open.pop()) {
    const { value, path, depth } = held
    if (typeof value === 'string') {
      if (value.includes('\0')) fault(path, 'text.null')
      isBroken ||= !value.isWellFormed()
    } else if (typeof value === 'object' && value !== null) {
      if (depth > deepest) fault('', 'too-deep')
      for (const [key, inner] of Object.entries(value)) {
        if (key.includes('\0')) fault(path, 'text.null')
        isBroken ||= !key.isWellFormed()
        if (typeof inner === 'string' || typeof inner === 'object')
          open.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 })
      }
    }
  }
  return isBroken
}

const mendText = (text: string): string => text.toWellFormed().replaceAll('\uFFFD', '')

/** The same without halves of signs, which a field cuts off when it counts in halves. */
function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : mendText(value)
  if (Array.isArray(value)) return value.map(mend)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mendText(key), mend(inner)]))
}

/** What came, fit to be kept, or the refusal. */
export const readRaw = (raw: unknown): unknown => (inspect(raw) ? mend(raw) : raw)

/**
 * Every route by construction, pages of residents and files among them: a parameter of an address is given once, and
 * neither it nor a field of a form holds the sign that ends a text.
 */
export function guardRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ query }) => refuseOddQuery(query as Record<string, unknown>))
  app.addHook('preValidation', async ({ body }) => {
    if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return
    for (const [field, value] of Object.entries(body))
      if (typeof value === 'string' && value.includes('\0')) fault(field, 'text.null')
  })
}

function refuseOddQuery(query: Record<string, unknown>): void {
  for (const [field, value] of Object.entries(query)) if (Array.isArray(value)) fault(field, 'doubled')
  inspect(query)
}

/**
 * Parses an ask; the refusal names each field and what is wrong with it, never the value.
 * @param carriesAsks it holds asks of other promises, each of which comes by here by itself
 */
export function parseAsk<S extends z.ZodType>(schema: S, raw: unknown, carriesAsks = false): z.output<S> {
  const parsed = schema.safeParse(carriesAsks ? raw : readRaw(raw))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.slice(0, 20).map((i) => ({
    field: i.path.join('.'),
    fault: i.code === 'custom' ? i.message : i.code,
    ...('params' in i ? { params: i.params } : {}),
  }))
  return refuse('ask.invalid', 400, { fields })
}
