/** How an event of the demo begins: by a worker on his round, a resident or the hotline. */
import type { EventCore } from '@fengge/domain/events/terms'
import { reportAsResident, reportInside } from '@fengge/server/events/door'
import { submitTicket } from '@fengge/server/events/commands/submit-ticket'
import { findEvent } from '@fengge/server/events/store/event'
import { actAs } from '@fengge/server/kernel/act-as'
import { residentCaller } from '@fengge/server/kernel/context'
import type { Beginning } from './beginnings.ts'
import type { CallerOf, Stage } from './live-through.ts'
import { inventName } from './people.ts'
import type { Told } from './telling/stories.ts'

/** A beginning as it is told. */
interface Report extends Pick<Told, 'title' | 'content' | 'placeText'> {
  readonly id: string
  readonly categoryCode: string
  readonly point: { lng: number; lat: number }
}

export async function beginEvent(stage: Stage, start: Beginning, callerOf: CallerOf): Promise<EventCore> {
  const { dice, engine, county } = stage
  const told = stage.tell(start.story, stage.groundOf(start.gridId), start.source)
  const { title, content, placeText } = told
  const report = {
    id: dice.id(start.at),
    title,
    content,
    placeText,
    categoryCode: start.category.code,
    point: start.point,
  }
  if (start.source === 'grid-worker') {
    const core = await reportedByWorker(stage, start, report, callerOf)
    stage.told.set(core.id, told)
    return core
  }
  const id =
    start.source === 'resident'
      ? await reportedByResident(stage, start, report)
      : await calledIn(stage, start, report, callerOf)
  stage.told.set(id, told)
  return (await findEvent(engine.database.read, county, id))!.core
}

async function reportedByResident({ engine, county, dice }: Stage, start: Beginning, report: Report): Promise<string> {
  await actAs(engine, residentCaller(county), 'demo:report', (ctx) =>
    reportAsResident(ctx, { ...report, gridId: start.gridId, name: inventName(dice), phone: '', stopNoticeRead: true }),
  )
  return report.id
}

async function calledIn(
  { engine, cast, dice }: Stage,
  start: Beginning,
  { title, content, placeText, categoryCode, point }: Report,
  callerOf: CallerOf,
): Promise<string> {
  const hotline = (await callerOf(cast.hotline))!
  const ticketNo = `T${start.at.toString(36)}${dice.int(1e6)}`.toUpperCase()
  const taken = await actAs(engine, hotline, 'demo:call', (ctx) =>
    submitTicket(ctx, {
      ticketNo,
      title,
      content,
      placeText,
      categoryCode,
      point,
      callerName: inventName(dice),
      isSecret: false,
    }),
  )
  return taken.id
}

async function reportedByWorker(
  { engine, cast }: Stage,
  start: Beginning,
  told: Report,
  callerOf: CallerOf,
): Promise<EventCore> {
  const worker = (await callerOf(cast.workers.get(start.gridId)!))!
  const report = {
    ...told,
    requestId: told.id,
    source: 'grid-worker' as const,
    urgency: 0 as const,
    scale: 'single' as const,
    people: 0,
    gridId: start.gridId,
    occurredAt: null,
    evidenceIds: [],
    stopNoticeRead: true,
  }
  return (await actAs(engine, worker, 'demo:report', (ctx) => reportInside(ctx, report, 'grid-worker'))).core
}
