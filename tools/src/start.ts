/** `npm start`: database, migrations, the demo county on first run, then the server. */
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { openEngine, serveUntilStopped } from '@fengge/server/main'
import { rowOf, sql } from '@fengge/server/kernel/db/sql'
import { readSettings } from '@fengge/server/kernel/settings'
import { makeDemo } from './demo/make-county.ts'
import { demoLogins, demoPassword } from './demo/logins.ts'
import { listWaiting } from './demo/waiting.ts'

const demoCounty = '320206'
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const settings = readSettings()
  const opened = await openEngine(settings)
  if (settings.isDemo) await ensureDemo()
  const { url } = await serveUntilStopped(opened)
  say(`\n枫格 Fengge  ${url}\n`)
  if (settings.isDemo) {
    say(`演示账号 demo accounts（密码 password: ${demoPassword}）`)
    const waiting = new Map((await listWaiting(opened.engine, demoCounty)).map((w) => [w.login, w.parts]))
    for (const [login, zh, en, path] of demoLogins) {
      say(`  ${login.padEnd(12)} ${zh}  ${en}  ${url}${path}`)
      const parts = waiting.get(login) ?? []
      if (parts.length > 0) say(`               ${parts.map((p) => `${p.label} ${p.labelEn} ${p.count}`).join('，')}`)
    }
    say(`\n居民 residents  ${url}/\n`)
  }

  async function ensureDemo(): Promise<void> {
    if (await rowOf(opened.engine.database.read, sql`select 1 from identity.account limit 1`)) return
    const days = 140
    say('首次启动：生成演示县（人物均为虚构）。First run: making the demo county (all persons are invented).')
    const made = await makeDemo(opened.engine, {
      county: demoCounty,
      scale: settings.demoScale,
      days,
      from: dayOf(Date.now() - (days - 1) * dayLength),
      seed: 20260520,
      say,
    })
    say(`${made.grids} 个网格 grids, ${made.events} 件事件 events`)
  }
} catch (error) {
  process.stderr.write(`无法启动 cannot start:\n${(error as Error).message}\n`)
  if (process.env['LOG_LEVEL'] === 'debug') process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}
