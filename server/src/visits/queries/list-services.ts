import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listServices as promise } from '@fengge/domain/visits/contract/worker'
import type { Service } from '@fengge/domain/visits/services'
import { StoredSteps } from '@fengge/domain/visits/stored'
import type { Asking } from '../../kernel/context.ts'
import { pageOf } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { servicesShown } from '../services-shown.ts'
import { apartFrom, inReach } from '../store/reach.ts'
import { askedByAt } from '../store/services.ts'
import { afterDay } from './after-day.ts'
import { placeName } from './place-name.ts'

type Held = Omit<Service, 'askedBy' | 'gridName' | 'steps'> & Pick<Row<'visits.service'>, 'steps' | 'shape'>

const pageSize = 100

/** Services by proxy in reach, those first that were promised first. */
export async function listServices(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const where = sql`
    ${inReach(ctx, ['visit.read', 'visit.write'], ask.placeId)} and ${apartFrom(ctx, 't.person_id')}
    ${ask.state === 'open' ? sql`and t.state not in ('told', 'withdrawn')` : sql``}
  `
  const found = await rowsOf<Held & { readonly asked: string }>(
    ctx.tx,
    sql`
      select
        t.id, t.no, t.what, t.asked_by_sealed as asked, t.person_id as "personId", t.grid_id as "gridId", t.state,
        t.due_on as "dueOn", t.taken_by as "takenBy", t.version, t.steps, t.shape
      from visits.service t
      where ${where} ${afterDay('t.due_on', ask.after)}
      order by t.due_on, t.id
      limit ${pageSize + 1}
    `,
  )
  const counted = await rowOf<{ n: number }>(
    ctx.tx,
    sql`select count(*)::int as n from visits.service t where ${where}`,
  )
  const { page, next } = pageOf(found, pageSize, (s) => [s.dueOn, s.id])
  if (page.length > 0) ctx.look('services.looked', ask.placeId ?? ctx.caller.countyCode, { services: page.length })
  const shown = servicesShown(ctx)
  return {
    services: page.map(({ asked, steps, shape, ...row }) =>
      shown({
        ...row,
        askedBy: ctx.sealer.open(asked, askedByAt(row.id)),
        gridName: placeName(ctx, row.gridId),
        steps: StoredSteps.read(steps, shape),
      }),
    ),
    total: counted?.n ?? 0,
    next,
  }
}
