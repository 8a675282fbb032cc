/** What the desk asks back is answered at the door: on the phone, with or without signal, at 360 px. Requirements R4, R2, U2. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import * as c from '@fengge/domain/registry/contract'
import * as l from '@fengge/domain/registry/leaving/contract'
import { listClosings } from '@fengge/domain/registry/closing/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listTasks, saveCampaign } from '@fengge/domain/visits/contract/desk'
import type { LinkRole } from '@fengge/domain/registry/terms'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '../server/src/kernel/fresh-id.ts'
import { becomes, findFaults, hasBrowser, openStage, setPin, why, type Stage } from './stage.ts'

let stage: Stage
let page: Page
const houses: Record<string, string> = {}
const today = () => dayOf(stage.world.clock.now())

async function save(login: 'village' | 'worker', kind: string, values: object, more: object = {}): Promise<string> {
  const at = { id: freshId(), placeId: stage.world.at['grid1'], ...more }
  const body = { requestId: freshId(), kind, version: 0, values, ...at }
  const { status, body: reply } = await stage.world.post(login, '/api/registry/save', body)
  assert.equal(status, 200, JSON.stringify(reply))
  return at.id
}
async function live(name: string, room: string, role: LinkRole, more: object = {}): Promise<string> {
  const personId = await save('worker', 'person', { name, kind: 'resident', born: '1962-05-04', ...more })
  const home = { houseId: houses[room]!, role, fromOn: addDays(today(), -90), basis: '登记' }
  await stage.world.ask(c.linkPerson, 'worker', { id: freshId(), personId, ...home })
  return personId
}
const rolesIn = async (room: string) =>
  Object.fromEntries(
    (await stage.world.ask(c.getHousehold, 'worker', { houseId: houses[room]! })).living.map((p) => [
      p.record.name,
      p.role,
    ]),
  )

before(async () => {
  if (!hasBrowser) return
  stage = await openStage()
  const estate = await save('village', 'estate', { name: '阳光花园', kind: 'estate' })
  const building = await save('worker', 'building', { no: '1', floors: 6 }, { parentId: estate })
  for (const room of ['101', '201', '301', '401', '501'])
    houses[room] = await save('worker', 'house', { roomNo: room, use: 'self' }, { parentId: building })
  await live('陈桂英', '101', 'head')
  await live('陈小明', '101', 'member')
  await live('周福根', '501', 'head')
  page = await stage.page('worker', '/field/', 'phone')
  await page.getByRole('heading', { name: '今日' }).waitFor()
  await setPin(page, stage.url)
})
after(() => stage?.close())

/** Each picture is looked at for faults and for its width. */
async function look(name: string): Promise<void> {
  await stage.shot(page, name)
  assert.deepEqual(await findFaults(page), [])
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
}
const open = async (room: string) => {
  await page.goto(`${stage.url}/field/#grid/h.${houses[room]}`)
  await page.getByRole('heading', { name: new RegExp(room) }).waitFor()
}
const online = async (isOn: boolean) => {
  await page.context().setOffline(!isOn)
  await page.evaluate((on) => window.dispatchEvent(new Event(on ? 'online' : 'offline')), isOn)
}
async function writeDown(name: string, role: string): Promise<void> {
  await page.getByRole('button', { name: '新来了人' }).click()
  await page.getByRole('button', { name: role, exact: true }).click()
  await page.getByLabel('姓名').fill(name)
}
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('without signal: of two heads of a house it is asked at the door which of them it is', { skip: why }, async () => {
  await online(false)
  await open('101')
  await writeDown('吴新家', '户主')
  await page.getByText('这户的户主是陈桂英。谁当户主？').waitFor()
  await button('保存').click()
  await page.getByRole('alert').filter({ hasText: '请先选谁当户主' }).waitFor()
  await look('phone-two-heads')
  await button('新来的人当户主，陈桂英改为家庭成员').click()
  await button('保存').click()
  await page.getByText('吴新家 入住').first().waitFor()
  await online(true)
  await page.getByText('现住 3 人').waitFor()
  await becomes(() => rolesIn('101'), { 陈桂英: 'member', 陈小明: 'member', 吴新家: 'head' })
  const member = page.locator('.card', { hasText: '陈小明' })
  await member.getByRole('button', { name: '其他' }).click()
  await member.getByRole('button', { name: '设为户主' }).click()
  await look('phone-make-head')
  await button('是，陈小明当户主').click()
  await page.getByText('陈小明 户主').waitFor()
  await becomes(() => rolesIn('101'), { 陈桂英: 'member', 陈小明: 'head', 吴新家: 'member' })
})

test(
  'what was said without signal and is asked back later opens filled, and goes with the answer',
  { skip: why },
  async () => {
    await online(false)
    await open('201')
    await writeDown('郑后来', '户主')
    await button('保存').click()
    await page.getByText('郑后来 入住').first().waitFor()
    await live('郑先到', '201', 'head')
    await online(true)
    await page.getByRole('link', { name: /条未通过，请处理/ }).click()
    await page.getByRole('link', { name: '选好再送' }).click()
    await page.getByText('郑后来也登记成了户主。谁当户主？').waitFor()
    await page
      .getByText(/1幢201/)
      .first()
      .waitFor()
    await look('phone-asked-back')
    await button(/^户主不变/).click()
    await page.locator('.tag-refused').waitFor({ state: 'detached' })
    await page.getByText('没有等待送出的内容。').waitFor()
    await becomes(() => rolesIn('201'), { 郑先到: 'head', 郑后来: 'member' })
  },
)

test(
  'who is to move away on a day and lives somewhere new is asked about: off, or as said',
  { skip: why },
  async () => {
    const personId = await live('孙要搬', '401', 'member')
    const onDay = addDays(today(), 9)
    const leaving = { id: freshId(), personId, kind: 'moved' as const, onDay, seenBy: 'family' as const }
    await stage.world.ask(l.leavePerson, 'worker', leaving)
    await open('301')
    await writeDown('孙要搬', '家庭成员')
    await page.getByLabel('出生日期').fill('1962-05-04')
    await button('就是此人').click()
    await page.getByText(`已登记 ${onDay} 要搬走。现在还搬吗？`).waitFor()
    await look('phone-planned')
    await button('不搬了').click()
    await page.getByText('现住 1 人').waitFor()
    const { leavings } = await stage.world.ask(l.listLeavings, 'worker', { personId })
    assert.deepEqual(
      leavings.map((x) => x.state),
      ['undone'],
    )
  },
)

test('a leaving taken back where somebody else heads the house: who does is said at once', { skip: why }, async () => {
  await open('501')
  const card = page.locator('.card', { hasText: '周福根' })
  await card.getByRole('button', { name: '搬走了' }).click()
  await button('登记').click()
  await page.getByText(/周福根 搬走了 · 已送达/).waitFor()
  await live('周新主', '501', 'head')
  await button('撤回').click()
  await page.getByText('周福根走后，这户换了户主。撤回以后谁当户主？').waitFor()
  await look('phone-back-headed')
  await button(/^还由周福根当户主/).click()
  await page.getByText('周福根 户主').waitFor()
  const roles = await rolesIn('501')
  assert.deepEqual([roles['周福根'], roles['周新主']], ['head', 'member'])
})

test(
  'at a door: one tap is taken back within ten seconds, an empty home is asked about, a call says why, one thing is changed',
  { skip: why },
  async () => {
    await live('冯电话', '301', 'member', { phone: '19912340001' })
    const useNow = async () =>
      (await stage.world.ask(c.getHousehold, 'worker', { houseId: houses['301']! })).house.values['use']
    await open('301')
    await online(true)
    await page.getByText('冯电话').waitFor()
    await page.getByRole('button', { name: '出租', exact: true }).click()
    await page.getByText('改为出租').waitFor()
    await button('撤销').click()
    await page.getByText('改为出租').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '空置', exact: true }).click()
    await page.getByText('都搬走了吗？').waitFor()
    await look('phone-empty-asked')
    await button('取消').click()
    const card = page.locator('.card', { hasText: '冯电话' })
    await card.getByRole('button', { name: '给冯电话打电话' }).click()
    await card.getByRole('button', { name: '联系本人' }).click()
    const dial = card.getByRole('link', { name: '拨打 19912340001' })
    assert.equal(await dial.getAttribute('href'), 'tel:19912340001')
    await card.getByText('已留痕').waitFor()
    await card.getByRole('button', { name: '改一项' }).click()
    await card.getByRole('button', { name: '联系电话' }).click()
    await card.getByLabel(/联系电话/).fill('1991234')
    await card.getByRole('button', { name: '保存' }).click()
    await card.getByRole('alert').waitFor()
    await look('phone-change-one')
    await card.getByLabel(/联系电话/).fill('19912340002')
    await card.getByRole('button', { name: '保存' }).click()
    await card.getByRole('button', { name: '改一项' }).waitFor()
    await page.getByText('199****0002').waitFor()
    assert.equal(await useNow(), 'self', 'what was taken back was never said')
  },
)

test('the forms at a door fit the phone in English too, and say which leaving is which', { skip: why }, async () => {
  const english = await stage.page('worker', `/field/#grid/h.${houses['301']}`, 'phone', 'en')
  await english.getByRole('button', { name: 'Moved away' }).first().click()
  await english.getByText('For who left the county.').waitFor()
  await english.getByRole('button', { name: 'Cancel' }).click()
  await english.getByRole('button', { name: 'Other' }).first().click()
  await english.getByRole('button', { name: 'Out of this house' }).first().click()
  const width = () => english.evaluate(() => document.documentElement.scrollWidth)
  assert.equal(await width(), 360, 'the grid there may be asked')
  await english.getByRole('button', { name: 'Cancel' }).click()
  await english.getByRole('button', { name: 'Somebody moved in' }).click()
  await english.getByRole('button', { name: 'Overseas' }).click()
  await english.getByRole('button', { name: 'Passport' }).waitFor()
  await stage.shot(english, 'phone-overseas-en')
  assert.equal(await width(), 360, 'documents of people from overseas')
  assert.deepEqual(await findFaults(english), [])
})

test(
  'without signal: a shop that is shut is written down as gone at its door, and nobody is sent there again',
  { skip: why },
  async () => {
    const shop = await save('village', 'unit', { name: '老李五金', kind: 'shop', status: 'open' })
    const { matters } = await stage.world.ask(listMatters, 'rules', { setCode: '000', onlyInForce: 'yes' })
    const placeId = stage.world.at['village']!
    const walk = { id: freshId(), name: '沿街店走访', placeId, selector: 'unit-shop', minutes: 10 } as const
    await stage.world.ask(saveCampaign, 'village', {
      ...walk,
      matterId: matters.find((m) => m.code === '000-C03')!.id,
      formCode: 'shop-safety',
      fromOn: today(),
      toOn: today(),
    })
    const waiting = async () =>
      (await stage.world.ask(listTasks, 'village', {})).tasks.filter((t) => t.subjectId === shop).map((t) => t.id)
    const [task] = await waiting()
    await page.goto(`${stage.url}/field/#today`)
    await page.getByText('老李五金').first().waitFor()
    await online(false)
    await page.goto(`${stage.url}/field/#visit/${task}`)
    await button('已经不在了').click()
    await look('field-not-there')
    await button('还在，继续走访').click()
    await button('已经不在了').click()
    await button('歇业').click()
    await page.getByText('已存在手机里').waitFor()
    await online(true)
    await becomes(waiting, [])
    const { closings } = await stage.world.ask(listClosings, 'village', { recordId: shop })
    assert.deepEqual(
      closings.map((one) => [one.name, one.kind, one.reason]),
      [['老李五金', 'out-of-business', '走访时看到']],
    )
  },
)
