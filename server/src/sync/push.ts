/** Sends the acts of a phone through the very routes they would take online, in order, each to a fate of its own. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Problem } from '@fengge/domain/kernel/problem'
import type { push as promise } from '@fengge/domain/sync/contract'
import { isMomentary, isNoLongerYours, promiseOf, type Act, type Fate } from '@fengge/domain/sync/terms'
import type { Caller, Asking } from '../kernel/context.ts'
import { sql, run } from '../kernel/db/sql.ts'
import type { Engine } from '../kernel/engine.ts'
import { describeError, problemOf } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { keepAct } from './inbox.ts'

export function pushWith(engine: Engine, serve: Serve) {
  return async (ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> => {
    const fates: Fate[] = []
    const lost = new Set<string>(),
      waiting = new Set<string>()
    let isStopped = false
    for (const act of ask.acts.toSorted((a, b) => a.seq - b.seq)) {
      const fate: Fate =
        isStopped || act.needs.some((n) => waiting.has(n))
          ? { requestId: act.requestId, fate: 'later' }
          : act.needs.some((n) => lost.has(n))
            ? { requestId: act.requestId, fate: 'held' }
            : await takeAct(engine, serve, ctx, act, ask.device)
      // A fault of one act holds back what needs it, not what has nothing to do with it; a server that is going away holds all.
      if (fate.fate === 'later') {
        isStopped = fate.problem !== 'server.failed'
        waiting.add(act.requestId)
      }
      if (fate.fate === 'refused' || fate.fate === 'held') lost.add(act.requestId)
      fates.push(fate)
    }
    if (ask.device !== '')
      await engine.database.write((tx) =>
        run(
          tx,
          sql`
            update sync.device
            set pushed_at = ${new Date(ctx.now)}
            where county_code = ${ctx.caller.countyCode} and id = ${ask.device} and account_id = ${ctx.caller.accountId}
          `,
        ),
      )
    return { fates, now: engine.clock.now() }
  }
}

async function takeAct(engine: Engine, serve: Serve, ctx: Asking, act: Act, device: string): Promise<Fate> {
  const { requestId } = act
  try {
    const reply = await serve.invoke(promiseOf(act.name), ctx.caller, { ...act.ask, requestId }, { ip: ctx.ip ?? '' })
    return { requestId, fate: 'done', reply }
  } catch (error) {
    const problem: Problem | undefined = problemOf(error)
    if (!problem || isMomentary(problem.problem, problem.status)) {
      if (!problem && engine.settings.logLevel !== 'silent')
        process.stderr.write(
          `${JSON.stringify({ level: 50, msg: 'push failed', act: act.name, err: describeError(error) })}\n`,
        )
      return { requestId, fate: 'later', problem: problem?.problem ?? 'server.failed' }
    }
    if (isNoLongerYours(problem.problem)) {
      await keepAct(engine, ctx.caller as Caller, act, problem.problem, device === '' ? null : device)
      return { requestId, fate: 'kept', problem: problem.problem }
    }
    return {
      requestId,
      fate: 'refused',
      problem: problem.problem,
      ...('details' in problem && problem.details !== undefined ? { details: problem.details } : {}),
    }
  }
}
