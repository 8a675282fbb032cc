/** `npm start`: database, migrations, the demo county on first run, then the server. */
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { createEnding } from '@fengge/server/kernel/running/ending'
import { beginFirstStart, finishFirstStart, isFirstStartUnfinished } from '@fengge/server/kernel/running/first-start'
import { openToServe, serveUntilStopped } from '@fengge/server/main'
import { rowOf, sql } from '@fengge/server/kernel/db/sql'
import { readSettings } from '@fengge/server/kernel/settings'
import { makeDemo } from './demo/make-county.ts'
import { demoLogins, demoPassword } from './demo/logins.ts'
import { listWaiting } from './demo/today/waiting.ts'

const demoCounty = '320206'
const say = (line: string) => process.stdout.write(`${line}\n`)

const ending = createEnding()
try {
  const settings = readSettings()
  if (settings.isDemo && isFirstStartUnfinished(settings.dataDir))
    say('上次首次启动没有完成，重新生成。The first start was not finished: it is made anew.')
  const opened = await openToServe(settings, ending)
  if (settings.isDemo) await ensureDemo()
  const { url } = await serveUntilStopped(opened, ending)
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
    beginFirstStart(settings.dataDir)
    const made = await makeDemo(opened.engine, {
      county: demoCounty,
      scale: settings.demoScale,
      days,
      from: dayOf(Date.now() - (days - 1) * dayLength),
      seed: 20260520,
      say,
    })
    finishFirstStart(settings.dataDir)
    say(`${made.grids} 个网格 grids, ${made.events} 件事件 events`)
  }
} catch (error) {
  process.stderr.write(`无法启动 cannot start:\n${(error as Error).message}\n`)
  if (process.env['LOG_LEVEL'] === 'debug') process.stderr.write(`${(error as Error).stack}\n`)
  await ending.end().catch(() => undefined)
  process.exit(1)
}
