/** Plants files that break a rule in a folder of their own, outside the tree, with the tree's packages beside them. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Texts that break a rule, by the rule. */
export type Sins = Readonly<Record<string, string>>

export const root = join(import.meta.dirname, '../../..')

/** Writes texts by their paths, lets `look` at the folder and clears it away. */
export function planted<T>(texts: Readonly<Record<string, string>>, look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-sins-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }\n', ...texts })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return look(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
