/** The parts that all screens are made of: each in every state is clean for axe, at every size, and the keyboard reaches it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { findFaults, openStage, why, type Stage } from './stage.ts'

let stage: Stage
let page: Page
before(async () => {
  if (why) return
  stage = await openStage()
  page = await stage.page('town', '/nosuch')
  await page.evaluate(() => localStorage.setItem('fengge.parts', 'on'))
  await page.goto(`${stage.url}/console/parts`)
  await page.getByRole('heading', { name: '部件' }).waitFor()
})
after(() => stage?.close())

test(
  'parts are clean for axe at the sizes of a desk, a hand and old eyes, and on the wall',
  { skip: why },
  async () => {
    for (const size of ['desk', 'hand', 'elder', 'eldest']) {
      await page.getByLabel('尺寸').selectOption(size)
      await stage.shot(page, `parts-${size}`)
      assert.deepEqual(await findFaults(page), [], size)
    }
    await page.getByLabel('尺寸').selectOption('desk')
    for (const look of ['grey', 'wall']) {
      await page.getByLabel('颜色').selectOption(look)
      await stage.shot(page, `parts-${look}`)
    }
    assert.deepEqual(await findFaults(page), [], 'wall')
    await page.getByLabel('颜色').selectOption('plain')
  },
)

test('whatever can be pressed in a part is reached by the keyboard and shows that it is', { skip: why }, async () => {
  await page.getByLabel('颜色').focus()
  const wanted = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      // Of answers that exclude each other one is reached, and the arrows go on from it.
      '.parts-shown :is(a[href], button, input:not([type="radio"]:not(:checked)), select, [tabindex="0"])',
    )
    const shown = [...all].filter((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility())
    shown.forEach((one, i) => (one.dataset['pressed'] = String(i)))
    return shown.length
  })
  assert.ok(wanted > 10, 'there are parts to press')
  const unseen: string[] = []
  const reached = new Set<string>()
  for (let i = 0; i < wanted; i++) {
    await page.keyboard.press('Tab')
    const [pressed, isSeen, html] = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement
      // A card is ringed for the dot in it, a box for the field in it.
      const ringed = [one, one.closest('label'), one.closest('form')].some((each) => {
        if (each === null || !each.matches(':focus-within')) return false
        const style = getComputedStyle(each)
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      })
      return [one.dataset['pressed'] ?? '', ringed, one.outerHTML.slice(0, 120)] as const
    })
    reached.add(pressed)
    if (!isSeen) unseen.push(html)
  }
  assert.deepEqual(unseen, [], 'focus that is not seen')
  assert.equal(reached.size, wanted)
})

test('the page of parts is not there where it was not switched on', { skip: why }, async () => {
  const other = await stage.page('town', '/console/parts')
  await other.getByText('这里没有打开部件页').waitFor()
  await other.context().close()
})
