/** A ticket of the 12345 hotline comes in (requirement E3, D3; domain.md D4). */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { submitTicket as promise, Ticket } from '@fengge/domain/events/contract/rules'
import { partsOf } from '@fengge/domain/events/secrecy'
import { postsWith, type Asking, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { ruleBook } from '../rule-book.ts'
import { findByTicket } from '../store/event.ts'
import { saveParts } from '../store/parts.ts'
import { saveExample } from '../store/learning.ts'
import { guessLabels } from '../suggest.ts'
import { asCitizen, findSite, takeInNow, type Reported } from '../take-in.ts'

const fallbackCategory = '4012'

/** Takes a ticket; the same number again changes nothing and gets the same event. */
export async function submitTicket(ctx: Ctx, ticket: Ticket): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const known = await findByTicket(ctx.tx, county, ticket.ticketNo)
  if (known) return { id: known.id, no: known.no, isNew: false, status: known.core.status }
  const { areaCode, point = null, externalDueAt } = ticket
  const area = areaCode === undefined ? undefined : (placeTree(ctx).byCode(areaCode) ?? refuse('place.unknown', 422))
  const id = freshId(ctx.now)
  const { no, core } = await takeInNow(ctx, {
    report: reportOf(ticket, id),
    source: 'hotline',
    category: await chooseCategory(ctx, ticket),
    site: findSite(ctx, { gridId: null, point }, area?.id),
    post: postsWith(ctx.caller, 'hotline.submit')[0] ?? null,
    ticket: { no: ticket.ticketNo, externalDueAt: externalDueAt === undefined ? null : Date.parse(externalDueAt) },
    reporter: asCitizen(ctx, ticket.callerName, ticket.callerPhone ?? ''),
    isSecret: ticket.isSecret,
  })
  if (core.isSensitive) await saveParts(ctx.tx, county, id, partsOf(core, ctx.caller.accountId))
  if (ticket.topic)
    await saveExample(ctx.tx, county, {
      kind: 'topic',
      id,
      label: ticket.topic,
      text: `${ticket.title}\n${ticket.content.slice(0, 3000)}`,
      at: ctx.now,
    })
  return { id, no, isNew: true, status: core.status }
}

function reportOf(ticket: Ticket, id: string): Reported {
  return {
    id,
    title: ticket.title,
    content: ticket.content,
    placeText: ticket.placeText,
    point: ticket.point ?? null,
    people: 0,
    scale: 'single',
    urgency: 0,
    occurredAt: ticket.receivedAt ?? null,
    evidenceIds: [],
  }
}

/** The category given, else the likeliest one of ordinary kind; nothing ever bounces for want of one (C7). */
async function chooseCategory(ctx: Asking, ticket: Ticket) {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  if (ticket.categoryCode !== undefined)
    return book.category(ticket.categoryCode, ctx.now) ?? refuse('category.unknown', 422, { code: ticket.categoryCode })
  const [best] = (await guessLabels(ctx, ctx.caller.countyCode, ticket.title, ticket.content.slice(0, 3000))).categories
  const guessed = best && best.share >= 0.2 ? book.category(best.code, ctx.now) : undefined
  return (
    guessed ?? book.category(fallbackCategory, ctx.now) ?? refuse('category.unknown', 422, { code: fallbackCategory })
  )
}
