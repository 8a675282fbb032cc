/**
 * Stands in for zod in the phone's program, which needs paths and methods of the contract but judges nothing: the
 * server does. Some 60 KB less go over a slow line. Schemas can be built of it, so that contracts load; whoever asks
 * one to read something is told at once, since an answer of nothing would look like an answer.
 */
const judging = new Set([
  'parse',
  'safeParse',
  'parseAsync',
  'safeParseAsync',
  'spa',
  'decode',
  'safeDecode',
  'encode',
  'safeEncode',
  'decodeAsync',
  'encodeAsync',
  'safeDecodeAsync',
  'safeEncodeAsync',
  '_zod',
  '~standard',
])
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) => {
    if (name === Symbol.toPrimitive) return () => ''
    if (typeof name === 'string' && judging.has(name))
      throw new Error(`no schemas on the phone: ${name} is for the server`)
    return name === 'options' || name === 'shape' ? {} : nothing
  },
  apply: () => nothing,
})
export const z = nothing
export default nothing
