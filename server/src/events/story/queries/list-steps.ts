/** The steps of an event as they are shown; of a long life a page at a time. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listSteps as promise } from '@fengge/domain/events/contract/steps'
import type { FlowRow } from '@fengge/domain/events/contract/views'
import { onFile } from '@fengge/domain/kernel/text'
import type { Asking } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/problems.ts'
import { placeTree } from '../../../places/door.ts'
import { reachOf } from '../../reach.ts'
import { namesIn, ruleBook } from '../../rule-book.ts'
import { findVisible, type EventRecord } from '../../store/event.ts'
import { listStepsAfter, type FlowStep } from '../../store/flow.ts'
import { listReporters, type Reporter } from '../../store/reporters.ts'

export async function listSteps(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const record = (await findVisible(ctx.tx, ask.id, reachOf(ctx))) ?? refuse('event.not-found', 404)
  const county = ctx.caller.countyCode
  const [steps, reporters] = await Promise.all([
    listStepsAfter(ctx.tx, county, { eventId: record.id, after: ask.after }),
    listReporters(ctx.tx, county, record.id),
  ])
  return { steps: await viewSteps(ctx, { record, reporters }, steps) }
}

interface Of {
  readonly record: EventRecord
  readonly reporters: readonly Reporter[]
}

/** With the names in their details; who told of staff stands in none of them, by name or office, but for himself. */
export async function viewSteps(ctx: Asking, of: Of, steps: readonly FlowStep[]): Promise<FlowRow[]> {
  const { departments } = await ruleBook(ctx, ctx.caller.countyCode)
  const tellers = tellersAboutStaff(of.record, of.reporters)
  return steps.map(({ accountId, ...step }) => ({
    ...step,
    ...(accountId !== null && accountId !== ctx.caller.accountId && tellers.has(accountId) ? unnamed : {}),
    names: namesIn(step.detail, placeTree(ctx), departments),
  }))
}

const unnamed = { actorName: onFile, actorRole: null, actorOffice: null } as const

/** Whom of the staff a reveal alone names (reveal-reporter). */
const tellersAboutStaff = ({ core }: EventRecord, reporters: readonly Reporter[]): ReadonlySet<string> =>
  new Set(core.isAboutStaff ? reporters.flatMap((r) => r.account_id ?? []) : [])
