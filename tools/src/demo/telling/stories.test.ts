/** The texts of the demo: every category has its own, what is told fits where it is told, and no answer comes twice in sight. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAlarmWord } from '@fengge/domain/events/intake'
import { dayOf, hour, minuteOfDay } from '@fengge/domain/kernel/time'
import { readCatalogue } from '@fengge/server/county'
import { drawBeginnings, pace, type Beginning } from '../beginnings.ts'
import { createDice } from '../random.ts'
import { groundOf, type SpotKind } from '../net/spots.ts'
import { answerOf, canTell, createTeller, readStories, tell, type Story } from './stories.ts'
import { apportion, sharesOf } from '../net/towns.ts'

const stories = readStories()
const categories = readCatalogue('2020-01-01')
const dice = createDice(7)
const grounds = [
  groundOf({ code: '320206001011003' }, '天一社区居委会', 16),
  groundOf({ code: '320206102200001' }, '绿化村村委会', 16),
  groundOf({ code: '320206001003004' }, '堰桥社区居委会', 16),
]
const sources = ['grid-worker', 'resident', 'hotline'] as const

/** A year of the county, as document 000 counts it. */
function drawYear(days: number, scale = 1): Beginning[] {
  const square = [
    [
      [
        [120, 31],
        [120.1, 31],
        [120.1, 31.1],
        [120, 31.1],
        [120, 31],
      ],
    ],
  ] as [number, number][][][]
  const site = { id: 'grid', weight: 1, geometry: { type: 'MultiPolygon' as const, coordinates: square } }
  const until = Date.parse('2027-01-01T00:00:00+08:00')
  const period = { from: '2026-01-01', days, until, scale }
  return drawBeginnings(period, { categories, stories }, [site], createDice(11))
}

test('each category of the ready catalogue has stories of its own', () => {
  assert.deepEqual([...stories.keys()].toSorted(), categories.map((c) => c.code).toSorted())
  for (const { code, scenes } of stories.values()) {
    assert.ok(scenes.length > 0, code)
    assert.ok(
      sources.some((source) => canTell(stories.get(code)!, source)),
      code,
    )
  }
})

/** Every scene of every category, several times, at every kind of place. */
function* everyTelling(times: number): Generator<{ code: string; spot: SpotKind; text: string; title: string }> {
  for (const story of stories.values())
    for (const scene of story.scenes)
      for (let i = 0; i < times; i++) {
        const one: Story = { ...story, scenes: [scene] }
        const source =
          sources.find((s, n) => canTell(one, s) && (n >= i % 3 || n === 2)) ?? sources.find((s) => canTell(one, s))!
        const told = tell(one, grounds[i % grounds.length]!, source, dice)
        yield {
          code: story.code,
          spot: scene.spot,
          title: told.title,
          text: `${told.title}。${told.content}${told.done}${told.own}`,
        }
      }
}

test('a story is whole, names its place once and says nothing twice', () => {
  for (const { code, text, title } of everyTelling(9)) {
    assert.doesNotMatch(text, /[{}|@]|undefined|null/, `${code} ${text}`)
    assert.doesNotMatch(title, /([\u4E00-\u9FFF]{2,4})\1/, `${code} ${title}`)
    assert.ok(Array.from(title).length <= 42, `${code} ${title}`)
  }
})

test('only who is missing raises the alarm by the words of the report', () => {
  for (const story of stories.values())
    for (const scene of story.scenes) {
      const word = findAlarmWord(`${scene.title} ${scene.content}`)
      assert.equal(word === undefined, !scene.title.includes('走失'), `${story.code} ${word}`)
    }
})

/** Places that only some matters have; what a buyer must never read is a service in a garage or poaching in a stairwell. */
const ownPlaces: Partial<Record<SpotKind, readonly string[]>> = {
  garage: ['1004', '3002'],
  river: ['3014', '5001', '5011', '7003'],
  field: ['1009', '2010', '3014', '7001'],
  hill: ['3017', '7003'],
  school: ['2008', '3015', '4013', '6001'],
  courier: ['2009'],
  station: ['4015', '5012'],
  hospital: ['4014'],
  site: ['1007', '3010', '5009'],
  factory: ['1007', '1010', '3001', '3004', '3006', '3007', '7002'],
  market: ['1099', '3016', '4016', '6005'],
  stair: ['1002', '3001', '3002', '3004', '3018', '5005', '5008'],
}

test('a matter happens where such a matter can', () => {
  for (const { code, scenes } of stories.values())
    for (const { spot, title } of scenes)
      assert.ok(ownPlaces[spot]?.includes(code) ?? true, `${code} at ${spot}: ${title}`)
})

test('no answer and no title comes twice among fifty that follow each other', () => {
  const tellNext = createTeller(dice)
  const drawn = drawYear(140, 0.2)
  const villages = ['天一', '堰桥', '塘头', '寺头', '刘仓', '新街', '牌楼', '尤旺', '横街']
  const town = Array.from({ length: 80 }, (_, i) =>
    groundOf(
      { code: `3202060010${10 + (i % 9)}${String(1 + i).padStart(3, '0')}` },
      `${villages[i % 9]}社区居委会`,
      16,
    ),
  )
  const told = drawn.map((b) => tellNext(b.story, dice.pick(town), b.source))
  const twice = (texts: readonly string[]) => texts.filter((t, i) => texts.slice(Math.max(0, i - 50), i).includes(t))
  assert.deepEqual(twice(told.map((t) => t.done)), [])
  assert.deepEqual(twice(told.map((t) => answerOf(t.done, dice))), [])
  assert.deepEqual(twice(told.map((t) => t.title)), [])
})

test('of 10,500 events 3,378 are disputes, order and safety; disputes, fire, food and order stand in front', () => {
  const drawn = drawYear(pace.days)
  const safety = drawn.filter((b) => ['10', '20', '30'].includes(b.category.classCode))
  assert.deepEqual([drawn.length, safety.length], [10_500, 3378])
  const counts = Map.groupBy(drawn, (b) => b.category.code)
  const order = [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([code]) => code)
  assert.deepEqual(order.slice(0, 3).toSorted(), ['1002', '3001', '3002'])
  assert.ok(order.slice(0, 9).includes('3016'), order.join(' '))
  assert.ok(order.slice(0, 25).includes('2006'), order.join(' '))
  const bySource = Map.groupBy(drawn, (b) => b.source)
  assert.ok(bySource.get('grid-worker')!.length > drawn.length * 0.8)
})

test('a year has its seasons and a day its hours', () => {
  const drawn = drawYear(365)
  const inMonth = (code: string) => {
    const months = drawn.filter((b) => b.category.code === code).map((b) => Number(dayOf(b.at).slice(5, 7)))
    return (from: number, to: number) => months.filter((m) => m >= from && m <= to).length / months.length
  }
  assert.ok(inMonth('3011')(6, 9) > 0.5, 'floods in summer')
  assert.ok(inMonth('6005')(4, 10) > 0.85, 'mosquitoes while it is warm')
  assert.ok(inMonth('3017')(3, 5) > 0.55, 'fires on the hill in spring')
  const atNight = drawn.filter((b) => minuteOfDay(b.at) < 6 * 60)
  assert.ok(atNight.length < drawn.length * 0.03, `${atNight.length} at night`)
  const noise = drawn.filter((b) => b.category.code === '1002')
  assert.ok(
    noise.filter((b) => minuteOfDay(b.at) >= 17 * 60).length > noise.length * 0.5,
    'neighbours quarrel in the evening',
  )
  assert.ok(drawn.every((b) => b.at % hour !== 0 || b.at > 0))
})

test('towns have their stated part of the people, and parts are whole numbers that sum up', () => {
  const shares = sharesOf([
    { code: '320206001000', villages: 19 },
    { code: '320206102000', villages: 25 },
    { code: '999999001000', villages: 3 },
  ])
  assert.ok(Math.abs([...shares.values()].reduce((a, b) => a + b, 0) - 1) < 1e-9)
  assert.ok(shares.get('320206102000')! > shares.get('320206001000')!)
  const parts = apportion([5, 3, 2, 0], 7, 1)
  assert.equal(
    parts.reduce((a, b) => a + b, 0),
    7,
  )
  assert.ok(parts.every((n) => n >= 1))
})
