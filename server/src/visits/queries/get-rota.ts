/** Minutes that rules and orders ask of each grid against the minutes its workers have, each of whom has one week. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { getRota as promise } from '@fengge/domain/visits/contract/desk'
import { capacityOf } from '@fengge/domain/visits/planning/load'
import { judgeRota } from '@fengge/domain/visits/planning/rota'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { loadOf, ordered, type GridsLoad } from '../load.ts'

type Ask = AskOf<typeof promise>
type Rota = ReplyOf<typeof promise>

/** The grids that most is asked of beyond what they have come first. */
const mostGrids = 700

export async function getRota(ctx: Asking, ask: Ask): Promise<Rota> {
  const placeId = placeFor(ctx, ask.placeId)
  const tree = placeTree(ctx)
  const grids = tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
  const load = await loadOf(ctx, grids)
  const matters = await matterNames(ctx.tx, ctx.caller.countyCode)
  const rows = grids.map((id) => rotaOf(ctx, id, load, Math.round(ask.hoursPerWeek * 60)))
  return {
    rules: load.rules.map((r) => ({
      id: r.id,
      name: r.name,
      nameEn: r.nameEn,
      matterName: matters.get(r.matterId)?.name ?? '',
      priority: r.priority,
    })),
    people: load.holders.length,
    capacity: rows.reduce((sum, r) => sum + r.capacity, 0),
    asked: rows.reduce((sum, r) => sum + r.asked, 0),
    grids: rows.toSorted((a, b) => b.asked - b.capacity - (a.asked - a.capacity)).slice(0, mostGrids),
  }
}

/** The place that was asked for where the caller plans, else his own. */
function placeFor(ctx: Asking, asked: string | undefined): string {
  const places = postsWith(ctx.caller, 'visit.plan').flatMap((p) => (p.departmentId === null ? [p.placeId] : []))
  if (asked !== undefined && places.some((p) => placeTree(ctx).contains(p, asked))) return asked
  return places[0] ?? refuse('not-allowed', 403)
}

function rotaOf(ctx: Asking, gridId: string, load: GridsLoad, minutesPerWeek: number): Rota['grids'][number] {
  const tree = placeTree(ctx)
  const demands = load.demands.get(gridId) ?? []
  const workers = load.holders.filter((h) => h.gridIds.includes(gridId))
  const { asked, capacity, lines } = judgeRota(demands, capacityOf(gridId, workers, minutesPerWeek))
  const subjects = new Map(demands.map((d) => [d.ruleId, d.subjects]))
  const orders = lines.filter((l) => l.ruleId === ordered)
  return {
    id: gridId,
    name: tree.get(gridId)?.name ?? '',
    villageName: tree.ancestor(gridId, 'village')?.name ?? '',
    workers: workers.length,
    shared: workers.filter((h) => h.gridIds.length > 1).length,
    ordered: {
      tasks: load.orderedTasks.get(gridId) ?? 0,
      perWeek: orders.reduce((sum, l) => sum + l.perWeek, 0),
      shortMinutes: orders.reduce((sum, l) => sum + l.shortMinutes, 0),
    },
    asked,
    capacity,
    lines: lines
      .filter((l) => l.ruleId !== ordered)
      .map(({ met: _met, ...line }) => ({ ...line, subjects: subjects.get(line.ruleId) ?? 0 })),
  }
}
