/**
 * What happens in the demo: for each category of the ready catalogue how often, in which season and at what hours, and scenes
 * of it: where, what is reported, what was done about it, and for a few what a grid worker settles on the spot. A scene
 * is one piece, so that place, matter and answer fit. The texts stand in texts/, one file a class of the catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasCitizen, type EventSource } from '@fengge/domain/events/terms'
import { inventName } from '../people.ts'
import type { Dice } from '../random.ts'
import { spotOf, type Ground, type SpotKind, spotKinds } from '../net/spots.ts'
import { spin, storyOf } from './spin.ts'
import { hourKinds, seasons, type HourKind, type Season } from './moments.ts'

export interface Scene {
  readonly spot: SpotKind
  /** Who it can come from: `!` only whoever serves the grid, `?` only a citizen. */
  readonly from: '' | '!' | '?'
  readonly title: string
  readonly content: string
  readonly done: string
  /** What a grid worker did about it himself; empty where that is not for him. */
  readonly own: string
}
export interface Story {
  readonly code: string
  readonly weight: number
  readonly season: Season
  readonly hours: HourKind
  readonly scenes: readonly Scene[]
}

/** All stories by category, read from texts/ and checked as they are read. */
export function readStories(): ReadonlyMap<string, Story> {
  const folder = join(import.meta.dirname, 'texts')
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const stories = files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split(/^# /m).slice(1).map(readStory),
  )
  return new Map(stories.map((story) => [story.code, story]))
}

function readStory(text: string): Story {
  const [head = '', ...scenes] = text.trim().split(/^@/m)
  const [code = '', weight, season, hours] = head.trim().split(' ')
  return {
    code,
    weight: Number(weight),
    season: oneOf(seasons, season, code),
    hours: oneOf(hourKinds, hours, code),
    scenes: scenes.map((scene) => {
      const [where = '', title = '', content = '', done = '', own = ''] = scene.trim().split('\n')
      if (done === '') throw new Error(`a scene of ${code} is not whole: ${title}`)
      const [spot, from = ''] = where.split(' ')
      return {
        spot: oneOf(spotKinds, spot, code),
        from: oneOf(['', '!', '?'], from, code),
        title,
        content,
        done,
        own,
      }
    }),
  }
}

function oneOf<const T extends string>(known: readonly T[], word: string | undefined, code: string): T {
  return known.find((k) => k === word) ?? fail(`${code} names ${word}, which is not known`)
}
const fail = (why: string): never => {
  throw new Error(why)
}

/** One event as it is told, and what its end will be. */
export interface Told {
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly done: string
  readonly own: string
}

const fits = ({ from }: Scene, source: EventSource) => from === '' || (from === '?') === hasCitizen(source)

/** Whether a story can come from such a source. */
export const canTell = (story: Story, source: EventSource): boolean => story.scenes.some((s) => fits(s, source))

export function tell(story: Story, ground: Ground, source: EventSource, dice: Dice): Told {
  const scene = dice.pick(story.scenes.filter((s) => fits(s, source)))
  const spot = spotOf(scene.spot, ground, dice)
  const first = inventName(dice).slice(0, 1)
  const others = Array.from({ length: 8 }, () => inventName(dice).slice(0, 1))
  const words = storyOf({
    社: ground.isVillage ? '村委会' : '社区',
    甲: `${first}某`,
    乙: `${others.find((name) => name !== first) ?? '钱'}某`,
    妇女主任: '妇女主任',
    调解员: '调解员',
  })
  const say = (sentence: string) => spin(sentence, words, dice)
  const title = Array.from(`${spot.short}${say(scene.title)}`)
    .slice(0, 50)
    .join('')
  const content = `${spin(openingOf(story.code, source, dice), words, dice)}${say(scene.content)}${closingOf(source, dice)}`
  const done = `${say(scene.done)}${say(dice.pick(afterwards[story.code.slice(0, 1)] ?? ['']))}`
  return { title, content, placeText: spot.full, done, own: scene.own === '' ? '' : say(scene.own) }
}

/** What was done besides, by the first digit of the category. */
const afterwards: Readonly<Record<string, readonly string[]>> = {
  1: [
    '',
    '{调解员|楼长|网格员}{三天|一周|十天|半个月}后再问，双方没有新的争议。',
    '协议一式{三|四}份，{社}存档备查。',
    '已列入{月度|季度}回访名单。',
    '双方互留电话，约定有事先找{楼长|调解员|网格员}。',
    '同类苗头另有{2-6}户，一并上门做了工作。',
  ],
  2: [
    '',
    '该处已列入{夜间|周末|节假日}巡逻点。',
    '{社}群里同日提醒{60-240}户。',
    '此后{三|五|七|十}天未再接到同类反映。',
    '民警与网格员互留了联系方式，随时可报。',
  ],
  3: [
    '',
    '已录入隐患台账，{三天|一周|半个月}后再查。',
    '此后又查{一|两|三}次，均无异常。',
    '附近同类部位{3-24}处一并查过。',
    '责任人在整改单上签了字。',
    '{社}同日向{20-90}户发了安全提示。',
  ],
  4: [
    '',
    '{次日|三天后|一周后}电话回访，本人表示清楚。',
    '网格员留了联系方式，随时可问。',
    '同类情况另有{2-9}户，一并告知。',
    '办理经过已记入{民情日记|走访记录}。',
  ],
  5: [
    '',
    '此后{早|晚}间再巡{一|两|三}次，未见反复。',
    '该点位已列入{每日|每周|隔日}巡查。',
    '周边{50-300}米一并查看过。',
    '与{物业|养护单位|沿街商户}约定，发现再有及时告知。',
  ],
  6: ['', '{社}卫生员{三天|一周|十天}后再访。', '同楼{6-40}户已一并提醒。', '随访情况记入台账，共{一|两|三}次。'],
  8: ['', '结果已书面告知本人。', '此后{一|两|三}周未再接到同类反映。'],
  9: ['', '台账已更新{2-9}条。', '{社}留存资料{2-8}份。', '同网格类似情况另核{3-18}户。'],
  7: ['', '{社}与网格员联合巡查{一|两|三|四}次。', '周边{200-900}米一并排查。', '在{村口|路口|河边}张贴提示{2-9}张。'],
}

const seen = ['巡查发现，', '今日巡查发现，', '网格巡查时看到，', '入户途中发现，', '']
const heard = ['走访中了解到，', '楼长反映，', '入户走访时得知，', '居民当面反映，', '']
const called = ['来电人反映，', '市民来电称，', '市民反映，', '来电人称，']
const asked = ['请尽快处理，谢谢。', '希望有人来看看。', '盼回复。', '']

const spoken = new Set(['10', '20', '40', '60', '80'])

function openingOf(code: string, source: EventSource, dice: Dice): string {
  if (source === 'hotline') return dice.pick(called)
  if (source === 'resident') return dice.pick(['您好，', '麻烦你们看看：', '', '反映一个情况：'])
  return dice.pick(spoken.has(code.slice(0, 2)) ? heard : seen)
}

function closingOf(source: EventSource, dice: Dice): string {
  return source === 'resident' || source === 'hotline' ? dice.pick(asked) : ''
}

const greeting = ['您好，', '您好，您反映的问题已办理：', '办理情况如下：', '接到您的反映后，', '']
const farewell = ['如有新情况请再与我们联系。', '感谢您的监督。', '后续会继续留意。', '感谢您对网格工作的支持。', '']

/** What a citizen reads about what was done. */
export function answerOf(done: string, dice: Dice): string {
  return `${dice.pick(greeting)}${done}${dice.pick(farewell)}`
}

/** How many stories back a reader may look without meeting the same twice. */
const inSight = 80

/** Tells stories so that none begins or ends like one that was told a little while ago. */
export function createTeller(dice: Dice): (story: Story, ground: Ground, source: EventSource) => Told {
  const lately = new Set<string>()
  return (story, ground, source) => {
    let told = tell(story, ground, source, dice)
    for (let i = 0; i < 12 && (lately.has(told.done) || lately.has(told.title)); i++)
      told = tell(story, ground, source, dice)
    for (const text of [told.done, told.title]) lately.add(text)
    for (const oldest of lately) if (lately.size > 2 * inSight) lately.delete(oldest)
    return told
  }
}
