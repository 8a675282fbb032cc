/**
 * Two invented ledgers with a known truth: workers as their employers list them, and tenants as the rental
 * register has them. Noise as in algorithms.md 2.2, with households, team phones, twins and several rooms of
 * one person added; `noise: 'other'` is a second model with other rates, spellings and slips.
 */
import { identityCheck } from '@fengge/domain/kernel/checksum'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import { createDice, type Dice } from '../demo/random.ts'

export interface Ledgers {
  readonly employers: LedgerRow[]
  readonly rentals: LedgerRow[]
  /** employer row → rental row, for those in both. */ readonly truth: Map<number, number>
  readonly manyRooms: number[][]
}
interface Person {
  readonly name: string
  readonly id: string
  readonly phone: string
  readonly born: string
  readonly home: Home
}
interface Home {
  readonly estate: string
  readonly building: number
  readonly unit: number
  readonly room: string
}
interface Noise {
  idMissing: [number, number]
  idSlip: number
  idOld: number
  phoneMissing: [number, number]
  phoneOther: [number, number]
  nameSlip: [number, number]
  bornMissing: [number, number]
  addressMissing: number
  addressOther: number
  isOther: boolean
}

const noises: Record<'first' | 'other', Noise> = {
  first: {
    idMissing: [0.22, 0.18],
    idSlip: 0.05,
    idOld: 0.02,
    phoneMissing: [0.15, 0.2],
    phoneOther: [0.18, 0.15],
    nameSlip: [0.06, 0.07],
    bornMissing: [0.3, 0.35],
    addressMissing: 0.2,
    addressOther: 0.4,
    isOther: false,
  },
  other: {
    idMissing: [0.18, 0.22],
    idSlip: 0.07,
    idOld: 0.01,
    phoneMissing: [0.2, 0.12],
    phoneOther: [0.12, 0.2],
    nameSlip: [0.05, 0.09],
    bornMissing: [0.25, 0.4],
    addressMissing: 0.15,
    addressOther: 0.45,
    isOther: true,
  },
}
const surnames = Array.from(
  '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
)
const given = Array.from(
  '伟芳娜敏静丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红玲建国文辉力海宁晨宇浩雪梅琳欣怡佳思雨嘉俊博志鹏凯婷峰旭倩慧颖莉斌波鑫燕云飞龙凤春秋冬生根福贵祥瑞庆荣光耀祖德仁义礼智信诚安康乐家兴旺发达富永恒久长远大立新维卫东南西北中正',
)
const homophones: Record<string, string> = {
  伟: '炜',
  芳: '方',
  静: '晶',
  丽: '莉',
  强: '蔷',
  洋: '阳',
  艳: '燕',
  勇: '永',
  军: '君',
  杰: '洁',
  涛: '滔',
  明: '鸣',
  霞: '侠',
  平: '萍',
  刚: '钢',
  英: '瑛',
  华: '桦',
  玉: '钰',
  红: '虹',
  玲: '铃',
  建: '健',
  国: '帼',
  文: '雯',
  辉: '晖',
  海: '孩',
  宇: '雨',
  浩: '皓',
  雪: '学',
  欣: '新',
  佳: '家',
  俊: '峻',
  志: '智',
  鹏: '朋',
  婷: '廷',
  峰: '锋',
  慧: '惠',
  斌: '彬',
  波: '玻',
  云: '芸',
  飞: '非',
  章: '张',
}
const origins =
  '320206 320283 341225 341226 342623 411481 411524 413026 360730 362323 421182 422801 500236 511602 511921 522425 530627 612401 622424 370983 430523 450721 330683'.split(
    ' ',
  )
const estateNames =
  '阳光苑 柳岸新村 金桂花园 和平里 东方华庭 南苑小区 新城佳园 河畔名居 枫林小区 春晓苑 锦绣江南 翠竹园 安居苑 福源里 堰桥新村 西漳公寓 长安花园 洛社家园 前洲新村 玉祁小区 石塘湾公寓 阳山花园 钱桥佳苑 藕塘新村 天一城'.split(
    ' ',
  )
const roads = '人民路 中惠大道 政和大道 文惠路 堰新路 惠山大道'.split(' ')

export function inventLedgers(
  seed: number,
  sizes = { employers: 100_000, rentals: 50_000, both: 35_000 },
  model: 'first' | 'other' = 'first',
): Ledgers {
  const dice = createDice(seed)
  const noise = noises[model]
  const people = inventPeople(dice, sizes.employers + sizes.rentals - sizes.both)
  const inBoth = people.slice(0, sizes.both)
  const rentPeople = [...inBoth, ...people.slice(sizes.employers)]
  const workPeople = people.slice(0, sizes.employers)
  // Some tenants rent a second room: rows of one person, taken from what would have been other people's rows.
  const rentRows: { person: Person; home: Home }[] = rentPeople.map((person) => ({ person, home: person.home }))
  const manyRooms: number[][] = []
  const extra = Math.floor((sizes.rentals - sizes.both) * 0.05)
  for (let i = 0; i < extra; i++) {
    const at = rentRows.length - 1 - i
    const owner = sizes.both + dice.int(Math.max(1, sizes.rentals - sizes.both - extra))
    rentRows[at] = { person: rentRows[owner]!.person, home: inventHome(dice) }
    const known = manyRooms.find((m) => m[0] === owner)
    if (known) known.push(at)
    else manyRooms.push([owner, at])
  }
  const orderA = shuffle(dice, workPeople.length),
    orderB = shuffle(dice, rentRows.length)
  const placeB = new Map(orderB.map((from, to) => [from, to]))
  const team = Array.from({ length: 60 }, () => inventPhone(dice))
  const truth = new Map<number, number>()
  const employers = orderA.map((from, to) => {
    if (from < sizes.both) truth.set(to, placeB.get(from)!)
    return employerRow(dice, noise, workPeople[from]!, team)
  })
  const rentals = orderB.map((from) => rentalRow(dice, noise, rentRows[from]!.person, rentRows[from]!.home))
  return { employers, rentals, truth, manyRooms: manyRooms.map((m) => m.map((x) => placeB.get(x)!)) }
}

/** Sizes of households: most tenants live alone or in pairs; a family shares its surname, home and sometimes its phone. */
function inventPeople(dice: Dice, count: number): Person[] {
  const people: Person[] = []
  while (people.length < count) {
    const home = inventHome(dice)
    const family = dice.chance(0.6) ? 1 : 2 + dice.int(3)
    const surname = inventSurname(dice)
    const shared = inventPhone(dice)
    for (let i = 0; i < family && people.length < count; i++) {
      const own = i === 0 || dice.chance(0.5) ? surname : inventSurname(dice)
      const isShared = i === 0 || dice.chance(0.12)
      people.push(inventPerson(dice, own, home, isShared ? shared : inventPhone(dice)))
      // Same name, same birthday, another number: twins of the register.
      if (dice.chance(0.0004) && people.length < count)
        people.push({ ...inventPerson(dice, own, inventHome(dice), inventPhone(dice)), name: people.at(-1)!.name })
    }
  }
  for (let i = people.length - 1; i > 0; i--) {
    const j = dice.int(i + 1)
    ;[people[i], people[j]] = [people[j]!, people[i]!]
  }
  return people
}

const inventSurname = (dice: Dice) => surnames[Math.floor(surnames.length * dice.next() ** 1.8)]!
const inventGiven = (dice: Dice) => given[Math.floor(given.length * dice.next() ** 1.4)]!
const inventPhone = (dice: Dice) =>
  `1${dice.pick(['38', '39', '50', '51', '52', '58', '77', '86', '89', '36'])}${String(dice.int(1e8)).padStart(8, '0')}`
const inventHome = (dice: Dice): Home => ({
  estate: dice.chance(0.9) ? dice.pick(estateNames) : `${dice.pick(roads)}${1 + dice.int(300)}号`,
  building: 1 + dice.int(60),
  unit: 1 + dice.int(4),
  room: `${1 + dice.int(18)}0${1 + dice.int(4)}`,
})

function inventPerson(dice: Dice, surname: string, home: Home, phone: string): Person {
  const year = 1955 + Math.floor((50 * (dice.next() + dice.next())) / 2),
    month = 1 + dice.int(12),
    day = 1 + dice.int(28)
  const pad = (n: number) => String(n).padStart(2, '0')
  const body = `${dice.pick(origins)}${year}${pad(month)}${pad(day)}${String(dice.int(1000)).padStart(3, '0')}`
  return {
    name: surname + inventGiven(dice) + (dice.chance(0.75) ? inventGiven(dice) : ''),
    id: body + identityCheck(body),
    phone,
    born: `${year}-${pad(month)}-${pad(day)}`,
    home,
  }
}

function shuffle(dice: Dice, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = dice.int(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

function employerRow(dice: Dice, n: Noise, p: Person, team: readonly string[]): LedgerRow {
  const address = employerAddress(dice, n, p.home)
  const phone = dice.chance(0.02) ? dice.pick(team) : slipPhone(dice, p.phone, n.phoneMissing[0], n.phoneOther[0])
  return {
    name: slipName(dice, p.name, n.nameSlip[0]),
    idNo: slipId(dice, n, p.id, n.idMissing[0]),
    phone,
    address,
    born: dice.chance(n.bornMissing[0]) ? '' : writeBorn(dice, p.born),
  }
}

/** Many employers know only the dormitory, or where somebody comes from. */
function employerAddress(dice: Dice, n: Noise, home: Home): string {
  if (dice.chance(n.addressMissing)) return ''
  if (!dice.chance(n.addressOther)) return writeHome(dice, n, home)
  if (dice.chance(0.5)) return '公司宿舍'
  return `${dice.pick(['安徽省阜阳市', '河南省信阳市', '四川省广元市', '贵州省毕节市'])}某县某乡${1 + dice.int(90)}号`
}

function rentalRow(dice: Dice, n: Noise, p: Person, home: Home): LedgerRow {
  return {
    name: slipName(dice, p.name, n.nameSlip[1]),
    idNo: slipId(dice, n, p.id, n.idMissing[1]),
    phone: slipPhone(dice, p.phone, n.phoneMissing[1], n.phoneOther[1]),
    address: writeHome(dice, n, home),
    born: dice.chance(n.bornMissing[1]) ? '' : writeBorn(dice, p.born),
  }
}

function slipName(dice: Dice, name: string, share: number): string {
  if (!dice.chance(share)) return name
  const letters = Array.from(name)
  const at = letters.findIndex((c, i) => i > 0 && homophones[c] !== undefined)
  if (at > 0 && dice.chance(0.7)) return letters.with(at, homophones[letters[at]!]!).join('')
  return letters.length === 3 ? letters[0]! + letters[1 + dice.int(2)]! : name
}

function slipId(dice: Dice, n: Noise, id: string, missing: number): string {
  if (dice.chance(missing))
    return dice.chance(0.05) ? dice.pick(['无', '111111111111111111', '320000000000000000']) : ''
  if (dice.chance(n.idOld) && id.slice(6, 8) === '19') return id.slice(0, 6) + id.slice(8, 17)
  if (!dice.chance(n.idSlip)) return id
  const letters = Array.from(id),
    at = 6 + dice.int(11)
  if (n.isOther) {
    const mixed: Record<string, string> = { 0: 'O', 1: '7', 8: '3', 3: '8', 7: '1' }
    return letters.with(at, mixed[letters[at]!] ?? String(dice.int(10))).join('')
  }
  if (dice.chance(0.5)) return letters.with(at, String((Number(letters[at]) + 1 + dice.int(9)) % 10)).join('')
  return letters
    .with(at, letters[at - 1]!)
    .with(at - 1, letters[at]!)
    .join('')
}

function slipPhone(dice: Dice, phone: string, missing: number, other: number): string {
  if (dice.chance(missing)) return dice.chance(0.03) ? '11111111111' : ''
  return dice.chance(other) ? inventPhone(dice) : phone
}

function writeBorn(dice: Dice, born: string): string {
  if (dice.chance(0.6)) return born
  return born.replaceAll('-', dice.chance(0.5) ? '' : '/')
}

function writeHome(dice: Dice, n: Noise, h: Home): string {
  const spellings = [
    `${h.estate}${h.building}幢${h.unit}单元${h.room}室`,
    `${h.estate}${h.building}栋${h.room}`,
    `无锡市惠山区${h.estate}${h.building}号楼${h.unit}单元${h.room}`,
    `${h.estate}${h.building}-${h.unit}-${h.room}`,
    `${h.estate}${h.building}#${h.room}室`,
    ...(n.isOther
      ? [
          `惠山区堰桥街道${h.estate} ${h.building} 座 ${h.room} 房`,
          `${h.estate}（${h.building}幢）${h.unit}门${h.room}`,
        ]
      : []),
  ]
  return dice.pick(spellings)
}
