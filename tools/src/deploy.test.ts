/** What stands ready for a server names only what there is: figures, settings, files. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => read(join('server/src', path)))
  .join('\n')

test('alerts and the board ask for figures that the server gives, and every figure stands on the board', () => {
  const given = new Set([...sources.matchAll(/name: '(fengge_\w+)',\s+help/g)].map((m) => m[1]!))
  assert.ok(given.size > 15, `${given.size}`)
  const asked = (path: string) =>
    [...read(path).matchAll(/fengge_\w+/g)].map((m) => m[0].replace(/_(bucket|count|sum)$/, ''))
  for (const path of ['deploy/prometheus/alerts.yaml', 'deploy/grafana/fengge.json'])
    for (const name of asked(path)) assert.ok(given.has(name), `${path}: ${name}`)
  const onBoard = new Set(asked('deploy/grafana/fengge.json'))
  assert.deepEqual(
    [...given].filter((name) => !onBoard.has(name)),
    [],
  )
})

test('settings that are named where a server is set up are settings', () => {
  const known = new Set(
    [...read('server/src/kernel/settings.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((m) => m[1]!),
  )
  const named = read('deploy/fengge.env').matchAll(/^#?([A-Z][A-Z_]+)=/gm)
  for (const [, name] of named) assert.ok(known.has(name!), name)
})

test('units and the installer start what is there', () => {
  const texts = ['fengge.service', 'fengge-backup.service'].map((name) => read(`deploy/systemd/${name}`)).join('\n')
  for (const [, path] of `${texts}\n${read('deploy/install.sh')}`.matchAll(
    /(?:node |\$to\/|"\$to"\/)((?:tools|deploy)\/[\w./-]+\w)/g,
  ))
    assert.ok(existsSync(join(root, path!)), path)
})
