/** Which way a condition of the source goes: as far as literals tell, else every way in turn. */
import ts from 'typescript'
import { bare } from './source.ts'
import { keyOf, literalOf, type Frame, type Run, type Value } from './values.ts'

export function decide(run: Run, condition: ts.Expression, frame: Frame): boolean {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return !decide(run, node.operand, frame)
  if (!ts.isBinaryExpression(node)) return isTrue(run, run.read(node, frame))
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return decide(run, node.left, frame) && decide(run, node.right, frame)
    case ts.SyntaxKind.BarBarToken:
      return decide(run, node.left, frame) || decide(run, node.right, frame)
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return isSame(run, node.left, node.right, frame)
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return !isSame(run, node.left, node.right, frame)
    default:
      return compare(run, node, frame)
  }
}

export function isSame(run: Run, left: ts.Expression, right: ts.Expression, frame: Frame): boolean {
  const a = run.read(left, frame)
  const b = run.read(right, frame)
  if (isNothing(b)) return nothing(run, a)
  if (isNothing(a)) return nothing(run, b)
  if (isThing(a) !== isThing(b) && (a.is === 'literal' || b.is === 'literal')) return false
  const x = literalOf(run, a)
  const y = literalOf(run, b)
  if (x && y) return x.value === y.value
  const key = `${keyFor(a, left, frame)} === ${keyFor(b, right, frame)}`
  return run.oracle.choose(key, ['true', 'false']) === 'true'
}

/** Neither a plain value nor one known by its type alone. */
const isThing = (v: Value) => v.is !== 'literal' && v.is !== 'data'
const isNothing = (v: Value) => v.is === 'literal' && (v.value === undefined || v.value === null)
function keyFor(v: Value, node: ts.Expression, frame: Frame): string {
  if (v.is === 'data') return v.key
  return v.is === 'literal' ? JSON.stringify(v.value) : keyOf(node, frame)
}

/** Whether a value is null or undefined. */
function nothing(run: Run, v: Value): boolean {
  if (v.is !== 'data') return isNothing(v)
  const flags = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Any | ts.TypeFlags.Unknown
  const parts = v.type.isUnion() ? v.type.types : [v.type]
  if (!parts.some((t) => t.flags & flags)) return false
  const exact = literalOf(run, v)
  if (exact) return exact.value === undefined || exact.value === null
  return run.oracle.choose(`${v.key} is nothing`, ['false', 'true']) === 'true'
}

function isTrue(run: Run, v: Value): boolean {
  if (v.is === 'literal') return Boolean(v.value)
  if (v.is !== 'data') return true
  const exact = literalOf(run, v)
  if (exact) return Boolean(exact.value)
  const parts = v.type.isUnion() ? v.type.types : [v.type]
  const isPlain = parts.some((t) => t.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike))
  return isPlain ? run.oracle.choose(`${v.key}?`, ['true', 'false']) === 'true' : !nothing(run, v)
}

/** `<`, `>` and whatever else the numbers decide, or chance. */
function compare(run: Run, node: ts.BinaryExpression, frame: Frame): boolean {
  const a = run.read(node.left, frame)
  const b = run.read(node.right, frame)
  if (a.is === 'literal' && b.is === 'literal' && typeof a.value === 'number' && typeof b.value === 'number') {
    if (node.operatorToken.kind === ts.SyntaxKind.GreaterThanToken) return a.value > b.value
    if (node.operatorToken.kind === ts.SyntaxKind.LessThanToken) return a.value < b.value
  }
  return run.oracle.choose(keyOf(node, frame), ['true', 'false']) === 'true'
}
