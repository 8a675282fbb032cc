/** What a call is worth: functions of the product by their returns, lists and records by what the language does with them. */
import { basename } from 'node:path'
import ts from 'typescript'
import { isSinkMaker, readSink } from './fragments.ts'
import { readMethod } from './methods.ts'
import { holds } from './names.ts'
import { enclosingFunction, isFunction, symbolOf } from './source.ts'
import { dataAt, frameOf, literal, type Frame, type Run, type Thunk, type Value } from './values.ts'

const mostDepth = 14

export function readCall(run: Run, call: ts.CallExpression, frame: Frame): Value {
  const callee = call.expression
  if (ts.isPropertyAccessExpression(callee)) {
    const each = (item: Value, i: number) =>
      ofItem(run, item, i, { id: `${callId(call, frame)}#${i}`, frame, node: call })
    const found = readMethod({ run, name: callee.name.text, call, frame, each }, callee)
    if (found) return found
  }
  if (ts.isIdentifier(callee)) {
    if (isSinkMaker(callee.text)) return readSink(run, callee.text, call, frame)
    if (callee.text === 'String' && call.arguments[0]) return run.read(call.arguments[0], frame)
  }
  const fn = calledFunction(run, callee, frame)
  if (!fn) return dataAt(run, call, frame)
  const args = call.arguments.map((a) => () => run.read(a, frame))
  return apply(run, fn, args, { id: callId(call, frame), frame, node: call })
}

/** Where a function is called, and under which name its own variables are known. */
interface Site {
  readonly id: string
  readonly frame: Frame
  readonly node: ts.CallExpression
}
/** What the callback of `list.map(…)` makes of an item. */
const ofItem = (run: Run, item: Value, i: number, site: Site): Value =>
  apply(run, run.read(site.node.arguments[0]!, site.frame), [() => item, () => literal(i)], site)
const callId = (call: ts.Node, frame: Frame) =>
  `${frameOf(frame, enclosingFunction(call)).id}>${basename(call.getSourceFile().fileName)}:${call.pos}`

function calledFunction(run: Run, callee: ts.Expression, frame: Frame): Value | undefined {
  if (ts.isPropertyAccessExpression(callee)) {
    const declaration = symbolOf(run.source.checker, callee.name)?.valueDeclaration
    const value = declaration && ts.isMethodDeclaration(declaration) ? undefined : run.read(callee, frame)
    return value?.is === 'function' ? value : undefined
  }
  const value = run.read(callee, frame)
  return value.is === 'function' ? value : undefined
}

/** The value of a function for its arguments. */
function apply(run: Run, fn: Value, args: readonly Thunk[], site: Site): Value {
  const isClosed =
    fn.is !== 'function' ||
    !fn.node.body ||
    /\/kernel\/db\/(sql|sink|pool)[.]ts$/.test(fn.node.getSourceFile().fileName)
  if (isClosed || run.budget.depth >= mostDepth) return dataAt(run, site.node, site.frame)
  const bound = new Map<ts.Node, Thunk>()
  const inner: Frame = { id: site.id, fn: fn.node, outer: fn.frame, bound }
  fn.node.parameters.forEach((parameter, i) => {
    if (parameter.dotDotDotToken) bound.set(parameter, () => ({ is: 'list', items: args.slice(i).map((a) => a()) }))
    else bound.set(parameter, () => withDefault(run, parameter, args[i], inner))
  })
  run.budget.depth++
  try {
    return returned(run, fn.node, inner) ?? dataAt(run, site.node, site.frame)
  } finally {
    run.budget.depth--
  }
}
function withDefault(run: Run, parameter: ts.ParameterDeclaration, given: Thunk | undefined, inner: Frame): Value {
  const value = given?.() ?? literal(undefined)
  const isMissing = value.is === 'literal' && value.value === undefined
  return isMissing && parameter.initializer ? run.read(parameter.initializer, inner) : value
}

/** The first return whose conditions hold. */
function returned(run: Run, fn: ts.FunctionLikeDeclaration, frame: Frame): Value | undefined {
  const body = fn.body!
  if (!ts.isBlock(body)) return run.read(body, frame)
  for (const statement of returnsOf(body)) {
    if (!holds(run, statement, fn, frame)) continue
    return statement.expression ? run.read(statement.expression, frame) : literal(undefined)
  }
  return undefined
}
function returnsOf(body: ts.Block): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) found.push(node)
    if (!isFunction(node)) ts.forEachChild(node, visit)
  }
  ts.forEachChild(body, visit)
  return found
}
