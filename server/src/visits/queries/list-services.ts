import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { maskName } from '@fengge/domain/kernel/text'
import type { listServices as promise } from '@fengge/domain/visits/contract/worker'
import type { Service } from '@fengge/domain/visits/services'
import { StoredSteps } from '@fengge/domain/visits/stored'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { inReach } from '../store/reach.ts'
import { askedByAt } from '../store/services.ts'
import { placeName } from './place-name.ts'

type Held = Omit<Service, 'askedBy' | 'gridName' | 'steps'> & Pick<Row<'visits.service'>, 'steps' | 'shape'>

/** Services by proxy in reach, those first that were promised first. */
export async function listServices(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const rows = await rowsOf<Held & { readonly asked: string }>(
    ctx.tx,
    sql`
      select
        t.id, t.no, t.what, t.asked_by_sealed as asked, t.person_id as "personId", t.grid_id as "gridId", t.state,
        t.due_on as "dueOn", t.taken_by as "takenBy", t.version, t.steps, t.shape
      from visits.service t
      where ${inReach(ctx, ['visit.read', 'visit.write'], ask.placeId)}
        ${ask.state === 'open' ? sql`and t.state not in ('told', 'withdrawn')` : sql``}
      order by t.due_on
      limit 200
    `,
  )
  // Whoever plans reads how many there are and how far; whoever goes from door to door must know whom to tell.
  const shown = postsWith(ctx.caller, 'visit.write').length > 0 ? (name: string) => name : maskName
  return {
    services: rows.map(({ asked, steps, shape, ...row }) => ({
      ...row,
      askedBy: shown(ctx.sealer.open(asked, askedByAt(row.id))),
      gridName: placeName(ctx, row.gridId),
      steps: StoredSteps.read(steps, shape),
    })),
  }
}
