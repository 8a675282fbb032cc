/** Reports an event from a post, in one statement with what is reported at the same moment. */
import { isTypedForAnother, keptOf, type Caller } from '@fengge/domain/events/forms/caller'
import type { EventSource } from '@fengge/domain/events/terms'
import type { reportEvent as promise } from '@fengge/domain/events/contract/desk'
import { postsWith, type Asking, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Inserting } from '../../kernel/run-call.ts'
import { intakeSinks } from '../store/take-in.ts'
import { asAccount, asCitizen, findSite, judgeCategory, judgeTime, takeIn } from '../take-in.ts'

/** Which sources a role may report as; everything else would be borrowed plumage. */
const sourceOfRole: Record<string, EventSource> = {
  'grid-worker': 'grid-worker',
  'part-time-worker': 'grid-worker',
  liaison: 'liaison',
  'hotline-operator': 'hotline',
  'sunk-officer': 'sunk-officer',
  handler: 'department',
  'department-head': 'department',
  inspector: 'inspection',
  leader: 'leader',
  'grid-leader': 'inspection',
  'deputy-leader': 'inspection',
  'legal-officer': 'inspection',
  'village-officer': 'inspection',
  dispatcher: 'inspection',
  'duty-chief': 'inspection',
}

/** Who has a window at which people come in. */
const windowRoles: ReadonlySet<string> = new Set(['village-officer', 'dispatcher', 'duty-chief', 'hotline-operator'])

const asCaller = (ctx: Asking, { name, phone, isAnswerWanted }: Caller) => asCitizen(ctx, name, phone, isAnswerWanted)

const instantOf = (moment: string | undefined) => (moment === undefined ? null : Date.parse(moment))

/** What a report writes into. */
export const reportSinks = intakeSinks

export const reportEvent: Inserting<typeof promise, typeof reportSinks> = async (ctx, ask) => {
  const post = pickPost(ctx, ask.source)
  const category = await judgeCategory(ctx, ask.categoryCode, ask.stopNoticeRead)
  judgeTime(ctx, ask.occurredAt)
  const source = isTypedForAnother(ask.source) ? ask.source : (sourceOfRole[post.roleCode] ?? 'grid-worker')
  // The number and the date of a call are the hotline's to give: by anybody else they would stand in the way of the call itself.
  const isCall = ask.ticketNo !== undefined || ask.externalDueAt !== undefined
  if (isCall && source !== 'hotline') refuse('event.source-not-yours', 403)
  const { core, no, followCode, rows } = await takeIn(ctx, {
    report: ask,
    source,
    category,
    site: findSite(ctx, ask, post.placeId),
    post,
    reporter: isTypedForAnother(source) ? asCaller(ctx, keptOf(ask.caller)) : asAccount(ctx, ask.onBehalfOf),
    isSecret: ask.isSecret ?? false,
    ...(isCall ? { hotline: { no: ask.ticketNo ?? null, externalDueAt: instantOf(ask.externalDueAt) } } : {}),
  })
  const dueAt = core.dueAt === null ? null : new Date(core.dueAt).toISOString()
  return { reply: { id: core.id, no, status: core.status, dueAt, followCode }, rows }
}

/** The post one reports from; a source that none of one's posts stands for is refused. */
function pickPost(ctx: Asking, source: EventSource): Post {
  const posts = postsWith(ctx.caller, 'event.report')
  return (
    posts.find((p) => sourceOfRole[p.roleCode] === source) ??
    (source === 'window' ? posts.find((p) => windowRoles.has(p.roleCode)) : undefined) ??
    (source === 'grid-worker' ? posts[0] : undefined) ??
    refuse('event.source-not-yours', 403)
  )
}
