/**
 * Makes the pictures of the README from the invented county, by its screens: `node tools/run.mjs e2e/pictures.ts`.
 * It starts a server of its own on a folder of its own, signs in as the people of the county, and stops it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoPassword, type DemoLogin } from '../tools/src/demo/logins.ts'

const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs/pictures')
const data = mkdtempSync(join(tmpdir(), 'fengge-pictures-'))
const startTime = 300_000

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

/** The demo county, once it says that it is there. */
async function openDemo(): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), FENGGE_DATA_DIR: data, FENGGE_DEMO: 'on' }
  const server = spawn(process.execPath, [join(root, 'tools/run.mjs'), 'tools/src/start.ts'], { cwd: root, env })
  const url = await new Promise<string>((done, fail) => {
    const late = setTimeout(() => fail(new Error('the demo county did not start')), startTime)
    server.stdout.on('data', (text: Buffer) => {
      const said = /http:\/\/\S+:\d+/.exec(String(text))
      if (said && String(text).includes('Fengge  http')) {
        clearTimeout(late)
        done(said[0])
      }
    })
    server.on('exit', () => fail(new Error('the demo county ended')))
  })
  return { url, server }
}

interface Camera {
  readonly browser: Browser
  readonly url: string
}
type Size = 'desk' | 'phone'
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } } as const

async function pageOf({ browser }: Camera, size: Size): Promise<Page> {
  const hand = size === 'phone' ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...hand,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  return page
}

async function signIn(camera: Camera, login: DemoLogin, path: string, size: Size): Promise<Page> {
  const page = await pageOf(camera, size)
  await page.goto(camera.url + path)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  return page
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`docs/pictures/${name}.png\n`)
}

async function takeDesks(camera: Camera): Promise<void> {
  const town = await signIn(camera, 'town', '/console/dispatch', 'desk')
  await town.getByRole('region', { name: '派给谁' }).waitFor()
  await take(town, 'dispatch')
  const village = await signIn(camera, 'village', '/console/', 'desk')
  await village.getByText('先做这些').waitFor()
  await take(village, 'home')
  await village.goto(`${camera.url}/console/events`)
  await village.getByRole('row').nth(3).waitFor()
  await take(village, 'events')
  const net = await signIn(camera, 'net', '/console/places', 'desk')
  await net.locator('canvas').waitFor()
  await take(net, 'net')
}

async function takePhones(camera: Camera): Promise<void> {
  const worker = await signIn(camera, 'worker', '/field/', 'phone')
  await worker.getByText('今日').first().waitFor()
  await take(worker, 'today')
  await worker.getByText('待核查').first().click()
  await worker.getByText('现场处理好了吗').waitFor()
  await take(worker, 'check')
  await worker.goto(`${camera.url}/field/#report`)
  await worker.getByRole('button', { name: '发送' }).waitFor()
  await take(worker, 'report')
  const liaison = await signIn(camera, 'liaison', '/field/', 'phone')
  await liaison.getByText('今天平安').waitFor()
  await take(liaison, 'elder')
}

async function takeResident(camera: Camera): Promise<void> {
  const page = await pageOf(camera, 'phone')
  await page.goto(`${camera.url}/report`)
  await page.getByLabel(/什么事/).fill('楼下路灯三盏不亮，晚上看不清台阶。')
  await page.getByLabel(/在哪里/).fill('丁香花园 3 幢北门')
  await page.getByRole('button', { name: '交给网格' }).click()
  await page.getByRole('button', { name: '查看进度' }).click()
  await page.getByText('接下来').or(page.getByText('经过')).first().waitFor()
  await take(page, 'follow')
}

const demo = await openDemo()
try {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--lang=zh-CN'],
  })
  const camera = { browser, url: demo.url }
  const parts = process.argv.slice(2)
  const all = { desks: takeDesks, phones: takePhones, resident: takeResident }
  for (const [name, shoot] of Object.entries(all)) if (parts.length === 0 || parts.includes(name)) await shoot(camera)
  await browser.close()
} finally {
  demo.server.kill('SIGTERM')
  await new Promise((done) => demo.server.once('exit', done))
  rmSync(data, { recursive: true, force: true })
}
