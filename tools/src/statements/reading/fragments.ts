/** Templates of SQL, the builders beside them, and the sinks: what text they make and which values travel with it. */
import ts from 'typescript'
import { insertInto, makeSink, updateIn, type Sink } from '@fengge/server/kernel/db/sink'
import { isSql } from './source.ts'
import { Impossible, literalOf, text, Unresolved, type Frame, type Piece, type Run, type Value } from './values.ts'

export function readTemplate(run: Run, node: ts.TaggedTemplateExpression, frame: Frame): Value {
  const { template } = node
  if (ts.isNoSubstitutionTemplateLiteral(template)) return { is: 'sql', pieces: [text(template.text, template)] }
  const pieces: Piece[] = [text(template.head.text, template.head)]
  for (const span of template.templateSpans) {
    pieces.push(...piecesOf(run, span.expression, frame), text(span.literal.text, span.literal))
  }
  return { is: 'sql', pieces }
}

/** What is put into a template: SQL becomes part of the text, everything else a parameter. */
function piecesOf(run: Run, node: ts.Expression, frame: Frame): readonly Piece[] {
  const type = run.source.checker.getTypeAtLocation(node)
  if (isSql(type)) return sqlOf(run, run.read(node, frame), node)
  const isOpen = type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)
  if (!isOpen) return [{ is: 'value', type, at: node }]
  const value = run.read(node, frame)
  if (value.is === 'sql') return value.pieces
  return [{ is: 'value', type: value.is === 'data' ? value.type : type, at: node }]
}

export function sqlOf(run: Run, value: Value, node: ts.Node): readonly Piece[] {
  if (value.is === 'sql') return value.pieces
  // The compiler lets nothing else than SQL through here, so whatever led to nothing cannot be.
  if (value.is === 'literal') throw new Impossible('no SQL')
  throw new Unresolved(`not to be read from the source: ${node.getText().slice(0, 80)}`, node)
}

/** `sql.raw`, `sql.ref`, `sql.table`, `sql.join`, `sql.lit`. */
export function readBuilder(run: Run, name: string, call: ts.CallExpression, frame: Frame): Value {
  const given = call.arguments[0]
  if (!given) throw new Unresolved('a builder without an argument', call)
  switch (name) {
    case 'raw':
      return { is: 'sql', pieces: [text(wordsOf(run, given, frame), given)] }
    case 'ref':
    case 'table':
    case 'id':
      return { is: 'sql', pieces: [text(quoted(wordsOf(run, given, frame)), given)] }
    case 'val':
    case 'value':
      return { is: 'sql', pieces: [{ is: 'value', type: run.source.checker.getTypeAtLocation(given), at: given }] }
    case 'lit':
      return { is: 'sql', pieces: [text(`'${wordsOf(run, given, frame)}'`, given)] }
    case 'join':
      return join(run, call, frame)
    default:
      throw new Unresolved(`sql.${name} is not read`, call)
  }
}

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')

function wordsOf(run: Run, node: ts.Expression, frame: Frame): string {
  const exact = literalOf(run, run.read(node, frame))
  if (typeof exact?.value === 'string') return exact.value
  throw new Unresolved(`a name that the source does not tell: ${node.getText().slice(0, 80)}`, node)
}

function join(run: Run, call: ts.CallExpression, frame: Frame): Value {
  const [given, between] = call.arguments
  const list = run.read(given!, frame)
  const separator = between ? sqlOf(run, run.read(between, frame), between) : [text(', ', call)]
  if (list.is !== 'list') {
    const element = elementType(run, run.source.checker.getTypeAtLocation(given!))
    if (!element || isSql(element))
      throw new Unresolved(`a list that the source does not tell: ${given!.getText()}`, call)
    return { is: 'sql', pieces: [{ is: 'value', type: element, at: given! }] }
  }
  const pieces = list.items.flatMap((item, i): readonly Piece[] => [
    ...(i === 0 ? [] : separator),
    ...(item.is === 'sql' ? item.pieces : [valuePiece(run, item, given!)]),
  ])
  return { is: 'sql', pieces }
}
function valuePiece(run: Run, item: Value, at: ts.Node): Piece {
  if (item.is === 'data') return { is: 'value', type: item.type, at: item.node }
  if (item.is !== 'literal') throw new Unresolved('a list of something else than SQL and values', at)
  const { checker } = run.source
  return { is: 'value', type: typeof item.value === 'number' ? checker.getNumberType() : checker.getStringType(), at }
}
export function elementType(run: Run, type: ts.Type): ts.Type | undefined {
  return run.source.checker.getIndexTypeOfType(type, ts.IndexKind.Number)
}

/** What makes a sink: the product's own functions, called with what the source hands them. */
const sinkMakers: Readonly<Record<string, (...given: never[]) => Pick<Sink, 'text'>>> = {
  insertInto,
  updateIn,
  makeSink,
}
export const isSinkMaker = (name: string) => name in sinkMakers
export function readSink(run: Run, name: string, call: ts.CallExpression, frame: Frame): Value {
  const given = call.arguments.map((a) => plain(run, run.read(a, frame), a))
  return { is: 'sink', text: sinkMakers[name]!(...(given as never[])).text(1), at: call }
}
function plain(run: Run, value: Value, node: ts.Node): unknown {
  if (value.is === 'list') return value.items.map((v) => plain(run, v, node))
  if (value.is === 'record' && !value.rest)
    return Object.fromEntries([...value.entries].map(([k, v]) => [k, plain(run, v(), node)]))
  const exact = literalOf(run, value)
  if (exact) return exact.value
  throw new Unresolved(`a sink that the source does not tell: ${node.getText().slice(0, 80)}`, node)
}

/** Each column of a sink is one array, as its text. */
export function piecesOfSink(sink: Value, node: ts.Node): readonly Piece[] {
  if (sink.is !== 'sink') throw new Unresolved('a sink that the source does not tell', node)
  return sink.text
    .split(/\$\d+/)
    .flatMap((part, i): readonly Piece[] =>
      i === 0 ? [text(part, sink.at)] : [{ is: 'value', type: undefined, at: sink.at }, text(part, sink.at)],
    )
}
