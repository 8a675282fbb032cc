/** The desk's pages of visits, tasks and phones; the resident's check of a badge. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueBadge } from '@fengge/domain/identity/contract'
import { myBadgePhoto } from '@fengge/domain/identity/contract/badge-photo'
import { freshId } from '../server/src/kernel/fresh-id.ts'
import { drawFace } from '../server/tests/draw-face.ts'
import { idOf } from '../server/tests/world.ts'
import { becomes, findFaults, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

/** What a resident is told of a code for the door, of a number on a badge, and of one that is none. */
async function faultsOfBadgePage(printed: string): Promise<string[]> {
  const faults: string[] = []
  const mine = await stage.world.get('worker', '/api/badges/mine')
  for (const [code, name] of [
    [mine.body.minute.code, 'yes'],
    [printed, 'printed'],
    ['AAAAAAAAAA', 'no'],
  ] as const)
    for (const language of ['zh', 'en'] as const) {
      const resident = await stage.page(null, `/badge?code=${code}&lang=${language}`, 'phone')
      await stage.shot(resident, `badge-${name}-${language}`)
      faults.push(...(await findFaults(resident)).map((f) => `badge: ${f}`))
      await resident.context().close()
    }
  return faults
}

test(
  'an order names a matter in force; a meeting and a badge are made at the desk, and the pages are free of serious faults',
  { skip: why },
  async () => {
    const page = await stage.page('village', '/console/work?tab=tasks')
    await page.getByRole('button', { name: /交办任务/ }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('事项').click()
    await page.keyboard.type('治安巡逻')
    await page.keyboard.press('Enter')
    await form.getByLabel('网格').click()
    await page.getByTitle('第1网格').click()
    await page.keyboard.press('Escape')
    await form.getByLabel('任务').fill('校园周边巡查')
    await form.getByLabel('期限').fill(new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10))
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: /确\s*定/ }).click()
    await page.getByRole('cell', { name: '校园周边巡查' }).waitFor()
    await stage.shot(page, 'console-work-tasks')
    const issued = await stage.world.post('village', '/api/badges/issue', {
      requestId: freshId(),
      id: freshId(),
      accountId: idOf('worker'),
    })
    assert.equal(issued.status, 200)
    const faults: string[] = []
    for (const [login, tab] of [
      ['village', 'tasks'],
      ['village', 'campaigns'],
      ['village', 'hazards'],
      ['village', 'services'],
      ['village', 'weeks'],
      ['village', 'meetings'],
      ['village', 'rota'],
      ['village', 'rules'],
      ['village', 'badges'],
      ['rules', 'matters'],
      ['rules', 'library'],
    ] as const)
      for (const language of ['zh', 'en'] as const) {
        const desk = await stage.page(login, `/console/work?tab=${tab}`, 'desk', language)
        await desk.locator('.panel').first().waitFor()
        await desk.waitForTimeout(400)
        await stage.shot(desk, `work-${language}-${tab}`)
        faults.push(...(await findFaults(desk)).map((f) => `${language} ${tab}: ${f}`))
        await desk.context().close()
      }
    const sync = await stage.page('village', '/console/sync')
    await sync.getByRole('heading', { name: '待处理的移交内容' }).waitFor()
    faults.push(...(await findFaults(sync)).map((f) => `sync: ${f}`))
    faults.push(...(await faultsOfBadgePage(issued.body.code)))
    assert.deepEqual(faults, [])
  },
)

test(
  'at the window a request is taken, followed step by step, and ends when the resident was told',
  { skip: why },
  async () => {
    const page = await stage.page('village', '/console/work?tab=services')
    await page.getByRole('button', { name: '登记代办' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('办什么事').fill('代办老年优待证')
    await form.getByLabel('委托人').fill('陈桂英')
    await form.getByLabel('所在网格').click()
    await page.getByTitle('第1网格').click()
    await form.getByLabel('依据事项').click()
    await page.keyboard.type('代办')
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: /确\s*定/ }).click()
    const row = page.getByRole('row').filter({ hasText: '代办老年优待证' })
    for (const [step, note] of [
      ['有结果', '已制证'],
      ['已告知居民', '当面交给本人'],
    ] as const) {
      await row.getByRole('button', { name: '下一步' }).click()
      const next = page.getByRole('dialog')
      await next.getByLabel('进展').click()
      await page.getByTitle(step).click()
      await next.getByLabel(/说明/).fill(note)
      await next.getByRole('button', { name: /确\s*定/ }).click()
      await row.getByText(note).waitFor()
    }
    await becomes(() => row.getByRole('button', { name: '下一步' }).count(), 0)
    await page.context().close()
  },
)

test(
  'matters by kind are counted on a page of their own, and each number leads to its list',
  { skip: why },
  async () => {
    await stage.world.report('worker', { categoryCode: '1004', title: '同住人为停车争吵' })
    for (const language of ['zh', 'en'] as const) {
      const page = await stage.page('village', '/console/events', 'desk', language)
      await page.getByRole('link', { name: language === 'zh' ? '分类占比' : 'Shares by kind' }).click()
      const row = page.getByRole('row').filter({ hasText: '100.0%' })
      await row.waitFor()
      await stage.shot(page, `console-shares-${language}`)
      assert.deepEqual(await findFaults(page), [])
      await row.getByRole('link', { name: '1', exact: true }).click()
      await page.getByRole('link', { name: '同住人为停车争吵' }).waitFor()
      await page.context().close()
    }
  },
)

test(
  'the desk takes a photo for a badge, and it is used once the worker agrees on his own phone',
  { skip: why },
  async () => {
    const { world } = stage
    await world.ask(issueBadge, 'village', { id: freshId(), accountId: idOf('worker') })
    const desk = await stage.page('village', '/console/work?tab=badges')
    await desk
      .getByRole('row', { name: /有效/ })
      .getByLabel(/的照片/)
      .first()
      .setInputFiles({ name: 'face.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await drawFace(), 'base64') })
    await desk.getByText(/同意前不会使用/).waitFor()
    await stage.shot(desk, 'console-badges')
    assert.equal((await world.ask(myBadgePhoto, 'worker', {})).photo, null)
    const phone = await stage.page('worker', '/field/#more/badge', 'phone')
    await phone.getByAltText('代拍的照片').waitFor()
    await phone.getByText(/为您拍了一张工作证照片/).scrollIntoViewIfNeeded()
    await stage.shot(phone, 'phone-badge-offered')
    const faults = await findFaults(phone)
    await phone.getByRole('button', { name: '我同意使用' }).click()
    await phone.getByAltText('我的照片').waitFor()
    assert.notEqual((await world.ask(myBadgePhoto, 'worker', {})).photo, null)
    assert.deepEqual(faults, [])
  },
)
