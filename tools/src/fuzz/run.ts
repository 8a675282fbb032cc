/** `npm run fuzz [-- --count 20000 --seed N]`: hostile requests on a database that is thrown away; ends with 1 where an answer fails or tells too much. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const say = (line: string) => process.stdout.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'fengge-pg-'))
const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`])
const database = await openEmbedded(folder, 'only for tests', careless)
process.env['TEST_DATABASE_URL'] = database.url('postgres')
let isQuiet = false
try {
  const { makeTemplate } = await import('../../../server/tests/template.ts')
  await makeTemplate()
  const { playRichly } = await import('../../../server/tests/rich-play.ts')
  const { fuzz } = await import('../../../server/tests/attacks/fuzz/play.ts')
  const played = await playRichly()
  const { asked, statuses, faults } = await fuzz(played, {
    seed: Number(values.seed),
    count: Number(values.count),
    say,
  })
  await played.world.close()
  say(`${asked} hostile requests of seed ${values.seed}: ${faults.length} faults, ${JSON.stringify(statuses)}`)
  isQuiet = faults.length === 0
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(isQuiet ? 0 : 1)
