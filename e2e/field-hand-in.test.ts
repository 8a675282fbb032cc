/** A phone that was lost with a report and a photo unsent: locked as it lies, it hands both in, and is empty then. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { decideInbox, listDevices, listInbox, wipeDevice } from '@fengge/domain/sync/contract'
import { hasBrowser, openStage, setPin, why, type Stage } from './stage.ts'

const sharp = createRequire(new URL('../server/package.json', import.meta.url))(
  'sharp',
) as (typeof import('sharp'))['default']
let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

const picture = () =>
  sharp(randomBytes(600 * 400 * 3), { raw: { width: 600, height: 400, channels: 3 } })
    .png()
    .toBuffer()

test(
  'what a locked phone has unsent reaches the desk with its photo before the phone is wiped',
  { skip: why },
  async () => {
    const { world, url } = stage
    const page = await stage.page('worker', '/field/', 'phone')
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await setPin(page, url)
    await page.context().setOffline(true)
    await page.goto(`${url}/field/#report`)
    await page.getByLabel('什么事，在哪里').fill('五号楼前井盖破了')
    await page.locator('#category').selectOption({ index: 3 })
    const file = { name: 'lid.png', mimeType: 'image/png', buffer: await picture() }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByRole('status').filter({ hasText: '没有信号' }).last().waitFor()
    const { devices } = await world.ask(listDevices, 'village', { only: 'all' })
    await world.ask(wipeDevice, 'village', { id: devices[0]!.id, reason: '手机丢失' })
    // Whoever found it opens it and has a line, and no PIN.
    const found = await page.context().newPage()
    await page.close()
    await found.context().setOffline(false)
    await found.goto(`${url}/field/`)
    await found.getByRole('heading', { name: '这部手机已清除' }).waitFor()
    const [row] = (await world.ask(listInbox, 'village', {})).rows
    assert.deepEqual(
      [row?.name, row?.told.find((t) => t.field === 'content')?.text, row?.photos.map((p) => p.hasCome)],
      ['reportEvent', '五号楼前井盖破了', [true]],
    )
    const photos = row!.photos.map(({ id, digest }) => ({ id, digest }))
    await world.ask(decideInbox, 'village', { id: row!.id, choice: 'apply', photos })
    const { body } = await world.get('village', '/api/events', {})
    const seen = await world.see('village', body.events.find((e: { title: string }) => /井盖/.test(e.title)).id)
    assert.equal(seen.evidence.length, 1)
    await found.context().close()
  },
)
