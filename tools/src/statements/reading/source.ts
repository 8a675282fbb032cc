/** The product's source as the compiler sees it: where statements run, who calls what, what changes a variable. */
import { join, relative } from 'node:path'
import ts from 'typescript'

export interface Source {
  readonly checker: ts.TypeChecker
  readonly files: readonly ts.SourceFile[]
  /** Calls of anything by this name, in the files. */
  readonly callsNamed: (name: string) => readonly ts.CallExpression[]
  readonly place: (node: ts.Node) => { readonly file: string; readonly line: number }
}

const root = join(import.meta.dirname, '../../../..')

export function compilerOptions(): ts.CompilerOptions {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  return ts.parseJsonConfigFileContent({ ...(config.config as object), include: [] }, ts.sys, root).options
}

/** @param paths files to read, of the tree; what they import is read with them but not searched */
export function openSource(paths: readonly string[], host?: ts.CompilerHost): Source {
  const options = compilerOptions()
  const program = ts.createProgram({ rootNames: [...paths], options, ...(host ? { host } : {}) })
  const wanted = new Set(paths)
  const files = program.getSourceFiles().filter((f) => wanted.has(f.fileName))
  if (files.length < paths.length) throw new Error('not every file was read')
  const calls = new Map<string, ts.CallExpression[]>()
  const note = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = calledName(node.expression)
      if (name !== undefined) {
        const held = calls.get(name)
        if (held) held.push(node)
        else calls.set(name, [node])
      }
    }
    ts.forEachChild(node, note)
  }
  for (const file of files) note(file)
  return {
    checker: program.getTypeChecker(),
    files,
    callsNamed: (name) => calls.get(name) ?? [],
    place: (node) => {
      const file = node.getSourceFile()
      return {
        file: relative(root, file.fileName),
        line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
      }
    },
  }
}

/** Every file of the server. */
export function serverFiles(): string[] {
  return ts.sys.readDirectory(join(root, 'server/src'), ['.ts'])
}

export function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined
}

/** The symbol behind an imported name. */
export function symbolOf(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

export function enclosingFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let n = node.parent; n; n = n.parent) if (isFunction(n)) return n
  return undefined
}
export const isFunction = (n: ts.Node): n is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(n) || ts.isArrowFunction(n) || ts.isFunctionExpression(n) || ts.isMethodDeclaration(n)

/** Parentheses, casts, `!` and `await` change no value. */
export function bare(node: ts.Expression): ts.Expression {
  let n = node
  while (
    ts.isParenthesizedExpression(n) ||
    ts.isAsExpression(n) ||
    ts.isSatisfiesExpression(n) ||
    ts.isNonNullExpression(n) ||
    ts.isAwaitExpression(n)
  )
    n = n.expression
  return n
}

/** The texts a type can be, when it is a literal or a union of some. */
export function literalsOf(type: ts.Type): (string | number | boolean | null | undefined)[] | undefined {
  const parts = type.isUnion() ? type.types : [type]
  if (parts.length > 24) return undefined
  const found: (string | number | boolean | null | undefined)[] = []
  for (const part of parts) {
    if (part.isStringLiteral() || part.isNumberLiteral()) found.push(part.value)
    else if (part.flags & ts.TypeFlags.BooleanLiteral)
      found.push((part as ts.Type & { intrinsicName: string }).intrinsicName === 'true')
    else if (part.flags & ts.TypeFlags.Null) found.push(null)
    else if (part.flags & ts.TypeFlags.Undefined) found.push(undefined)
    else return undefined
  }
  return found
}

/** Whether a value of this type is a piece of SQL. */
export function isSql(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type]
  return parts.some((t) => t.symbol?.name === 'RawBuilder' || t.aliasSymbol?.name === 'RawBuilder')
}
