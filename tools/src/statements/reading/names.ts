/** What a name is worth: parameters by the call, or by every call there is; variables by their start and their changes. */
import ts from 'typescript'
import { enclosingFunction, isFunction, literalsOf, symbolOf } from './source.ts'
import { dataAt, emptyFrame, frameOf, literal, lookUp, type Frame, type Run, type Value } from './values.ts'

export function readName(run: Run, node: ts.Identifier, frame: Frame): Value {
  if (node.text === 'undefined') return literal(undefined)
  const symbol = symbolOf(run.source.checker, node)
  const declaration = symbol?.valueDeclaration
  if (!symbol || !declaration) return dataAt(run, node, frame)
  const known = readDeclaration(run, declaration, frame, node)
  const data = dataOf(run, symbol, declaration, ownerOf(declaration, frame))
  return known === undefined ? data : asDeclared(known, data)
}

/** No wider than the type that the name has where it is declared: what led to it was narrowed on the way. */
function asDeclared(value: Value, data: Data): Value {
  const options = literalsOf(data.type)
  if (!options) return value
  if (value.is === 'data') return { ...value, type: data.type }
  return value.is === 'literal' && !options.includes(value.value) ? data : value
}
const ownerOf = (declaration: ts.Node, frame: Frame) => frameOf(frame, enclosingFunction(declaration))

/** By the declared type, so that a key has the same options wherever it is asked. */
type Data = Extract<Value, { is: 'data' }>
function dataOf(run: Run, symbol: ts.Symbol, declaration: ts.Declaration, owner: Frame): Data {
  const key = `${owner.id}|${symbol.name}@${declaration.getSourceFile().fileName}:${declaration.pos}`
  return { is: 'data', type: run.source.checker.getTypeOfSymbol(symbol), key, node: declaration }
}

function readDeclaration(run: Run, declaration: ts.Declaration, frame: Frame, use?: ts.Node): Value | undefined {
  const bound = lookUp(frame, declaration)
  if (bound) return bound()
  const owner = ownerOf(declaration, frame)
  if (ts.isBindingElement(declaration)) return readBinding(run, declaration, frame)
  if (ts.isParameter(declaration)) return readOpenParameter(run, declaration)
  if (ts.isVariableDeclaration(declaration)) return readVariable(run, declaration, owner, use)
  if (ts.isFunctionDeclaration(declaration) && declaration.body)
    return { is: 'function', node: declaration, frame: owner }
  return undefined
}

/** `{ a }`, `[a, b]` and what they are taken from. */
function readBinding(run: Run, element: ts.BindingElement, frame: Frame): Value | undefined {
  const pattern = element.parent
  const whole = readDeclaration(run, pattern.parent, frame)
  if (!whole || element.dotDotDotToken) return undefined
  if (ts.isArrayBindingPattern(pattern))
    return whole.is === 'list' ? (whole.items[pattern.elements.indexOf(element)] ?? literal(undefined)) : undefined
  const name = element.propertyName ?? element.name
  if (!ts.isIdentifier(name)) return undefined
  const value = member(run, whole, name.text)
  const isMissing = value?.is === 'literal' && value.value === undefined
  return isMissing && element.initializer ? run.read(element.initializer, ownerOf(element, frame)) : value
}

/** A property of a record; undefined when only the type knows it. */
export function member(run: Run, whole: Value, name: string): Value | undefined {
  if (whole.is === 'record') {
    const entry = whole.entries.get(name)
    if (entry) return entry()
    return whole.rest ? member(run, whole.rest(), name) : literal(undefined)
  }
  if (whole.is !== 'data') return undefined
  const property = run.source.checker
    .getApparentType(run.source.checker.getNonNullableType(whole.type))
    .getProperty(name)
  if (!property) return undefined
  const type = run.source.checker.getTypeOfSymbol(property)
  return { is: 'data', type, key: `${whole.key}.${name}`, node: whole.node }
}

/** A parameter of a function that no call led into: its value is what some call of it gives. */
function readOpenParameter(run: Run, parameter: ts.ParameterDeclaration): Value | undefined {
  const fn = parameter.parent
  if (!isFunction(fn) || parameter.dotDotDotToken) return undefined
  const index = fn.parameters.indexOf(parameter)
  if (ts.isCallExpression(fn.parent)) return index === 0 ? elementOfReceiver(run, fn.parent) : undefined
  const calls = callsOf(run, fn)
  if (calls.length === 0) return undefined
  const names = calls.map((c) => `${c.getSourceFile().fileName}:${c.pos}`)
  const call = calls[names.indexOf(run.oracle.choose(`calls of ${fn.getSourceFile().fileName}:${fn.pos}`, names))]!
  const given = call.arguments[index]
  if (given) return ts.isSpreadElement(given) ? undefined : run.read(given, emptyFrame)
  return parameter.initializer ? run.read(parameter.initializer, emptyFrame) : literal(undefined)
}

/** Calls of a function by its name, but those within itself. */
function callsOf(run: Run, fn: ts.FunctionLikeDeclaration): ts.CallExpression[] {
  const { checker } = run.source
  const named = isNaming(fn.parent) ? fn.parent.name : fn.name
  if (!named || !ts.isIdentifier(named)) return []
  // A function that is a property of an object is called by the name that the object's type gives it.
  const symbol = ts.isPropertyAssignment(fn.parent)
    ? checker.getContextualType(fn.parent.parent)?.getProperty(named.text)
    : checker.getSymbolAtLocation(named)
  return run.source.callsNamed(named.text).filter((call) => {
    const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression
    const isWithin = call.pos >= fn.pos && call.end <= fn.end && call.getSourceFile() === fn.getSourceFile()
    return !isWithin && symbol !== undefined && symbolOf(checker, callee) === symbol
  })
}

const isNaming = (n: ts.Node): n is ts.VariableDeclaration | ts.PropertyAssignment =>
  ts.isVariableDeclaration(n) || ts.isPropertyAssignment(n)

const walking = new Set(['map', 'flatMap', 'forEach', 'filter', 'some', 'every', 'find'])
/** `list.map((x) => …)`: one of the list. */
function elementOfReceiver(run: Run, call: ts.CallExpression): Value | undefined {
  const callee = call.expression
  if (!ts.isPropertyAccessExpression(callee) || !walking.has(callee.name.text)) return undefined
  return oneOf(run, run.read(callee.expression, emptyFrame), `one of ${call.getSourceFile().fileName}:${call.pos}`)
}
function oneOf(run: Run, list: Value, key: string): Value | undefined {
  if (list.is !== 'list' || list.items.length === 0) return undefined
  return list.items[
    Number(
      run.oracle.choose(
        key,
        list.items.map((_, i) => String(i)),
      ),
    )
  ]
}

function readVariable(
  run: Run,
  declaration: ts.VariableDeclaration,
  owner: Frame,
  use: ts.Node | undefined,
): Value | undefined {
  const loop = declaration.parent.parent
  if (ts.isForOfStatement(loop)) {
    const key = `${owner.id}|one of ${loop.getSourceFile().fileName}:${loop.pos}`
    return oneOf(run, run.read(loop.expression, owner), key)
  }
  const changes = ts.isIdentifier(declaration.name) && use ? changesOf(run, declaration, use) : []
  const value = applyChanges(run, declaration, changes, owner)
  // An empty list that nothing here fills is filled by whom it is handed to.
  return value?.is === 'list' && value.items.length === 0 && changes.length === 0 ? undefined : value
}

type Change =
  | { readonly is: 'assign'; readonly node: ts.Node; readonly value: ts.Expression }
  | { readonly is: 'push'; readonly node: ts.CallExpression }
  | { readonly is: 'set'; readonly node: ts.Node; readonly name: ts.Expression; readonly value: ts.Expression }

const known = new WeakMap<ts.Node, readonly Change[]>()
/** What changes a variable before it is used, in the order of the text. */
function changesOf(run: Run, declaration: ts.VariableDeclaration, use: ts.Node): readonly Change[] {
  const all = known.get(declaration) ?? findChanges(run, declaration)
  known.set(declaration, all)
  return use.getSourceFile() === declaration.getSourceFile() ? all.filter((c) => c.node.end <= use.pos) : all
}
function findChanges(run: Run, declaration: ts.VariableDeclaration): Change[] {
  const name = declaration.name as ts.Identifier
  const symbol = run.source.checker.getSymbolAtLocation(name)
  const isIt = (n: ts.Node) => ts.isIdentifier(n) && n.text === name.text && symbolOf(run.source.checker, n) === symbol
  const found: Change[] = []
  const visit = (node: ts.Node): void => {
    const change = changeBy(node, isIt)
    if (change) found.push(change)
    ts.forEachChild(node, visit)
  }
  visit(enclosingFunction(declaration) ?? declaration.getSourceFile())
  return found
}
function changeBy(node: ts.Node, isIt: (n: ts.Node) => boolean): Change | undefined {
  if (ts.isCallExpression(node)) {
    const callee = node.expression
    const isPush = ts.isPropertyAccessExpression(callee) && callee.name.text === 'push' && isIt(callee.expression)
    return isPush ? { is: 'push', node } : undefined
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined
  if (isIt(node.left)) return { is: 'assign', node, value: node.right }
  if (ts.isElementAccessExpression(node.left) && isIt(node.left.expression))
    return { is: 'set', node, name: node.left.argumentExpression, value: node.right }
  return undefined
}

function applyChanges(
  run: Run,
  declaration: ts.VariableDeclaration,
  changes: readonly Change[],
  owner: Frame,
): Value | undefined {
  const start = (): Value | undefined => {
    if (declaration.initializer) return run.read(declaration.initializer, owner)
    return changes.some((c) => c.is === 'assign') ? literal(undefined) : undefined
  }
  let value: Value | undefined
  let isStarted = false
  for (const change of changes) {
    const frames = change.is === 'push' ? loopFrames(run, change.node, owner) : [owner]
    for (const frame of frames) {
      if (!holds(run, change.node, enclosingFunction(declaration), frame)) continue
      if (change.is === 'assign') value = run.read(change.value, frame)
      else {
        value = isStarted ? value : start()
        value = change.is === 'push' ? pushed(run, value, change.node, frame) : withEntry(run, value, change, frame)
      }
      isStarted = true
    }
  }
  return isStarted ? value : start()
}

function pushed(run: Run, value: Value | undefined, call: ts.CallExpression, frame: Frame): Value | undefined {
  if (value?.is !== 'list') return value
  const items = call.arguments.flatMap((a) => {
    const given = run.read(ts.isSpreadElement(a) ? a.expression : a, frame)
    return ts.isSpreadElement(a) && given.is === 'list' ? given.items : [given]
  })
  return { is: 'list', items: [...value.items, ...items] }
}

function withEntry(
  run: Run,
  value: Value | undefined,
  change: Extract<Change, { is: 'set' }>,
  owner: Frame,
): Value | undefined {
  const name = run.read(change.name, owner)
  if (value?.is !== 'record' || name.is !== 'literal') return value
  return { ...value, entries: new Map([...value.entries, [String(name.value), () => run.read(change.value, owner)]]) }
}

/** Frames of the rounds of the loops a node stands in; one frame when they are not known. */
function loopFrames(run: Run, node: ts.Node, owner: Frame): Frame[] {
  let frames = [owner]
  const loops: ts.ForOfStatement[] = []
  for (let n = node.parent; n && !isFunction(n); n = n.parent) if (ts.isForOfStatement(n)) loops.unshift(n)
  for (const loop of loops)
    frames = frames.flatMap((frame) => {
      const list = run.read(loop.expression, frame)
      if (list.is !== 'list' || !ts.isVariableDeclarationList(loop.initializer)) return [frame]
      const declaration = loop.initializer.declarations[0]!
      return list.items.map((item, i) => ({
        id: `${frame.id}/${i}`,
        fn: owner.fn,
        outer: frame,
        bound: new Map<ts.Node, () => Value>([[declaration, () => item]]),
      }))
    })
  return frames
}

/** Whether the conditions that a node stands under hold, up to its function. */
export function holds(run: Run, node: ts.Node, upTo: ts.Node | undefined, frame: Frame): boolean {
  const guards: (() => boolean)[] = []
  let child = node
  for (let n = node.parent; n && n !== upTo; child = n, n = n.parent) {
    const inner = child
    if (ts.isIfStatement(n)) {
      const { expression, thenStatement, elseStatement } = n
      if (inner === thenStatement) guards.unshift(() => run.decide(expression, frame))
      if (inner === elseStatement) guards.unshift(() => !run.decide(expression, frame))
    }
    if (ts.isCaseOrDefaultClause(n)) {
      const clause = n
      guards.unshift(() => reaches(run, clause, frame))
    }
    if (isFunction(n)) break
  }
  return guards.every((g) => g())
}

/** Whether a `switch` comes to a clause: by its own case, by one that falls through to it, or for want of another. */
function reaches(run: Run, clause: ts.CaseOrDefaultClause, frame: Frame): boolean {
  const { clauses } = clause.parent
  const subject = clause.parent.parent.expression
  const fits = (c: ts.CaseOrDefaultClause): boolean => ts.isCaseClause(c) && run.isSame(subject, c.expression, frame)
  if (ts.isDefaultClause(clause)) return !clauses.some(fits)
  const at = clauses.indexOf(clause)
  for (let i = at; i >= 0; i--) {
    if (i < at && clauses[i]!.statements.length > 0) break
    if (fits(clauses[i]!)) return true
  }
  return false
}
