/** Invented names, offices and staff for the demo county. Nobody named here exists. */
import type { Dice } from './random.ts'

const surnames = Array.from(
  '王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙黎史陶贺毛郝顾龚邵万覃武钱严莫孔向',
)
const given = Array.from(
  '伟芳娜敏静丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红玲建国文辉力海宁晨宇浩雪梅琳欣怡佳思雨嘉俊博志鹏',
)

export function inventName(dice: Dice): string {
  return dice.pick(surnames) + dice.pick(given) + (dice.chance(0.7) ? dice.pick(given) : '')
}

/** Departments a town has, and those a county has; the kinds are the leads of the catalogue. */
export const townOffices: readonly (readonly [kind: string, name: string])[] = [
  ['centre-office', '网格化服务管理中心'],
  ['police', '派出所'],
  ['justice', '司法所'],
  ['housing', '建设管理办公室'],
  ['human-resources', '人力资源和社会保障所'],
  ['market', '市场监督管理分局'],
  ['civil-affairs', '社会事务办公室'],
  ['emergency', '应急管理办公室'],
  ['fire', '消防救援站'],
  ['urban', '综合行政执法队'],
  ['works', '市政管理所'],
  ['health', '卫生健康办公室'],
  ['agriculture', '农业农村办公室'],
  ['environment', '生态环境办公室'],
  ['water', '水利站'],
  ['education', '教育办公室'],
  ['transport', '交通管理所'],
  ['natural-resources', '自然资源所'],
  ['gas', '燃气服务站'],
  ['power', '供电所'],
  ['utilities', '公用事业服务站'],
]
export const countyOffices: readonly (readonly [kind: string, name: string])[] = [
  ['police', '公安分局'],
  ['justice', '司法局'],
  ['housing', '住房和城乡建设局'],
  ['human-resources', '人力资源和社会保障局'],
  ['market', '市场监督管理局'],
  ['civil-affairs', '民政局'],
  ['emergency', '应急管理局'],
  ['fire', '消防救援大队'],
  ['urban', '城市管理局'],
  ['works', '市政公用服务中心'],
  ['health', '卫生健康委员会'],
  ['agriculture', '农业农村局'],
  ['environment', '生态环境局'],
  ['water', '水利局'],
  ['education', '教育局'],
  ['transport', '交通运输局'],
  ['natural-resources', '自然资源和规划局'],
  ['finance', '地方金融监管局'],
  ['petition', '信访局'],
  ['discipline', '纪律检查委员会'],
  ['data', '数据局'],
  ['centre-office', '网格化服务管理中心'],
  ['utilities', '供水供气协调中心'],
  ['power', '供电公司'],
  ['gas', '燃气公司'],
]

const estates = [
  '阳光苑',
  '柳岸新村',
  '金桂花园',
  '和平里',
  '东方华庭',
  '南苑小区',
  '新城佳园',
  '河畔名居',
  '枫林小区',
  '春晓苑',
  '锦绣江南',
  '老街片区',
  '翠竹园',
  '安居苑',
  '福源里',
]
const spots = ['幢楼下', '幢楼道', '幢东侧路口', '幢地下车库', '幢北门', '幢前绿化带']

/** A spot that sounds like one. */
export function inventSpot(dice: Dice): string {
  return `${dice.pick(estates)}${1 + dice.int(40)}${dice.pick(spots)}`
}

const sentences: Record<string, readonly string[]> = {
  10: ['双方多次争执，社区上门了解情况。', '当事人情绪激动，希望尽快调解。', '已劝离现场，约定择日协商。'],
  20: ['附近居民反映多日，请有关部门核实。', '夜间较为明显，影响休息。', '已提醒周边住户注意防范。'],
  30: ['现场巡查发现，存在安全风险，需尽快整改。', '已口头提醒，当事人表示配合。', '连续两次巡查仍未改善。'],
  40: ['居民希望了解办理流程并得到帮助。', '家庭情况特殊，需要上门服务。', '多位居民有同样需求。'],
  50: ['影响通行和环境，建议尽快处理。', '已拍照，范围约二十米。', '雨后更加严重。'],
}
export function inventContent(
  category: string,
  name: string,
  spot: string,
  dice: Dice,
): { title: string; content: string } {
  const lines = sentences[category.slice(0, 2)] ?? sentences['50']!
  return {
    title: Array.from(`${spot}${name}`).slice(0, 50).join(''),
    content: `${spot}发现${name}问题。${dice.pick(lines)}${dice.chance(0.4) ? dice.pick(lines) : ''}`,
  }
}
