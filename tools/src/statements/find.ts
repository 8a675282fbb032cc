/**
 * Every statement of the product, read from its source: where it runs, every text it can have, the types of what
 * travels with it and of what is said to come back.
 */
import ts from 'typescript'
import { explore } from './reading/choices.ts'
import { newRun } from './reading/evaluate.ts'
import { piecesOfSink, sqlOf } from './reading/fragments.ts'
import { holds } from './reading/names.ts'
import { calledName, enclosingFunction, type Source } from './reading/source.ts'
import { emptyFrame, Impossible, Unresolved, type Piece, type Run } from './reading/values.ts'

/** How a statement runs: read, or written within a transaction; for its rows, its first row, or how many it changed. */
export type Manner = 'rowsOf' | 'rowOf' | 'rowsPrepared' | 'rowsWritten' | 'rowWritten' | 'run' | 'group'
const manners = new Set<string>(['rowsOf', 'rowOf', 'rowsPrepared', 'rowsWritten', 'rowWritten', 'run'])

export interface Parameter {
  readonly type: ts.Type | undefined
  readonly at: ts.Node
}
/** A text of a statement; `spans` tell which file wrote which part of it. */
export interface Shape {
  readonly text: string
  readonly parameters: readonly Parameter[]
  readonly spans: readonly { readonly from: number; readonly to: number; readonly at: ts.Node }[]
}
export interface Statement {
  readonly manner: Manner
  readonly at: ts.Node
  readonly file: string
  readonly line: number
  /** What a row is said to be; nothing for statements that give none. */
  readonly row: ts.Type | undefined
  readonly shapes: readonly Shape[]
  /** Why it cannot be read, or not in every shape. */
  readonly unread: readonly string[]
}

export function findStatements(source: Source): Statement[] {
  return source.files.flatMap((file) => {
    const found: Statement[] = []
    const visit = (node: ts.Node): void => {
      const statement = ts.isCallExpression(node) ? readSite(source, node) : undefined
      if (statement) found.push(statement)
      ts.forEachChild(node, visit)
    }
    if (!file.fileName.endsWith('/kernel/db/sql.ts')) visit(file)
    return found
  })
}

function readSite(source: Source, call: ts.CallExpression): Statement | undefined {
  const name = ts.isIdentifier(call.expression) ? calledName(call.expression) : undefined
  if (name === 'createGroupWriter') return site(source, call, 'group', (run) => groupPieces(run, call))
  const query = call.arguments[1]
  if (name === undefined || !manners.has(name) || !query || !isOfSql(source, call)) return undefined
  return site(source, call, name as Manner, (run) => sqlOf(run, run.read(query, emptyFrame), query))
}

/** Whether the function called is one of kernel/db/sql.ts, whatever else has its name. */
function isOfSql(source: Source, call: ts.CallExpression): boolean {
  const declaration = source.checker.getResolvedSignature(call)?.declaration
  return declaration?.getSourceFile().fileName.endsWith('/kernel/db/sql.ts') === true
}

function site(
  source: Source,
  call: ts.CallExpression,
  manner: Manner,
  pieces: (run: Run) => readonly Piece[],
): Statement {
  const unread = new Set<string>()
  const shapes = new Map<string, Shape>()
  const { isWhole } = explore((oracle) => {
    const run = newRun(source, oracle)
    try {
      const shape = shapeOf(pieces(run))
      // Where the way to the statement contradicts what was chosen on the way, it never runs so.
      if (isReached(source, call, oracle.decided)) shapes.set(shape.text, shapes.get(shape.text) ?? shape)
    } catch (error) {
      if (error instanceof Impossible) return
      if (!(error instanceof Unresolved)) throw error
      const { file, line } = source.place(error.node)
      unread.add(`${error.message} (${file}:${line})`)
    }
  })
  if (!isWhole) unread.add('more shapes than are read')
  return {
    manner,
    at: call,
    ...source.place(call),
    row: rowType(source, call, manner),
    shapes: [...shapes.values()],
    unread: [...unread],
  }
}

/** With nothing chosen anew: only what the text already hung on can keep the statement from running. */
function isReached(source: Source, call: ts.CallExpression, decided: (key: string) => string | undefined): boolean {
  const undecided = Symbol('undecided')
  const oracle = {
    decided,
    choose: (key: string): string => {
      const before = decided(key)
      if (before === undefined) throw undecided
      return before
    },
  }
  try {
    return holds(newRun(source, oracle), call, enclosingFunction(call), emptyFrame)
  } catch (thrown) {
    if (thrown === undecided || thrown instanceof Unresolved || thrown instanceof Impossible) return true
    throw thrown
  }
}

function shapeOf(pieces: readonly Piece[]): Shape {
  let text = ''
  const parameters: Parameter[] = []
  const spans: { from: number; to: number; at: ts.Node }[] = []
  for (const piece of pieces) {
    if (piece.is === 'value') {
      parameters.push({ type: piece.type, at: piece.at })
      text += `$${parameters.length}`
    } else {
      spans.push({ from: text.length, to: text.length + piece.text.length, at: piece.at })
      text += piece.text
    }
  }
  return { text, parameters, spans }
}

/** The text that kernel/db/group-writer.ts makes of its sinks. */
function groupPieces(run: Run, call: ts.CallExpression): readonly Piece[] {
  const sinks = call.arguments.slice(2, 4).flatMap((given) => {
    const named = run.read(given, emptyFrame)
    if (named.is !== 'record' || named.rest) throw new Unresolved('sinks that the source does not tell', call)
    return [...named.entries.values()].map((sink) => sink())
  })
  return [
    ...sinks.flatMap((sink, i): Piece[] => [
      { is: 'text', text: `${i === 0 ? 'with ' : ', '}rows_${i} as (`, at: call },
      ...piecesOfSink(sink, call),
      { is: 'text', text: ')', at: call },
    ]),
    { is: 'text', text: ' select 1', at: call },
  ]
}

function rowType(source: Source, call: ts.CallExpression, manner: Manner): ts.Type | undefined {
  if (manner === 'run' || manner === 'group') return undefined
  const { checker } = source
  const given = checker.getAwaitedType(checker.getTypeAtLocation(call))
  if (!given) return undefined
  if (manner === 'rowOf' || manner === 'rowWritten') return checker.getNonNullableType(given)
  return checker.getIndexTypeOfType(given, ts.IndexKind.Number)
}
