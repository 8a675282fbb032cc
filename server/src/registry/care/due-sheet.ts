/**
 * Visits that are due to those whom a keeper cares for, as a workbook that says neither who it is nor why: names masked,
 * one line for each person whatever the reasons, the file called by what it is for. Source: requirements.md R3; domain.md B3.
 */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { maskName } from '@fengge/domain/kernel/text'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import type { exportCareDue as promise } from '@fengge/domain/registry/care/contract'
import { cautionWords } from '@fengge/web/words/registry.ts'
import { word } from '@fengge/web/words/terms.ts'
import type { Asking } from '../../kernel/context.ts'
import type { ListSheet } from '../../kernel/workbooks/send-list.ts'
import { placeTree } from '../../places/door.ts'
import { gridName } from '../sight.ts'
import { listCareDue } from '../store/care-due.ts'

export async function sheetOfCareDue(ctx: Asking, ask: AskOf<typeof promise>): Promise<ListSheet> {
  const today = dayOf(ctx.now)
  const dueBy = ask.dueBy ?? today
  const people = await listCareDue(ctx.tx, ctx, { placeId: ask.placeId, before: addDays(dueBy, 1), today })
  const place = ask.placeId === undefined ? undefined : placeTree(ctx).get(ask.placeId)?.name
  return {
    name: ['到期走访清单', 'visits-due'],
    fact: 'registry.care-due-exported',
    subject: ask.placeId ?? ctx.caller.accountId ?? '',
    purpose: ask.purpose,
    filter: [['到期日', `${dueBy} 前`], ...(place === undefined ? [] : [['区域', place] as const])],
    header: ['网格', '姓名', '应走访日期', '是否超期', '上门注意'],
    rows: people.slice(0, listExportLimit).map((p) => {
      const dueOn = dayOf(p.due_at.getTime())
      const cautions = [...new Set(p.cautions)].map((c) => word(cautionWords, c, 'zh'))
      return [gridName(ctx, p), maskName(p.name), dueOn, dueOn < today ? '超期' : '', cautions.join('、')]
    }),
    total: people.length,
  }
}
