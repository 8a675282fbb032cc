/** One expression of the source and what it is worth (values.ts). What is not understood is data of its type. */
import ts from 'typescript'
import { readCall } from './calls.ts'
import type { Oracle } from './choices.ts'
import { decide, isSame } from './conditions.ts'
import { readTemplate } from './fragments.ts'
import { member, readName } from './names.ts'
import { bare, isFunction, type Source } from './source.ts'
import { dataAt, literal, literalOf, Unresolved, type Frame, type Run, type Thunk, type Value } from './values.ts'

const mostSteps = 60_000

export function newRun(source: Source, oracle: Oracle): Run {
  const run: Run = {
    source,
    oracle,
    read: (node, frame) => read(run, node, frame),
    decide: (node, frame) => decide(run, node, frame),
    isSame: (left, right, frame) => isSame(run, left, right, frame),
    budget: { steps: mostSteps, depth: 0 },
  }
  return run
}

function read(run: Run, expression: ts.Expression, frame: Frame): Value {
  if (run.budget.steps-- <= 0) throw new Unresolved('too long a way to its text', expression)
  const node = bare(expression)
  return readLiteral(node) ?? readCompound(run, node, frame) ?? dataAt(run, node, frame)
}

function readLiteral(node: ts.Expression): Value | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return literal(node.text)
  if (ts.isNumericLiteral(node)) return literal(Number(node.text))
  if (node.kind === ts.SyntaxKind.TrueKeyword) return literal(true)
  if (node.kind === ts.SyntaxKind.FalseKeyword) return literal(false)
  return node.kind === ts.SyntaxKind.NullKeyword ? literal(null) : undefined
}

function readCompound(run: Run, node: ts.Expression, frame: Frame): Value | undefined {
  if (ts.isIdentifier(node)) return readName(run, node, frame)
  if (isFunction(node)) return { is: 'function', node, frame }
  if (ts.isTemplateExpression(node)) return readWords(run, node, frame)
  if (ts.isObjectLiteralExpression(node)) return readObject(run, node, frame)
  if (ts.isArrayLiteralExpression(node)) return readArray(run, node, frame)
  return readStep(run, node, frame)
}
function readStep(run: Run, node: ts.Expression, frame: Frame): Value | undefined {
  if (ts.isTaggedTemplateExpression(node))
    return ts.isIdentifier(node.tag) && node.tag.text === 'sql' ? readTemplate(run, node, frame) : undefined
  if (ts.isConditionalExpression(node))
    return read(run, decide(run, node.condition, frame) ? node.whenTrue : node.whenFalse, frame)
  if (ts.isCallExpression(node)) return readCall(run, node, frame)
  if (ts.isPropertyAccessExpression(node)) return readProperty(run, node, frame)
  if (ts.isElementAccessExpression(node)) return readElement(run, node, frame)
  if (ts.isBinaryExpression(node)) return readBinary(run, node, frame)
  if (ts.isTypeOfExpression(node)) return typeOf(read(run, node.expression, frame))
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return literal(decide(run, node, frame))
  return undefined
}

function typeOf(value: Value): Value | undefined {
  if (value.is === 'data') return undefined
  return literal(value.is === 'literal' ? typeof value.value : 'object')
}

function readProperty(run: Run, node: ts.PropertyAccessExpression, frame: Frame): Value | undefined {
  const whole = read(run, node.expression, frame)
  if (node.name.text === 'length' && whole.is === 'list') return literal(whole.items.length)
  if (whole.is === 'literal' && (whole.value === undefined || whole.value === null)) return literal(undefined)
  return member(run, whole, node.name.text)
}

function readElement(run: Run, node: ts.ElementAccessExpression, frame: Frame): Value | undefined {
  const whole = read(run, node.expression, frame)
  if (whole.is !== 'list' && whole.is !== 'record') return undefined
  const at = literalOf(run, read(run, node.argumentExpression, frame))
  if (!at) return undefined
  return whole.is === 'list'
    ? (whole.items[Number(at.value)] ?? literal(undefined))
    : member(run, whole, String(at.value))
}

function readBinary(run: Run, node: ts.BinaryExpression, frame: Frame): Value | undefined {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken: {
      const parts = [node.left, node.right].map((n) => literalOf(run, read(run, n, frame)))
      return parts.every((p) => typeof p?.value === 'string') ? literal(parts.map((p) => p!.value).join('')) : undefined
    }
    case ts.SyntaxKind.QuestionQuestionToken: {
      const left = read(run, node.left, frame)
      if (left.is === 'data')
        return isSame(run, node.left, ts.factory.createNull(), frame) ? read(run, node.right, frame) : left
      return left.is === 'literal' && (left.value ?? undefined) === undefined ? read(run, node.right, frame) : left
    }
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return decide(run, node.left, frame) ? read(run, node.right, frame) : literal(false)
    case ts.SyntaxKind.EqualsToken:
      return read(run, node.right, frame)
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return literal(decide(run, node, frame))
    default:
      return undefined
  }
}

function readWords(run: Run, node: ts.TemplateExpression, frame: Frame): Value | undefined {
  let words = node.head.text
  for (const span of node.templateSpans) {
    const exact = literalOf(run, read(run, span.expression, frame))
    if (!exact) return undefined
    words += String(exact.value) + span.literal.text
  }
  return literal(words)
}

function readObject(run: Run, node: ts.ObjectLiteralExpression, frame: Frame): Value {
  const entries = new Map<string, Thunk>()
  let rest: Thunk | undefined
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const whole = read(run, property.expression, frame)
      if (whole.is === 'record') {
        for (const [name, value] of whole.entries) entries.set(name, value)
        rest = whole.rest ?? rest
      } else rest = () => whole
      continue
    }
    const name = property.name && nameOf(run, property.name, frame)
    if (name === undefined) continue
    if (ts.isPropertyAssignment(property)) entries.set(name, () => read(run, property.initializer, frame))
    if (ts.isShorthandPropertyAssignment(property)) entries.set(name, () => readName(run, property.name, frame))
    if (ts.isMethodDeclaration(property)) entries.set(name, () => ({ is: 'function', node: property, frame }))
  }
  return rest ? { is: 'record', entries, rest } : { is: 'record', entries }
}
function nameOf(run: Run, name: ts.PropertyName, frame: Frame): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text
  if (!ts.isComputedPropertyName(name)) return undefined
  const exact = literalOf(run, read(run, name.expression, frame))
  return exact ? String(exact.value) : undefined
}

function readArray(run: Run, node: ts.ArrayLiteralExpression, frame: Frame): Value | undefined {
  const items: Value[] = []
  for (const element of node.elements) {
    if (!ts.isSpreadElement(element)) {
      items.push(read(run, element, frame))
      continue
    }
    const more = read(run, element.expression, frame)
    if (more.is !== 'list') return undefined
    items.push(...more.items)
  }
  return { is: 'list', items }
}
