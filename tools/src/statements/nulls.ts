/**
 * Whether a column of a statement may be null, as far as the plan tells: columns that may be null in their table, the
 * far side of an outer join, aggregates over nothing, sub-selects that find nothing. Conditions that no null passes
 * make it certain again.
 */
import type { Column, Described, PlanNode } from './describe.ts'

export function mayBeNull(described: Described, index: number, text: string): string | undefined {
  const { plan } = described
  const column = described.columns[index]!
  const output = plan?.Output?.[index]
  // An index over such rows alone makes the condition vanish from the plan.
  if (column.of && new RegExp(`\\b${column.of.column}\\s+is\\s+not\\s+null\\b`, 'i').test(text)) return undefined
  if (!plan || output === undefined) return column.of?.isNullable === true ? ofTable(column) : undefined
  if (column.of) return columnMayBeNull(plan, column, output)
  return expressionMayBeNull(plan, output)
}
const ofTable = (column: Column) => `${column.of!.table}.${column.of!.column} may be null`

function columnMayBeNull(plan: PlanNode, column: Column, output: string): string | undefined {
  const [, alias] = /^"?([\w$]+)"?\."?[\w$]+"?$/.exec(output) ?? []
  const isExcluded = conditionsOf(plan).some((c) => excludesNull(c, output))
  if (isExcluded) return undefined
  if (alias !== undefined && farAliases(plan).has(alias)) return `${alias} is joined from outside`
  return column.of!.isNullable ? ofTable(column) : undefined
}

const emptyIsNull = /^(max|min|sum|avg|array_agg|string_agg|json_agg|jsonb_agg|json_object_agg|bool_and|bool_or)\(/
function expressionMayBeNull(plan: PlanNode, output: string): string | undefined {
  if (emptyIsNull.test(output)) {
    if (/ FILTER \(/.test(output)) return 'an aggregate with a filter may find nothing'
    return aggregateOf(plan)?.['Strategy'] === 'Plain' ? 'an aggregate over nothing is null' : undefined
  }
  const [, name] = /^\(((?:SubPlan|InitPlan) \d+)\)(?:\.col\d+)?$/.exec(output) ?? []
  if (name === undefined) return undefined
  const inner = allNodes(plan).find((n) => n['Subplan Name'] === name)
  const found = inner?.Output?.[0]
  const isCounted = inner?.['Strategy'] === 'Plain' && found !== undefined && !emptyIsNull.test(found)
  return isCounted ? undefined : 'a sub-select may find nothing'
}

/** The aggregation that gives the rows, below sorting and limits. */
function aggregateOf(plan: PlanNode): PlanNode | undefined {
  let node: PlanNode | undefined = plan
  while (node && node['Node Type'] !== 'Aggregate') node = node.Plans?.find((n) => n['Parent Relationship'] === 'Outer')
  return node
}

function allNodes(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(allNodes)]
}

/** Names whose rows may be missing. */
function farAliases(plan: PlanNode): Set<string> {
  const far = new Set<string>()
  for (const node of allNodes(plan)) {
    const join = node['Join Type']
    for (const child of node.Plans ?? []) {
      const side = child['Parent Relationship']
      const isFar = join === 'Full' || (join === 'Left' && side === 'Inner') || (join === 'Right' && side === 'Outer')
      if (isFar) for (const inner of allNodes(child)) if (inner.Alias !== undefined) far.add(inner.Alias)
    }
  }
  return far
}

const conditionNames = [
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
]
/** Conditions that every row given has passed, taken apart at their `AND`. */
function conditionsOf(plan: PlanNode): string[] {
  return allNodes(plan).flatMap((node) => {
    const isOuter = ['Left', 'Right', 'Full', 'Anti'].includes(node['Join Type'] ?? '')
    if (isOuter) return []
    return conditionNames.flatMap((name) => {
      const condition = node[name]
      return typeof condition === 'string' ? conjuncts(condition) : []
    })
  })
}
export function conjuncts(condition: string): string[] {
  const inner = unwrap(condition)
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '(') depth++
    if (inner[i] === ')') depth--
    if (depth === 0 && inner.startsWith(' AND ', i)) {
      parts.push(inner.slice(from, i))
      from = i + 5
    }
  }
  if (parts.length === 0) return [inner]
  return [...parts, inner.slice(from)].flatMap(conjuncts)
}
/** Without the parentheses around the whole. */
function unwrap(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')') depth--
    if (depth === 0 && i < text.length - 1) return text
  }
  return unwrap(text.slice(1, -1))
}

const lenient = /IS NULL| OR |COALESCE|CASE|DISTINCT FROM|NULLIF/
/** A single table's columns are given without its name, but compared with it. */
function excludesNull(condition: string, column: string): boolean {
  if (lenient.test(condition)) return false
  const name = column.replaceAll(/[.$]/g, '\\$&')
  const before = column.includes('.') ? '(^|[^\\w.])' : '(^|\\W)'
  return new RegExp(`${before}${name}($|\\W)`).test(condition)
}
