/** The compiler, told by our settings, and the formatter go red on what each is there for. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compile } from './compile.ts'
import { planted, root } from './plant.ts'

const settings: Readonly<Record<string, readonly [text: string, code: string]>> = {
  strict: ['export const pass = (x) => [x]\n', 'TS7006'],
  noUncheckedIndexedAccess: ['export const first = (list: string[]): string => list[0]\n', 'TS2322'],
  exactOptionalPropertyTypes: ['export const box: { n?: number } = { n: undefined }\n', 'TS2375'],
  noImplicitOverride: ['class A {\n  go() {}\n}\nexport class B extends A {\n  go() {}\n}\n', 'TS4114'],
  noFallthroughCasesInSwitch: [
    'export function go(n: number): void {\n  switch (n) {\n    case 1:\n      n++\n    case 2:\n      n--\n  }\n}\n',
    'TS7029',
  ],
  erasableSyntaxOnly: ['export enum Level {\n  Low,\n}\n', 'TS1294'],
  verbatimModuleSyntax: ["import { N } from './neighbour.ts'\nexport const n: N = 1\n", 'TS1484'],
}

test('every setting of the compiler that we rely on is on', () => {
  const on = (JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { compilerOptions: object })
    .compilerOptions
  for (const name of Object.keys(settings)) assert.equal(on[name as never], true, name)
  const found = compile('tsconfig.json', Object.fromEntries(Object.entries(settings).map(([k, [text]]) => [k, text])))
  for (const [name, [, code]] of Object.entries(settings)) assert.deepEqual(found.get(name), [code], name)
})

test('a rule that names the page, the process or a timer does not compile', () => {
  const sins = {
    page: 'export const title = () => document.title\n',
    process: 'export const name = () => process.title\n',
    timer: 'export const later = (work: () => void) => setTimeout(work, 1)\n',
    network: "export const ask = () => fetch('/')\n",
    file: "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
  }
  const found = compile('domain/tsconfig.json', { ...sins, fine: 'export const twice = (n: number) => n * 2\n' })
  assert.deepEqual([...found.keys()].toSorted(), Object.keys(sins).toSorted())
})

test('a file that is not laid out is found', () => {
  const check = (text: string) =>
    planted({ 'a.ts': text }, (folder) => {
      const command = [
        join(root, 'node_modules/oxfmt/bin/oxfmt'),
        '--config',
        join(root, '.oxfmtrc.json'),
        '--check',
        'a.ts',
      ]
      return spawnSync(process.execPath, command, { cwd: folder }).status
    })
  assert.equal(check("export const a = 'b'\n"), 0)
  assert.notEqual(check('export const a = "b";\n'), 0)
})
