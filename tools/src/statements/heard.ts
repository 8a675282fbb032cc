/**
 * What ran in the tests against what was read from the source. A statement of many branches runs in more shapes than
 * are read, but every shape is put together of the same parts: a text with a part that nobody read was missed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from './find.ts'
import type { Heard } from './record.ts'

/** What was written down by record.ts, without what has no place in the product and without the frames of transactions. */
export function listHeard(folder: string): Heard[] {
  if (!existsSync(folder)) return []
  const all = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Heard),
  )
  const isFrame = (text: string) =>
    /^(begin|commit|rollback|start transaction|savepoint|release savepoint)\b/i.test(text)
  return [
    ...new Map(all.filter((h) => h.at !== undefined && !isFrame(h.text)).map((h) => [packed(h.text), h])).values(),
  ]
}

/** Without blanks and without the numbers of parameters. */
const packed = (text: string) => text.replaceAll(/\s+/g, '').replaceAll(/\$\d+/g, '$')

export interface Known {
  readonly wholes: ReadonlySet<string>
  /** Parts by how they begin. */
  readonly parts: ReadonlyMap<string, readonly string[]>
}
export function knownTexts(statements: readonly Statement[]): Known {
  const wholes = new Set<string>()
  const parts = new Set<string>()
  for (const { text, spans } of statements.flatMap((s) => s.shapes)) {
    wholes.add(packed(text))
    for (const { from, to } of spans) parts.add(packed(text.slice(from, to)))
  }
  parts.delete('')
  return { wholes, parts: Map.groupBy(parts, (p) => p[0]!) }
}

/** Whether a text is one that was read, or put together of parts that were. */
export function isKnown(known: Known, text: string): boolean {
  const whole = packed(text)
  if (known.wholes.has(whole)) return true
  // From the end: whether the rest from each place on can be put together.
  const fits = new Uint8Array(whole.length + 1)
  fits[whole.length] = 1
  for (let i = whole.length - 1; i >= 0; i--) {
    const isParameter = whole[i] === '$' && fits[i + 1] === 1
    const isPart = (known.parts.get(whole[i]!) ?? []).some((p) => fits[i + p.length] === 1 && whole.startsWith(p, i))
    if (isParameter || isPart) fits[i] = 1
  }
  return fits[0] === 1
}
