/** What the compiler says of planted files, under settings of the tree. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { planted, root, type Sins } from './plant.ts'

/** Complaints of the compiler by file. */
export function compile(base: string, sins: Sins): Map<string, string[]> {
  const texts = Object.fromEntries(Object.entries(sins).map(([name, text]) => [`src/${name}.ts`, text]))
  const tsconfig = JSON.stringify({ extends: join(root, base), include: ['src'], exclude: [] })
  const said = planted({ ...texts, 'tsconfig.json': tsconfig, 'src/neighbour.ts': 'export type N = 1\n' }, (folder) => {
    const command = [join(root, 'node_modules/typescript/bin/tsc'), '--project', '.', '--pretty', 'false']
    return spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' }).stdout
  })
  const found = new Map<string, string[]>()
  for (const [, file = '', code = ''] of said.matchAll(/^src\/(.+)\.ts\(\d+,\d+\): error (TS\d+)/gm))
    found.set(file, [...(found.get(file) ?? []), code])
  return found
}
