/** The catalogue and the work calendar of a county in memory, read again when they change. */
import type { Category } from '@fengge/domain/events/terms'
import { minutesOf, type WorkCalendar } from '@fengge/domain/events/deadline'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Ctx, Source } from '../kernel/context.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { keptFor } from '../kernel/shelf.ts'
import { departmentsById, type Department } from '../identity/door.ts'
import type { PlaceTree } from '../places/door.ts'
import { findHours, listCategories, listDays } from './store/rules.ts'

export interface RuleBook {
  readonly calendar: WorkCalendar
  readonly departments: ReadonlyMap<string, Department>
  /** The row in force on the day of an instant. */
  readonly category: (code: string, at: number) => Category | undefined
  /** What a code meant at an instant; where nothing did, what it meant last, so that no event is left without its matter. */
  readonly meaning: (code: string, at: number) => Category | undefined
  readonly inForce: (at: number) => Category[]
}

const books = keptFor<RuleBook>(10_000)

/** The rules of a county; at most ten seconds old, at once after `forgetRules`. */
export const ruleBook = (from: Pick<Source, 'tx' | 'shelf'>, county: string): Promise<RuleBook> =>
  books.get(from, county, () => loadRules(from.tx, county))

/** Rules that a command changes are read again by this server as soon as the change is committed. */
export function forgetRules(ctx: Ctx): void {
  ctx.afterCommit.push(() => books.forget(ctx, ctx.caller.countyCode))
}

async function loadRules(tx: Reading, county: string): Promise<RuleBook> {
  const categories = await listCategories(tx, county)
  const byCode = Map.groupBy(categories, (c) => c.code)
  const holds = (c: Category, day: string) => c.validFrom <= day && (c.validTo === null || day < c.validTo)
  return {
    calendar: await loadCalendar(tx, county),
    departments: await departmentsById(tx, county),
    category: (code, at) => byCode.get(code)?.find((c) => holds(c, dayOf(at))),
    meaning: (code, at) => {
      const known = byCode.get(code) ?? []
      const begun = known.filter((c) => c.validFrom <= dayOf(at))
      return known.find((c) => holds(c, dayOf(at))) ?? lastOf(begun) ?? lastOf(known)
    },
    inForce: (at) => categories.filter((c) => holds(c, dayOf(at))),
  }
}

const lastOf = (categories: readonly Category[]): Category | undefined =>
  categories.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1)

/** What holds until a county sets its own. */
export const usualHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
]

async function loadCalendar(tx: Reading, county: string): Promise<WorkCalendar> {
  const days = await listDays(tx, county)
  const hours = await findHours(tx, county)
  const windows = (hours?.windows ?? usualHours).map((w) => [minutesOf(w.from), minutesOf(w.to)] as const)
  return { version: hours?.version ?? 0, windows, special: new Map(days.map((d) => [d.day, d.kind])) }
}

/** What the ids of a step are called, where they are of departments or places. */
export function namesIn(
  detail: Readonly<Record<string, unknown>>,
  tree: PlaceTree,
  departments: ReadonlyMap<string, Department>,
): Record<string, string> {
  const ids = Object.values(detail)
    .flat()
    .filter((value) => typeof value === 'string')
  const nameOf = (id: string) => departments.get(id)?.name ?? tree.get(id)?.name
  return Object.fromEntries(
    ids.flatMap((id) => {
      const name = nameOf(id)
      return name === undefined ? [] : [[id, name]]
    }),
  )
}
