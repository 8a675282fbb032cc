/**
 * Houses and how people write where they are, from a seed: styles that the reader was built with, and others that it was
 * not (`held-out`). Estates end in what estates end in, or in nothing; some have phases, some numerals in their names.
 */
import { createDice, type Dice } from '../demo/random.ts'

export interface Home {
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly room: string
}
export interface Writing {
  readonly text: string
  readonly style: string
  readonly home: Home
}

const estates =
  '阳光花园 金桂花园 锦绣家园 枫林一村 枫林三村 堰桥新村 西漳公寓 惠景苑 长安佳苑 前洲御景园 玉祁华庭 天一城 盛岸里 洛社湾 惠山一品 尚锦城 阳光100 万科城市之光 香梅人家 绿城玉兰郡 钱桥水岸 华府天地 金色江南一期 金色江南二期 惠龙新村A区 五洲国际 藕塘职教园 中央公馆 石塘湾花园 广石家园二期 西站铭苑 杨市嘉园 钱藕苑 天授景园 中惠水乡 超市弄小区 城市之星 小镇故事'.split(
    ' ',
  )
const villages = '新和村 东风村 天港村 张镇桥村 倪家巷村 万里村 梅泾村 高村'.split(' ')
const roads = '惠山大道 文惠路 政和大道 堰新路 洛杨街 人民东路 学府巷 中惠大道'.split(' ')
const groups = villages.flatMap((village) => Array.from({ length: 12 }, (_, i) => `${village}${i + 1}组`))
/** All that the writings name. */
export const knownEstates: readonly string[] = [...estates, ...groups, ...roads]
const towns = '堰桥街道 长安街道 前洲街道 玉祁街道 洛社镇 阳山镇 钱桥街道'.split(' ')
const communities = '堰丰社区 长宁社区 尚田社区居委会 天一社区居民委员会'.split(' ')

const digits = '〇一二三四五六七八九'
const spoken = (n: string) => Array.from(n, (d) => digits[Number(d)] ?? d).join('')
/** 12 → 十二 */
export function counted(n: string): string {
  const value = Number(n)
  if (!Number.isInteger(value) || value > 99) return spoken(n)
  const tens = Math.floor(value / 10)
  const ones = value % 10 === 0 ? '' : digits[value % 10]!
  if (tens === 0) return digits[value]!
  return `${tens === 1 ? '' : digits[tens]!}十${ones}`
}
const wide = (text: string) =>
  text.replaceAll(/[0-9A-Za-z#-]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0))
const formal = (n: string) => Array.from(n, (d) => '零壹贰叁肆伍陆柒捌玖'[Number(d)] ?? d).join('')

type Style = (home: Home, dice: Dice) => string

const outer = (dice: Dice) =>
  dice.pick([
    '',
    '',
    '无锡市',
    '无锡市惠山区',
    '惠山区',
    `江苏省无锡市惠山区${dice.pick(towns)}`,
    `惠山区${dice.pick(towns)}`,
    dice.pick(towns),
    `${dice.pick(towns)}${dice.pick(communities)}`,
    `江苏省无锡市惠山区${dice.pick(towns)}${dice.pick(communities)}`,
  ])
/** With 小区 behind it where nobody would say it twice. */
const called = ({ estate }: Home, dice: Dice) =>
  /[区村城里]$/.test(estate) || !dice.chance(0.3) ? estate : `${estate}小区`
const head: Style = (home, dice) => `${outer(dice)}${called(home, dice)}`

/** Writings of a flat with estate, building, unit and room. */
const flats: Readonly<Record<string, Style>> = {
  full: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room}室`,
  bare: (h, d) => `${head(h, d)}${h.building}栋${h.unit}单元${h.room}`,
  houseNumber: (h, d) => `${head(h, d)}${h.building}号楼${h.unit}单元${h.room}室`,
  mixed: (h, d) => `${head(h, d)}${h.building}号楼${h.unit}-${h.room}`,
  dashes: (h, d) => `${head(h, d)}${h.building}-${h.unit}-${h.room}`,
  spaced: (h, d) => `${head(h, d)} ${h.building}-${h.unit}-${h.room}室`,
  hash: (h, d) => `${head(h, d)}${h.building}#${h.unit}单元${h.room}`,
  hashDash: (h, d) => `${head(h, d)}${h.building}#-${h.unit}-${h.room}`,
  spoken: (h, d) => `${head(h, d)}${counted(h.building)}幢${counted(h.unit)}单元${spoken(h.room)}室`,
  counted: (h, d) => `${head(h, d)}${counted(h.building)}号楼${counted(h.unit)}单元${h.room}`,
  wide: (h, d) => wide(`${head(h, d)}${h.building}#${h.unit}单元${h.room}`),
  wideDashes: (h, d) => wide(`${head(h, d)}${h.building}-${h.unit}-${h.room}`),
  door: (h, d) => `${head(h, d)}${h.building}幢${h.unit}门${h.room}室`,
  brackets: (h, d) => `${head(h, d)}（${h.building}幢）${h.unit}单元${h.room}`,
  floor: (h, d) => `${head(h, d)}${h.building}栋${h.unit}单元${h.room.slice(0, -2)}楼${h.room}室`,
  ordinal: (h, d) => `${head(h, d)}第${h.building}幢第${h.unit}单元${h.room}室`,
  onRoad: (h, d) => `惠山区${d.pick(roads)}${1 + d.int(300)}号${called(h, d)}${h.building}幢${h.unit}单元${h.room}室`,
  zeros: (h, d) => `${head(h, d)}${h.building.padStart(2, '0')}幢${h.unit.padStart(2, '0')}单元${h.room}`,
  remark: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room}室（${d.pick(['租', '自住', '二房东'])}）`,
}
/** Writings that leave the unit out. */
const short: Readonly<Record<string, Style>> = {
  noUnit: (h, d) => `${head(h, d)}${h.building}幢${h.room}室`,
  hashRoom: (h, d) => `${head(h, d)}${h.building}#${h.room}`,
  number: (h, d) => `${head(h, d)}${h.building}号${h.room}`,
  numberRoom: (h, d) => `${head(h, d)}${h.building}号${h.room}室`,
  dash: (h, d) => `${head(h, d)}${h.building}-${h.room}`,
  seat: (h, d) => `${head(h, d)}${h.building}座${h.room}`,
  house: (h, d) => `${head(h, d)}${h.building}号楼${h.room}房`,
}
/** Styles that the reader was not built with. */
const otherFlats: Readonly<Record<string, Style>> = {
  old: (h, d) =>
    `${head(h, d)}${h.building}棟${h.unit}單元${h.room}室`
      .replaceAll('园', '園')
      .replaceAll('区', '區')
      .replaceAll('楼', '樓'),
  formal: (h, d) => `${head(h, d)}${formal(h.building)}幢${formal(h.unit)}单元${formal(h.room)}室`,
  slashes: (h, d) => `${head(h, d)}${h.building}/${h.unit}/${h.room}`,
  commas: (h, d) => `${outer(d)}，${called(h, d)}，${h.building}幢，${h.unit}单元，${h.room}室`,
  dots: (h, d) => `${head(h, d)}${h.building}.${h.unit}.${h.room}`,
  allSpaced: (h, d) => `${head(h, d)} ${h.building} 幢 ${h.unit} 单元 ${h.room} 室`,
  marksAndDashes: (h, d) => `${head(h, d)}-${h.building}幢-${h.unit}单元-${h.room}室`,
  subRoom: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room}室${d.pick(['A', 'B', 'C'])}间`,
  subDash: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room}-${d.pick(['A', '2', '1'])}`,
  bedroom: (h, d) => `${head(h, d)}${h.building}号楼${h.unit}单元${h.room}室${d.pick(['南卧', '次卧', '主卧'])}`,
  stair: (h, d) => `${head(h, d)}${h.building}幢${h.unit}梯${h.room}`,
  hashHouse: (h, d) => `${head(h, d)}${h.building}#楼${h.unit}单元${h.room}`,
  tilde: (h, d) => `${head(h, d)}${h.building}～${h.unit}～${h.room}`,
  emDash: (h, d) => `${head(h, d)}${h.building}——${h.unit}——${h.room}`,
  townOnly: (h, d) => `江苏无锡惠山区${called(h, d)}${h.building}幢${h.unit}单元${h.room}户`,
  roomNumber: (h, d) => `${head(h, d)}${h.building}栋${h.unit}单元${h.room}号`,
  roomOfHouse: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room}号房`,
  floorMark: (h, d) => `${head(h, d)}${h.building}幢${h.unit}单元${h.room.slice(0, -2)}层${h.room}`,
}
const otherShort: Readonly<Record<string, Style>> = {
  numberNumber: (h, d) => `${head(h, d)}${h.building}号${h.room}号`,
  ordinal: (h, d) => `${head(h, d)}第${counted(h.building)}栋${h.room}`,
  spacedOut: (h, d) => `${head(h, d)} ${h.building} ${h.room}`,
  hashFloor: (h, d) => `${head(h, d)}${h.building}#楼${h.room.slice(0, -2)}层${h.room}室`,
}
const rural: Readonly<Record<string, Style>> = {
  group: (h) => `${h.estate}${h.building}号`,
  town: (h, d) => `${d.pick(towns)}${h.estate}${h.building}号`,
  spoken: (h, d) => `${outer(d)}${spokenGroup(h.estate)}${h.building}号`,
  long: (h, d) => `惠山区${d.pick(towns)}${h.estate.replace(/(\d+)组/, '第$1村民小组')}${h.building}号`,
}
const otherRural: Readonly<Record<string, Style>> = {
  noVillage: (h) => `${h.estate.replace('村', '')}${h.building}号`,
  committee: (h, d) => `${d.pick(towns)}${h.estate.replace('村', '村委会')}${h.building}号`,
  longSpoken: (h) =>
    `${h.estate.replace(/(\d+)组/, (_, n: string) => `第${counted(n)}村民小组`)}${counted(h.building)}号`,
  team: (h) => `${h.estate.replace('组', '队')}${h.building}号`,
}
const alongRoad: Readonly<Record<string, Style>> = {
  number: (h, d) => `${outer(d)}${h.estate}${h.building}号`,
  spaced: (h) => `${h.estate} ${h.building} 号`,
}
const otherRoad: Readonly<Record<string, Style>> = {
  wide: (h) => wide(`${h.estate}${h.building}号`),
  town: (h, d) => `无锡市惠山区${d.pick(towns)}${h.estate}${h.building}号`,
}
const spokenGroup = (estate: string) => estate.replace(/(\d+)组/, (_, n: string) => `${counted(n)}组`)

const kinds = {
  known: { flats, short, rural, alongRoad },
  'held-out': { flats: otherFlats, short: otherShort, rural: otherRural, alongRoad: otherRoad },
} as const

const number = (dice: Dice, most: number) => String(1 + dice.int(most))

function drawFlat(dice: Dice): Home {
  const building = dice.chance(0.05) ? dice.pick(['A', 'B', 'C']) : number(dice, 60)
  const floor = number(dice, 33)
  return { estate: dice.pick(estates), building, unit: number(dice, 4), room: `${floor}0${number(dice, 4)}` }
}

/** @returns so many writings, each with the house that it means; a house without a unit is written without one */
export function writeAddresses(seed: number, count: number, styles: keyof typeof kinds): Writing[] {
  const dice = createDice(seed)
  const of = kinds[styles]
  return Array.from({ length: count }, () => {
    const share = dice.next()
    const write = (among: Readonly<Record<string, Style>>, home: Home): Writing => {
      const style = dice.pick(Object.keys(among))
      return { text: among[style]!(home, dice), style, home }
    }
    const whole = { building: number(dice, 400), unit: '', room: '' }
    if (share < 0.6) return write(of.flats, drawFlat(dice))
    if (share < 0.8) return write(of.short, { ...drawFlat(dice), unit: '' })
    if (share < 0.92) return write(of.rural, { estate: dice.pick(groups), ...whole, building: number(dice, 99) })
    return write(of.alongRoad, { estate: dice.pick(roads), ...whole })
  })
}
