/** Which tables a text reads and writes, and which file wrote that part of the text. */
import type ts from 'typescript'
import type { Relation } from './catalogue.ts'
import type { Shape } from './find.ts'

export interface Touch {
  readonly relation: string
  readonly isWrite: boolean
  readonly isView: boolean
  /** The part of the source the name stands in. */
  readonly at: ts.Node | undefined
}

/** The text with comments and quoted words blanked, each character in its place. */
export function blanked(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (found) => ' '.repeat(found.length))
}

/** The part of the source that a place of the text comes from. */
export function writtenAt(shape: Shape, index: number): ts.Node | undefined {
  return shape.spans.find((s) => index >= s.from && index < s.to)?.at
}

const writing = /(insert\s+into|update(\s+only)?|delete\s+from(\s+only)?|merge\s+into|truncate(\s+table)?)\s*$/i

export function touchesOf(shape: Shape, relations: ReadonlyMap<string, Relation>): Touch[] {
  const text = blanked(shape.text)
  const found = new Map<string, Touch>()
  for (const match of text.matchAll(/"?\b([a-z_]+)"?\."?([a-z_0-9]+)"?/g)) {
    const relation = `${match[1]}.${match[2]}`
    const known = relations.get(relation)
    if (!known) continue
    const isWrite = writing.test(text.slice(Math.max(0, match.index - 40), match.index))
    const at = writtenAt(shape, match.index)
    found.set(`${relation} ${isWrite} ${at?.pos}`, { relation, isWrite, isView: known.kind === 'view', at })
  }
  return [...found.values()]
}

const writes = /\b(insert\s+into|update\s+(only\s+)?[\w."]+|delete\s+from|merge\s+into|truncate|copy)\b/i
const locks = /\bfor\s+(update|no\s+key\s+update|share|key\s+share)\b/i
const moves = /\b(nextval|setval|pg_advisory_\w+|pg_try_advisory_\w+|pg_notify|set_config|pg_current_xact_id)\s*\(/i

export const doesWrite = (text: string) =>
  writes.test(blanked(text).replaceAll(/\bdo\s+update\b|\bfor\s+(no\s+key\s+)?update\b/gi, ''))
export const doesLock = (text: string) => locks.test(blanked(text)) || moves.test(blanked(text))

interface Place {
  readonly index: number
  readonly words: string
}
/** Tables that rows are put into without saying which columns. */
export function nakedInserts(text: string): Place[] {
  const found = blanked(text).matchAll(
    /insert\s+into\s+([\w."]+)(?:\s+as\s+\w+)?\s+(values|select|with|\(\s*(?:select|values|with)\b)/gi,
  )
  return [...found].map((m) => ({ index: m.index, words: m[1]! }))
}
/** `*` that names no columns; `count(*)` does not count, nor `* from unnest(…)`, which has none to name. */
export function stars(text: string): Place[] {
  const found = blanked(text).matchAll(
    /(?:\bselect\s+(?:distinct\s+)?|,\s*|\breturning\s+|\b\w+\.)\*(?!\s+from\s+unnest\b)/gi,
  )
  return [...found].map((m) => ({ index: m.index, words: m[0] }))
}
