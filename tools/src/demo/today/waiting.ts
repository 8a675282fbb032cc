/**
 * What waits for each of the demo's accounts, as his own lists show it: work lists of the console, today on the phone,
 * what is late below whoever oversees, exports to agree to, findings of the net, asks of a second administrator.
 */
import { workQueues } from '@fengge/domain/events/queues'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { Holdings } from '@fengge/web/offline/holdings.ts'
import { makeToday } from '@fengge/web/offline/today.ts'
import { queueWords } from '@fengge/web/words/terms.ts'
import { listAlarms } from '@fengge/server/audit/queries/alarms'
import { countEvents, countQueues } from '@fengge/server/events/queries/list-events'
import { listExports } from '@fengge/server/events/queries/list-exports'
import { findCaller } from '@fengge/server/identity/door'
import { listTwoSteps } from '@fengge/server/identity/queries/two-steps'
import { createCtx, dutiesHeld, type Asking, type Caller } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { listMatters } from '@fengge/server/matters/queries/list-matters'
import { placeTree } from '@fengge/server/places/door'
import { checkNet } from '@fengge/server/places/queries/net'
import * as c from '@fengge/domain/sync/contract'
import { pull } from '@fengge/server/sync/pull'
import { demoLogins, type DemoLogin } from '../logins.ts'
import { countCareDue, findAccountId } from '../store.ts'

export interface Waiting {
  readonly label: string
  readonly labelEn: string
  readonly count: number
}
export interface WaitingFor {
  readonly login: DemoLogin
  readonly total: number
  readonly parts: readonly Waiting[]
}

type Look = (ctx: Asking) => Promise<Waiting[]>

/** Lists by whose they are: the duty that opens the page. */
const special: Partial<Record<DemoLogin, Look>> = {
  worker: lookAtPhone,
  liaison: lookAtPhone,
  gridleader: lookAtLate,
  deputy: lookAtLate,
  supervisor: lookAtLate,
  leader: async (ctx) => [...(await lookAtQueues(ctx)), ...(await lookAtLate(ctx)), ...(await lookAtExports(ctx))],
  townchief: async (ctx) => [...(await lookAtQueues(ctx)), ...(await lookAtExports(ctx))],
  countychief: async (ctx) => [...(await lookAtQueues(ctx)), ...(await lookAtExports(ctx))],
  hotline: async (ctx) => {
    const { total } = await countEvents(ctx, { queue: 'all', source: 'hotline', isOpen: 'yes' })
    return [{ label: '未办结工单', labelEn: 'open tickets', count: total }]
  },
  net: async (ctx) => {
    const county = placeTree(ctx).byCode(`${ctx.caller.countyCode}000000`)!
    return [
      {
        label: '网格检查发现',
        labelEn: 'findings of the net',
        count: (await checkNet(ctx, { parentId: county.id, page: 1, size: 1 })).total,
      },
    ]
  },
  keeper: async (ctx) => [
    {
      label: '待走访',
      labelEn: 'visits due',
      count: await countCareDue(ctx.tx, ctx.caller.countyCode, dayOf(ctx.now)),
    },
  ],
  rules: async (ctx) => [{ label: '即将到期的事项', labelEn: 'matters that end soon', count: await countEnding(ctx) }],
  sysadmin: lookAtSteps,
  secadmin: lookAtSteps,
  auditor: async (ctx) => [
    { label: '异常查看', labelEn: 'unusual looks', count: (await listAlarms(ctx)).alarms.length },
  ],
}

/** What waits for all of them, in the order in which they are printed. */
export async function listWaiting(engine: Engine, county: string): Promise<WaitingFor[]> {
  const all: WaitingFor[] = []
  for (const [login] of demoLogins) {
    const parts = (await lookAs(engine, county, login)).filter((p) => p.count > 0)
    all.push({ login, parts, total: parts.reduce((n, p) => n + p.count, 0) })
  }
  return all
}

async function lookAs(engine: Engine, county: string, login: DemoLogin): Promise<Waiting[]> {
  const now = engine.clock.now()
  const accountId = await findAccountId(engine.database.read, county, login)
  const caller = accountId === undefined ? undefined : await findCaller(engine.database.read, accountId, now)
  if (!caller) return []
  return (special[login] ?? lookAtQueues)(readingOf(engine, caller, now))
}

function readingOf(engine: Engine, caller: Caller, now: number): Asking {
  const { database, sealer, chance, shelf } = engine
  return createCtx({
    tx: database.read,
    now,
    caller,
    requestId: freshId(now),
    ip: null,
    sealer,
    chance,
    shelf,
    apart: database.write,
  })
}

async function lookAtQueues(ctx: Asking): Promise<Waiting[]> {
  if (!dutiesHeld(ctx.caller).includes('event.read')) return []
  const { counts } = await countQueues(ctx)
  return workQueues.map((queue) => ({
    label: queueWords[queue]![0],
    labelEn: queueWords[queue]![1],
    count: counts[queue] ?? 0,
  }))
}

async function lookAtLate(ctx: Asking): Promise<Waiting[]> {
  const { counts } = await countQueues(ctx)
  return [{ label: queueWords['late']![0], labelEn: queueWords['late']![1], count: counts.late ?? 0 }]
}

/** Matters whose term ends within a month. */
async function countEnding(ctx: Asking): Promise<number> {
  const { matters } = await listMatters(ctx, { onlyInForce: 'yes' })
  const soon = addDays(dayOf(ctx.now), 30)
  return matters.filter((m) => m.validTo !== null && m.validTo <= soon && m.validTo >= dayOf(ctx.now)).length
}

async function lookAtExports(ctx: Asking): Promise<Waiting[]> {
  const { exports } = await listExports(ctx, {})
  return [{ label: '导出待批', labelEn: 'exports to agree to', count: exports.filter((e) => e.canDecide).length }]
}

async function lookAtSteps(ctx: Asking): Promise<Waiting[]> {
  const { steps } = await listTwoSteps(ctx)
  return [
    { label: '待双人确认', labelEn: 'for a second administrator', count: steps.filter((s) => s.mayConfirm).length },
  ]
}

/** What the page of today shows on a phone that fetched everything just now. */
async function lookAtPhone(ctx: Asking): Promise<Waiting[]> {
  const holdings = new Holdings()
  holdings.apply(await pull(ctx, c.pull.ask.parse({})))
  const day = makeToday({ holdings, acts: [], now: ctx.now, start: null, budget: 240, order: [] })
  return [
    { label: '待核查', labelEn: 'to check', count: day.toCheck.length },
    { label: '待处理', labelEn: 'to handle', count: day.toHandle.length },
    {
      label: '走访',
      labelEn: 'visits',
      count: day.stops.reduce((n, s) => n + s.items.length, 0) + day.elsewhere.length,
    },
  ]
}
