import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddress } from './address.ts'
import { estateName, isClose } from './estate-name.ts'

const houseOf = (text: string, known?: ReadonlySet<string>): string => {
  const read = readAddress(text, known)
  return [read?.name, read?.building, read?.unit, read?.room].join(' ')
}

test('a room is told by its floor, and a short number before another is a staircase: two homes are never one', () => {
  assert.equal(houseOf('锦绣苑12幢2单元12楼01室'), '锦绣苑 12 2 1201')
  assert.equal(houseOf('锦绣苑12幢2单元11楼01室'), '锦绣苑 12 2 1101')
  assert.equal(houseOf('锦绣苑12幢2单元1201室'), '锦绣苑 12 2 1201')
  assert.equal(houseOf('锦绣苑12幢2单元3楼301室'), '锦绣苑 12 2 301')
  assert.equal(houseOf('锦绣苑12幢2-3'), '锦绣苑 12 2 3')
  assert.equal(houseOf('锦绣苑12幢2-4'), '锦绣苑 12 2 4')
})

/** Written by hand, as lists of the office, of firms and of landlords have them. */
const writings: Readonly<Record<string, readonly string[]>> = {
  '阳光花园 1 1 102': [
    '阳光花园小区1号楼1-102',
    '阳光花园一幢一单元一〇二室',
    '阳光花园1幢1单元102',
    '阳光花园１号楼１单元１０２',
    '阳光花园1-1-102',
    '阳光花园 1 1 102',
    '阳光花园1/1/102',
    '阳光花园住宅小区1#楼1单元102室',
    '江苏省无锡市惠山区堰桥街道堰丰社区阳光花园1栋1门102户',
    '惠山大道18号阳光花园1幢1梯102室',
    '惠山大道阳光花园1幢1单元102',
    '阳光花园（1幢）1单元102室（出租）',
    '阳光花園1棟1單元102室',
    '阳光花园壹幢壹单元壹零贰室',
    '阳光花园第1幢第1单元第102室',
    '阳光花园1幢1单元1楼102室南卧',
    '阳光花园01幢01单元102',
    '阳光花园1幢1单元102-A',
    '惠山经济开发区阳光花园1号楼1单元102号房',
  ],
  '阳光花园 3  102': ['阳光花园3#102', '阳光花园3号102', '阳光花园3-102', '阳光花园3栋102号', '阳光花园 3 座 102 房'],
  '阳光花园 12 2 301': [
    '阳光花园12一2一301',
    '阳光花园12#2-301',
    '阳光花园12+2+301',
    '小区：阳光花园，楼栋：12，单元：2，室：301',
  ],
  '阳光花园 23 1 302': ['阳光花园廿三幢一单元三〇二室'],
  '阳光花园 12甲  301': ['阳光花园12甲幢301室', '阳光花园十二甲号楼301'],
  '金色江南2期 3 1 102': ['金色江南第二期3幢1单元102', '金色江南Ⅱ期3-1-102', '金色江南（二期）3幢1单元102'],
  '文惠路128弄 5  301': ['文惠路128弄5号301室', '文惠路128弄五号三〇一室'],
  '东风村南埭 12  ': ['东风村南埭12号', '东风村南埭门牌12号'],
  '阳光花园 B  1203': ['阳光花园B座1203', '阳光花园Ｂ座1203室', '阳光花园b座1203'],
  '阳光花园 3 东 102': ['阳光花园3幢东单元102', '阳光花园三号楼东单元102室'],
  '阳光花园 3 B 1203': ['阳光花园3栋B座1203', '阳光花园3幢B单元1203室'],
  '阳光花园 3  5东': ['阳光花园3幢5楼东户', '阳光花园三幢五楼东户'],
  '阳光花园 3  ': ['阳光花园3幢', '堰桥社区阳光花园3号楼', '阳光花园3幢车库12号'],
  '阳光花园2期 12 1 1204': ['阳光花园二期12号楼1单元1204', '阳光花园2期12-1-1204'],
  '新和3组 12  ': [
    '新和村3组12号',
    '新和村三组12号',
    '新和村第三村民小组十二号',
    '堰桥镇新和村委会3组12号',
    '新和3队12号',
    '新和村三生产队12号',
  ],
  '惠山大道 18  ': ['惠山大道18号', '无锡市惠山区惠山大道18号', '惠山大道 18 号', '惠山大道１８号'],
  '惠山大道 18-6  ': ['惠山大道18-6号', '惠山大道18号附6号', '惠山大道18号之6'],
  '惠山大道18号 3  501': ['惠山大道18号3幢501', '惠山大道18号3号楼501室'],
  '万达广场 3  1201': [
    '万达广场3号写字楼1201',
    '万达广场3号写字楼1201室',
    '万达广场三号办公楼1201',
    '万达广场3幢写字楼1201室',
  ],
  '恒隆广场 B  1201': ['恒隆广场B座写字楼1201', '恒隆广场B座1201室'],
  '万达广场 12  ': ['万达广场12号楼B1车库', '万达广场12号楼车库'],
  '人民路 128  501': ['人民路128号501室'],
  '惠山SOHO 3  501': ['惠山SOHO3幢501室'],
  '万科城市之光 12 1 1204': ['万科城市之光12号楼1单元1204'],
  '阳光花园   ': ['阳光花园', '阳光花园小区', '惠山区阳光花园'],
}

test('one house in any common writing is one house', () => {
  for (const [house, texts] of Object.entries(writings))
    for (const text of texts) assert.equal(houseOf(text), house, text)
  assert.equal(readAddress('  '), undefined)
})

test('where an estate is known, its name ends where it is known to end', () => {
  const known = new Set(['阳光100', '阳光花园', '杨市嘉园'])
  assert.equal(houseOf('阳光10023幢501', known), '阳光100 23  501')
  assert.equal(houseOf('惠山区杨市嘉园3幢501', known), '杨市嘉园 3  501')
  assert.equal(houseOf('惠山大道8-1号阳光花园3-1-501', known), '阳光花园 3 1 501')
  assert.equal(houseOf('惠山大道18号（阳光花园）3幢501室', known), '阳光花园 3  501', 'in brackets, and no remark')
  assert.equal(houseOf('阳光1003幢商铺6号', known), '阳光100 3  ', 'of a shop as much as can be told')
  assert.equal(houseOf('新阳光花园3-1-501', known), '新阳光花园 3 1 501', 'a longer name is another one')
})

const same = [
  ['阳光花园', '阳光花园小区', '阳光花园住宅小区', '阳光花园 '],
  ['枫林一村', '枫林1村'],
  ['新和村3组', '新和村第三村民小组', '新和三队'],
  ['阳光花园二期', '阳光花园2期', '阳光花园（二期）'],
]
const close = [
  ['阳光花园', '阳光苑'],
  ['阳光花园', '阳光'],
  ['阳光花园', '阳广花园'],
  ['阳光花园', '洋光花园'],
  ['阳光花园', '新和村阳光花园'],
  ['江苏无锡金桂花园', '金桂花园'],
]
const apart = [
  ['阳光花园', '金桂花园'],
  ['阳光花园1期', '阳光花园2期'],
  ['枫林一村', '枫林二村'],
  ['人民东路', '人民西路'],
  ['人民路', '人民东路'],
  ['新和村3组', '新和村5组'],
  ['惠山大道', '惠山大道18号'],
  ['阳光花园', '老阳光花园'],
]

test('names of one estate are the same, near ones are asked about, what parts two places is never', () => {
  for (const names of same) assert.equal(new Set(names.map(estateName)).size, 1, names.join())
  for (const [a = '', b = ''] of same.map((s) => [s[0], s[1]])) assert.ok(!isClose(a, b), `${a} ${b}`)
  for (const [a = '', b = ''] of close) assert.ok(isClose(a, b) && isClose(b, a), `${a} ${b}`)
  for (const [a = '', b = ''] of apart) assert.ok(!isClose(a, b) && !isClose(b, a), `${a} ${b}`)
})
