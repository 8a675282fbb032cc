/** What stands behind a follow code: the event as its reporter may see it. */
import { cleanFollowCode, FollowCodePattern } from '@fengge/domain/events/event-number'
import { followerOf } from '@fengge/domain/events/actor'
import type { Action } from '@fengge/domain/events/acts'
import type { WorkCalendar } from '@fengge/domain/events/deadline'
import { isTypedForAnother } from '@fengge/domain/events/forms/caller'
import { availableActions } from '@fengge/domain/events/standing'
import { StoredDetail } from '@fengge/domain/events/stored'
import { hasCitizen, type EventCore, type EventSource } from '@fengge/domain/events/terms'
import type { Asking, Source } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { placeTree } from '../../places/door.ts'
import { namesIn, ruleBook } from '../rule-book.ts'
import { openChildren } from '../store/open-children.ts'
import { coreOf } from '../store/event.ts'

export interface FollowedStep {
  readonly action: string
  readonly from: string | null
  readonly to: string
  readonly at: Date
  /** The office of whoever took it; of a resident and of a clock none. */
  readonly office: string | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly names: Readonly<Record<string, string>>
}

export interface Followed {
  readonly county: string
  readonly reporterId: string
  readonly eventId: string
  readonly no: string
  readonly title: string
  readonly reportedAt: Date
  readonly core: EventCore
  readonly departmentName: string | null
  readonly deskPlaceId: string
  readonly score: number | null
  readonly isSolved: boolean | null
  readonly isLinked: boolean
  /** He has had it opened again once. */
  readonly hasReopened: boolean
  readonly originId: string
  readonly isCitizen: boolean
  /** He is one who wants to be told what came of it. */
  readonly isWaiting: boolean
  /** Somebody else typed his report and was given the code, or it is an account's: it shows how things stand and acts for nobody. */
  readonly isReadOnly: boolean
  /** The code may be in the hand of whom the matter must not be told: it shows that it was taken, and no more. */
  readonly isApart: boolean
  readonly withdrawnAt: Date | null
  readonly openChildren: number
  readonly calendar: WorkCalendar
  readonly flow: readonly FollowedStep[]
}

type FollowedRow = Omit<
  Followed,
  'flow' | 'departmentName' | 'core' | 'calendar' | 'isCitizen' | 'isWaiting' | 'isReadOnly' | 'isApart'
> &
  Pick<Row<'events.event'>, 'core' | 'core_shape'> & {
    readonly source: EventSource
    readonly wantsAnswer: boolean
    readonly accountId: string | null
  }

/** @param from with the sealer: a code is kept as a keyed digest; one of before is in clear until keys are changed */
export async function findFollowed(from: Source & Pick<Asking, 'sealer'>, code: string): Promise<Followed | undefined> {
  const clean = cleanFollowCode(code)
  if (!FollowCodePattern.test(clean)) return undefined
  const row = await rowOf<FollowedRow>(
    from.tx,
    sql`
      select
        r.county_code as county, r.id as "reporterId", e.id as "eventId", o.no, o.title,
        o.reported_at as "reportedAt", e.core, e.core_shape, e.desk_place_id as "deskPlaceId", r.score,
        r.is_solved as "isSolved", r.event_id <> r.origin_event_id as "isLinked",
        r.reopened_at is not null as "hasReopened",
        r.origin_event_id as "originId", o.source, r.withdrawn_at as "withdrawnAt",
        r.wants_answer as "wantsAnswer", r.account_id as "accountId",
        ${openChildren} as "openChildren"
      from events.reporter r
        join events.event e on e.county_code = r.county_code
        and e.id = r.event_id
        join events.event o on o.county_code = r.county_code
        and o.id = r.origin_event_id
      where r.follow_index = any(${from.sealer.indexes(clean)}::text[]) or r.follow_code = ${clean}
    `,
  )
  if (!row) return undefined
  const { core_shape: _shape, source, wantsAnswer, accountId, ...rest } = row
  const core = coreOf(row)
  const { departments, calendar } = await ruleBook(from, row.county)
  const departmentName = core.departmentId === null ? null : (departments.get(core.departmentId)?.name ?? null)
  const isTyped = accountId !== null || isTypedForAnother(source)
  const isApart = standsApart(core, { isLinked: row.isLinked, isAccount: accountId !== null, isTyped })
  const steps = isApart ? [] : await listSteps(from.tx, row.county, row.eventId)
  const tree = placeTree(from)
  const flow = steps
    .filter((s) => row.withdrawnAt === null || s.at <= row.withdrawnAt)
    .map((s) => ({ ...s, names: namesIn(s.detail, tree, departments) }))
  return {
    ...rest,
    core,
    departmentName,
    calendar,
    flow,
    isCitizen: hasCitizen(source),
    isWaiting: hasCitizen(source) && wantsAnswer,
    isReadOnly: isTyped || isApart,
    isApart,
  }
}

interface Holder {
  /** His report was joined to another one. */
  readonly isLinked: boolean
  readonly isAccount: boolean
  readonly isTyped: boolean
}

/**
 * Who reports something small and has it joined to a matter, or typed it for another, holds a code to it whatever it turns
 * out to be: what is told in confidence is not told by such a code, and an account sees by its own right or not at all.
 */
const standsApart = (core: EventCore, { isLinked, isAccount, isTyped }: Holder): boolean =>
  isLinked ? isAccount || core.isSensitive || core.isAboutStaff : isTyped && core.isAboutStaff

/** Somebody before the event that his own report has become part of. */
export const actorOfFollower = ({ reporterId, isSolved, withdrawnAt, ...own }: Followed) =>
  followerOf({
    id: reporterId,
    isLinked: own.isLinked,
    isSettled: isSolved === true,
    hasReopened: own.hasReopened,
    isCitizen: own.isCitizen,
    isWaiting: own.isWaiting,
    isWithdrawn: withdrawnAt !== null,
  })

/** What who follows a report may do with it now, by the rule that will judge it. */
export const offersForFollower = (followed: Followed, now: number): Action[] =>
  followed.isReadOnly ? [] : offersForSpoken(followed, now)

/** What may be done in his name by whoever hears him. */
export function offersForSpoken(followed: Followed, now: number): Action[] {
  const { core, calendar, openChildren } = followed
  return availableActions(core, { now, calendar, openChildren, actor: actorOfFollower(followed) })
}

/** What one says of one's own matter. */
const saidActions = ['urge', 'appeal', 'rate', 'cancel', 'withdraw']

/** Whether an account took any step of some events: it typed, judged or handled one. What it only wrote down for another is none. */
export async function hadPart(
  tx: Reading,
  county: string,
  by: {
    readonly accountId: string
    readonly eventIds: readonly string[]
    /** How the reason of a step begins that was written down. */
    readonly heard: readonly string[]
  },
): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql`
      select 1 as one
      from events.flow
      where county_code = ${county} and event_id = any(${by.eventIds}::uuid[]) and account_id = ${by.accountId}
        and not (action = any(${saidActions}::text[]) and reason ^@ any(${by.heard}::text[]))
      limit 1
    `,
  )
  return row !== undefined
}

async function listSteps(tx: Reading, county: string, eventId: string): Promise<Omit<FollowedStep, 'names'>[]> {
  const rows = await rowsOf<Omit<FollowedStep, 'names' | 'detail'> & Pick<Row<'events.flow'>, 'detail'>>(
    tx,
    sql`
      select action, from_status as "from", to_status as "to", at, actor_office as office, detail
      from events.flow
      where county_code = ${county} and event_id = ${eventId}
      order by seq
    `,
  )
  return rows.map((row) => ({ ...row, detail: StoredDetail.read(row.detail) }))
}
