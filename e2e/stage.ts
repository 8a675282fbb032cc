/** A browser on a server on a copy of the invented world. Skips with a notice where there is no Chromium. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { openSession } from '../server/tests/template.ts'
import { openWorld, type Login, type World } from '../server/tests/world.ts'

const path = '/usr/bin/chromium'
export const hasBrowser = existsSync(path)
export const why = hasBrowser ? false : 'no Chromium on this machine'
const shots = join(import.meta.dirname, '../.out/shots')

export interface Stage {
  readonly world: World
  readonly url: string
  readonly browser: Browser
  /** A page signed in as somebody; phone pages are 360 × 740. */
  readonly page: (login: Login | null, at: string, size?: 'desk' | 'phone', language?: 'zh' | 'en') => Promise<Page>
  readonly shot: (page: Page, name: string) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openStage(): Promise<Stage> {
  mkdirSync(shots, { recursive: true })
  const world = await openWorld()
  world.clock.at(Date.now())
  await world.wake()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = world.app.server.address() as { port: number }
  const url = `http://127.0.0.1:${port}`
  const browser = await chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--lang=zh-CN',
    ],
  })
  const contexts: BrowserContext[] = []
  return {
    world,
    url,
    browser,
    page: async (login, at, size = 'desk', language = 'zh') => {
      const context = await browser.newContext({
        viewport: size === 'desk' ? { width: 1440, height: 900 } : { width: 360, height: 740 },
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        timezoneId: 'Asia/Shanghai',
        ...(size === 'phone' ? { hasTouch: true, isMobile: true } : {}),
      })
      contexts.push(context)
      await context.addInitScript((l) => localStorage.setItem('fengge.language', l), language)
      if (login !== null) {
        // Who opens a phone signs in on it; at a desk one session serves for all pages.
        const value = size === 'desk' ? `token-${login}` : `token-${login}-${contexts.length}`
        if (size === 'phone')
          await world.engine.database.write((tx) => openSession(tx, login, world.clock.now(), value))
        await context.addCookies([{ name: 'fengge_session', value, url }])
      }
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      await page.goto(url + at)
      return page
    },
    shot: async (page, name) => {
      await page.screenshot({ path: join(shots, `${name}.png`), fullPage: false })
    },
    close: async () => {
      for (const context of contexts) await context.close()
      await browser.close()
      await world.close()
    },
  }
}

/** Asks until what is asked for is there, as somebody who looks at a page waits for it; says what stands there instead. */
export async function becomes<T>(read: () => Promise<T>, wanted: T, what?: string): Promise<void> {
  const until = AbortSignal.timeout(15_000)
  let last = await read()
  while (!isDeepStrictEqual(last, wanted) && !until.aborted) last = await read()
  assert.deepEqual(last, wanted, what)
}

/**
 * Begins an act on the page of an event: where it is one's turn, in the page itself, else in a dialog of its own. Gives the
 * part of the page that holds its fields and its button.
 */
export async function beginAct(page: Page, action: string): Promise<Locator> {
  const turn = page.getByRole('region', { name: /^轮到您/ })
  const answer = turn.getByRole('radio', { name: action })
  const only = turn.locator('form').getByRole('button', { name: action, exact: true })
  const other = page.getByRole('group', { name: '其他操作' }).getByRole('button', { name: action, exact: true })
  await answer.or(only).or(other).first().waitFor()
  if ((await answer.count()) > 0) await answer.check()
  else if ((await only.count()) === 0) {
    await other.click()
    return page.getByRole('dialog')
  }
  return turn.locator('form')
}

/** Takes an act, and waits until it is recorded. */
export async function act(
  page: Page,
  action: string,
  fill: (where: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  const where = await beginAct(page, action)
  await fill(where)
  await where.getByRole('button', { name: action, exact: true }).click()
  await page.getByText(`${action}：已记录`).first().waitFor()
}

/** Hands the case that is open to a department, by the one button that does it. */
export async function dispatchTo(page: Page, department?: string): Promise<void> {
  const whom = page.getByRole('region', { name: '派给谁' })
  if (department !== undefined) await whom.getByRole('radio', { name: department }).check()
  await whom.getByRole('button', { name: /^派遣给/ }).click()
  await page
    .getByText(/^已派遣给/)
    .first()
    .waitFor()
}

const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8')

/** Waits until nothing fades or slides any more: half-faded words have no colour of their own. What turns for ever is left. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const ends = (one: Animation) => one.effect?.getComputedTiming().endTime !== Infinity
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)))
      const going = document.getAnimations().filter((one) => one.playState === 'running' && ends(one))
      if (going.length === 0) return
      await Promise.allSettled(going.map((one) => one.finished))
    }
  })

/** Findings of axe that are serious or worse, in words, on a page that has come to rest: what is found twice. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await lookOnce(page)
  return found.length === 0 ? found : lookOnce(page)
}

async function lookOnce(page: Page): Promise<string[]> {
  await settle(page)
  const found = await page.evaluate(async () => {
    const result = await (
      window as unknown as {
        axe: {
          readonly run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
        }
      }
    ).axe.run()
    return result.violations.map((v) => ({ id: v.id, impact: v.impact, html: v.nodes[0]?.html ?? '' }))
  })
  return found
    .filter((f) => f.impact === 'serious' || f.impact === 'critical')
    .map((f) => `${f.id}: ${f.html.slice(0, 160)}`)
}

/** Sets a PIN on a phone that is signed in, and waits until its program lies ready for days without signal. */
export async function setPin(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/field/#more/pin`)
  await page.getByLabel('口令', { exact: true }).fill('482913')
  await page.getByLabel('再输一次').fill('482913')
  await page.getByRole('button', { name: '设好' }).click()
  await page.getByRole('status').filter({ hasText: '已设好' }).waitFor()
  // A predicate that gives a promise would count as true at once: the page itself waits until the program answers for it.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (navigator.serviceWorker.controller === null)
      await new Promise((changed) => {
        navigator.serviceWorker.addEventListener('controllerchange', changed, { once: true })
      })
  })
}
