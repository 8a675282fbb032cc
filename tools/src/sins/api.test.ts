/** The description of the API passes a public linter (Redocly, the recommended rules), and the linter bites. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planted, root } from './plant.ts'

interface Fault {
  readonly ruleId: string
  readonly message: string
}

/** Without asking the network for anything. */
const offline = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

function lintApi(text: string): readonly Fault[] {
  const command = [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', 'api.json']
  const done = planted({ 'api.json': text }, (folder) =>
    spawnSync(process.execPath, [...command, '--extends=recommended', '--format=json', '--max-problems=1000'], {
      cwd: folder,
      encoding: 'utf8',
      env: offline,
      maxBuffer: 64 * 1024 * 1024,
    }),
  )
  return (JSON.parse(done.stdout) as { problems: Fault[] }).problems
}

const written = readFileSync(join(root, 'docs/api/openapi.json'), 'utf8')

test('the description of the API passes the recommended rules without an error or a warning', () => {
  assert.deepEqual(lintApi(written), [])
})

test('an operation without refusals, without a server, without a summary is found', () => {
  const operation = { operationId: 'a', responses: { 200: { description: 'OK' } } }
  const api = { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: { '/a': { get: operation } } }
  const found = new Set(lintApi(JSON.stringify(api)).map((p) => p.ruleId))
  for (const rule of ['no-empty-servers', 'operation-4xx-response', 'operation-summary', 'security-defined'])
    assert.ok(found.has(rule), rule)
})
