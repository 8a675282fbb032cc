/**
 * What an expression of the product may be worth when only its source is read. SQL is a row of pieces, plain data is
 * known by its type alone, and where the source decides at run time an oracle (choices.ts) decides here.
 */
import type ts from 'typescript'
import type { Oracle } from './choices.ts'
import { enclosingFunction, literalsOf, type Source } from './source.ts'

/** Text as it is written, with the place it is written at, or a value that travels beside it. */
export type Piece =
  | { readonly is: 'text'; readonly text: string; readonly at: ts.Node }
  /** Without a type where the product's own code makes the value, as sinks do. */
  | { readonly is: 'value'; readonly type: ts.Type | undefined; readonly at: ts.Node }

export type Thunk = () => Value
export type Literal = string | number | boolean | null | undefined

export type Value =
  | { readonly is: 'literal'; readonly value: Literal }
  | { readonly is: 'sql'; readonly pieces: readonly Piece[] }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  /** `rest` is there when an object was spread into it that is known by its type alone. */
  | { readonly is: 'record'; readonly entries: ReadonlyMap<string, Thunk>; readonly rest?: Thunk }
  | { readonly is: 'function'; readonly node: ts.FunctionLikeDeclaration; readonly frame: Frame }
  | { readonly is: 'sink'; readonly text: string; readonly at: ts.Node }
  /** `key` is the same wherever the same thing is asked, so that one decision holds in a whole statement. */
  | { readonly is: 'data'; readonly type: ts.Type; readonly key: string; readonly node: ts.Node }

/** Where a name is looked up: what parameters and variables of loops are bound to, innermost first. */
export interface Frame {
  readonly id: string
  readonly fn: ts.Node | undefined
  readonly outer: Frame | undefined
  readonly bound: ReadonlyMap<ts.Node, Thunk>
}
export const emptyFrame: Frame = { id: '', fn: undefined, outer: undefined, bound: new Map() }

/** What came to its end: the source cannot tell what the text will be. */
export class Unresolved extends Error {
  readonly node: ts.Node
  constructor(why: string, node: ts.Node) {
    super(why)
    this.node = node
  }
}

/** What was chosen cannot be together: the product never comes this way. */
export class Impossible extends Error {}

export const literal = (value: Literal): Value => ({ is: 'literal', value })
export const text = (written: string, at: ts.Node): Piece => ({ is: 'text', text: written, at })

export function lookUp(frame: Frame, declaration: ts.Node): Thunk | undefined {
  for (let f: Frame | undefined = frame; f; f = f.outer) {
    const found = f.bound.get(declaration)
    if (found) return found
  }
  return undefined
}

/** The frame of a function that a node stands in, or the outermost when the function was not entered by a call. */
export function frameOf(frame: Frame, fn: ts.Node | undefined): Frame {
  for (let f: Frame | undefined = frame; f; f = f.outer) if (f.fn === fn) return f
  return emptyFrame
}

/** One reading of one statement. */
export interface Run {
  readonly source: Source
  readonly oracle: Oracle
  readonly read: (node: ts.Expression, frame: Frame) => Value
  /** Whether a condition holds; where the source does not tell, the oracle does. */
  readonly decide: (node: ts.Expression, frame: Frame) => boolean
  readonly isSame: (left: ts.Expression, right: ts.Expression, frame: Frame) => boolean
  readonly budget: { steps: number; depth: number }
}

export function dataAt(
  run: Run,
  node: ts.Node,
  frame: Frame,
  type = run.source.checker.getTypeAtLocation(node),
): Value {
  return { is: 'data', type, key: keyOf(node, frame), node }
}
/** A key for what stands at a node: the same words in the same call of the same function. */
export function keyOf(node: ts.Node, frame: Frame): string {
  const fn = enclosingFunction(node)
  const words = node.getText().replaceAll(/\s+/g, ' ')
  return `${frameOf(frame, fn).id}|${fn ? `${fn.getSourceFile().fileName}:${fn.pos}` : ''}|${words}`
}

/** The value when it is known, or was chosen from the literals its type allows. */
export function literalOf(run: Run, value: Value): { readonly value: Literal } | undefined {
  if (value.is === 'literal') return value
  if (value.is !== 'data') return undefined
  const options = literalsOf(value.type)
  if (!options || options.length === 0) return undefined
  const picked = run.oracle.choose(
    value.key,
    options.map((o) => JSON.stringify(o) ?? 'undefined'),
  )
  return { value: options.find((o) => (JSON.stringify(o) ?? 'undefined') === picked) }
}
