/** The page of today in Chromium: first visit, later visit, and none of a line; four times slower. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setPin } from '../../../e2e/stage.ts'
import type { Print } from './stage.ts'

type Playwright = typeof import('playwright-core')
type Browser = Awaited<ReturnType<Playwright['chromium']['launch']>>
type Page = Awaited<ReturnType<Browser['newPage']>>
type Tools = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>

interface Line {
  readonly name: string
  readonly latency: number
  /** Bytes a second; -1 for no limit. */
  readonly rate: number
}
const slow: Line = { name: 'slow 3G (400 ms, 400 kbit/s)', latency: 400, rate: 50_000 }
const slowest: Line = { name: 'slow 3G of the browser’s tools (2,000 ms, 400 kbit/s)', latency: 2000, rate: 50_000 }
const open: Line = { name: 'open', latency: 0, rate: -1 }

/** @param token of a session of a worker */
export async function measureInBrowser(url: string, token: string, print: Print): Promise<void> {
  const executablePath = '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    print('page of today in a browser', 'no Chromium on this machine', '')
    return
  }
  const load = createRequire(new URL('../../../e2e/package.json', import.meta.url))
  const { chromium } = load('playwright-core') as Playwright
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  try {
    for (const line of [slow, slowest]) {
      const { page, tools } = await openPhone(browser, url, token)
      await crawl(tools, line)
      const first = await timeUntilToday(page, () => page.goto(`${url}/field/`, { waitUntil: 'commit' }))
      print(`first visit to today, ${line.name}, s`, first / 1000, '<= 8')
      if (line === slow) await measureLater({ page, tools, url }, print)
      await page.context().close()
    }
  } finally {
    await browser.close()
  }
}

async function openPhone(browser: Browser, url: string, token: string): Promise<{ page: Page; tools: Tools }> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
  })
  await context.addCookies([{ name: 'fengge_session', value: token, url }])
  const page = await context.newPage()
  return { page, tools: await context.newCDPSession(page) }
}

/** A slow line and a processor four times slower. */
async function crawl(tools: Tools, { latency, rate }: Line): Promise<void> {
  await tools.send('Network.enable')
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: rate,
    uploadThroughput: rate,
  })
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

async function timeUntilToday(page: Page, go: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await go()
  await page.getByRole('heading', { name: '今日' }).waitFor({ timeout: 60_000 })
  return performance.now() - began
}

interface Phone {
  readonly page: Page
  readonly tools: Tools
  readonly url: string
}
/** A fresh start of the program, and the time from the PIN to the page; typing it is its holder's. */
async function measureLater({ page, tools, url }: Phone, print: Print): Promise<void> {
  await crawl(tools, open)
  await setPin(page, url)
  for (const [how, isOffline] of [
    ['slow 3G', false],
    ['no line at all', true],
  ] as const) {
    await crawl(tools, slow)
    if (isOffline) await page.context().setOffline(true)
    const began = performance.now()
    await page.goto(`${url}/field/?v=${how.length}`, { waitUntil: 'commit' })
    await page.getByLabel(/手机口令/).waitFor()
    const toPin = performance.now() - began
    await page.getByLabel(/手机口令/).fill('482913')
    const afterPin = await timeUntilToday(page, () => page.getByRole('button', { name: '打开' }).click())
    print(`later visit to today, ${how}, s`, (toPin + afterPin) / 1000, '<= 1.5', {
      toPin: Math.round(toPin),
      afterPin: Math.round(afterPin),
    })
  }
}
