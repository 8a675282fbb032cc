import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { dayOf } from '@fengge/domain/kernel/time'
import { listChildren } from '@fengge/domain/places/contract'
import { getRecord, linkPerson, placeBuilding, saveRecord } from '@fengge/domain/registry/contract'
import { freshId } from '@fengge/server/kernel/fresh-id'
import type { AskedOf } from '../server/tests/world.ts'
import { findFaults, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(async () => {
  await stage?.close()
})

/** Somebody in a house of a building; without a point, nobody knows where in the grid it stands. */
async function settle(no: string, point: { lng: number; lat: number } | null): Promise<string> {
  const { world } = stage
  const save = async (kind: 'estate' | 'building' | 'house' | 'person', values: object, more: object) => {
    const id = freshId()
    await world.ask(saveRecord, 'village', { id, kind, version: 0, values, ...more } as AskedOf<typeof saveRecord>)
    return id
  }
  const placeId = world.at['grid1']!
  const estate = await save('estate', { name: `花园${no}`, kind: 'estate' }, { placeId })
  const building = await save('building', { no }, { parentId: estate })
  if (point) await world.ask(placeBuilding, 'village', { id: building, ...point })
  const house = await save('house', { roomNo: '101', floor: 1, use: 'rental' }, { parentId: building })
  const person = await save('person', { name: `住户${no}`, kind: 'floating' }, { placeId })
  const link = { id: freshId(), personId: person, houseId: house, role: 'tenant', basis: '自述', isLead: true } as const
  await world.ask(linkPerson, 'village', { ...link, fromOn: dayOf(world.clock.now()) })
  return person
}

async function openPlace(page: Page, name: string): Promise<void> {
  await page.getByLabel('查找区域').fill(name)
  await page.locator('.queue button').filter({ hasText: name }).first().click()
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor()
  await page.locator('.map[data-ready=true]').waitFor()
}

async function choose(page: Page, box: Locator, option: string): Promise<void> {
  await box.click()
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .last()
    .getByText(option, { exact: true })
    .last()
    .click()
  await page.keyboard.press('Escape')
}

/** The west of the left one of two grids, which fill the height of the map. */
async function drawWest(page: Page): Promise<void> {
  const box = (await page.locator('.map').first().boundingBox())!
  const [middle, unit] = [box.x + box.width / 2, (box.height - 48) / 4]
  const [west, cut] = [box.x + 12, middle - unit * 0.86]
  const [top, bottom] = [box.y + 6, box.y + box.height - 6]
  for (const [x, y] of [
    [west, top],
    [cut, top],
    [cut, bottom],
    [west, bottom],
  ] as const)
    await page.mouse.click(x, y, { delay: 30 })
  await page.keyboard.press('Enter')
}

test(
  'a grid in which people live is split on the map: foreseen, settled, in force, with everybody moved',
  { skip: why },
  async () => {
    const { world } = stage
    const west = await settle('1', { lng: 120.205, lat: 31.61 })
    const east = await settle('2', { lng: 120.215, lat: 31.61 })
    const nowhere = await settle('3', null)
    const page = await stage.page('net', '/console/places')
    const { places } = await world.ask(listChildren, 'net', { parentId: world.at['town']! })
    await openPlace(page, places.find((p) => p.id === world.at['village'])!.name)
    await choose(page, page.getByLabel('所选网格'), '第1网格（001）')
    await page.getByRole('button', { name: '拆分所选' }).click()
    await drawWest(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('画出的部分叫什么').fill('西网格')
    await dialog.getByLabel('余下的部分叫什么').fill('东网格')
    await dialog.getByLabel('理由').fill('户数过多')
    await stage.shot(page, 'net-split-asked')
    await dialog.getByRole('button', { name: '预览去向' }).click()
    const preview = dialog.getByRole('region', { name: '预览' })
    await preview.waitFor()
    await stage.shot(page, 'net-split-preview')
    await preview.getByText(/还有 \d+ 项未定/).waitFor()
    const put = dialog.getByRole('button', { name: '确认生效' })
    assert.equal(await put.isDisabled(), true, 'nothing takes effect before it is settled')
    await choose(page, preview.getByLabel('其余全部去向'), '东网格')
    for (const box of await preview.getByRole('combobox', { name: /（.+）的去向/ }).all())
      await choose(page, box, '西网格')
    await stage.shot(page, 'net-split-settled')
    await put.click()
    await page.getByText('已生效').waitFor()
    await stage.shot(page, 'net-split-done')
    assert.deepEqual(await findFaults(page), [])
    const gridOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.gridId
    const made = (await world.ask(listChildren, 'net', { parentId: world.at['village']! })).places
    const id = (name: string) => made.find((g) => g.name === name)!.id
    assert.deepEqual(await Promise.all([west, east, nowhere].map(gridOf)), ['西网格', '东网格', '东网格'].map(id))
  },
)
