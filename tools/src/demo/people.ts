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
