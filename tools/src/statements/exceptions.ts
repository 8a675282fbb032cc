/** What may stand although a rule says no, each with its reason. The list may only shrink: one that is needed no more fails the test. */
import type { Finding, Rule } from './judge.ts'

export interface Exception {
  readonly rule: Rule
  /** A slice, or a file of it. */
  readonly where: string
  /** The table, for what is about one; `identity.*` for all of a schema. */
  readonly relation?: string
  /** Who runs what the file makes: where a statement is heard is where it was asked for. */
  readonly askedBy?: readonly string[]
  readonly why: string
}

export const exceptions: readonly Exception[] = [
  ...(['writes-elsewhere', 'reads-elsewhere'] as const).map((rule) => ({
    rule,
    where: 'server/src/kernel/store.ts',
    relation: 'audit.*',
    why: 'the kernel writes the journal in the transaction of every act and chains it; the slice of audit only reads it',
  })),
  {
    rule: 'unread',
    where: 'server/src/kernel/db/rewrite.ts',
    askedBy: ['server/src/rotate-keys.ts'],
    why: 'turning the key seals every sealed column anew, whosever it is: tables, keys and columns come from one list',
  },
]

export function fits(e: Exception, finding: Finding): boolean {
  const isThere = e.where === finding.slice || e.where === finding.file
  const isIt = e.relation === undefined || matches(e.relation, finding.relation ?? '')
  return e.rule === finding.rule && isThere && isIt
}
const matches = (pattern: string, relation: string) =>
  pattern.endsWith('.*') ? relation.startsWith(pattern.slice(0, -1)) : pattern === relation
