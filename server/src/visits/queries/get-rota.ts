/** Minutes that rules ask of each grid against the minutes its workers have. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { getRota as promise } from '@fengge/domain/visits/contract/desk'
import { judgeRota, type Demand } from '@fengge/domain/visits/planning/rota'
import { isSeason, type Rule } from '@fengge/domain/visits/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { countPosted } from '../../identity/door.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree, type PlaceTree } from '../../places/door.ts'
import { listRules } from '../store/rules.ts'
import { countSubjects } from '../store/subjects.ts'

type Ask = AskOf<typeof promise>
type Rota = ReplyOf<typeof promise>

/** The grids that most is asked of beyond what they have come first. */
const mostGrids = 700

export async function getRota(ctx: Asking, ask: Ask): Promise<Rota> {
  const placeId = placeFor(ctx, ask.placeId)
  const tree = placeTree(ctx)
  const today = dayOf(ctx.now)
  const rules = (await listRules(ctx.tx, ctx.caller.countyCode)).filter((r) => r.isOn && isSeason(r, today))
  const grids = tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
  const [counted, workers, matters] = await Promise.all([
    Promise.all(rules.map((rule) => countUnder(ctx, rule, { placeId, today, grids }))),
    countPosted(ctx.tx, grids, 'visit.write', ctx.now),
    matterNames(ctx.tx, ctx.caller.countyCode),
  ])
  return {
    rules: rules.map((r) => ({
      id: r.id,
      name: r.name,
      nameEn: r.nameEn,
      matterName: matters.get(r.matterId)?.name ?? '',
      priority: r.priority,
    })),
    grids: grids
      .map((id) =>
        rotaOf(
          tree,
          id,
          counted.flatMap((c) => demandOf(tree, c, id)),
          { workers: workers.get(id) ?? 0, ask },
        ),
      )
      .toSorted((a, b) => b.asked - b.capacity - (a.asked - a.capacity))
      .slice(0, mostGrids),
  }
}

/** The place that was asked for where the caller plans, else his own. */
function placeFor(ctx: Asking, asked: string | undefined): string {
  const places = postsWith(ctx.caller, 'visit.plan').flatMap((p) => (p.departmentId === null ? [p.placeId] : []))
  if (asked !== undefined && places.some((p) => placeTree(ctx).contains(p, asked))) return asked
  return places[0] ?? refuse('not-allowed', 403)
}

interface Counted {
  readonly rule: Rule
  readonly byGrid: ReadonlyMap<string | null, { readonly n: number; readonly period: number }>
}

async function countUnder(
  ctx: Asking,
  rule: Rule,
  at: { readonly placeId: string; readonly today: string; readonly grids: readonly string[] },
): Promise<Counted> {
  const search = { ...rule, placeId: at.placeId, today: at.today }
  const rows = await countSubjects(ctx.tx, { county: ctx.caller.countyCode, tree: placeTree(ctx) }, search, at.grids)
  return { rule, byGrid: new Map(rows.map((r) => [r.grid_id, r])) }
}

/** What a rule asks of a grid; nothing where it is for another place or nobody lives there whom it is for. */
function demandOf(tree: PlaceTree, { rule, byGrid }: Counted, gridId: string): Demand[] {
  const isFor = rule.placeId === null || tree.contains(rule.placeId, gridId)
  const found = byGrid.get(gridId)
  if (!isFor || !found || found.n === 0) return []
  const { priority, minutes } = rule
  return [{ ruleId: rule.id, priority, subjects: found.n, periodDays: found.period, minutes }]
}

function rotaOf(
  tree: PlaceTree,
  gridId: string,
  demands: readonly Demand[],
  { workers, ask }: { readonly workers: number; readonly ask: Ask },
): Rota['grids'][number] {
  const { asked, capacity, lines } = judgeRota(demands, Math.round(workers * ask.hoursPerWeek * 60))
  const subjects = new Map(demands.map((d) => [d.ruleId, d.subjects]))
  return {
    id: gridId,
    name: tree.get(gridId)?.name ?? '',
    villageName: tree.ancestor(gridId, 'village')?.name ?? '',
    workers,
    asked,
    capacity,
    lines: lines.map(({ met: _met, ...line }) => ({ ...line, subjects: subjects.get(line.ruleId) ?? 0 })),
  }
}
