/** Codes of an event as a workbook says them; a test holds them to the words of the screens. */
import type { Queue } from '@fengge/domain/events/contract/views'
import type { EventSource, EventStatus } from '@fengge/domain/events/terms'

export const statusNames: Readonly<Record<EventStatus, string>> = {
  reported: '待核实',
  verifying: '核实中',
  registered: '待派遣',
  dispatched: '待签收',
  'in-progress': '办理中',
  'return-requested': '申请退回',
  ruling: '责任裁定',
  'extend-requested': '申请延期',
  'suspend-requested': '申请挂账',
  suspended: '挂账',
  handled: '待核查',
  rework: '返工',
  verified: '待回访',
  callback: '回访中',
  'unreasonable-claimed': '待复核',
  closed: '已结案',
  reopened: '重新办理',
  rejected: '不予立案',
  merged: '已并案',
  cancelled: '已撤回',
  archived: '已归档',
}
export const queueNames: Readonly<Record<Queue, string>> = {
  all: '全部',
  'to-verify': '待核实',
  'to-dispatch': '待派遣',
  'to-handle': '待办理',
  'to-check': '待核查',
  'to-decide': '待审批',
  'to-call': '待回访',
  late: '已超期',
  mine: '我上报的',
}
export const sourceNames: Readonly<Record<EventSource, string>> = {
  'grid-worker': '网格员',
  liaison: '联络员',
  resident: '居民',
  hotline: '12345 热线',
  department: '部门',
  sensor: '感知设备',
  leader: '上级交办',
  inspection: '巡查',
  'sunk-officer': '部门下沉人员',
  window: '窗口来访',
}
export const levelNames: Readonly<Record<number, string>> = { 1: '村（社区）', 2: '镇（街道）', 3: '县（市、区）' }
export const supervisionNames: Readonly<Record<number, string>> = {
  0: '无',
  1: '普通督办',
  2: '黄牌督办',
  3: '红牌督办',
}
