/** The line cut before, during and after each send, the window killed, the clock wrong by a day, storage cleared, two phones: in the real browser. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { dice } from '@fengge/domain/visits/planning/route'
import { rowsOf, sql } from '../server/src/kernel/db/sql.ts'
import { hasBrowser, openStage, setPin, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

const faults = ['none', 'cut-before', 'cut-after', 'twice', 'window-killed', 'server-gone', 'offline'] as const
type Fault = (typeof faults)[number]

/** One phone: a context whose sends can be made to fail. */
async function openPhone(skewDays: number): Promise<{
  context: BrowserContext
  readonly page: () => Page
  readonly set: (fault: Fault) => void
  readonly reopen: () => Promise<void>
}> {
  let page = await stage.page('worker', '/field/', 'phone')
  const context = page.context()
  let fault: Fault = 'none'
  await context.addInitScript((skew) => {
    const real = Date.now.bind(Date)
    const Original = Date
    // The phone's clock is wrong by whole days.
    globalThis.Date = class extends Original {
      constructor(...given: never[]) {
        super(...((given.length === 0 ? [real() + skew] : given) as [number]))
      }
      static override now() {
        return real() + skew
      }
    } as DateConstructor
  }, skewDays * 86_400_000)
  await context.route('**/api/sync/push', async (route: Route) => {
    const now = fault
    if (now !== 'offline') fault = 'none'
    if (now === 'cut-before') return route.abort('connectionreset')
    if (now === 'server-gone')
      return route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ problem: 'server.draining', status: 503 }),
      })
    const answer = await route.fetch().catch(() => undefined)
    if (!answer || now === 'cut-after') return route.abort('connectionreset')
    return route.fulfill({ response: now === 'twice' ? await route.fetch() : answer })
  })
  await page.reload()
  await setPin(page, stage.url)
  return {
    context,
    page: () => page,
    set: (f) => {
      fault = f
    },
    reopen: async () => {
      await page.close()
      page = await context.newPage()
      page.setDefaultTimeout(30_000)
      await page.goto(`${stage.url}/field/`)
      await page.getByLabel(/手机口令/).fill('482913')
      await page.getByRole('button', { name: '打开' }).click()
      await page.getByRole('heading', { name: '今日' }).waitFor()
    },
  }
}

const settle = async (page: Page) => {
  for (let tries = 0; tries < 20; tries++) {
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.waitForTimeout(150)
    if ((await page.locator('.mark a[href="#more/outbox"]').count()) === 0) return
  }
  assert.fail('something still waits')
}

type Phone = Awaited<ReturnType<typeof openPhone>>

/** One report while the line, the window or the clock fails in its way. */
async function reportUnder(fault: Fault, phone: Phone, text: string): Promise<void> {
  phone.set(fault)
  if (fault === 'offline') await phone.context.setOffline(true)
  await phone.page().goto(`${stage.url}/field/#today`)
  await phone.page().goto(`${stage.url}/field/#report`)
  await phone.page().getByLabel('什么事，在哪里').fill(text)
  await phone.page().locator('#category').selectOption({ index: 3 })
  await phone.page().getByRole('button', { name: '发送' }).click()
  await phone
    .page()
    .getByRole('heading', { name: /已上报|已存在手机里/ })
    .waitFor()
  if (fault === 'window-killed') await phone.reopen()
  if (fault === 'offline') {
    await phone.context.setOffline(false)
    phone.set('none')
  }
}

/** Storage cleared under the running program: it says so by asking for a sign-in, and doubles nothing. */
async function clearStorage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const d of await indexedDB.databases()) indexedDB.deleteDatabase(d.name!)
    localStorage.clear()
  })
  await page.goto(`${stage.url}/field/?cleared`)
  // The session lay sealed with the rest: without it there is nothing to see but the sign-in.
  await page.getByLabel('账号').waitFor()
  const after_ = await rowsOf(
    stage.world.engine.database.read,
    sql`select 1 from events.event where content like '第 %次上报%'`,
  )
  assert.equal(after_.length, 36)
}

test(
  'three dozen reports under every kind of fault on two phones end as three dozen events',
  { skip: why, timeout: 230_000 },
  async () => {
    const random = dice(20_261_121)
    const phones = [await openPhone(0), await openPhone(random() < 0.5 ? 1 : -1)]
    const wanted: string[] = []
    for (let seed = 0; seed < 36; seed++) {
      const phone = phones[seed % 2]!
      const fault = faults[seed % faults.length]!
      const text = `第 ${seed + 1} 次上报：楼道灯不亮`
      wanted.push(text)
      await reportUnder(fault, phone, text)
      if (random() < 0.5) await settle(phone.page())
    }
    for (const phone of phones) await settle(phone.page())
    const found = await rowsOf<{ content: string; n: number; flows: number }>(
      stage.world.engine.database.read,
      sql`
        select content, count(*) as n, sum((select count(*) from events.flow f where f.event_id = e.id)) as flows
        from events.event e
        where content like '第 %次上报%'
        group by content
      `,
    )
    assert.deepEqual(found.map((f) => f.content).toSorted(), wanted.toSorted())
    assert.ok(found.every((f) => Number(f.n) === 1 && Number(f.flows) === 1))
    const future = await rowsOf(
      stage.world.engine.database.read,
      sql`
        select 1
        from events.event
        where reported_at > now() + interval '1 hour' or reported_at < now() - interval '12 hours'
      `,
    )
    assert.equal(future.length, 0, 'a wrong clock of a phone is no time of the books')
    await clearStorage(phones[0]!.page())
    for (const phone of phones) await phone.context.close()
  },
)
