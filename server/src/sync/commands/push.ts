/** Sends the acts of a phone through the very routes they would take online, in order, each to a fate of its own. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { push as promise } from '@fengge/domain/sync/contract'
import { actPromises } from '@fengge/domain/sync/contract/acts'
import { isMomentary, isNoLongerYours, type Act, type Fate } from '@fengge/domain/sync/terms'
import type { Asking } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { describeError, problemOf } from '../../kernel/problems.ts'
import type { Serve } from '../../kernel/serve.ts'
import { savePush } from '../store/devices.ts'
import { keepAct } from './keep-act.ts'
import { whyNotKept } from './may-be-kept.ts'

export function pushWith(ground: Ground, serve: Serve) {
  return async (ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> => {
    const take = (act: Act) => takeAct({ ground, serve, ctx, deviceId: ask.device === '' ? null : ask.device }, act)
    const fates = await takeInOrder(ask.acts, take)
    const own = { county: ctx.caller.countyCode, id: ask.device, accountId: ctx.caller.accountId }
    if (ask.device !== '') await ctx.apart((tx) => savePush(tx, own, ctx.now))
    return { fates, now: ground.clock.now() }
  }
}

/** An act that stands on a lost one is held; one that stands on what is to come later comes later. */
async function takeInOrder(acts: readonly Act[], take: (act: Act) => Promise<Fate>): Promise<Fate[]> {
  const fates: Fate[] = []
  const lost = new Set<string>(),
    waiting = new Set<string>()
  let isStopped = false
  for (const act of acts.toSorted((a, b) => a.seq - b.seq)) {
    const fate: Fate = isStopped ? later(act) : (fateByNeeds(act, lost, waiting) ?? (await take(act)))
    // A fault of one act holds back what needs it, not what has nothing to do with it; a server that is going away holds all.
    if (fate.fate === 'later') {
      isStopped = !ofItsOwn.has(fate.problem ?? '')
      waiting.add(act.requestId)
    }
    if (fate.fate === 'refused' || fate.fate === 'held') lost.add(act.requestId)
    fates.push(fate)
  }
  return fates
}

/** What keeps one act waiting and says nothing of the next. */
const ofItsOwn: ReadonlySet<string> = new Set(['server.failed', 'inbox.full'])

const later = ({ requestId }: Act): Fate => ({ requestId, fate: 'later' })
function fateByNeeds(act: Act, lost: ReadonlySet<string>, waiting: ReadonlySet<string>): Fate | undefined {
  if (act.needs.some((n) => waiting.has(n))) return later(act)
  return act.needs.some((n) => lost.has(n)) ? { requestId: act.requestId, fate: 'held' } : undefined
}

interface Taking {
  readonly ground: Ground
  readonly serve: Serve
  readonly ctx: Asking
  readonly deviceId: string | null
}
async function takeAct({ ground, serve, ctx, deviceId }: Taking, act: Act): Promise<Fate> {
  const { requestId } = act
  try {
    const reply = await serve.invoke(actPromises[act.name], ctx.caller, { ...act.ask, requestId }, { ip: ctx.ip ?? '' })
    return { requestId, fate: 'done', reply }
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) report(ground, act, error)
    if (!refused || isMomentary(refused.problem, refused.status))
      return { requestId, fate: 'later', problem: refused?.problem ?? 'server.failed' }
    const { problem, details } = refused
    // Done before, and the answer forgotten since.
    if (problem === 'request.answered') return { requestId, fate: 'done' }
    if (!isNoLongerYours(problem))
      return { requestId, fate: 'refused', problem, ...(details === undefined ? {} : { details }) }
    const stays = await whyNotKept(ctx, act, problem)
    if (stays) return { requestId, ...stays }
    await keepAct(ground, ctx.caller, { act, problem, deviceId })
    return { requestId, fate: 'kept', problem }
  }
}

function report(ground: Ground, act: Act, error: unknown): void {
  if (ground.settings.logLevel === 'silent') return
  const line = { level: 50, msg: 'push failed', act: act.name, err: describeError(error) }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
