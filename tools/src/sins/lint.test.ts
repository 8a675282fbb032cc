/** Every rule of the lint goes red on the sin it is there for. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { languageSins, reactSins, slipSins } from './correctness-sins.ts'
import { ownSins, typeAwareSins } from './lint-sins.ts'
import { planted, root } from './plant.ts'

const sins = { ...ownSins, ...typeAwareSins, ...languageSins, ...slipSins, ...reactSins }

/** Rules that are on and cannot be sinned against in a file of ours, each with the reason. */
const cannotBeSinned: Readonly<Record<string, string>> = {
  'getter-return': 'leaves TypeScript to the compiler',
  'no-delete-var': 'the parser refuses it first',
  'no-dupe-class-members': 'the parser refuses it first',
  'no-nonoctal-decimal-escape': 'the parser refuses it first',
  'no-with': 'the parser refuses it first',
  'react/preserve-manual-memoization': 'what breaks it breaks exhaustive-deps, which speaks instead',
}

/** Sins that two rules see alike. */
const alsoSeenBy: Readonly<Record<string, string>> = {
  'oxc/bad-object-literal-comparison': 'no-constant-binary-expression',
  'oxc/uninvoked-array-callback': 'unicorn/no-new-array',
  'unicorn/no-await-in-promise-methods': 'typescript/await-thenable',
  'unicorn/no-unnecessary-await': 'typescript/await-thenable',
}

interface Finding {
  readonly filename: string
  readonly code?: string
  readonly message: string
}

function lint(cwd: string, args: readonly string[]): string {
  const command = [join(root, 'node_modules/oxlint/bin/oxlint'), '--config', join(root, '.oxlintrc.json'), ...args]
  return spawnSync(process.execPath, command, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout
}

/** `eslint(no-var)` is written no-var in the configuration, `react-hooks(x)` react/x. */
function ruleOf({ code, message }: Finding): string {
  const [, plugin = '', name = message] = /^(.+)\((.+)\)$/.exec(code ?? '') ?? []
  return plugin === 'eslint' || plugin === '' ? name : `${plugin.replace('react-hooks', 'react')}/${name}`
}

const fileOf = (rule: string) => `src/${rule.replace('/', '-')}.tsx`

test('every lint rule that is on has a sin planted, or a reason why none can be', () => {
  const config = JSON.parse(lint(root, ['--print-config'])) as { rules: Record<string, unknown> }
  const covered = [...Object.keys(sins), ...Object.keys(cannotBeSinned)]
  assert.deepEqual(covered.toSorted(), Object.keys(config.rules).toSorted())
  const ours = Object.keys((JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as typeof config).rules)
  assert.ok(ours.every((rule) => rule in ownSins || rule in typeAwareSins))
})

test('every planted sin turns its lint rule red, and no other', () => {
  const texts = Object.fromEntries(Object.entries(sins).map(([rule, text]) => [fileOf(rule), text]))
  const tsconfig = JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['src'] })
  const said = planted({ ...texts, 'tsconfig.json': tsconfig, 'src/neighbour.ts': 'export const n = 1\n' }, (folder) =>
    lint(folder, ['--type-aware', '--format', 'json', 'src']),
  )
  const found = Map.groupBy((JSON.parse(said) as { diagnostics: Finding[] }).diagnostics, (d) => d.filename)
  for (const rule of Object.keys(sins)) {
    const red = new Set((found.get(fileOf(rule)) ?? []).map(ruleOf))
    const expected = [rule, alsoSeenBy[rule]].filter((r) => r !== undefined)
    assert.deepEqual([...red].toSorted(), expected.toSorted(), rule)
  }
  assert.equal(found.has('src/neighbour.ts'), false)
})
