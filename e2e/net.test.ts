import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { changeGrid, getPlace } from '@fengge/domain/places/contract'
import { becomes, findFaults, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(async () => {
  await stage?.close()
})

async function openPlace(page: Page, name: string): Promise<void> {
  await page.getByLabel('查找区域').fill(name)
  await page.locator('.queue button').filter({ hasText: name }).first().click()
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor()
  await page.locator('.map[data-ready=true]').waitFor()
  await page.waitForFunction(() => document.querySelector('.map canvas') !== null)
}

test('a grid is drawn on the map, fitted to its village, and the check finds what is left', { skip: why }, async () => {
  const page = await stage.page('net', '/console/places')
  const village = (await stage.world.get('net', '/api/places/one', { id: stage.world.at['otherVillage'] })).body.place
    .name as string
  await openPlace(page, village)
  await page.getByRole('button', { name: '新建网格' }).click()
  const box = (await page.locator('.map').boundingBox())!
  const at = (x: number, y: number) => ({ x: box.x + box.width * x, y: box.y + box.height * y })
  for (const [x, y] of [
    [0.1, 0.02],
    [0.5, 0.02],
    [0.5, 0.98],
    [0.1, 0.98],
  ] as const) {
    const p = at(x, y)
    await page.mouse.click(p.x, p.y, { delay: 30 })
  }
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('名称').fill('画出的网格')
  await dialog.getByLabel('户数').fill('420')
  await stage.shot(page, 'net-dialog')
  await dialog.getByLabel('理由').fill('补划空白')
  await dialog.getByRole('button', { name: '预览去向' }).click()
  await dialog.getByRole('button', { name: '确认生效' }).click()
  await dialog.waitFor({ state: 'detached' })
  const grids = (await stage.world.get('net', '/api/places/children', { parentId: stage.world.at['otherVillage'] }))
    .body.places as { name: string; code: string; hasBoundary: boolean }[]
  assert.deepEqual(
    grids.map((g) => [g.name, g.code.slice(-3), g.hasBoundary]),
    [['画出的网格', '001', true]],
  )
  await page.getByRole('button', { name: '网格体检' }).click()
  await page.getByText('空白').first().waitFor()
  await stage.shot(page, 'net-check')
  assert.deepEqual(await findFaults(page), [])
})

test(
  'the details of a grid are changed on its page, and what another changed meanwhile is told and shown',
  { skip: why },
  async () => {
    const { world } = stage
    const id = world.at['grid2']!
    const grid = async () => (await world.ask(getPlace, 'net', { id })).place
    const page = await stage.page('net', '/console/places')
    await openPlace(page, (await grid()).name)
    await page.getByRole('button', { name: '修改网格资料' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('荷塘网格')
    const { households, version } = await grid()
    const other = { id, version, name: '荷花网格', kind: 'general', dedicatedKind: null, normReason: null } as const
    await world.ask(changeGrid, 'net', { ...other, households, people: 777 })
    await dialog.getByRole('button', { name: /保\s*存/ }).click()
    await dialog.getByText('刚被他人修改').waitFor()
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#people')?.value === '777')
    await becomes(() => dialog.getByLabel('名称').inputValue(), '荷花网格')
    await dialog.getByLabel('名称').fill('荷塘网格')
    await dialog.getByLabel('地形').click()
    await page.locator('.ant-select-dropdown').getByText('水网', { exact: true }).last().click()
    await stage.shot(page, 'net-grid-details')
    await dialog.getByRole('button', { name: /保\s*存/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: /荷塘网格.*水网/ }).waitFor()
    await stage.shot(page, 'net-grid-changed')
    const { name, people, terrain } = await grid()
    assert.deepEqual({ name, people, terrain }, { name: '荷塘网格', people: 777, terrain: 'water' })
    assert.deepEqual(await findFaults(page), [])
  },
)
