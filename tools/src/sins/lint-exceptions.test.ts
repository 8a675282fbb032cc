/** The screens whose sizes wait to be laid anew: the list names what still offends, and nothing else. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planted, root } from './plant.ts'

interface Override {
  readonly files: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}
const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as { overrides: readonly Override[] }
const namesFiles = (o: Override) => o.files.every((f) => !f.includes('*'))

/** `rule file`, for each rule a file is excepted from. */
const excepted = config.overrides
  .filter(namesFiles)
  .flatMap((o) => Object.keys(o.rules).flatMap((rule) => o.files.map((f) => `${rule} ${f}`)))

/** The same for each rule a file of the screens breaks when nothing is excepted. */
function offending(): Set<string> {
  // Sizes need no types.
  const strict = JSON.stringify({ ...config, options: {}, overrides: config.overrides.filter((o) => !namesFiles(o)) })
  const done = planted({ 'strict.json': strict }, (folder) => {
    const command = [join(root, 'node_modules/oxlint/bin/oxlint'), '--config', join(folder, 'strict.json')]
    const args = [...command, '--format', 'json', 'apps']
    return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  })
  const { diagnostics } = JSON.parse(done.stdout) as { diagnostics: { filename: string; code: string }[] }
  return new Set(diagnostics.map((d) => `${/\((.+)\)/.exec(d.code)?.[1] ?? d.code} ${d.filename}`))
}

const found = offending()
const idle = (exceptions: readonly string[]) => exceptions.filter((e) => !found.has(e))

test('a file on the list of exceptions still offends: the list only shrinks', () => {
  assert.deepEqual(idle(excepted), [])
  assert.deepEqual(idle([...excepted, 'max-lines apps/console/src/main.tsx']), ['max-lines apps/console/src/main.tsx'])
})

test('only screens are excepted, and only from sizes', () => {
  const allowed = /^(max-lines|max-lines-per-function|max-params|complexity) apps\/(console|field)\/src\/(?!offline\/)/
  assert.deepEqual(
    excepted.filter((e) => !allowed.test(e)),
    [],
  )
})
