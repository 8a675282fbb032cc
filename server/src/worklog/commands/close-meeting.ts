import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { closeMeeting as promise } from '@fengge/domain/worklog/contract'
import { meetingHeld } from '@fengge/domain/worklog/facts'
import { countAttendance } from '@fengge/domain/worklog/meetings'
import type { Meeting, Resolution } from '@fengge/domain/worklog/terms'
import { postsWith, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { admitOrder } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { makeTasks, oneSubject } from '../../visits/door.ts'
import { lockMeeting, saveMinutes, type HeldMeeting } from '../store.ts'
import { viewMeeting } from '../view-meeting.ts'

type Ask = AskOf<typeof promise>

/** Closes a meeting with its minutes: who came, and what was resolved becomes tasks of grids under matters in force. */
export async function closeMeeting(ctx: Ctx, ask: Ask): Promise<Meeting> {
  const county = ctx.caller.countyCode
  const meeting = await lockMeeting(ctx.tx, county, ask.id)
  if (!meeting || !maySpeakFor(ctx, meeting)) return refuse('meeting.unknown', 404)
  if (meeting.state !== 'called') refuse('meeting.closed', 409)
  if (meeting.version !== ask.version) refuse('meeting.stale', 409, { version: meeting.version })
  const resolutions: Resolution[] = []
  for (const resolved of ask.resolutions) resolutions.push(await sendOut(ctx, meeting, resolved))
  const attendance = countAttendance(meeting.attendance, ask.attendance)
  const held = await saveMinutes(ctx.tx, county, meeting, { minutes: ask.minutes, attendance, resolutions })
  const came = ask.attendance.filter((a) => a.state === 'came').length
  ctx.tell(meetingHeld, { came, resolutions: resolutions.length }, ask.id)
  return viewMeeting(ctx, held)
}

const maySpeakFor = (ctx: Ctx, meeting: HeldMeeting): boolean =>
  postsWith(ctx.caller, 'meeting.hold').some((p) => placeTree(ctx).contains(p.placeId, meeting.placeId))

/** Makes the task of a resolution, in a grid of the meeting's place. */
async function sendOut(ctx: Ctx, meeting: HeldMeeting, resolved: Ask['resolutions'][number]): Promise<Resolution> {
  const { text, gridId, dueOn, matterId, minutes } = resolved
  const today = dayOf(ctx.now)
  const tree = placeTree(ctx)
  if (dueOn < today) refuse('task.date', 422)
  if (tree.get(gridId)?.tier !== 'grid' || !tree.contains(meeting.placeId, gridId)) refuse('place.unknown', 422)
  await admitOrder(ctx, { door: 'meeting', matterId, minutes })
  const tasks = await makeTasks(
    ctx,
    matterId,
    {
      origin: 'meeting',
      originId: freshId(ctx.now),
      originName: meeting.title,
      formCode: 'patrol',
      title: text,
      minutes,
      priority: 6,
    },
    oneSubject(ctx, { kind: 'grid', id: gridId, gridId }, { earliestOn: today, dueOn }),
  )
  return { text, gridId, dueOn, tasks }
}
