/** Every statement of the product against the live schema, and the checker against planted sins. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { migrate } from '@fengge/server/kernel/db/migrate'
import pg from 'pg'
import { tablesPath, tablesText } from '../tables.ts'
import { openLive } from './describe.ts'
import { exceptions, fits } from './exceptions.ts'
import { findStatements } from './find.ts'
import { isKnown, knownTexts, listHeard } from './heard.ts'
import type { Heard } from './record.ts'
import { judge, type Finding } from './judge.ts'
import { plantSins, sins } from './sins.ts'
import { openSource, serverFiles } from './reading/source.ts'

const server = process.env['TEST_DATABASE_URL']
if (server === undefined) throw new Error('run tests with `npm test`, which starts a database')
const name = `statements_${process.pid}`
const url = server.replace(/\/[^/]*$/, `/${name}`)
await admin(`create database ${name}`)
await migrate(url)
const live = await openLive(url)
after(() => live.close())

async function admin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(text)
  await client.end()
}
const told = (f: Finding) => `${f.file}:${f.line} ${f.rule}: ${f.message}`

const source = openSource(serverFiles())
const statements = findStatements(source)

test('every statement is read from the source', () => {
  assert.ok(statements.length > 350, `only ${statements.length} statements were seen`)
  const shapes = statements.reduce((n, s) => n + s.shapes.length, 0)
  assert.ok(shapes > 750, `only ${shapes} shapes were seen`)
  const empty = statements.filter((s) => s.shapes.length === 0 && s.unread.length === 0)
  assert.deepEqual(
    empty.map((s) => `${s.file}:${s.line}`),
    [],
  )
})

test('every statement gives and takes what it is said to, in its own schema', async () => {
  const findings = await judge(source, live, statements)
  const left = findings.filter((f) => !exceptions.some((e) => fits(e, f)))
  assert.deepEqual(left.map(told), [], 'findings: node tools/run.mjs tools/src/statements/report.ts')
  const idle = exceptions.filter((e) => !findings.some((f) => fits(e, f)))
  assert.deepEqual(idle, [], 'exceptions that nothing needs any more')
})

const known = knownTexts(statements)
/** What is wrong with what was heard: texts that nobody read, or a recorder that heard next to nothing. */
function faultsOf(heard: readonly Heard[]): readonly string[] {
  const unread = exceptions.filter((e) => e.rule === 'unread').flatMap((e) => [e.where, ...(e.askedBy ?? [])])
  const isUnread = (at: string) => unread.some((file) => at.startsWith(`${file}:`))
  const missed = heard.filter((h) => !isKnown(known, h.text) && !isUnread(h.at!)).map((h) => `${h.at} ${h.text}`)
  return heard.length > 300 ? missed : [...missed, `only ${heard.length} texts were heard`]
}

const folder = process.env['STATEMENTS_HEARD']
test(
  'every statement that runs in the tests was read',
  { skip: folder === undefined && 'alone: the integration tests did not run before' },
  () => {
    assert.deepEqual(faultsOf(listHeard(folder!)), [])
  },
)

test('a recorder that hears nothing, a folder that is not there and a text that nobody read are found', () => {
  assert.deepEqual(faultsOf(listHeard(join(import.meta.dirname, 'nowhere'))), ['only 0 texts were heard'])
  const text = 'select 1 from nowhere.nothing'
  const heard = Array.from({ length: 301 }, (_, i) => ({
    text: i === 0 ? text : statements[0]!.shapes[0]!.text,
    at: 'server/src/a.ts:1',
  }))
  assert.deepEqual(faultsOf(heard), [`server/src/a.ts:1 ${text}`])
})

test('each sin against a statement is seen, and nothing where there is none', async () => {
  const planted = plantSins()
  const findings = await judge(planted.source, live, findStatements(planted.source))
  const seen = Map.groupBy(findings, (f) => planted.sinOf(f.line).text)
  for (const [rule, texts] of Object.entries(sins))
    for (const text of texts) {
      const found = seen.get(text) ?? []
      if (rule === 'fine') assert.deepEqual(found.map(told), [], text)
      else
        assert.ok(
          found.some((f) => rule.startsWith(f.rule)),
          `${rule} not seen: ${text}`,
        )
    }
})

test('the types of the tables are those of the migrated schema', async () => {
  const path = join(import.meta.dirname, '../../..', tablesPath)
  assert.equal(readFileSync(path, 'utf8'), await tablesText(url), 'run `npm run api` after a migration')
})
