import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listMeetings as promise } from '@fengge/domain/worklog/contract'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { idsWithin, placeTree } from '../../places/door.ts'
import { listMeetingRows } from '../store.ts'
import { viewMeetings } from '../view-meeting.ts'

/** Meetings of the caller's places, of those above and below them; the newest first. */
export async function listMeetings(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const places = postsWith(ctx.caller, ['visit.read', 'visit.write']).map((p) => p.placeId)
  const isAsked = (at: string) => ask.placeId === undefined || tree.contains(ask.placeId, at)
  const above = places.flatMap((p) => tree.line(p).map((node) => node.id))
  const mine = [...new Set([...idsWithin(tree, places), ...above])].filter(isAsked)
  return { meetings: await viewMeetings(ctx, await listMeetingRows(ctx.tx, ctx.caller.countyCode, mine)) }
}
