/**
 * What came in, before anybody reads it: the sign that no database holds, nesting that no ask has and parameters given
 * twice are refused here, halves of signs are dropped, so that no command meets them. Then the schema of the promise.
 */
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { refuse } from './problems.ts'

/** Deeper than any ask: borders nest seven, forms five. */
const deepest = 40

/** More than any ask: a list, and all that an ask holds beside the points of borders. What is more would be judged for seconds. */
const most = { list: 20_000, values: 60_000 }

interface Held {
  readonly value: object
  readonly key: string
  readonly up: Held | undefined
  readonly depth: number
}

const fault = (field: string, what: string): never =>
  refuse('ask.invalid', 400, { fields: [{ field: field.slice(0, 100), fault: what }] })

function pathOf(held: Held | undefined): string {
  const keys: string[] = []
  for (let at = held; at?.up; at = at.up) keys.push(at.key)
  return keys.toReversed().join('.')
}

const isPoint = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number'

/** Whether something holds more, other than a point of a border. */
const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null && !isPoint(value)

/**
 * Refuses what no schema should have to think of: nesting and lists without end, and the sign that ends a text. It walks
 * without calling itself. @returns whether a text holds half of a sign
 */
function inspect(raw: unknown, carriesAsks = false): boolean {
  let [isBroken, values] = [false, 0]
  const judge = (text: string, held: Held | undefined) => {
    // What it carries is judged piece by piece, and one piece holds up no other.
    if (carriesAsks) return
    if (text.includes('\0')) fault(pathOf(held), 'text.null')
    isBroken ||= !text.isWellFormed()
  }
  const open: Held[] = isOpen(raw) ? [{ value: raw, key: '', up: undefined, depth: 1 }] : []
  for (let held = open.pop(); held; held = open.pop()) {
    const { value, depth } = held
    if (depth > deepest && !carriesAsks) fault('', 'too-deep')
    const isList = Array.isArray(value)
    if (isList && value.length > most.list) fault(pathOf(held), 'too_big')
    const keys = Object.keys(value)
    values += keys.length
    if (values > most.values) fault(pathOf(held), 'too_big')
    for (const key of keys) {
      const inner = (value as Record<string, unknown>)[key]
      if (!isList) judge(key, held)
      if (typeof inner === 'string') judge(inner, { value, key, up: held, depth })
      else if (isOpen(inner)) open.push({ value: inner, key, up: held, depth: depth + 1 })
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
  if (carriesAsks) inspect(raw, carriesAsks)
  const parsed = schema.safeParse(carriesAsks ? raw : readRaw(raw))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.slice(0, 20).map((i) => ({
    field: i.path.join('.'),
    fault: i.code === 'custom' ? i.message : i.code,
    ...('params' in i ? { params: i.params } : {}),
  }))
  return refuse('ask.invalid', 400, { fields })
}
