/**
 * Loaded before a test (`--import`), writes down every text that reaches PostgreSQL and where it was run, so that what
 * runs is held against what was read from the source. Nothing of the product knows of it.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

export interface Heard {
  readonly text: string
  /** `server/src/…:line` of the product's code that ran it. */
  readonly at: string | undefined
}

const folder = process.env['STATEMENTS_HEARD']
if (folder !== undefined) listen(join(folder, `${process.pid}.jsonl`))

type Query = (this: pg.Client, first: unknown, ...rest: unknown[]) => unknown
function listen(path: string): void {
  const known = new Set<string>()
  const client = pg.Client.prototype as { query: Query }
  const { query } = client
  client.query = function (first, ...rest) {
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text
    if (text !== undefined) {
      const heard: Heard = { text, at: placeOf(callers()) }
      const line = `${JSON.stringify(heard)}\n`
      if (!known.has(line)) {
        known.add(line)
        appendFileSync(path, line)
      }
    }
    return query.call(this, first, ...rest)
  }
}

function callers(): string {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 40
  const { stack } = new Error('here')
  Error.stackTraceLimit = stackTraceLimit
  return stack ?? ''
}
/**
 * By these the owner of a database lays tables, grants rights, and copies all of it: texts of migrations or put together
 * from the catalogue, and none that a server asks.
 */
const ofOwner = /\/server\/src\/kernel\/db\/(embedded|migrate|secrets|server-role|life|dump\/[a-z-]+)\.ts:/

/** The innermost line of the product that is not of its way to the database; nothing for what a test asks in its name. */
function placeOf(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    if (line.includes('/server/tests/') || ofOwner.test(line)) return undefined
    const found = /\/(server\/src\/[^:)]+):(\d+):\d+/.exec(line)
    if (found && !found[1]!.includes('/kernel/db/')) return `${found[1]}:${found[2]}`
  }
  return undefined
}
