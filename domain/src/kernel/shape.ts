/**
 * Stored JSON outlives the code that wrote it. Each kind of it has a number of its shape and is read through the
 * schema of today; what was written in an earlier shape is lifted first, one number at a time. The number stands in
 * a column beside the JSON (arrays, and whatever statements look into) or in the object itself under `shape`; what
 * carries none was written before there were numbers, and is of shape 1.
 */
import { z } from 'zod'

export interface Shaped<Schema extends z.ZodType> {
  /** The shape that is written today. */
  readonly now: number
  /** What was stored, as of today. Throws where it is of no known shape: the message names places, never values. */
  readonly read: (stored: unknown, shape?: number) => z.output<Schema>
  /** An object with its number, to be stored where no column keeps it. */
  readonly numbered: <Value extends object>(value: Value) => Value & { readonly shape: number }
}

/**
 * Declares a kind of stored JSON.
 * @param kind.upcasts by number: the schema of that earlier shape, transformed into what the next number expects
 * @example
 * const FormBody = shaped({
 *   name: 'visits.form',
 *   now: 2,
 *   schema: Form,
 *   upcasts: { 1: z.looseObject({ code: z.string() }).transform((old) => ({ ...old, isCore: false })) },
 * })
 * const form = FormBody.read(row.body, row.shape)
 */
export function shaped<Schema extends z.ZodType>(kind: {
  readonly name: string
  readonly now: number
  readonly schema: Schema
  readonly upcasts: Readonly<Record<number, z.ZodType>>
}): Shaped<Schema> {
  const { name, now, schema, upcasts } = kind
  return {
    now,
    numbered: (value) => ({ ...value, shape: now }),
    read: (stored, shape) => {
      const written = shape ?? shapeIn(stored)
      if (written > now) throw new Error(`${name} is of shape ${written}; this version reads up to ${now}`)
      let value = shape === undefined ? withoutNumber(stored) : stored
      for (let at = written; at < now; at++) {
        const step = upcasts[at]
        if (!step) throw new Error(`${name} of shape ${at} cannot be lifted`)
        value = parseAs(step, value, `${name} of shape ${at}`)
      }
      return parseAs(schema, value, `${name} of shape ${written}`)
    },
  }
}

function parseAs<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const places = read.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
  throw new Error(`${what} cannot be read: ${places.join(', ')}`)
}

const isNumbered = (stored: unknown): stored is { readonly shape: number } =>
  typeof stored === 'object' && stored !== null && 'shape' in stored && typeof stored.shape === 'number'

const shapeIn = (stored: unknown): number => (isNumbered(stored) ? stored.shape : 1)

function withoutNumber(stored: unknown): unknown {
  if (!isNumbered(stored)) return stored
  const { shape: _shape, ...value } = stored
  return value
}
