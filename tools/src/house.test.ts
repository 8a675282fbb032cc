/** The house watches itself: fence, sizes, names, migrations, words, paths in documents. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { moves } from '@fengge/domain/events/moves'
import { actionWords, statusWords } from '@fengge/web/words/terms.ts'
import { openApiText, rightsText, workflowText } from './generate.ts'
import { refusalStatusesPath, refusalStatusesText } from './refusals.ts'
import { visibilityText } from './visibility-page.ts'
import { planningText } from './planning-page.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((e) => !['node_modules', 'dist', '.git', '.fengge', '.out'].includes(e.name))
    .flatMap((e) => (e.isDirectory() ? list(join(folder, e.name)) : [join(folder, e.name)]))
}
const sources = ['domain', 'server', 'web', 'apps', 'tools', 'e2e']
  .flatMap(list)
  .filter((f) => /\.tsx?$/.test(f) && !f.endsWith('.d.ts'))

test('rules know no clock, no chance, no network', () => {
  const forbidden = /\bDate\.now\(|new Date\(\)|Math\.random|\bcrypto\.|\bfetch\(|\bprocess\.|\basync /
  const found = sources
    .filter((f) => f.startsWith('domain/src') && !f.endsWith('.test.ts'))
    .filter((f) => forbidden.test(read(f)))
  assert.deepEqual(found, [])
})

test('no file has a name that says nothing', () => {
  const empty = /^(utils|helpers|common|misc|types|constants|manager|service|index)\.tsx?$/
  assert.deepEqual(
    sources.filter((f) => empty.test(basename(f))),
    [],
  )
})

test('migrations are numbered without gaps and HEAD names the last', () => {
  const files = readdirSync(join(root, 'server/migrations'))
    .filter((f) => f.endsWith('.sql'))
    .toSorted()
  files.forEach((f, i) => assert.ok(f.startsWith(String(i + 1).padStart(4, '0')), f))
  assert.equal(read('server/migrations/HEAD').trim(), files.at(-1))
})

test('every action and state has its words in both languages', () => {
  for (const action of Object.keys(moves))
    assert.ok(
      actionWords[action]?.every((w) => w !== ''),
      action,
    )
  for (const move of Object.values(moves))
    for (const s of [...move.from, ...(move.to === 'same' ? [] : move.to)])
      assert.ok(
        statusWords[s]?.every((w) => w !== ''),
        s,
      )
})

test('generated documents are what their generator writes', () => {
  assert.equal(read(refusalStatusesPath), refusalStatusesText())
  assert.equal(read('docs/api/openapi.json'), openApiText())
  assert.equal(read('docs/rules/event-workflow.md'), workflowText())
  assert.equal(read('docs/rights.md'), rightsText())
  assert.equal(read('docs/rules/registry-visibility.md'), visibilityText())
  assert.equal(read('docs/rules/visit-planning.md'), planningText())
  assert.ok(contract.length > 80)
})

test('every path a document names exists', () => {
  const documents = [...list('docs'), 'README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].filter(
    (f) => f.endsWith('.md'),
  )
  const missing = documents.flatMap((doc) => {
    const text = read(doc)
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((m) => m[1]!)
      .filter((l) => !/^[a-z]+:/.test(l))
      .map((l) => join(dirname(doc), l))
    const named = [...text.matchAll(/`((?:domain|server|web|apps|e2e|tools|docs)\/[\w./-]+)`/g)].map((m) => m[1]!)
    return [...links, ...named].filter((p) => !existsSync(join(root, p))).map((p) => `${doc}: ${p}`)
  })
  assert.deepEqual(missing, [])
})

test('no real-looking identity number or machine path is in the repository', () => {
  const texts = [...sources, ...list('docs'), 'README.md'].filter(
    (f) => /\.(tsx?|md|csv)$/.test(f) && !f.endsWith('checksum.ts') && !f.endsWith('kernel.test.ts'),
  )
  assert.deepEqual(
    texts.filter((f) => /\b[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]\b/.test(read(f))),
    [],
  )
})
