import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listMeetings as promise } from '@fengge/domain/worklog/contract'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { listMeetingRows } from '../store.ts'
import { viewMeeting } from '../view-meeting.ts'

/** Meetings of the caller's places, of those above and below them; the newest first. */
export async function listMeetings(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const tree = placeTree(ctx)
  const places = postsWith(ctx.caller, ['visit.read', 'visit.write']).map((p) => p.placeId)
  const isMine = (at: string) => places.some((p) => tree.contains(p, at) || tree.contains(at, p))
  const isAsked = (at: string) => ask.placeId === undefined || tree.contains(ask.placeId, at)
  const meetings = await listMeetingRows(ctx.tx, ctx.caller.countyCode)
  return { meetings: meetings.filter((m) => isMine(m.placeId) && isAsked(m.placeId)).map((m) => viewMeeting(ctx, m)) }
}
