/** Findings about statements: what they are said to give and take against what PostgreSQL says, and whose tables they touch. */
import ts from 'typescript'
import type { Described, Live } from './describe.ts'
import type { Shape, Statement } from './find.ts'
import { mayBeNull } from './nulls.ts'
import { listInserts, listUpdates } from './reading/targets.ts'
import { doesLock, doesWrite, nakedInserts, stars, touchesOf, writtenAt } from './rooms.ts'
import { mayAskOf, sliceOf } from './slices.ts'
import type { Source } from './reading/source.ts'
import { columnFault, isNullable, parameterFault, wordsOf } from './same-type.ts'

/** What a finding is about; `docs` of each stand in CONTRIBUTING. */
export type Rule =
  | 'unread'
  | 'refused'
  | 'columns'
  | 'type'
  | 'null'
  | 'words'
  | 'parameter'
  | 'writes-elsewhere'
  | 'reads-elsewhere'
  | 'insert-without-columns'
  | 'star'
  | 'read-that-writes'
  | 'write-that-reads'

export interface Finding {
  readonly rule: Rule
  readonly slice: string
  readonly file: string
  readonly line: number
  readonly message: string
  /** The table, for what is about one. */
  readonly relation?: string
}

interface Judged {
  readonly source: Source
  readonly live: Live
  readonly statement: Statement
}
type Say = (rule: Rule, message: string, at?: ts.Node, relation?: string) => void

export async function judge(source: Source, live: Live, statements: readonly Statement[]): Promise<Finding[]> {
  const found = new Map<string, Finding>()
  for (const statement of statements) {
    const say: Say = (rule, message, at, relation) => {
      const { file, line } = source.place(at ?? statement.at)
      const finding: Finding = { rule, slice: sliceOf(file), file, line, message, ...(relation ? { relation } : {}) }
      found.set(JSON.stringify(finding), finding)
    }
    for (const why of statement.unread) say('unread', why)
    for (const shape of statement.shapes) await judgeShape({ source, live, statement }, shape, say)
  }
  return [...found.values()]
}

async function judgeShape(judged: Judged, shape: Shape, say: Say): Promise<void> {
  const { live, statement } = judged
  judgeManner(statement, shape, say)
  judgeRooms(judged, shape, say)
  const described = await live.describe(shape.text)
  if ('error' in described) {
    say('refused', `${described.error}: ${shape.text.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
    return
  }
  judgeParameters(judged, shape, described, say)
  judgeTargets(judged, shape, say)
  judgeRow(judged, shape, described, say)
}

function judgeManner(statement: Statement, shape: Shape, say: Say): void {
  const isRead = ['rowsOf', 'rowOf', 'rowsPrepared'].includes(statement.manner)
  const changes = doesWrite(shape.text) || doesLock(shape.text)
  if (isRead && changes) say('read-that-writes', `${statement.manner} runs a statement that writes or locks`)
  if (!isRead && !changes) say('write-that-reads', `${statement.manner} runs a statement that only reads`)
  for (const { index, words } of nakedInserts(shape.text))
    say('insert-without-columns', `insert into ${words} names no columns`, writtenAt(shape, index))
  for (const { index, words } of stars(shape.text))
    say('star', `${words.trim()} names no columns`, writtenAt(shape, index))
}

function judgeRooms({ source, live, statement }: Judged, shape: Shape, say: Say): void {
  for (const { relation, isWrite, isView, at } of touchesOf(shape, live.relations)) {
    const slice = sliceOf(source.place(at ?? statement.at).file)
    const schema = relation.split('.')[0]!
    if (schema === slice || schema === 'public') continue
    if (isWrite) say('writes-elsewhere', `writes ${relation}`, at, relation)
    else if (!(isView && relation.includes('.public_') && mayAskOf(slice, schema)))
      say('reads-elsewhere', `reads ${relation}`, at, relation)
  }
}

function judgeParameters({ source }: Judged, shape: Shape, described: Described, say: Say): void {
  shape.parameters.forEach(({ type, at }, i) => {
    const fault = type && parameterFault(source.checker, described.parameters[i] ?? 'unknown', type)
    if (fault !== undefined) say('parameter', `${fault}: ${at.getText().replaceAll(/\s+/g, ' ').slice(0, 80)}`, at)
  })
}

/** What is written: every column that must have a value gets one, and none that may not be null gets a null. */
function judgeTargets({ source, live }: Judged, shape: Shape, say: Say): void {
  const inserts = listInserts(shape.text)
  for (const { table, columns, index } of inserts) {
    const asked = [...(live.relations.get(table)?.columns.values() ?? [])].filter((c) => c.isAsked)
    for (const { column } of asked.filter((c) => !columns.includes(c.column)))
      say('columns', `insert into ${table} leaves out ${column}, which may not be null`, writtenAt(shape, index))
  }
  for (const { table, column, parameter } of [...inserts.flatMap((i) => i.targets), ...listUpdates(shape.text)]) {
    const { type, at } = shape.parameters[parameter - 1]!
    const of = live.relations.get(table)?.columns.get(column)
    if (of && !of.isNullable && type && isNullable(source.checker, type))
      say('null', `${table}.${column} may not be null, but ${at.getText().slice(0, 60)} may`, at)
  }
}

function judgeRow(judged: Judged, { text }: Shape, described: Described, say: Say): void {
  const { checker } = judged.source
  const { row } = judged.statement
  if (!row) return
  if (isUntold(checker, row)) return
  if (row.flags & ts.TypeFlags.Any) {
    say('type', 'rows are any')
    return
  }
  const properties = new Map(checker.getPropertiesOfType(row).map((p) => [p.name, p]))
  const other = checker.getIndexTypeOfType(row, ts.IndexKind.String)
  for (const [index, column] of described.columns.entries()) {
    const property = properties.get(column.name)
    const said = property ? checker.getTypeOfSymbolAtLocation(property, judged.statement.at) : other
    if (said) judgeColumn(judged, { described, index, said, text }, say)
    else say('columns', `gives ${column.name}, which ${nameOf(checker, row)} has not`)
  }
  const given = new Set(described.columns.map((c) => c.name))
  for (const [name, property] of properties)
    if (!given.has(name) && !(property.flags & ts.SymbolFlags.Optional))
      say('columns', `${nameOf(checker, row)} says ${name}, which is not given`)
}
/** Rows of which nothing is said, since they are only counted. */
const isUntold = (checker: ts.TypeChecker, row: ts.Type) =>
  (row.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.BooleanLike)) !== 0 || checker.typeToString(row) === '{}'
const nameOf = (checker: ts.TypeChecker, type: ts.Type) => checker.typeToString(type).slice(0, 60)

interface SaidColumn {
  readonly described: Described
  readonly index: number
  readonly said: ts.Type
  readonly text: string
}
function judgeColumn({ source }: Judged, { described, index, said, text }: SaidColumn, say: Say): void {
  const { checker } = source
  const column = described.columns[index]!
  const fault = columnFault(checker, column.type, said)
  if (fault !== undefined) say('type', `${column.name}: ${fault}`)
  const why = isNullable(checker, said) ? undefined : mayBeNull(described, index, text)
  if (why !== undefined) say('null', `${column.name} is said to be never null: ${why}`)
  const narrow = wordsOf(said)
  const missed = narrow && column.of?.words?.filter((w) => !narrow.includes(w))
  if (missed && missed.length > 0) say('words', `${column.name} may be ${missed.join(', ')}, which its type leaves out`)
}
