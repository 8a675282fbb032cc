/** Alarms of devices: the event that one makes, by the one path, and the event that takes more of them. */
import type { EventCore, Urgency } from '@fengge/domain/events/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { fallbackCategory } from './submit-ticket.ts'
import { ruleBook } from '../rule-book.ts'
import { lockEvent } from '../store/event.ts'
import { asCitizen, findSite, takeInNow } from '../take-in.ts'

export interface DeviceAlarm {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly placeText: string
  readonly point: { readonly lng: number; readonly lat: number } | null
  /** Where the device stands, as far as is known; else it is the county's desk's. */
  readonly placeId: string | null
  readonly categoryCode: string
  readonly urgency: Urgency
  readonly occurredAt: number
}

/** An alarm never bounces: where its category is no longer in force it is a matter of ordinary kind. */
export async function reportAlarm(ctx: Ctx, alarm: DeviceAlarm): Promise<EventCore> {
  const { categoryCode, placeId, occurredAt, ...said } = alarm
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const category =
    book.category(categoryCode, ctx.now) ??
    book.category(fallbackCategory, ctx.now) ??
    refuse('category.unknown', 422, { code: categoryCode })
  const gridId = placeId !== null && placeTree(ctx).get(placeId) ? placeId : null
  const { core } = await takeInNow(ctx, {
    report: {
      ...said,
      people: 0,
      scale: 'single',
      occurredAt: new Date(occurredAt).toISOString(),
      evidenceIds: [],
    },
    source: 'sensor',
    category,
    site: findSite(ctx, { gridId, point: null }, undefined),
    post: null,
    reporter: asCitizen(ctx, '', '', false),
  })
  return core
}

/** The event that an alarm may be counted on, held so that nobody ends it meanwhile: itself, or what it was joined to. */
export async function holdForAlarm(ctx: Ctx, eventId: string): Promise<EventCore | undefined> {
  let core = (await lockEvent(ctx.tx, ctx.caller.countyCode, eventId))?.core
  const seen = new Set<string>()
  while (core?.mergedInto && core.status === 'merged' && !seen.has(core.id)) {
    seen.add(core.id)
    core = (await lockEvent(ctx.tx, ctx.caller.countyCode, core.mergedInto))?.core
  }
  return core
}
