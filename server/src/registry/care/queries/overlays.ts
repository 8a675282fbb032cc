/**
 * What a keeper reads of the people he cares for; each reading is a look. What is sealed shows to him for whom somebody
 * else agreed to it, while that holds.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { careDueAt } from '@fengge/domain/registry/care/key-populations'
import type { careStates, readOverlays as promise } from '@fengge/domain/registry/care/contract'
import type { Asking } from '../../../kernel/context.ts'
import { pageOf, readCursor } from '../../../kernel/cursor.ts'
import { openCareValues } from '../../commands/save-overlay.ts'
import { reachRecord } from '../../sight.ts'
import { helperAt, listHelpers, listOwnRequests, type CareRequestRow, type HelperRow } from '../../store/care-teams.ts'
import {
  careAt,
  formerSize,
  listFormer,
  listOverlays,
  type FormerPage,
  type FormerRow,
  type OverlayRow,
} from '../../store/overlays.ts'

type Reply = ReplyOf<typeof promise>
type View = Reply['overlays'][number]

export async function readOverlays(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  await reachRecord(ctx, ask.personId, 'overlay.keep')
  const county = ctx.caller.countyCode
  const rows = await listOverlays(ctx.tx, county, ask.personId)
  const overlays = rows.map((r) => r.id)
  const helpers = await listHelpers(ctx.tx, county, overlays)
  const requests = await listOwnRequests(ctx.tx, county, { accountId: ctx.caller.accountId, overlays })
  const former = await listFormer(ctx.tx, county, overlays, pageAsked(ask))
  const views = rows.map((row) => {
    const care = viewCare(ctx, row, ofOne(requests, row))
    return {
      ...care,
      team: ofOne(helpers, row).map((h) => viewHelper(ctx, h)),
      ...(care.state === 'open' ? viewFormers(ctx, ofOne(former, row)) : noneShown),
    }
  })
  ctx.look('registry.overlay-looked', ask.personId, { opened: views.filter((v) => v.state === 'open').length })
  return { overlays: views }
}

const ofOne = <T extends { readonly overlay_id: string }>(all: readonly T[], { id }: OverlayRow): T[] =>
  all.filter((one) => one.overlay_id === id)

function viewCare(
  ctx: Asking,
  row: OverlayRow,
  requests: readonly CareRequestRow[],
): Omit<View, 'team' | keyof Formers> {
  const openUntil = Math.max(0, ...requests.map((q) => q.open_until?.getTime() ?? 0))
  const state = stateOf(requests, openUntil > ctx.now)
  const isOpen = state === 'open'
  const since = row.visited_at?.getTime() ?? Date.parse(row.started_on)
  return {
    id: row.id,
    kind: row.kind,
    state,
    openUntil: isOpen ? new Date(openUntil).toISOString() : null,
    facts: isOpen ? ctx.sealer.open(row.sealed, careAt(row.id)) : '',
    values: isOpen ? openCareValues(ctx.sealer, row) : {},
    visitDays: row.visit_days,
    visitedAt: row.visited_at?.toISOString() ?? null,
    dueAt:
      row.ended_on === null || row.ended_on > dayOf(ctx.now)
        ? new Date(careDueAt(since, row.visit_days)).toISOString()
        : null,
    cautions: row.cautions as View['cautions'],
    startedOn: row.started_on,
    endedOn: row.ended_on,
  }
}

function stateOf(requests: readonly CareRequestRow[], isOpen: boolean): (typeof careStates)[number] {
  if (isOpen) return 'open'
  return requests.some((q) => q.state === 'open') ? 'asked' : 'sealed'
}

function viewHelper({ sealer }: Asking, h: HelperRow): View['team'][number] {
  const { name, contact } = JSON.parse(sealer.open(h.sealed, helperAt(h.id))) as { name: string; contact: string }
  return { id: h.id, role: h.role, name, contact, fromOn: h.from_on, toOn: h.to_on }
}

type Formers = Pick<View, 'former' | 'formerTotal' | 'formerNext'>
const noneShown: Formers = { former: [], formerTotal: 0, formerNext: null }

function pageAsked({ formerOf, after }: AskOf<typeof promise>): FormerPage | undefined {
  if (formerOf === undefined || after === undefined) return undefined
  const [at, id] = readCursor(after, ['moment', 'id'])
  return { overlayId: formerOf, at: new Date(at!), id: id! }
}

/** A page of them, and with every page what was written first: no number of later words pushes it out. */
function viewFormers(ctx: Asking, rows: readonly FormerRow[]): Formers {
  const { page, next } = pageOf(rows, formerSize, (f) => [f.replaced_at, f.id])
  const first = rows.find((f) => f.n === f.total && !page.includes(f))
  return {
    former: [...page, ...(first ? [first] : [])].map((f) => viewFormer(ctx, f)),
    formerTotal: rows[0]?.total ?? 0,
    formerNext: next,
  }
}

/** Sealed as it stood in the reason of care that it was of. */
const viewFormer = ({ sealer }: Asking, f: FormerRow): View['former'][number] => ({
  replacedAt: f.replaced_at.toISOString(),
  replacedBy: f.replaced_by,
  facts: sealer.open(f.sealed, careAt(f.overlay_id)),
  values: openCareValues(sealer, { id: f.overlay_id, values_sealed: f.values_sealed }),
  visitDays: f.visit_days,
  cautions: f.cautions as View['cautions'],
  endedOn: f.ended_on,
  isFirst: f.n === f.total,
})
