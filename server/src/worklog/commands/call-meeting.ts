import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { callMeeting as promise } from '@fengge/domain/worklog/contract'
import { meetingCalled } from '@fengge/domain/worklog/facts'
import { writeAgenda } from '@fengge/domain/worklog/meetings'
import type { Meeting } from '@fengge/domain/worklog/terms'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { findOpenMatters, listServing } from '../queries/open-matters.ts'
import { insertMeeting } from '../store.ts'
import { gridsOf, viewMeeting } from '../view-meeting.ts'

/** Calls a meeting: everybody who serves at the place is asked, and what is open there is the agenda. */
export async function callMeeting(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Meeting> {
  const county = ctx.caller.countyCode
  const tree = placeTree(ctx)
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'meeting.hold', ask.placeId, tree.contains)
  const grids = gridsOf(ctx, ask.placeId)
  const serving = await listServing(ctx.tx, [...grids, ask.placeId], dayOf(ctx.now))
  const attendance = serving.map((s) => ({ ...s, state: 'asked' as const }))
  const agenda = writeAgenda(await findOpenMatters(ctx.tx, county, grids, ctx.now), ask.more, ctx.now)
  const meeting = await insertMeeting(ctx.tx, county, { ...ask, agenda, attendance }, ctx.caller.accountId)
  ctx.tell(meetingCalled, { agenda: agenda.length, asked: attendance.length }, ask.id, post)
  return viewMeeting(ctx, meeting)
}
