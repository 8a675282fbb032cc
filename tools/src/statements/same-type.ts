/** Whether a type of the database and a type of the source say the same, as server/src/kernel/db/pool.ts reads and writes values. */
import ts from 'typescript'

const strings =
  'text varchar bpchar char name uuid ltree lquery xid8 pg_snapshot tsvector tsquery regclass time interval inet cidr date numeric'
const kinds: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'Date' | 'json'>> = {
  ...Object.fromEntries(strings.split(' ').map((name) => [name, 'string' as const])),
  ...Object.fromEntries('int2 int4 int8 oid float4 float8'.split(' ').map((name) => [name, 'number' as const])),
  bool: 'boolean',
  timestamptz: 'Date',
  timestamp: 'Date',
  json: 'json',
  jsonb: 'json',
}

type Kind = 'string' | 'number' | 'boolean' | 'Date' | 'null' | 'undefined' | 'array' | 'object' | 'any' | 'unknown'

export const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])

const flagged: readonly (readonly [number, Kind])[] = [
  [ts.TypeFlags.Any, 'any'],
  [ts.TypeFlags.Unknown, 'unknown'],
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike, 'number'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
  [ts.TypeFlags.Null, 'null'],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, 'undefined'],
]
function kindOf(checker: ts.TypeChecker, type: ts.Type): Kind {
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const bound = checker.getBaseConstraintOfType(type)
    return bound ? kindOf(checker, bound) : 'unknown'
  }
  // A branded text is a text.
  if (type.isIntersection()) {
    const found = type.types.map((t) => kindOf(checker, t))
    return found.find((k) => k !== 'object') ?? 'object'
  }
  const flag = flagged.find(([flags]) => type.flags & flags)
  if (flag) return flag[1]
  if (checker.isArrayType(type) || checker.isTupleType(type)) return 'array'
  return type.symbol?.name === 'Date' ? 'Date' : 'object'
}
const elementOf = (checker: ts.TypeChecker, type: ts.Type) =>
  checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? checker.getAnyType()

export const isNullable = (checker: ts.TypeChecker, type: ts.Type) =>
  partsOf(type).some((t) => ['null', 'any', 'unknown'].includes(kindOf(checker, t)))

/** Why a column of this type is not what is said of it; nothing when it is. */
export function columnFault(checker: ts.TypeChecker, column: string, said: ts.Type): string | undefined {
  for (const part of partsOf(said)) {
    const kind = kindOf(checker, part)
    if (kind === 'null' || kind === 'undefined' || kind === 'unknown') continue
    if (kind === 'any') return 'any'
    const fault = column.startsWith('_') ? listFault(checker, column, part, columnFault) : comesAs(column, kind)
    if (fault !== undefined) return fault
  }
  return undefined
}
function comesAs(column: string, kind: Kind): string | undefined {
  const comes = kinds[column]
  if (comes === undefined || comes === kind) return undefined
  if (comes === 'json') return kind === 'Date' ? 'JSON holds no Date' : undefined
  return `${column} comes as ${comes}, not ${kind}`
}
type Fault = (checker: ts.TypeChecker, name: string, type: ts.Type) => string | undefined
function listFault(checker: ts.TypeChecker, name: string, type: ts.Type, inner: Fault): string | undefined {
  const kind = kindOf(checker, type)
  if (kind !== 'array') return `${name.slice(1)}[] is a list, not ${kind}`
  return inner(checker, name.slice(1), elementOf(checker, type))
}

/** Why a value of this type should not travel as a parameter of that one. */
export function parameterFault(checker: ts.TypeChecker, parameter: string, given: ts.Type): string | undefined {
  for (const part of partsOf(given)) {
    const kind = kindOf(checker, part)
    if (kind === 'null' || kind === 'undefined') continue
    if (kind === 'any' || kind === 'unknown') return `${kind} travels as ${parameter}`
    const fault = parameter.startsWith('_')
      ? listFault(checker, parameter, part, parameterFault)
      : goesAs(parameter, kind)
    if (fault !== undefined) return fault
  }
  return undefined
}
function goesAs(parameter: string, kind: Kind): string | undefined {
  const wanted = kinds[parameter]
  const isFine =
    wanted === undefined ||
    wanted === kind ||
    (parameter === 'timestamptz' && kind === 'string') ||
    (parameter === 'numeric' && kind === 'number') ||
    // A list would become an array of the database, not JSON.
    (wanted === 'json' && kind !== 'array' && kind !== 'Date')
  return isFine ? undefined : `${kind} travels as ${parameter}`
}

/** The texts a type is narrowed to, when it is. */
export function wordsOf(type: ts.Type): readonly string[] | undefined {
  const said = partsOf(type).filter((t) => !(t.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)))
  return said.length > 0 && said.every((t) => t.isStringLiteral())
    ? said.map((t) => (t as ts.StringLiteralType).value)
    : undefined
}
