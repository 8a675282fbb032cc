/** Minutes that rules ask of each grid against the minutes its workers have. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { getRota as promise } from '@fengge/domain/visits/contract'
import { judgeRota } from '@fengge/domain/visits/planning/rota'
import { isSeason } from '@fengge/domain/visits/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { countPosted } from '../../identity/door.ts'
import { matterNames } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { insidePlace, subjectsOf } from '../make-tasks.ts'
import { listRules } from '../store.ts'

export async function getRota(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode,
    tree = placeTree(),
    today = dayOf(ctx.now)
  const posts = postsWith(ctx.caller, 'visit.plan').filter((p) => p.departmentId === null)
  const placeId =
    ask.placeId !== undefined && posts.some((p) => tree.contains(p.placeId, ask.placeId!))
      ? ask.placeId
      : posts[0]!.placeId
  const rules = (await listRules(ctx.tx, county)).filter((r) => r.isOn && isSeason(r, today))
  const grids = tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
  const [counts, workers, matters] = await Promise.all([
    Promise.all(
      rules.map((r) =>
        rowsOf<{ grid_id: string; n: number; period: number }>(
          ctx.tx,
          sql`
            select s.grid_id, count(*) as n, coalesce(avg(s.own_period), ${r.periodDays}::int)::int as period
            from (${subjectsOf(county, r.selector, r.formCode, today, insidePlace(placeId))}) s
            where s.grid_id = any(${grids}::uuid[])
            group by s.grid_id
          `,
        ),
      ),
    ),
    countPosted(ctx.tx, grids, 'visit.write', ctx.now),
    matterNames(ctx.tx, county),
  ])
  const byGrid = rules.map((_, i) => new Map(counts[i]!.map((c) => [c.grid_id, c])))
  return {
    rules: rules.map((r) => ({
      id: r.id,
      name: r.name,
      nameEn: r.nameEn,
      matterName: matters.get(r.matterId)?.name ?? '',
      priority: r.priority,
    })),
    grids: grids
      .map((id) => {
        const demands = rules
          .map((r, i) => ({
            ruleId: r.id,
            priority: r.priority,
            subjects: isFor(r.placeId, id) ? (byGrid[i]!.get(id)?.n ?? 0) : 0,
            periodDays: byGrid[i]!.get(id)?.period ?? r.periodDays,
            minutes: r.minutes,
          }))
          .filter((d) => d.subjects > 0)
        const people = workers.get(id) ?? 0
        const rota = judgeRota(demands, Math.round(people * ask.hoursPerWeek * 60))
        return {
          id,
          name: tree.get(id)!.name,
          villageName: tree.ancestor(id, 'village')?.name ?? '',
          workers: people,
          asked: rota.asked,
          capacity: rota.capacity,
          lines: rota.lines.map((l) => ({
            ruleId: l.ruleId,
            subjects: demands.find((d) => d.ruleId === l.ruleId)!.subjects,
            perWeek: l.perWeek,
            shortMinutes: l.shortMinutes,
            state: l.state,
          })),
        }
      })
      .toSorted((a, b) => b.asked - b.capacity - (a.asked - a.capacity))
      .slice(0, 700),
  }
}
const isFor = (placeId: string | null, gridId: string) => placeId === null || placeTree().contains(placeId, gridId)
