/** One event with its life, evidence, relatives and what this person may do with it now. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { getEvent as promise, revealReporter as revealPromise } from '@fengge/domain/events/contract/desk'
import type { EventView, EvidenceRow, FlowRow, Suggestion } from '@fengge/domain/events/contract/views'
import type { EventCore } from '@fengge/domain/events/terms'
import { maskName, maskPhone } from '@fengge/domain/kernel/text'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Office } from '../../identity/door.ts'
import { placeTree } from '../../places/door.ts'
import { within } from './conditions.ts'
import { offersFor, reachOf } from '../reach.ts'
import { ruleBook } from '../rule-book.ts'
import { countOpenChildren, findVisible, type EventRecord } from '../store.ts'
import { suggestFor } from '../suggest.ts'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
interface ReporterRow {
  name_sealed: string | null
  phone_sealed: string | null
  account_name: string | null
}

export async function getEvent(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const record = (await findVisible(ctx.tx, ask.id, within(reachOf(ctx.caller)))) ?? refuse('event.not-found', 404)
  const county = ctx.caller.countyCode
  const { offices, calendar } = await ruleBook(ctx.tx, county)
  const [flow, evidence, related, reporters, openChildren] = await Promise.all([
    listFlow(ctx, record.id),
    listEvidence(ctx, record.id),
    listRelated(ctx, record.core),
    listReporters(ctx, record.id),
    countOpenChildren(ctx.tx, county, record.id),
  ])
  const can = offersFor(ctx.caller, record.core, { now: ctx.now, calendar, openChildren })
  const isDesk = can.includes('dispatch') || can.includes('register') || can.includes('merge') || can.includes('recode')
  const suggestion = isDesk ? await suggestFor(ctx.tx, county, record, ctx.caller) : emptySuggestion
  if (record.core.isSensitive || reporters.some((r) => r.phone_sealed !== null))
    ctx.look('event.looked', record.id, { sensitive: record.core.isSensitive })
  return {
    ...viewHead(record, offices),
    ...viewState(record.core, offices),
    ...viewReporter(ctx, reporters),
    flow,
    evidence,
    related,
    suggestion,
    can,
  }
}

export const emptySuggestion: Suggestion = { categories: [], topics: [], duplicates: [], departments: [] }

function viewHead(r: EventRecord, offices: ReadonlyMap<string, Office>) {
  const tree = placeTree()
  const c = r.core
  const name = (id: string | null) => (id === null ? null : (tree.get(id)?.name ?? null))
  return {
    id: r.id,
    no: r.no,
    title: r.title,
    content: r.content,
    placeText: r.place_text,
    categoryCode: c.categoryCode,
    status: c.status,
    level: c.level,
    source: c.source,
    urgency: c.urgency,
    isSensitive: c.isSensitive,
    townName: name(c.townId),
    villageName: name(c.villageId),
    gridName: name(c.gridId),
    departmentName: c.departmentId === null ? null : (offices.get(c.departmentId)?.name ?? null),
    reportedAt: r.reported_at.toISOString(),
    occurredAt: r.occurred_at?.toISOString() ?? null,
    point: r.lng === null || r.lat === null ? null : { lng: r.lng, lat: r.lat },
    gridId: c.gridId,
    villageId: c.villageId,
    townId: c.townId,
    deskPlaceId: c.deskPlaceId,
    deskName: name(c.deskPlaceId) ?? '',
    ticketNo: r.ticket_no,
    externalDueAt: r.external_due_at?.toISOString() ?? null,
  }
}

function viewState(c: EventCore, offices: ReadonlyMap<string, Office>) {
  return {
    stage: c.stage,
    stageStartedAt: iso(c.stageStartedAt)!,
    dueAt: iso(c.dueAt),
    supervision: c.supervision,
    reworks: c.reworks,
    reopens: c.reopens,
    version: c.version,
    people: c.people,
    departmentId: c.departmentId,
    answer: c.answer,
    closeKind: c.closeKind,
    closedAt: iso(c.closedAt),
    satisfaction: c.satisfaction,
    isSolved: c.isSolved,
    parentId: c.parentId,
    mergedInto: c.mergedInto,
    handleDueAt: iso(c.handleDueAt),
    totalDueAt: iso(c.totalDueAt),
    spent: { ...c.spent },
    pausedMs: c.pausedMs,
    suspension: c.suspension && { reason: c.suspension.reason, until: iso(c.suspension.until)! },
    pendingExtension: c.pendingExtension && {
      until: iso(c.pendingExtension.until)!,
      reason: c.pendingExtension.reason,
      plan: c.pendingExtension.plan,
    },
    forceCloseReason: c.forceClose?.reason ?? null,
    isUnsignedFlagged: c.isUnsignedFlagged,
    coHandlers: c.coHandlers.map((h) => ({ ...h, name: offices.get(h.departmentId)?.name ?? '' })),
  } satisfies Partial<EventView>
}

function viewReporter(ctx: Asking, rows: readonly ReporterRow[]) {
  const first = rows[0]
  const name = first?.name_sealed
    ? maskName(ctx.sealer.open(first.name_sealed))
    : first?.account_name
      ? maskName(first.account_name)
      : null
  return {
    reporterName: name,
    reporterPhone: first?.phone_sealed ? maskPhone(ctx.sealer.open(first.phone_sealed)) : null,
    reporters: rows.length,
  }
}

function listReporters(ctx: Asking, eventId: string): Promise<ReporterRow[]> {
  return rowsOf<ReporterRow>(
    ctx.tx,
    sql`
      select r.name_sealed, r.phone_sealed, a.name as account_name
      from events.reporter r left join identity.account a on a.id = r.account_id
      where r.county_code = ${ctx.caller.countyCode} and r.event_id = ${eventId}
      order by r.created_at
      limit 100
    `,
  )
}

export async function listFlow(ctx: Asking, eventId: string): Promise<FlowRow[]> {
  const rows = await rowsOf<{
    seq: number
    action: string
    from: FlowRow['from']
    to: FlowRow['to']
    at: Date
    actorName: string | null
    actorRole: string | null
    actorOffice: string | null
    reason: string
    detail: Record<string, unknown>
    evidenceIds: string[]
  }>(
    ctx.tx,
    sql`
      select
        seq, action, from_status as "from", to_status as "to", at, actor_name as "actorName",
        actor_role as "actorRole", actor_office as "actorOffice", reason, detail, evidence_ids as "evidenceIds"
      from events.flow
      where county_code = ${ctx.caller.countyCode} and event_id = ${eventId}
      order by seq
    `,
  )
  return rows.map((r) => ({ ...r, at: r.at.toISOString() }))
}

export async function listEvidence(ctx: Asking, eventId: string): Promise<EvidenceRow[]> {
  const rows = await rowsOf<{
    id: string
    kind: EvidenceRow['kind']
    phase: EvidenceRow['phase']
    name: string
    mime: string
    size: number
    sha256: string
    has: boolean
    at: Date
  }>(
    ctx.tx,
    sql`
      select id, kind, phase, name, mime, size, sha256, thumbnail_path is not null as has, at
      from events.evidence
      where county_code = ${ctx.caller.countyCode} and event_id = ${eventId}
      order by at
    `,
  )
  return rows.map(({ has, at, ...r }) => ({ ...r, hasThumbnail: has, at: at.toISOString() }))
}

function listRelated(ctx: Asking, core: EventCore): Promise<EventView['related']> {
  const county = ctx.caller.countyCode
  return rowsOf(
    ctx.tx,
    sql<EventView['related'][number]>`
      select
        id, no, title, status, case
          when parent_id = ${core.id} then 'child'
          when merged_into = ${core.id} then 'merged'
          when id = ${core.parentId} then 'parent'
          else 'target'
        end as relation
      from events.event
      where county_code = ${county}
        and (
          parent_id = ${core.id}
          or merged_into = ${core.id}
          or id = ${core.parentId}::uuid
          or id = ${core.mergedInto}::uuid
        )
      order by no
      limit 50
    `,
  )
}

/** Shows who reported, in clear, against a purpose; every look is in the journal, and twenty a day are enough (B7). */
export async function revealReporter(
  ctx: Asking,
  ask: AskOf<typeof revealPromise>,
): Promise<ReplyOf<typeof revealPromise>> {
  const record = (await findVisible(ctx.tx, ask.eventId, within(reachOf(ctx.caller)))) ?? refuse('event.not-found', 404)
  const today = await rowOf<{ n: number }>(
    ctx.tx,
    sql`
      select count(*) as n
      from audit.journal
      where county_code = ${ctx.caller.countyCode}
        and account_id = ${ctx.caller.accountId}
        and fact = 'reporter.revealed'
        and at > ${new Date(ctx.now - 86_400_000)}
    `,
  )
  if (today!.n >= 20) refuse('look.quota', 429, { most: 20 })
  ctx.look('reporter.revealed', record.id, { purpose: ask.purpose })
  const rows = await rowsOf<ReporterRow>(
    ctx.tx,
    sql`
      select r.name_sealed, r.phone_sealed, a.name as account_name
      from events.reporter r left join identity.account a on a.id = r.account_id
      where r.county_code = ${ctx.caller.countyCode} and r.event_id = ${record.id}
      order by r.created_at
      limit 100
    `,
  )
  return {
    reporters: rows.map((r) => ({
      name: r.name_sealed ? ctx.sealer.open(r.name_sealed) : (r.account_name ?? ''),
      phone: r.phone_sealed ? ctx.sealer.open(r.phone_sealed) : '',
    })),
  }
}
