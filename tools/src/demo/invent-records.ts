/** People and firms of the demo's registry. Nobody and nothing here exists. */
import { identityCheck } from '@fengge/domain/kernel/checksum'
import type { Values } from '@fengge/domain/registry/terms'
import { inventName } from './people.ts'
import type { Dice } from './random.ts'

export type PersonKind = 'resident' | 'floating' | 'left-behind' | 'overseas'

const farHomes = ['安徽省阜阳市', '河南省信阳市', '四川省广元市', '江苏省盐城市', '贵州省毕节市', '云南省昭通市']
/** Name, nationality or region, and the document he shows; of each number the beginning is one that nobody is given. */
const foreigners = [
  ['Maria Kowalska', '波兰', 'passport'],
  ['Daniel Weber', '德国', 'passport'],
  ['Sofia Rossi', '意大利', 'foreign-residence'],
  ['Ahmed Hassan', '埃及', 'passport'],
  ['Olga Ivanova', '俄罗斯', 'passport'],
  ['Kenji Tanaka', '日本', 'foreign-residence'],
  ['Linh Nguyen', '越南', 'passport'],
  ['Carlos Mendes', '巴西', 'passport'],
  ['陈港生', '香港', 'hm-permit'],
  ['何澳明', '澳门', 'hm-permit'],
  ['林台安', '台湾', 'tw-permit'],
] as const
const invented: Readonly<Record<(typeof foreigners)[number][2], (seq: number) => string>> = {
  passport: (seq) => `ZZ${String(seq).padStart(7, '0')}`,
  'hm-permit': (seq) => `${seq % 2 === 0 ? 'H' : 'M'}${99_000_000 + (seq % 1_000_000)}`,
  'tw-permit': (seq) => `${99_000_000 + (seq % 1_000_000)}`,
  'foreign-residence': (seq) => `ZZZ${String(seq).padStart(12, '0')}`,
}

/**
 * @param seq counts the people of the county: part of the number
 * @param isGrown heads a household, and owns a home: no child does
 */
export function inventPerson(kind: PersonKind, seq: number, dice: Dice, isGrown = false): Values {
  // The left behind are children and the old.
  const drawn = kind === 'left-behind' ? dice.pick([5, 8, 11, 14, 71, 76, 80]) : agedAbout(kind, dice)
  const age = isGrown && drawn < 20 ? drawn + (kind === 'left-behind' ? 65 : 22) : drawn
  const born = `${2026 - age}-${two(1 + dice.int(9))}-${two(1 + dice.int(28))}`
  const area = 990_000 + Math.floor(seq / 1000)
  const body = `${area}${born.replaceAll('-', '')}${String(seq % 1000).padStart(3, '0')}`
  const sex = Number(body[16]) % 2 === 1 ? 'male' : 'female'
  const phone = age > 12 && dice.chance(0.88) ? `199${String(dice.int(1e8)).padStart(8, '0')}` : null
  if (kind === 'overseas') {
    const [name, country, idKind] = dice.pick(foreigners)
    const latinName = /^[A-Z]/.test(name) ? name : null
    return { name, kind, born, sex, phone, country, latinName, idKind, idNo: `${idKind}/${invented[idKind](seq)}` }
  }
  return {
    name: inventName(dice),
    kind,
    idNo: dice.chance(0.93) ? body + identityCheck(body) : null,
    born,
    sex,
    phone,
    hukouArea: kind === 'floating' ? dice.pick(farHomes) : '江苏省无锡市',
  }
}

/** Whoever came for work is younger than whoever was always here. */
function agedAbout(kind: PersonKind, dice: Dice): number {
  const [youngest, range] = kind === 'resident' ? [1, 85] : [18, 40]
  return youngest + Math.floor(((dice.next() + dice.next()) / 2) * range)
}

const shops = [
  '便民超市',
  '小吃店',
  '理发店',
  '五金店',
  '水果店',
  '药房',
  '面馆',
  '洗衣店',
  '文具店',
  '家电维修部',
  '早餐店',
  '烘焙坊',
]
const firms = [
  '机械厂',
  '纺织有限公司',
  '塑料制品厂',
  '物流有限公司',
  '电子科技有限公司',
  '装饰工程部',
  '模具厂',
  '食品有限公司',
]
const marks = Array.from('鑫恒瑞泰兴盛达源和顺安丰宏利永昌嘉禾')

export function inventFirm(short: string, dice: Dice): Values {
  const isShop = dice.chance(0.6)
  const mark = `${dice.pick(marks)}${dice.pick(marks)}`
  return {
    name: `${isShop ? '' : short}${mark}${dice.pick(isShop ? shops : firms)}`,
    kind: isShop ? 'shop' : 'firm',
    staffCount: 1 + dice.int(isShop ? 5 : 60),
    status: 'open',
    address: `${short}路${2 + dice.int(180)}号`,
  }
}
const two = (n: number) => String(n).padStart(2, '0')
