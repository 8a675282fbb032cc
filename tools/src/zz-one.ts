import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'
const folder = mkdtempSync(join(tmpdir(), 'fengge-pg-'))
const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`])
const database = await openEmbedded(folder, 'only for tests', careless)
process.env['TEST_DATABASE_URL'] = database.url('postgres')
let code = 1
try {
  const { makeTemplate } = await import('../../server/tests/template.ts')
  await makeTemplate()
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--test', '--test-reporter=spec', '--test-concurrency=1', '--test-timeout=240000', ...process.argv.slice(2)], { stdio: 'inherit', env: process.env })
  code = done.status ?? 1
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
