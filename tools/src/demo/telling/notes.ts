/** What people of the demo write beside their acts, by the class of the matter. */
import type { Dice } from '../random.ts'

interface Notes {
  readonly extension: readonly (readonly [why: string, plan: string])[]
  readonly failed: readonly string[]
  readonly again: readonly string[]
}

const notes: Readonly<Record<string, Notes>> = {
  '10': {
    extension: [
      ['一方当事人出差在外，约定返锡后面谈', '双方到场后三日内签协议'],
      ['需等评估机构出具维修报价', '报价出来当天组织第二次调解'],
    ],
    failed: ['一方反映约定款项尚未到账', '回访时双方对协议第二条仍有不同说法', '当事人说只口头答应，没有签字'],
    again: ['再次约双方到场，补签书面协议并当面兑现。', '督促履行到位，已核对转账记录。'],
  },
  '20': {
    extension: [
      ['需调取沿线监控逐段比对', '监控调齐后两日内反馈'],
      ['房东在外地，约定到场时间', '到场当天落实整改'],
    ],
    failed: ['夜间回看，同样情况又出现', '只做了登记，现场没有变化'],
    again: ['安排夜间连续值守，未再出现。', '会同房东到场落实，现场已恢复。'],
  },
  '30': {
    extension: [
      ['所需配件需向厂家订购', '到货后一天内完成更换'],
      ['施工队已排期，需等设备进场', '进场后两天完工'],
    ],
    failed: ['复查时同一位置又有堆放', '标识已贴，但隐患部位未动', '照片与现场不是同一处'],
    again: ['重新清理并固定专人每日查看。', '隐患部位已更换，复测合格。'],
  },
  '40': {
    extension: [
      ['材料待上级窗口复核', '复核通过后当天告知本人'],
      ['本人住院，约定出院后办理', '出院后三日内上门办结'],
    ],
    failed: ['本人表示还没有收到结果', '只电话联系过一次，未上门'],
    again: ['已上门当面说明并办妥手续。', '与窗口核对后补办，结果已送达。'],
  },
  '50': {
    extension: [
      ['连续阴雨，沥青无法铺设', '放晴后两天内完工'],
      ['养护材料在途', '到货后一天内完成'],
    ],
    failed: ['清了一半，背面还有', '第二天早上又摆出来了', '修补处边缘仍有松动'],
    again: ['重新清理到位，增加早晚各一次巡查。', '返工铺设并压实，已撒水试验。'],
  },
}
const notesOf = (category: string): Notes => notes[category.slice(0, 2)] ?? notes['50']!

export const extensionOf = (category: string, dice: Dice) => {
  const [note, plan] = dice.pick(notesOf(category).extension)
  return { note, plan }
}
export const failureOf = (category: string, dice: Dice) => dice.pick(notesOf(category).failed)
/** The result of work done a second time. */
export const againOf = (category: string, dice: Dice) => `按核查意见返工：${dice.pick(notesOf(category).again)}`

const refusals = ['到现场核实，未发现所述情况', '电话联系反映人，对方表示已自行解决', '核实系误报，已向反映人说明']
const upwards = [
  '涉及多个社区，需上一级统一协调',
  '需专业部门执法权限，本级无法处置',
  '已劝导两次仍不改正，申请上级处置',
]
const returns = [
  '经核对部门职责清单，该事项不由本单位承办，建议改派',
  '现场权属不在本单位养护范围，附养护移交单',
  '该事项须由有执法权的部门先行认定，建议改派',
]
const rulings = ['依职责清单裁定由你单位牵头，不得再退', '同类事项此前由你单位承办，裁定继续负责']
const passes = ['现场已复核，处理到位', '与当事人当面确认', '看过现场，符合要求', '']
const satisfied = ['来电人表示满意', '当面回访，居民认可', '电话回访，问题已解决', '']
const unsatisfied = ['反映人说问题又出现了', '反映人认为只做了表面处理']

export const refusalOf = (dice: Dice) => dice.pick(refusals)
export const upwardOf = (dice: Dice) => dice.pick(upwards)
export const returnOf = (dice: Dice) => dice.pick(returns)
export const rulingOf = (dice: Dice) => dice.pick(rulings)
export const passOf = (dice: Dice) => dice.pick(passes)
export const satisfiedOf = (dice: Dice) => dice.pick(satisfied)
export const unsatisfiedOf = (dice: Dice) => dice.pick(unsatisfied)
