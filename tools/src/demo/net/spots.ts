/** Where things happen: spots of a grid by kind, under names that the registry of the demo uses too. */
import type { Dice } from '../random.ts'

export const spotKinds = [
  'home',
  'stair',
  'yard',
  'garage',
  'estate',
  'rural',
  'shop',
  'street',
  'market',
  'factory',
  'site',
  'river',
  'field',
  'school',
  'park',
  'courier',
  'station',
  'village',
  'hill',
  'hospital',
] as const
export type SpotKind = (typeof spotKinds)[number]

/** A grid as its people speak of it. */
export interface Ground {
  readonly short: string
  readonly isVillage: boolean
  readonly estate: string
  readonly buildings: number
}
interface Spot {
  readonly short: string
  readonly full: string
}

const estates = [
  '阳光花园',
  '柳岸新村',
  '金桂苑',
  '和平里',
  '东方华庭',
  '南苑小区',
  '新城佳园',
  '河畔名居',
  '枫林小区',
  '春晓苑',
  '锦绣花园',
  '翠竹园',
  '安居苑',
  '福源里',
  '百乐家园',
  '桃源新村',
  '清水湾',
  '银杏花园',
  '梅园里',
  '紫荆花园',
  '听涛苑',
  '兰亭新苑',
  '荷塘月色',
  '朝阳新村',
  '学府家园',
  '丁香花园',
  '康乐小区',
  '映月湾',
  '御景苑',
  '望湖新村',
]
const hamlets = Array.from('李王张陈周吴徐孙朱胡高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓')
const roads = ['文惠路', '振兴路', '育才路', '兴业路', '中兴路', '锦绣路', '惠民路', '人民路', '政和路', '站前路']

/** How a village or community is called in speech. */
export const shortName = (name: string): string =>
  name.replace(/(虚拟社区|社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村村委会|村委会)$/, '')

export const isVillageName = (name: string): boolean => /村(民)?委(员)?会$/.test(name)

const placeIn = (code: string): number => Number(code.slice(-7, -3)) * 7 + Number(code.slice(-3))

/** The estate of a grid by its code: one name a grid, no name twice in a village of thirty grids. */
export function estateOf(gridCode: string, isVillage: boolean): string {
  const at = placeIn(gridCode)
  const nth = Number(gridCode.slice(-3))
  const part = nth > estates.length ? `${Math.ceil(nth / estates.length)}期` : ''
  return isVillage ? `${hamlets[at % hamlets.length]!}巷新村${part}` : `${estates[at % estates.length]!}${part}`
}

export function groundOf(grid: { readonly code: string }, villageName: string, buildings: number): Ground {
  const isVillage = isVillageName(villageName)
  return { short: shortName(villageName), isVillage, estate: estateOf(grid.code, isVillage), buildings }
}

type Draw = (g: Ground, dice: Dice) => string
const same = (draw: Draw) => (g: Ground, dice: Dice) => {
  const text = draw(g, dice)
  return { short: text, full: text }
}
const building = (g: Ground, dice: Dice) => `${g.estate}${1 + dice.int(g.buildings)}幢`
const road: Draw = (g, dice) => (dice.chance(0.4) ? `${g.short}路` : dice.pick(roads))

const spots: Readonly<Record<SpotKind, (g: Ground, dice: Dice) => Spot>> = {
  home: (g, dice) => {
    const door = `${building(g, dice)}${1 + dice.int(2)}单元`
    return { short: door, full: `${door}${1 + dice.int(11)}0${1 + dice.int(2)}室` }
  },
  stair: same((g, dice) => `${building(g, dice)}${1 + dice.int(2)}单元`),
  yard: same((g, dice) => `${building(g, dice)}${dice.pick(['楼下', '南侧', '东侧', '北侧'])}`),
  garage: same((g) => `${g.estate}地下车库`),
  estate: same((g) => g.estate),
  rural: same((g, dice) => `${g.short}${dice.pick(hamlets)}巷${1 + dice.int(60)}号`),
  shop: same((g, dice) => `${road(g, dice)}${2 + dice.int(160)}号`),
  street: same((g, dice) => {
    if (dice.chance(0.5)) return `${road(g, dice)}${2 + dice.int(160)}号门前`
    const first = dice.pick(roads)
    return `${first}与${dice.pick(roads.filter((r) => r !== first))}路口`
  }),
  market: same((g) => `${g.short}农贸市场`),
  factory: same((g, dice) => `${g.short}工业园${1 + dice.int(24)}号厂房`),
  site: same((g, dice) => `${road(g, dice)}在建工地`),
  river: same((g, dice) => `${g.short}${dice.pick(['东浜', '西浜', '张巷浜', '中心河', '北塘河'])}`),
  field: same((g, dice) => `${g.short}${1 + dice.int(14)}组农田`),
  school: same((g, dice) => `${g.short}${dice.pick(['小学', '实验小学', '中心小学'])}`),
  park: same((g, dice) => `${g.short}${dice.pick(['健身广场', '口袋公园', '文化广场'])}`),
  courier: same((g) => `${g.estate}快递驿站`),
  station: same((g, dice) => `${road(g, dice)}公交站`),
  village: same((g) => `${g.short}便民服务中心`),
  hill: same((g, dice) => `${g.short}${dice.pick(['林带', '后山', '苗圃'])}`),
  hospital: same((g) => `${g.short}社区卫生服务站`),
}

export const spotOf = (kind: SpotKind, ground: Ground, dice: Dice): Spot => spots[kind](ground, dice)
