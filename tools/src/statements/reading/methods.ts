/** What the language's own methods make of lists, records and texts that the source tells. */
import ts from 'typescript'
import { piecesOfSink, readBuilder } from './fragments.ts'
import { isSql } from './source.ts'
import { literal, literalOf, type Frame, type Run, type Thunk, type Value } from './values.ts'

/** A method called somewhere; `each` gives what its callback makes of an item. */
export interface Method {
  readonly run: Run
  readonly name: string
  readonly call: ts.CallExpression
  readonly frame: Frame
  readonly each: (item: Value, index: number) => Value
}

/** The value of `x.name(…)`, when the name is one the language has and `x` is told; the rest are functions. */
export function readMethod(method: Method, callee: ts.PropertyAccessExpression): Value | undefined {
  const { run, name, call, frame } = method
  const of = ts.isIdentifier(callee.expression) ? callee.expression.text : ''
  if (of === 'sql') return readBuilder(run, name, call, frame)
  if (of === 'Object') return ofObject(method)
  if (of === 'Promise' && name === 'all' && call.arguments[0]) return run.read(call.arguments[0], frame)
  if (!(name in ofList) && !textMethods.has(name) && name !== 'into') return undefined
  return ofReceiver(method, run.read(callee.expression, frame))
}
function ofReceiver(method: Method, receiver: Value): Value | undefined {
  const { name, call } = method
  if (receiver.is === 'sink') return name === 'into' ? { is: 'sql', pieces: piecesOfSink(receiver, call) } : undefined
  if (receiver.is === 'list') return ofList[name]?.(method, receiver.items)
  if (receiver.is === 'data' && name === 'map') return ofUnknownList(method, receiver)
  return textMethods.has(name) ? ofText(method, receiver) : undefined
}

/** A list known by its type alone, made into SQL: that of one. */
function ofUnknownList({ run, call, each }: Method, whole: Extract<Value, { is: 'data' }>): Value | undefined {
  const { checker } = run.source
  const made = checker.getIndexTypeOfType(checker.getTypeAtLocation(call), ts.IndexKind.Number)
  const type = checker.getIndexTypeOfType(whole.type, ts.IndexKind.Number)
  if (!made || !isSql(made) || !type) return undefined
  return list([each({ ...whole, type, key: `one of ${whole.key}` }, 0)])
}

type Items = readonly Value[]
const list = (items: Items): Value => ({ is: 'list', items })
const spread = (items: Items) => items.flatMap((v) => (v.is === 'list' ? v.items : [v]))
const same = (_: Method, items: Items) => list(items)
const isFalse = (v: Value) => v.is === 'literal' && !v.value

const ofList: Readonly<Record<string, (method: Method, items: Items) => Value | undefined>> = {
  map: (m, items) => list(items.map(m.each)),
  flatMap: (m, items) => list(spread(items.map(m.each))),
  filter: (m, items) => list(items.filter((item, i) => !isFalse(m.each(item, i)))),
  toSorted: same,
  sort: same,
  toReversed: same,
  concat: (m, items) => list([...items, ...spread(m.call.arguments.map((a) => m.run.read(a, m.frame)))]),
  join: joined,
  includes,
}

function joined(m: Method, items: Items): Value | undefined {
  const [between] = m.call.arguments
  const separator = between ? literalOf(m.run, m.run.read(between, m.frame)) : { value: ',' }
  const words = items.map((v) => literalOf(m.run, v))
  if (!separator || words.some((w) => !w)) return undefined
  return literal(words.map((w) => String(w!.value)).join(String(separator.value)))
}
function includes(m: Method, items: Items): Value | undefined {
  const wanted = m.call.arguments[0] && literalOf(m.run, m.run.read(m.call.arguments[0], m.frame))
  const all = items.map((v) => literalOf(m.run, v))
  return wanted && all.every((v) => v) ? literal(all.some((v) => v!.value === wanted.value)) : undefined
}

const textMethods = new Set('toLowerCase toUpperCase trim split replace replaceAll slice'.split(' '))
function ofText({ run, name, call, frame }: Method, receiver: Value): Value | undefined {
  const exact = literalOf(run, receiver)
  if (typeof exact?.value !== 'string') return undefined
  const args = call.arguments.map((a) =>
    ts.isRegularExpressionLiteral(a) ? regex(a) : literalOf(run, run.read(a, frame))?.value,
  )
  if (args.includes(undefined)) return undefined
  const methods = exact.value as unknown as Record<string, (...given: unknown[]) => string | string[]>
  const made = methods[name]!.apply(exact.value, args)
  return Array.isArray(made) ? list(made.map(literal)) : literal(made)
}
function regex(node: ts.RegularExpressionLiteral): RegExp {
  const end = node.text.lastIndexOf('/')
  return new RegExp(node.text.slice(1, end), node.text.slice(end + 1))
}

function ofObject({ run, name, call, frame }: Method): Value | undefined {
  const value = call.arguments[0] && run.read(call.arguments[0], frame)
  if (name === 'fromEntries' && value?.is === 'list') return recordOf(run, value.items)
  if (value?.is !== 'record' || value.rest) return undefined
  const all = [...value.entries]
  if (name === 'keys') return list(all.map(([k]) => literal(k)))
  if (name === 'values') return list(all.map(([, v]) => v()))
  return name === 'entries' ? list(all.map(([k, v]) => list([literal(k), v()]))) : undefined
}
function recordOf(run: Run, items: Items): Value | undefined {
  const pairs = items.flatMap((v): [string, Thunk][] => {
    const key = v.is === 'list' ? literalOf(run, v.items[0]!) : undefined
    return v.is === 'list' && key ? [[String(key.value), () => v.items[1]!]] : []
  })
  return pairs.length === items.length ? { is: 'record', entries: new Map(pairs) } : undefined
}
