/**
 * One planted sin for each rule of the lint that we switched on ourselves, and for those that need types. Each is
 * written to a file of its own and must turn exactly its rule red: a rule that no longer bites is found out.
 */
import type { Sins } from './plant.ts'

const lines = (n: number, line: string) => Array.from({ length: n }, () => `${line}\n`).join('')
const branches = Array.from({ length: 16 }, (_, i) => `  if (n === ${i}) return '${i}'\n`).join('')

/** Ours, by name. */
export const ownSins: Sins = {
  'no-console': `console.log('left behind')\n`,
  eqeqeq: `export const isNone = (x: string) => x == ''\n`,
  'no-var': `export var count = 1\n`,
  'prefer-const': `let count = 1\nexport const more = count + 1\n`,
  'max-lines': lines(401, '// one more line') + 'export const n = 1\n',
  'max-lines-per-function': `export function long(): number {\n  let n = 0\n${lines(60, '  n += 1')}  return n\n}\n`,
  'max-params': `export const sum = (a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e\n`,
  complexity: `export function name(n: number): string {\n${branches}  return ''\n}\n`,
  'no-nested-ternary': `export const sign = (n: number) => (n > 0 ? 1 : n < 0 ? -1 : 0)\n`,
  'typescript/no-explicit-any': `export const open = (x: any) => [x]\n`,
  'typescript/method-signature-style': `export interface Store {\n  find(id: string): string\n}\n`,
  'no-warning-comments': `// fixme: later\nexport const n = 1\n`,
}

/** Of the category correctness, those that ask the type checker. */
export const typeAwareSins: Sins = {
  'typescript/no-floating-promises': `const late = async () => {\n  await Promise.resolve()\n}\nexport function send(): void {\n  late()\n}\n`,
  'typescript/await-thenable': `const now = 1\nexport const soon = async () => await now\n`,
  'typescript/no-array-delete': `export function drop(list: number[]): void {\n  delete list[0]\n}\n`,
  'typescript/no-base-to-string': `export const show = (x: { id: string }) => String(x)\n`,
  'typescript/no-duplicate-type-constituents': `export type Twice = string | number | string\n`,
  'typescript/no-for-in-array': `export function each(list: number[]): void {\n  for (const i in list) if (i === '') return\n}\n`,
  'typescript/no-implied-eval': `export const later = () => setTimeout('run()', 10)\n`,
  'typescript/no-meaningless-void-operator': `const ring = (): void => undefined\nexport const leave = () => {\n  void ring()\n}\n`,
  'typescript/no-misused-spread': `export const letters = (text: string) => [...text]\n`,
  'typescript/no-redundant-type-constituents': `export type Wide = string | unknown\n`,
  'typescript/no-unsafe-unary-minus': `export const less = (text: string) => -text\n`,
  'typescript/no-useless-default-assignment': `export const pick = ({ n = 1 }: { n: number }) => n\n`,
  'typescript/require-array-sort-compare': `export const order = (list: number[]) => list.sort()\n`,
  'typescript/restrict-template-expressions': 'export const show = (x: number[]) => `${x}`\n',
  'typescript/unbound-method': `class Bell {\n  ring(): this {\n    return this\n  }\n}\nexport const { ring } = new Bell()\n`,
}
