/**
 * Writings of houses as they come from landlords, couriers and old lists: lanes with their houses, hamlets by rows and
 * teams, staircases by side or letter, shops and garages, phases, estates behind the number of a road, and whatever
 * stands for a dash. None of these styles did the reader know when it was first measured.
 */
import { createDice, type Dice } from '../demo/random.ts'
import { counted, knownEstates, type Home, type Writing } from './write-addresses.ts'

const estates = knownEstates.filter((name) => !/组$|[道路街巷]$/.test(name))
const roads = '惠山大道 文惠路 政和大道 堰新路 洛杨街 人民东路 学府巷 中惠大道'.split(' ')
const lanes = roads.filter((road) => road.endsWith('路')).flatMap((road) => [`${road}128弄`, `${road}36弄`])
const phased = ['金色江南一期', '金色江南二期', '广石家园二期']
const rows = ['东风村南埭', '天港村北埭', '万里村大巷上', '梅泾村陆家浜', '高村前头', '张镇桥村东宅']
const teams = ['新和村3组', '东风村11组', '倪家巷村2组', '万里村7组']
/** All that these writings name. */
export const oddlyKnown: readonly string[] = [...knownEstates, ...lanes, ...rows]

const said = (text: string) => Array.from(text, (d) => '〇一二三四五六七八九'[Number(d)] ?? d).join('')
const zero = (text: string) => said(text).replaceAll('〇', '零')
const wide = (text: string) => text.replaceAll(/[0-9]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0))
const twenties = (n: string) =>
  counted(n)
    .replace(/^二十(?=.)/, '廿')
    .replace(/^三十(?=.)/, '卅')
const floorOf = (room: string) => room.slice(0, -2)

type Style = (home: Home, dice: Dice) => string
const outer = (dice: Dice) =>
  dice.pick([
    '',
    '',
    '惠山区',
    '无锡市惠山区堰桥街道',
    '江苏省无锡市惠山区洛社镇',
    '长安街道长宁社区',
    '钱桥街道藕塘社区居委会',
  ])
const before = (h: Home, d: Dice) => `${outer(d)}${h.estate}`

/** A flat by building, unit and room. */
const flats: Readonly<Record<string, Style>> = {
  hashDash: (h, d) => `${before(h, d)}${h.building}#${h.unit}-${h.room}`,
  hashHashDash: (h, d) => `${before(h, d)}${h.building}#${h.unit}#${h.room}`,
  oneForDash: (h, d) => `${before(h, d)}${h.building}一${h.unit}一${h.room}`,
  longDash: (h, d) => `${before(h, d)}${h.building}ー${h.unit}ー${h.room}`,
  minus: (h, d) => `${before(h, d)}${h.building}−${h.unit}−${h.room}室`,
  nonBreaking: (h, d) => `${before(h, d)} ${h.building}‑${h.unit}‑${h.room}`,
  backslash: (h, d) => `${before(h, d)}${h.building}\\${h.unit}\\${h.room}`,
  middleDot: (h, d) => `${before(h, d)}${h.building}·${h.unit}·${h.room}`,
  listed: (h, d) => `${before(h, d)}${h.building}、${h.unit}、${h.room}`,
  plus: (h, d) => `${before(h, d)}${h.building}+${h.unit}+${h.room}`,
  equals: (h, d) => `${before(h, d)}${h.building}=${h.unit}=${h.room}`,
  under: (h, d) => `${before(h, d)}_${h.building}_${h.unit}_${h.room}`,
  wideSpaces: (h, d) => `${before(h, d)}　${h.building}　${h.unit}　${h.room}`,
  tabs: (h, d) => `${before(h, d)}\t${h.building}\t${h.unit}\t${h.room}`,
  spacedName: (h, d) =>
    `${outer(d)} ${h.estate.replaceAll(/(?<=\p{L})(?=\p{L})/gu, ' ')} ${h.building} 幢 ${h.unit} 单元 ${h.room}`,
  spacedMarks: (h, d) => `${before(h, d)} ${h.building} 号 楼 ${h.unit} 单 元 ${h.room} 室`,
  wideMixed: (h, d) => `${before(h, d)}${wide(h.building)}幢${h.unit}单元${wide(h.room)}室`,
  saidRoom: (h, d) => `${before(h, d)}${counted(h.building)}幢${h.unit}单元${said(h.room)}室`,
  zeroRoom: (h, d) => `${before(h, d)}${counted(h.building)}号楼${counted(h.unit)}单元${zero(h.room)}`,
  twenty: (h, d) => `${before(h, d)}${twenties(h.building)}幢${counted(h.unit)}单元${h.room}室`,
  floors: (h, d) => `${before(h, d)}${h.building}幢${h.unit}单元${counted(floorOf(h.room))}楼${h.room}`,
  floorsCounted: (h, d) =>
    `${before(h, d)}${h.building}幢${h.unit}单元${counted(floorOf(h.room))}层${h.room.slice(-2)}室`,
  inside: (h, d) => `${before(h, d)}${h.building}幢${h.unit}单元${h.room}室内`,
  side: (h, d) => `${before(h, d)}${h.building}-${h.unit}-${h.room}室（${d.pick(['东户', '西户', '靠北'])}）`,
  square: (h, d) => `${before(h, d)}【${h.building}幢】【${h.unit}单元】【${h.room}】`,
  kept: (h, d) => `${before(h, d)}${h.building}栋(${h.unit}单元)${h.room}室`,
  behindRoad: (h, d) =>
    `${outer(d)}${d.pick(roads)}${1 + d.int(300)}号${h.estate}${h.building}幢${h.unit}单元${h.room}`,
  behindRoadDash: (h, d) => `${d.pick(roads)}${1 + d.int(300)}号 ${h.estate} ${h.building}-${h.unit}-${h.room}`,
  behindRoadInside: (h, d) =>
    `${outer(d)}${d.pick(roads)}${1 + d.int(300)}号（${h.estate}）${h.building}幢${h.unit}单元${h.room}室`,
  behindRoadMinor: (h, d) =>
    `${d.pick(roads)}${1 + d.int(300)}-${1 + d.int(9)}号${h.estate}${h.building}号楼${h.unit}单元${h.room}室`,
  behindRoadBare: (h, d) => `惠山区${d.pick(roads)}${h.estate}${h.building}幢${h.unit}单元${h.room}室`,
  estateTold: (h, d) => `${outer(d)}小区：${h.estate}，楼栋：${h.building}，单元：${h.unit}，室：${h.room}`,
}
/** A staircase by side or letter. */
const sided: Readonly<Record<string, Style>> = {
  side: (h, d) => `${before(h, d)}${h.building}幢${h.unit}单元${h.room}室`,
  sideHouse: (h, d) => `${before(h, d)}${counted(h.building)}号楼${h.unit}单元${h.room}`,
  sideSpaced: (h, d) => `${before(h, d)} ${h.building}幢 ${h.unit}单元 ${h.room}室`,
  sideWide: (h, d) => `${before(h, d)}${wide(h.building)}栋${h.unit}单元${wide(h.room)}`,
}
/** A flat without its unit. */
const short: Readonly<Record<string, Style>> = {
  saidAll: (h, d) => `${before(h, d)}${counted(h.building)}幢${said(h.room)}室`,
  zeroAll: (h, d) => `${before(h, d)}${counted(h.building)}栋${zero(h.room)}`,
  twenty: (h, d) => `${before(h, d)}${twenties(h.building)}号楼${h.room}`,
  oneForDash: (h, d) => `${before(h, d)}${h.building}一${h.room}`,
  roomHouse: (h, d) => `${before(h, d)}${h.building}幢${h.room}号房间`,
  seatFloor: (h, d) => `${before(h, d)}${h.building}座${counted(floorOf(h.room))}楼${h.room}室`,
  behindRoad: (h, d) => `${d.pick(roads)}${1 + d.int(300)}号${h.estate}${h.building}-${h.room}`,
  quoted: (h, d) => `${outer(d)}“${h.estate}”${h.building}幢${h.room}`,
}
/** 甲、乙 beside the number of a building. */
const twins: Readonly<Record<string, Style>> = {
  before: (h, d) => `${before(h, d)}${h.building}幢${h.room}室`,
  house: (h, d) => `${before(h, d)}${h.building}号楼${h.room}`,
}
/** Of what is no flat as much is told as can be: its building. */
const beside: Readonly<Record<string, Style>> = {
  shop: (h, d) => `${before(h, d)}${h.building}幢商铺${1 + d.int(30)}号`,
  shopBehind: (h, d) => `${before(h, d)}${h.building}幢底层商铺`,
  garage: (h, d) => `${before(h, d)}${h.building}幢车库${1 + d.int(30)}号`,
  store: (h, d) => `${before(h, d)}${h.building}号楼储藏室${1 + d.int(30)}`,
  annex: (h, d) => `${before(h, d)}${h.building}幢附${1 + d.int(9)}号`,
}
const phases: Readonly<Record<string, Style>> = {
  digit: (h, d) =>
    `${outer(d)}${h.estate.replace('一期', '1期').replace('二期', '2期')}${h.building}-${h.unit}-${h.room}`,
  inside: (h, d) => `${outer(d)}${h.estate.replace(/(.期)$/, '（$1）')}${h.building}幢${h.unit}单元${h.room}`,
  spaced: (h, d) => `${outer(d)}${h.estate.replace(/(.期)$/, ' $1 ')}${h.building}幢${h.unit}单元${h.room}`,
  ordinal: (h, d) => `${outer(d)}${h.estate.replace(/(.期)$/, '第$1')}${h.building}幢${h.unit}单元${h.room}`,
  roman: (h, d) =>
    `${outer(d)}${h.estate.replace('一期', 'Ⅰ期').replace('二期', 'Ⅱ期')}${h.building}幢${h.unit}单元${h.room}`,
}
const inLanes: Readonly<Record<string, Style>> = {
  plain: (h, d) => `${before(h, d)}${h.building}号${h.room}室`,
  bare: (h) => `${h.estate}${h.building}号${h.room}`,
  spaced: (h) => `${h.estate} ${h.building}号 ${h.room}室`,
  said: (h, d) => `${outer(d)}${h.estate}${counted(h.building)}号${said(h.room)}室`,
  wide: (h, d) => `${outer(d)}${wide(h.estate)}${wide(h.building)}号${wide(h.room)}室`,
  dash: (h, d) => `${before(h, d)}${h.building}-${h.room}`,
}
const inHamlets: Readonly<Record<string, Style>> = {
  plain: (h, d) => `${before(h, d)}${h.building}号`,
  said: (h) => `${h.estate}${counted(h.building)}号`,
  spaced: (h) => `${h.estate} ${h.building} 号`,
  plate: (h) => `${h.estate}门牌${h.building}号`,
}
const inTeams: Readonly<Record<string, Style>> = {
  team: (h, d) => `${outer(d)}${h.estate.replace('组', '队')}${h.building}号`,
  production: (h) => `${h.estate.replace('组', '生产队')}${h.building}号`,
  ordinal: (h) => `${h.estate.replace(/(\d+)组/, '第$1组')}${h.building}号`,
  saidTeam: (h) => `${h.estate.replace(/(\d+)组/, (_, n: string) => `${counted(n)}队`)}${counted(h.building)}号`,
  dash: (h) => `${h.estate}-${h.building}号`,
  wide: (h) => wide(`${h.estate}${h.building}号`),
}
const alongRoads: Readonly<Record<string, Style>> = {
  annex: (h, d) => `${outer(d)}${h.estate}${h.building.replace('-', '号附')}号`,
  of: (h) => `${h.estate}${h.building.replace('-', '号之')}号`,
  wide: (h) => wide(`${h.estate}${h.building}号`),
  long: (h) => `${h.estate}${h.building.replace('-', '－')}号`,
}

const number = (dice: Dice, most: number) => String(1 + dice.int(most))
const flat = (dice: Dice, among: readonly string[] = estates): Home => ({
  estate: dice.pick(among),
  building: number(dice, 39),
  unit: number(dice, 4),
  room: `${number(dice, 18)}0${number(dice, 4)}`,
})
const alone = (dice: Dice, among: readonly string[], building = number(dice, 99)): Home => ({
  estate: dice.pick(among),
  building,
  unit: '',
  room: '',
})

type Kind = readonly [share: number, styles: Readonly<Record<string, Style>>, draw: (dice: Dice) => Home]
const kinds: readonly Kind[] = [
  [0.46, flats, flat],
  [0.06, sided, (d) => ({ ...flat(d), unit: d.pick(['东', '西', '中', '甲', '乙', 'A', 'B']) })],
  [0.12, short, (d) => ({ ...flat(d), unit: '' })],
  [0.04, twins, (d) => ({ ...flat(d), building: `${number(d, 39)}${d.pick(['甲', '乙'])}`, unit: '' })],
  [0.06, beside, (d) => ({ ...flat(d), unit: '', room: '' })],
  [0.08, phases, (d) => flat(d, phased)],
  [0.06, inLanes, (d) => ({ ...flat(d, lanes), unit: '' })],
  [0.04, inHamlets, (d) => alone(d, rows)],
  [0.05, inTeams, (d) => alone(d, teams)],
  [0.03, alongRoads, (d) => alone(d, roads, `${number(d, 200)}-${number(d, 9)}`)],
]

/** @returns so many writings, each with the house that it means, or the building where no flat is told */
export function writeOddAddresses(seed: number, count: number): Writing[] {
  const dice = createDice(seed)
  return Array.from({ length: count }, () => {
    let left = dice.next()
    const [, styles, draw] = kinds.find(([share]) => (left -= share) < 0) ?? kinds[0]!
    const style = dice.pick(Object.keys(styles))
    const home = draw(dice)
    return { text: styles[style]!(home, dice), style, home }
  })
}
