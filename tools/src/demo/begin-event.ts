/** How an event of the demo begins: by a worker on his round, a resident or the hotline. */
import type { Category, EventCore } from '@fengge/domain/events/terms'
import { reportAsResident, reportInside } from '@fengge/server/events/door'
import { submitTicket } from '@fengge/server/events/commands/submit-ticket'
import { findEvent } from '@fengge/server/events/store/event'
import { actAs } from '@fengge/server/kernel/act-as'
import { residentCaller } from '@fengge/server/kernel/context'
import type { CallerOf, Stage } from './live-through.ts'
import { inventContent, inventName, inventSpot } from './people.ts'

export interface Beginning {
  readonly at: number
  readonly category: Category
  readonly gridId: string
  readonly point: { lng: number; lat: number }
  readonly source: 'grid-worker' | 'resident' | 'hotline'
}

/** What is said of it, whoever says it. */
interface Told {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly categoryCode: string
  readonly point: { lng: number; lat: number }
}

export async function beginEvent(stage: Stage, start: Beginning, callerOf: CallerOf): Promise<EventCore> {
  const { dice, engine, county } = stage
  const placeText = inventSpot(dice)
  const { title, content } = inventContent(start.category.code, start.category.name, placeText, dice)
  const { point, category } = start
  const told = { id: dice.id(start.at), title, content, placeText, categoryCode: category.code, point }
  if (start.source === 'grid-worker') return reportedByWorker(stage, start, told, callerOf)
  const id =
    start.source === 'resident'
      ? await reportedByResident(stage, start, told)
      : await calledIn(stage, start, told, callerOf)
  return (await findEvent(engine.database.read, county, id))!.core
}

async function reportedByResident({ engine, county, dice }: Stage, start: Beginning, told: Told): Promise<string> {
  await actAs(engine, residentCaller(county), 'demo:report', (ctx) =>
    reportAsResident(ctx, { ...told, gridId: start.gridId, name: inventName(dice), phone: '', stopNoticeRead: true }),
  )
  return told.id
}

async function calledIn(
  { engine, cast, dice }: Stage,
  start: Beginning,
  { title, content, placeText, categoryCode, point }: Told,
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
  told: Told,
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
