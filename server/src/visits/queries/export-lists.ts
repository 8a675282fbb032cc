/** Tasks and results of campaigns as workbooks: the rows of their lists, in words. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import type {
  exportCampaigns as campaignsPromise,
  exportTasks as tasksPromise,
} from '@fengge/domain/visits/contract/desk'
import { dropWords } from '@fengge/web/words/field.ts'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { word } from '@fengge/web/words/terms.ts'
import type { Asking } from '../../kernel/context.ts'
import type { ListSheet } from '../../kernel/workbooks/send-list.ts'
import { listCampaigns } from './list-campaigns.ts'
import { tasksOf } from './list-tasks.ts'
import { placeName } from './place-name.ts'

const stateNames: Readonly<Record<AskOf<typeof tasksPromise>['state'], string>> = {
  open: '待做',
  late: '逾期',
  done: '已完成',
  dropped: '已撤销',
}
const zh = (table: Parameters<typeof word>[0], code: string) => word(table, code, 'zh')

export async function sheetOfTasks(ctx: Asking, ask: AskOf<typeof tasksPromise>): Promise<ListSheet> {
  const { rows, total } = await tasksOf(ctx, { ...ask, size: listExportLimit })
  const place = placeName(ctx, ask.placeId ?? null)
  return {
    name: ['任务清单', 'tasks'],
    fact: 'tasks.exported',
    subject: ask.originId ?? ask.placeId ?? ctx.caller.accountId ?? '',
    purpose: ask.purpose,
    filter: [['状态', stateNames[ask.state]], ...(place === null ? [] : [['区域', place] as const])],
    header: ['任务内容', '说明', '依据事项', '网格', '期限', '状态', '未遇次数', '上门注意', '完成日期', '撤销理由'],
    rows: rows.map((t) => [
      t.title,
      t.note,
      t.matterName,
      t.gridName,
      t.dueOn,
      t.state === 'open' ? '待做' : stateNames[t.state],
      t.tries,
      t.cautions.map((c) => zh(cautionWords, c)).join('、'),
      t.doneOn,
      t.dropReason === '' ? '' : zh(dropWords, t.dropReason),
    ]),
    total,
  }
}

/** A line for each area of each campaign; how many were visited, never what was found. */
export async function sheetOfCampaigns(ctx: Asking, ask: AskOf<typeof campaignsPromise>): Promise<ListSheet> {
  const { campaigns } = await listCampaigns(ctx, ask)
  const chosen = campaigns.filter((c) => ask.campaignId === undefined || c.id === ask.campaignId)
  const rows = chosen.flatMap((c) =>
    [...c.areas, { name: '合计', total: c.total, done: c.done }].map((area) => [
      c.name,
      c.matterName,
      c.placeName,
      `${c.fromOn} 至 ${c.toOn}`,
      c.isOpen ? '进行中' : '已结束',
      area.name,
      area.total,
      area.done,
      area.total === 0 ? '' : `${Math.round((area.done / area.total) * 100)}%`,
    ]),
  )
  const only = ask.campaignId === undefined ? undefined : chosen[0]?.name
  return {
    name: ['专项行动结果', 'campaigns'],
    fact: 'campaigns.exported',
    subject: ask.campaignId ?? ask.placeId ?? ctx.caller.accountId ?? '',
    purpose: ask.purpose,
    filter: only === undefined ? [] : [['专项行动', only]],
    header: ['专项行动', '依据事项', '范围', '起止', '状态', '区域', '应走访', '已完成', '完成率'],
    rows,
    total: rows.length,
  }
}
