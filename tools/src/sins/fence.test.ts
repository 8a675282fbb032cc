/** The fence sees the whole house, every rule of it goes red on its sin, and the list of exceptions only shrinks. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { planted, root } from './plant.ts'

interface Fence {
  readonly forbidden: readonly { readonly name: string }[]
}
interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}
const load = createRequire(import.meta.url)
const rules = (load(join(root, 'fence.cjs')) as Fence).forbidden.map((r) => r.name)
const exceptions = load(join(root, 'fence-exceptions.json')) as Record<string, readonly string[]>
const rooms = ['domain/src', 'server/src', 'web/src', 'apps/console/src', 'apps/field/src']

/** Without exceptions, so that those can be judged too. */
function cruise(cwd: string): Cruise['summary'] {
  const command = [join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')]
  const done = spawnSync(
    process.execPath,
    [...command, '--config', join(root, 'fence.cjs'), '--output-type', 'json', ...rooms],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, FENCE: 'strict' } },
  )
  assert.ok(done.stdout.startsWith('{'), done.stderr)
  return (JSON.parse(done.stdout) as Cruise).summary
}

const imports = (path: string) => `export * from '${path}'\n`

/** What each rule is there to stop: the file that does it, and what it imports. */
const sins: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'no-circles': ['domain/src/kernel/egg.ts', './hen.ts'],
  'domain-is-pure': ['domain/src/kernel/reading.ts', 'node:fs'],
  'rules-know-no-contract': ['domain/src/events/rule.ts', './contract.ts'],
  'slices-meet-at-the-door': ['server/src/worklog/through-the-wall.ts', '../events/store/event.ts'],
  'the-database-is-opened-in-one-place': ['server/src/events/pool.ts', 'pg'],
  'the-builder-stays-behind-the-handles': ['server/src/kernel/db/building.ts', 'kysely'],
  'sql-only-in-stores': ['server/src/events/commands/ask.ts', '../../kernel/db/sql.ts'],
  'only-serve-writes-in-groups': ['server/src/events/store/fast.ts', '../../kernel/db/group-writer.ts'],
  'routes-do-not-store': ['server/src/events/routes.ts', './store.ts'],
  'kernel-knows-no-slice': ['server/src/kernel/knowing.ts', '../events/door.ts'],
  'slices-stand-on-the-ground': ['server/src/sync/pool.ts', '../kernel/engine.ts'],
  'apps-stay-outside': ['apps/console/src/reaching.ts', '../../../server/src/main.ts'],
  'apps-are-strangers': ['apps/console/src/visiting.ts', '../../field/src/page.ts'],
  'web-serves-all-apps': ['web/src/serving.ts', '../../apps/field/src/page.ts'],
  'nothing-imports-tools': ['server/src/borrowing.ts', '../../tools/src/tool.ts'],
  'floors-audit': ['server/src/audit/up.ts', '../registry/door.ts'],
  'floors-places': ['server/src/places/up.ts', '../audit/door.ts'],
  'floors-library': ['server/src/library/up.ts', '../identity/door.ts'],
  'floors-identity': ['domain/src/identity/up.ts', '../events/terms.ts'],
  'floors-registry': ['server/src/registry/up.ts', '../matters/door.ts'],
  'floors-staff': ['server/src/staff/up.ts', '../registry/door.ts'],
  'floors-matters': ['server/src/matters/up.ts', '../visits/door.ts'],
  'floors-admission': ['server/src/admission/up.ts', '../events/door.ts'],
  'floors-events': ['server/src/events/up.ts', '../visits/door.ts'],
  'floors-visits': ['domain/src/visits/up.ts', '../worklog/terms.ts'],
  'floors-assessment': ['server/src/assessment/up.ts', '../pay/door.ts'],
  'floors-training': ['server/src/training/up.ts', '../sync/door.ts'],
  'floors-emergency': ['server/src/emergency/up.ts', '../public/door.ts'],
  'floors-helpers': ['server/src/helpers/up.ts', '../public/door.ts'],
  'floors-public': ['server/src/public/up.ts', '../sync/door.ts'],
  'floors-sync': ['server/src/sync/up.ts', '../pay/door.ts'],
  'floors-sensors': ['server/src/sensors/up.ts', '../pay/door.ts'],
  'floors-worklog': ['server/src/worklog/up.ts', '../pay/door.ts'],
  'floors-pay': ['server/src/pay/up.ts', '../analytics/door.ts'],
  'floors-analytics': ['server/src/analytics/up.ts', '../sharing/door.ts'],
  'floors-sharing': ['server/src/sharing/up.ts', '../analytics/door.ts'],
}

test('every rule of the fence has a sin planted, and the sin turns it red, and no other', () => {
  assert.deepEqual(Object.keys(sins).toSorted(), rules.toSorted())
  const texts: Record<string, string> = { 'tsconfig.json': '{}', 'domain/src/kernel/hen.ts': imports('./egg.ts') }
  for (const [file, imported] of Object.values(sins)) {
    if (imported.startsWith('.')) texts[join(file, '..', imported)] ??= 'export const n = 1\n'
    texts[file] = imports(imported)
  }
  for (const room of rooms) texts[join(room, 'empty.ts')] = 'export const n = 1\n'
  const found = Map.groupBy(planted(texts, cruise).violations, (v) => v.from)
  for (const [rule, [file]] of Object.entries(sins))
    assert.deepEqual([...new Set(found.get(file)?.map((v) => v.rule.name))], [rule], file)
})

test('the fence sees the whole house, and what it excepts still needs it', () => {
  const { totalCruised, violations } = cruise(root)
  assert.ok(totalCruised > 500, `${totalCruised} modules seen`)
  const found = (rule: string) => [...new Set(violations.filter((v) => v.rule.name === rule).map((v) => v.from))]
  for (const [rule, files] of Object.entries(exceptions))
    assert.deepEqual(files, found(rule).toSorted(), `${rule}: the list may only shrink`)
  assert.deepEqual(
    violations.filter((v) => !(v.rule.name in exceptions)),
    [],
  )
})
