/** A call of the 12345 hotline comes in (requirement E3, D3; domain.md D4). */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { submitTicket as promise, HotlineCall } from '@fengge/domain/events/contract/rules'
import { plainNumber } from '@fengge/domain/events/forms/caller'
import { partsOf, type Hand } from '@fengge/domain/events/secrecy'
import { postsWith, type Asking, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { ruleBook } from '../rule-book.ts'
import { findByCall, type EventRecord } from '../store/event.ts'
import { saveParts } from '../store/parts.ts'
import { saveExample } from '../store/learning.ts'
import { guessLabels } from '../suggest.ts'
import { asCitizen, findSite, isOutside, takeInNow, type Reported } from '../take-in.ts'

/** What nothing fits is a matter of. */
export const fallbackCategory = '4012'

/** Takes a call; the same call again changes nothing and gets the same event. Another one under its number is refused. */
export async function submitTicket(ctx: Ctx, call: HotlineCall): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const known = await findKnown(ctx, call)
  if (known) return { id: known.id, no: known.no, isNew: false, status: known.core.status }
  const { point = null, externalDueAt } = call
  const area = findArea(ctx, call)
  const id = freshId(ctx.now)
  const { no, core } = await takeInNow(ctx, {
    report: reportOf(call, id),
    source: 'hotline',
    category: await chooseCategory(ctx, call),
    // A call never bounces: where its point cannot be right, its area or the county's desk has it.
    site: findSite(ctx, { gridId: null, point: point && isOutside(ctx, point) ? null : point }, area?.id),
    post: postsWith(ctx.caller, 'hotline.submit')[0] ?? null,
    hotline: { no: call.ticketNo, externalDueAt: externalDueAt === undefined ? null : Date.parse(externalDueAt) },
    reporter: asCitizen(ctx, call.callerName, plainNumber(call.callerPhone ?? '')),
    isSecret: call.isSecret,
  })
  if (core.isSensitive) await saveParts(ctx.tx, county, id, partsOf(core, handOf(ctx)))
  else await learnTopic(ctx, call, id)
  return { id, no, isNew: true, status: core.status }
}

/** Who took the call, for the whole county. */
const handOf = ({ caller }: Ctx): Hand => ({ accountId: caller.accountId, placeId: null, departmentId: null })

/** Sees to it that nothing about a call would be refused. */
export async function judgeCall(ctx: Asking, call: HotlineCall): Promise<void> {
  if (await findKnown(ctx, call)) return
  findArea(ctx, call)
  await findCategory(ctx, call)
}

async function findKnown(ctx: Asking, call: HotlineCall): Promise<EventRecord | undefined> {
  const known = await findByCall(ctx.tx, ctx.caller.countyCode, call.ticketNo)
  if (known && !isSame(known, call)) refuse('event.ticket-taken', 409, { ticketNo: call.ticketNo })
  return known
}

const findArea = (ctx: Asking, { areaCode }: HotlineCall) =>
  areaCode === undefined ? undefined : (placeTree(ctx).byCode(areaCode) ?? refuse('place.unknown', 422))

/** The category that a call was given, where it was given one. */
async function findCategory(ctx: Asking, { categoryCode: code }: HotlineCall) {
  if (code === undefined) return undefined
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  return book.category(code, ctx.now) ?? refuse('category.unknown', 422, { code })
}

/** What the hotline called it teaches what to suggest; what was told in confidence teaches nothing. */
async function learnTopic(ctx: Ctx, call: HotlineCall, id: string): Promise<void> {
  if (!call.topic) return
  const text = `${call.title}\n${call.content.slice(0, 3000)}`
  await saveExample(ctx.tx, ctx.caller.countyCode, { kind: 'topic', id, label: call.topic, text, at: ctx.now })
}

/** Whether it is the same call: nothing that was told is let fall because its number is there. */
const isSame = (known: EventRecord, call: HotlineCall): boolean =>
  known.core.source === 'hotline' && known.title === call.title && known.content === call.content

function reportOf(call: HotlineCall, id: string): Reported {
  return {
    id,
    title: call.title,
    content: call.content,
    placeText: call.placeText,
    point: call.point ?? null,
    people: 0,
    scale: 'single',
    urgency: 0,
    occurredAt: call.receivedAt ?? null,
    evidenceIds: [],
  }
}

/** The category given, else the likeliest one of ordinary kind; nothing ever bounces for want of one (C7). */
async function chooseCategory(ctx: Asking, call: HotlineCall) {
  const given = await findCategory(ctx, call)
  if (given) return given
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const [best] = (await guessLabels(ctx, ctx.caller.countyCode, call.title, call.content.slice(0, 3000))).categories
  const guessed = best && best.share >= 0.2 ? book.category(best.code, ctx.now) : undefined
  return (
    guessed ?? book.category(fallbackCategory, ctx.now) ?? refuse('category.unknown', 422, { code: fallbackCategory })
  )
}
