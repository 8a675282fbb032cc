/** Everything `npm test` runs: types, lint, import rules, house, unit, integration, browser. Closes with `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'

const root = join(import.meta.dirname, '../..')
const only = process.argv.slice(2)
const wanted = (name: string) => only.length === 0 || only.includes(name)
/** How a batch of test files is run. */
interface Batch {
  readonly name: string
  readonly files: readonly string[]
  readonly concurrency?: number
  readonly timeout?: number
  /** Where the texts of all statements that run are written down (tools/src/statements/record.ts). */
  readonly heard?: string
}

const totals = { passed: 0, failed: 0, skipped: 0 }
const bin = (name: string) => join(root, 'node_modules/.bin', name)

function check(name: string, command: string, args: readonly string[]): void {
  if (!wanted(name)) return
  const began = Date.now()
  const done = spawnSync(process.execPath, [command, ...args], { cwd: root, encoding: 'utf8', env: process.env })
  const isFine = done.status === 0
  totals[isFine ? 'passed' : 'failed']++
  process.stdout.write(`${isFine ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`)
  if (!isFine) process.stdout.write(`${done.stdout}\n${done.stderr}\n`)
}

function listTests(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.test\.tsx?$/.test(e.name) && !e.parentPath.includes('node_modules'))
    .map((e) => join(e.parentPath, e.name))
    .toSorted()
}

function runTests({ name, files, concurrency = 2, timeout = 240_000, heard }: Batch): void {
  if (!wanted(name)) return
  const began = Date.now()
  const flags = ['--disable-warning=ExperimentalWarning', '--test', '--test-reporter=spec']
  const limits = [`--test-concurrency=${concurrency}`, `--test-timeout=${timeout}`]
  const recording = heard === undefined ? [] : [`--import=${join(root, 'tools/src/statements/record.ts')}`]
  const done = spawnSync(process.execPath, [...flags, ...recording, ...limits, ...files], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...(heard === undefined ? {} : { STATEMENTS_HEARD: heard }) },
    maxBuffer: 64 * 1024 * 1024,
  })
  const count = (word: string) => Number(new RegExp(`^ℹ ${word} (\\d+)`, 'm').exec(done.stdout)?.[1] ?? 0)
  const passed = count('pass')
  const skipped = count('skipped')
  const failed = Math.max(count('fail') + count('cancelled'), done.status === 0 ? 0 : 1)
  totals.passed += passed
  totals.skipped += skipped
  totals.failed += failed
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)\n`,
  )
  for (const line of done.stdout.split('\n'))
    if (/﹣|# SKIP|^\{"|^ℹ .*\d comparisons|^ℹ fell up/.test(line)) process.stdout.write(`     ${line.trim()}\n`)
  if (failed > 0) process.stdout.write(`${done.stdout}\n${done.stderr}\n`)
}

check('types', bin('../typescript/bin/tsc'), ['-p', '.'])
// The rules of the domain once more, without the types of a browser or of Node.
check('types', bin('../typescript/bin/tsc'), ['-p', 'domain'])
check('lint', join(root, 'node_modules/oxlint/bin/oxlint'), [
  '--config',
  '.oxlintrc.json',
  '--type-aware',
  '--deny-warnings',
  'domain',
  'server',
  'web',
  'apps',
  'tools',
  'e2e',
])
check('format', join(root, 'node_modules/oxfmt/bin/oxfmt'), ['--check', '.'])
check('import rules', join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), [
  '--config',
  'fence.cjs',
  'domain/src',
  'server/src',
  'web/src',
  'apps/console/src',
  'apps/field/src',
])
runTests({ name: 'unit', files: [...listTests('domain'), ...listTests('web'), ...listTests('apps')] })
const ofStatements = (file: string) => file.includes('/tools/src/statements/')
runTests({ name: 'house', files: listTests('tools').filter((f) => !ofStatements(f)), concurrency: 1 })

/** Plays that are long when asked for by name; a short one of each stands among the tests. */
const longPlays = [
  { name: 'faults', variable: 'FAULTS', size: '10000' },
  { name: 'walks', variable: 'WALKS', size: '320' },
].filter(({ name }) => only.includes(name))
if (['integration', 'statements', 'browser'].some(wanted) || longPlays.length > 0) await testOnDatabase()

process.stdout.write(
  `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`,
)
process.exit(totals.failed === 0 ? 0 : 1)

/** Integration and browser tests, and the long plays, on a database that is thrown away. */
async function testOnDatabase(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-pg-'))
  const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`])
  const database = await openEmbedded(folder, 'only for tests', careless)
  process.env['TEST_DATABASE_URL'] = database.url('postgres')
  try {
    const { makeTemplate } = await import('../../server/tests/template.ts')
    await makeTemplate()
    const isOf = (file: string, name: string) => file.endsWith(`/${name}.test.ts`)
    for (const { name, variable, size } of longPlays) {
      process.env[variable] ??= size
      const files = listTests('server').filter((f) => isOf(f, name))
      runTests({ name, files, concurrency: 1, timeout: 3_600_000 })
    }
    const files = listTests('server').filter((f) => !longPlays.some(({ name }) => isOf(f, name)))
    const heard = join(folder, 'heard')
    mkdirSync(heard)
    runTests({ name: 'integration', files, heard })
    process.env['STATEMENTS_HEARD'] = heard
    runTests({ name: 'statements', files: listTests('tools').filter(ofStatements) })
    delete process.env['STATEMENTS_HEARD']
    const named = process.env['E2E'] ?? ''
    runTests({ name: 'browser', files: listTests('e2e').filter((f) => f.includes(named)), concurrency: 1 })
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
