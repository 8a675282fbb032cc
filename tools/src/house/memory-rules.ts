/**
 * Nothing is remembered behind an engine's back: what a server keeps between requests lies on its shelf
 * (server/src/kernel/shelf.ts), so that two in one process, or two tests, share nothing. A table that never changes
 * says so by its type; what is the same for every engine stands in the list below with the reason.
 */
import ts from 'typescript'
import type { House, HouseRule } from './house.ts'

/** File and name of what a module may keep, and why every engine may share it. */
const shared: Readonly<Record<string, string>> = {
  'server/src/kernel/db/sql.ts pools': 'kept by the handle of a database: each engine has its own',
  'server/src/kernel/db/sql.ts names': 'the name of a statement follows from its text alone',
  'server/src/kernel/reactions.ts reactions': 'who hears what is named by the code, once a process',
  'server/src/kernel/reactions.ts answerers': 'who answers what is named by the code, once a process',
  'server/src/kernel/fresh-id.ts used': 'how much of a stock of random bytes is spent; none is given twice',
  'server/src/kernel/seal.ts used': 'how much of a stock of random bytes is spent; none is given twice',
  'server/src/events/words.ts cutter': 'a dictionary that comes with the program, opened when first needed',
  'server/src/matters/ready-sets.ts rows': 'a file that comes with the program, read when first needed',
  'server/src/places/tree.ts spelled': 'the sound of a name follows from the name alone',
  'server/src/registry/spelling.ts signs': 'the sound of a sign follows from the sign alone',
  'server/src/registry/spelling.ts surnames': 'the sound of a surname follows from the surname alone',
  'server/src/registry/spelling.ts typed': 'the sound of a name follows from the name alone',
}

const keepers = new Set(['Map', 'Set', 'WeakMap', 'WeakSet'])

/** Whether an expression makes something that can be added to later. */
function isKeeper(made: ts.Expression | undefined): boolean {
  if (!made) return false
  if (ts.isAsExpression(made) || ts.isParenthesizedExpression(made) || ts.isSatisfiesExpression(made))
    return isKeeper(made.expression)
  if (ts.isNewExpression(made)) return ts.isIdentifier(made.expression) && keepers.has(made.expression.text)
  if (ts.isArrayLiteralExpression(made)) return made.elements.length === 0
  return ts.isObjectLiteralExpression(made) && made.properties.length === 0
}

const saysFixed = (type: ts.TypeNode | undefined, file: ts.SourceFile) =>
  /^(Readonly|readonly\b)/.test(type?.getText(file) ?? '')

/** Names of what a module, or a class of it, keeps for as long as the process lives. */
function keptBy(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  return file.statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement))
      return statement.members
        .filter(ts.isPropertyDeclaration)
        .filter((m) => m.modifiers?.some((w) => w.kind === ts.SyntaxKind.StaticKeyword))
        .filter((m) => isKeeper(m.initializer) && !saysFixed(m.type, file))
        .map((m) => m.name.getText(file))
    if (!ts.isVariableStatement(statement)) return []
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
    return statement.declarationList.declarations
      .filter((d) => !isConst || (isKeeper(d.initializer) && !saysFixed(d.type, file)))
      .map((d) => d.name.getText(file))
  })
}

const inServer = (house: House) =>
  house.paths.filter((p) => p.startsWith('server/src/') && p.endsWith('.ts') && !p.endsWith('.d.ts'))

const memory: HouseRule = {
  name: 'no module of the server keeps anything between requests but on the shelf of an engine',
  find: (house) => {
    const kept = inServer(house).flatMap((p) => keptBy(p, house.read(p)).map((name) => `${p} ${name}`))
    return [
      ...kept.filter((k) => !(k in shared)).map((k) => `${k} is kept by the module`),
      ...Object.keys(shared)
        .filter((k) => !kept.includes(k))
        .map((k) => `${k} is kept no more: strike it off the list`),
    ]
  },
  sin: () => ({ 'server/src/audit/memory.ts': 'export const lastLooks = new Map<string, number>()\n' }),
}

export const memoryRules: readonly HouseRule[] = [memory]
