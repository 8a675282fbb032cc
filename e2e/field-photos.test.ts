/** Photos belong to their act: refused with it, mended with it, sent once, given up with it. Requirement U2. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { rowOf, sql } from '../server/src/kernel/db/sql.ts'
import { becomes, hasBrowser, openStage, setPin, why, type Stage } from './stage.ts'

const sharp = createRequire(new URL('../server/package.json', import.meta.url))(
  'sharp',
) as (typeof import('sharp'))['default']
let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

const picture = () =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#7a8' } })
    .jpeg()
    .toBuffer()

/** Writes a report of a kind that tells its reporter where else to turn, with one photo, and sends it. */
async function reportWithNotice(page: Page, text: string): Promise<void> {
  await page.goto(`${stage.url}/field/#today`)
  await page.goto(`${stage.url}/field/#report`)
  await page.getByLabel('什么事，在哪里').fill(text)
  await page.locator('#category').selectOption('4007')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'wage.jpg', mimeType: 'image/jpeg', buffer: await picture() })
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByRole('button', { name: '发送' }).click()
  await page.getByRole('button', { name: '仍要上报' }).waitFor()
}

const rowsLike = async (text: string) => {
  const row = await rowOf<{ events: number; photos: number; strays: number }>(
    stage.world.engine.database.read,
    sql`
      select
        (select count(*) from events.event where content like ${`${text}%`}) as events,
        (
          select count(*)
          from events.evidence v join events.event e on e.county_code = v.county_code and e.id = v.event_id
          where e.content like ${`${text}%`}
        ) as photos,
        (select count(*) from events.evidence where event_id is null) as strays
    `,
  )
  return { events: Number(row!.events), photos: Number(row!.photos), strays: Number(row!.strays) }
}

/** Rounds until nothing waits: no act, no photo. */
async function settle(page: Page): Promise<void> {
  await page.goto(`${stage.url}/field/#more/outbox`)
  await page.getByRole('heading', { name: '待发' }).waitFor()
  for (let tries = 0; tries < 40; tries++) {
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.waitForTimeout(200)
    const waiting = await page.locator('.tag-waiting').count()
    if (waiting === 0 && (await page.getByText('张照片等待送出').count()) === 0) return
  }
  assert.fail('something still waits')
}

for (const hasPin of [false, true])
  test(
    `after a stop notice the report goes all the same, with its photo once, ${hasPin ? 'with' : 'without'} a PIN`,
    { skip: why },
    async () => {
      const page = await stage.page('worker', '/field/', 'phone')
      await page.getByRole('heading', { name: '今日' }).waitFor()
      if (hasPin) await setPin(page, stage.url)
      const text = `工资拖欠两个月，${hasPin ? '有' : '无'}口令`
      await reportWithNotice(page, text)
      await page.getByRole('button', { name: '仍要上报' }).click()
      await page.getByRole('heading', { name: '已上报' }).waitFor()
      await settle(page)
      await becomes(() => rowsLike(text), { events: 1, photos: 1, strays: 0 })
      await page.context().close()
    },
  )

test('who gives up after a stop notice leaves nothing behind, and nothing is uploaded', { skip: why }, async () => {
  const page = await stage.page('worker', '/field/', 'phone')
  await page.getByRole('heading', { name: '今日' }).waitFor()
  await setPin(page, stage.url)
  let uploads = 0
  page.on('request', (r) => {
    if (r.url().includes('/api/files')) uploads++
  })
  const text = '工资的事，算了'
  await reportWithNotice(page, text)
  await settle(page)
  // The report lies in the outbox with its photo, to be mended or given up.
  await page.getByText('未通过').first().waitFor()
  await page.getByRole('button', { name: '不要了' }).click()
  await page.getByRole('button', { name: '不要了' }).click()
  await page.getByText('没有等待送出的内容').waitFor()
  await settle(page)
  // At the form itself it is given up as well.
  await reportWithNotice(page, text)
  await page.getByRole('button', { name: '不上报了' }).click()
  await settle(page)
  await page.getByText('没有等待送出的内容').waitFor()
  await becomes(() => rowsLike(text), { events: 0, photos: 0, strays: 0 })
  assert.equal(uploads, 0)
  await page.context().close()
})
