/** Services by proxy, followed until the resident was told (V5), and lone visits shared by one's own choice. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type * as c from '@fengge/domain/visits/contract'
import { serviceNumber } from '@fengge/domain/visits/terms'
import { postsWith, type Ctx } from '../../kernel/context.ts'
import { rowOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterInForce } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { inReach } from '../store.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
type State = (typeof c.serviceStates)[number]

/** What may follow what. Told is the end: an answer that nobody told the resident is not yet a service. */
const next: Readonly<Record<State, readonly State[]>> = {
  taken: ['handed-in', 'answered', 'withdrawn'],
  'handed-in': ['answered', 'withdrawn'],
  answered: ['told', 'handed-in'],
  told: [],
  withdrawn: [],
}

export async function takeService(ctx: Ctx, ask: Ask<'takeService'>): Reply<'takeService'> {
  const county = ctx.caller.countyCode,
    tree = placeTree()
  const day = dayOf(Math.min(Date.parse(ask.madeAt), ctx.now))
  await matterInForce(ctx, ask.matterId, day)
  const post = postsWith(ctx.caller, 'visit.write').find(
    (p) =>
      p.departmentId === null && (tree.contains(p.placeId, ask.gridId) || tree.get(p.placeId)?.parentId === ask.gridId),
  )
  if (!post || tree.get(ask.gridId)?.tier !== 'grid') return refuse('place.unknown', 422)
  // The number is made of the id: whoever took it without signal has told it to the resident already.
  const no = serviceNumber(ask.id, day)
  const step = {
    state: 'taken',
    at: new Date(Math.min(Date.parse(ask.madeAt), ctx.now)).toISOString(),
    byName: ctx.caller.name,
    note: '',
  }
  await run(
    ctx.tx,
    sql`
      insert into visits.service (
          county_code, id, no, matter_id, what, person_id, asked_by_sealed, phone_sealed, grid_id, village_id,
          town_id, account_id, taken_by, due_on, steps
        )
      values
        (
          ${county}, ${ask.id}, ${no}, ${ask.matterId}, ${ask.what}, ${ask.personId}, ${ctx.sealer.seal(ask.askedBy)},
          ${ask.phone === '' ? null : ctx.sealer.seal(ask.phone)}, ${ask.gridId},
          ${tree.ancestor(ask.gridId, 'village')?.id ?? null}, ${tree.ancestor(ask.gridId, 'town')?.id ?? null},
          ${ctx.caller.accountId}, ${ctx.caller.name}, ${ask.dueOn}, ${JSON.stringify([step])}::jsonb
        )
    `,
  )
  ctx.tell('service.taken', { no }, ask.id, post)
  return { id: ask.id, no }
}

export async function moveService(ctx: Ctx, ask: Ask<'moveService'>): Reply<'moveService'> {
  const county = ctx.caller.countyCode
  const row = await rowWritten<{ state: State; steps: object[] }>(
    ctx.tx,
    sql`
      select t.state, t.steps
      from visits.service t
      where t.id = ${ask.id} and ${inReach(ctx.caller, 'visit.write')}
      for update
    `,
  )
  if (!row) return refuse('service.unknown', 404)
  if (!next[row.state].includes(ask.to)) refuse('service.order', 409, { from: row.state, to: ask.to })
  const steps = [
    ...row.steps,
    { state: ask.to, at: new Date(ctx.now).toISOString(), byName: ctx.caller.name, note: ask.note },
  ]
  await run(
    ctx.tx,
    sql`
      update visits.service
      set
        state = ${ask.to}, steps = ${JSON.stringify(steps)}::jsonb, version = version + 1,
        wrote_in = pg_current_xact_id()
      where county_code = ${county} and id = ${ask.id}
    `,
  )
  ctx.tell('service.moved', { to: ask.to }, ask.id)
  return { state: ask.to }
}

export async function shareSafety(ctx: Ctx, ask: Ask<'shareSafety'>): Reply<'shareSafety'> {
  const county = ctx.caller.countyCode
  const post = postsWith(ctx.caller, 'visit.write')[0]!
  if (
    await rowOf(
      ctx.tx,
      sql`
        select 1
        from visits.safety
        where county_code = ${county}
          and account_id = ${ctx.caller.accountId}
          and ended_at is null
          and until > ${new Date(ctx.now)}
      `,
    )
  )
    refuse('safety.running', 409)
  const until = new Date(ctx.now + ask.minutes * 60_000)
  await run(
    ctx.tx,
    sql`
      insert into visits.safety (county_code, id, account_id, place_id, where_text, until)
      values (${county}, ${ask.id}, ${ctx.caller.accountId}, ${post.placeId}, ${ask.where}, ${until})
    `,
  )
  return { until: until.toISOString() }
}
export async function endSafety(ctx: Ctx, ask: Ask<'endSafety'>): Reply<'endSafety'> {
  const done = await run(
    ctx.tx,
    sql`
      update visits.safety
      set ended_at = ${new Date(ctx.now)}
      where county_code = ${ctx.caller.countyCode}
        and id = ${ask.id}
        and account_id = ${ctx.caller.accountId}
        and ended_at is null
    `,
  )
  if (done === 0) refuse('safety.unknown', 404)
  return { done: true }
}
