/** Which column of which table a parameter is written into, where a text says so plainly, and which columns an insert gives. */
import { blanked } from '../rooms.ts'

export interface Target {
  readonly table: string
  readonly column: string
  /** Number of the parameter, from 1. */
  readonly parameter: number
}
export interface Insert {
  readonly table: string
  readonly index: number
  readonly columns: readonly string[]
  readonly targets: readonly Target[]
}

const name = (text: string) => text.trim().replaceAll('"', '')

/** Inserts that name their columns, and the parameters of their `values`. */
export function listInserts(text: string): Insert[] {
  const plain = blanked(text)
  return [...plain.matchAll(/insert\s+into\s+([\w."]+)(?:\s+as\s+\w+)?\s*\(/gi)].map((match) => {
    const table = name(match[1]!)
    const open = match.index + match[0].length
    const close = closing(plain, open)
    const columns = split(plain.slice(open, close)).map(name)
    const rest = plain.slice(close + 1)
    const values = /^\s*values\s*\(/i.exec(rest)
    const given = values ? split(rest.slice(values[0].length, closing(rest, values[0].length))) : []
    const targets = given.flatMap((expression, i): Target[] => targetOf(table, columns[i], expression))
    return { table, index: match.index, columns, targets }
  })
}

const updating = /\b(?:update\s+(?:only\s+)?("?\w+"?\."?\w+"?)(?:\s+(?:as\s+)?(?!set\b)\w+)?|do\s+update)\s+set\s/gi
/** Parameters that an update sets a column to, one in the place of an insert among them. */
export function listUpdates(text: string): Target[] {
  const plain = blanked(text)
  return [...plain.matchAll(updating)].flatMap((match) => {
    const inserted = listInserts(text).findLast((i) => i.index < match.index)?.table
    const table = match[1] === undefined ? inserted : name(match[1])
    const rest = plain.slice(match.index + match[0].length)
    return split(rest.slice(0, endOfSet(rest))).flatMap((assignment) => {
      const [, column, expression] = /^\s*([\w"]+)\s*=([\s\S]*)$/.exec(assignment) ?? []
      if (table === undefined || column === undefined || expression === undefined) return []
      return targetOf(table, name(column), expression)
    })
  })
}

/** A parameter as it is, or cast; anything computed from it may be what it likes. */
function targetOf(table: string, column: string | undefined, expression: string): Target[] {
  const parameter = /^\s*\$(\d+)(?:::[\w[\]() ]+)?\s*$/.exec(expression)?.[1]
  return parameter === undefined || column === undefined ? [] : [{ table, column, parameter: Number(parameter) }]
}

/** Where the parenthesis ends that was opened before `from`. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')' && --depth === 0) return i
  }
  return text.length
}
function split(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < list.length; i++) {
    if (list[i] === '(') depth++
    if (list[i] === ')') depth--
    if (list[i] === ',' && depth === 0) {
      parts.push(list.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, list.slice(from)]
}
/** A list of assignments ends where the statement goes on, or with the parenthesis it stands in. */
function endOfSet(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')' && --depth < 0) return i
    if (depth === 0 && /^\s(from|where|returning)\s/i.test(text.slice(i, i + 12))) return i
  }
  return text.length
}
