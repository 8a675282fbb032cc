/** What rules and orders ask of grids in a week, who shares it, and what one order more would do (A4). */
import { dayNumber, dayOf } from '@fengge/domain/kernel/time'
import { capacityOf, shareAmong, usualHoursPerWeek, weeklyOf, type Holder } from '@fengge/domain/visits/planning/load'
import { judgeRota, type Demand } from '@fengge/domain/visits/planning/rota'
import { isSeason, type Rule } from '@fengge/domain/visits/terms'
import type { Asking } from '../kernel/context.ts'
import { listGridHolders } from '../identity/door.ts'
import { placeTree } from '../places/door.ts'
import { countOrdered } from './store/ordered.ts'
import { listRules } from './store/rules.ts'
import { countSubjects } from './store/subjects.ts'

/** Stands for all that was ordered by hand or by a campaign, among the rules. */
export const ordered = 'ordered'
const priorityOfOrders = 6

export interface GridsLoad {
  readonly rules: readonly Rule[]
  readonly demands: ReadonlyMap<string, readonly Demand[]>
  /** Open tasks that no rule made, by grid. */
  readonly orderedTasks: ReadonlyMap<string, number>
  readonly holders: readonly Holder[]
}

export async function loadOf(ctx: Asking, grids: readonly string[]): Promise<GridsLoad> {
  const today = dayOf(ctx.now)
  const rules = (await listRules(ctx.tx, ctx.caller.countyCode)).filter((r) => r.isOn && isSeason(r, today))
  const [byRules, open, holders] = await Promise.all([
    Promise.all(rules.map((rule) => demandsOf(ctx, rule, { today, grids }))),
    countOrdered(ctx.tx, ctx.caller.countyCode, grids),
    listGridHolders(ctx.tx, grids, 'visit.write', ctx.now),
  ])
  const orders = open.map((o): [string, Demand] => {
    const periodDays = Math.max(7, dayNumber(o.dueOn) - dayNumber(today) + 1)
    return [o.gridId, { ruleId: ordered, priority: priorityOfOrders, subjects: 1, periodDays, minutes: o.minutes }]
  })
  const demands = Map.groupBy([...byRules.flat(), ...orders], ([gridId]) => gridId)
  const tasks = new Map<string, number>()
  for (const o of open) tasks.set(o.gridId, (tasks.get(o.gridId) ?? 0) + o.tasks)
  return {
    rules,
    demands: new Map([...demands].map(([gridId, rows]) => [gridId, rows.map(([, demand]) => demand)])),
    orderedTasks: tasks,
    holders,
  }
}

/** What a rule asks of each grid; nothing where it is for another place or nobody is there whom it is for. */
async function demandsOf(
  ctx: Asking,
  rule: Rule,
  at: { readonly today: string; readonly grids: readonly string[] },
): Promise<[string, Demand][]> {
  const tree = placeTree(ctx)
  const grids = rule.placeId === null ? at.grids : at.grids.filter((id) => tree.contains(rule.placeId!, id))
  if (grids.length === 0) return []
  const search = { ...rule, today: at.today }
  const rows = await countSubjects(ctx.tx, { county: ctx.caller.countyCode, tree, today: search.today }, search, grids)
  const { id: ruleId, priority, minutes } = rule
  return rows.flatMap((r): [string, Demand][] =>
    r.grid_id === null ? [] : [[r.grid_id, { ruleId, priority, subjects: r.n, periodDays: r.period, minutes }]],
  )
}

/** What is added to grids: so many minutes in all, between two days. */
export interface Added {
  readonly minutes: ReadonlyMap<string, number>
  readonly fromOn: string
  readonly toOn: string
}
export interface Weighed {
  readonly perWeek: number
  readonly unmanned: number
  readonly workers: {
    readonly name: string
    readonly grids: number
    readonly capacity: number
    readonly before: number
    readonly after: number
    readonly isHeavy: boolean
  }[]
}

/** Each worker who would get a part of it, the heaviest laden first. */
export async function weigh(ctx: Asking, added: Added): Promise<Weighed> {
  const days = dayNumber(added.toOn) - dayNumber(added.fromOn) + 1
  const more = new Map([...added.minutes].map(([gridId, minutes]) => [gridId, weeklyOf(minutes, days)]))
  const touched = [...more.keys()]
  const touchedBy = await listGridHolders(ctx.tx, touched, 'visit.write', ctx.now)
  const { demands, holders } = await loadOf(ctx, [...new Set([...touched, ...touchedBy.flatMap((h) => h.gridIds)])])
  const asked = new Map([...demands].map(([gridId, rows]) => [gridId, judgeRota(rows, 0).asked]))
  const all = new Map(
    [...new Set([...asked.keys(), ...touched])].map((id) => [id, (asked.get(id) ?? 0) + (more.get(id) ?? 0)]),
  )
  const before = shareAmong(holders, asked)
  const after = shareAmong(holders, all)
  const capacity = usualHoursPerWeek * 60
  const workers = holders
    .filter((h) => h.gridIds.some((id) => more.has(id)))
    .map((h) => {
      const [was, is] = [before.get(h.accountId) ?? 0, after.get(h.accountId) ?? 0]
      return {
        name: h.name,
        grids: h.gridIds.length,
        capacity,
        before: was,
        after: is,
        isHeavy: is > capacity && is > was,
      }
    })
  return {
    perWeek: [...more.values()].reduce((a, b) => a + b, 0),
    unmanned: touched.filter((id) => capacityOf(id, holders, capacity) === 0).length,
    workers: workers.toSorted((a, b) => b.after - a.after || a.name.localeCompare(b.name, 'zh')),
  }
}
