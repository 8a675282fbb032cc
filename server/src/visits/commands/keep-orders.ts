/** Orders, campaigns, forms and rules: every one of them names a matter in force, or is refused. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { fieldSpecs } from '@fengge/domain/registry/fields'
import type * as c from '@fengge/domain/visits/contract'
import { judgeForm, type Form } from '@fengge/domain/visits/forms'
import { subjectOf, type Rule, type Selector, type SubjectKind } from '@fengge/domain/visits/terms'
import { may, postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { matterInForce } from '../../matters/door.ts'
import { placeTree } from '../../places/door.ts'
import { insidePlace, makeTasks, oneSubject, subjectsOf } from '../make-tasks.ts'
import { runRule } from '../run-rules.ts'
import { closeTask, findForm, inReach, listRules, lockTask, saveForm as saveFormRow, saveRuleRow } from '../store.ts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
const done = { done: true } as const

/** Codes and names that the registry already holds of a subject: a form asks for them only with a reason. */
function knownOf(subject: SubjectKind): ReadonlySet<string> {
  const specs = subject === 'grid' ? [] : fieldSpecs[subject].filter((f) => f.isOn && f.code !== 'remark')
  return new Set(specs.flatMap((f) => [f.code, f.name]))
}

export async function saveForm(ctx: Ctx, ask: Ask<'saveForm'>): Promise<Form> {
  const fault = judgeForm(ask.form, knownOf)
  if (fault) refuse(fault.fault, 422, { field: fault.field })
  const known = await findForm(ctx.tx, ctx.caller.countyCode, ask.form.code)
  if (known && known.version !== ask.form.version) refuse('form.stale', 409, { version: known.version })
  const form = { ...ask.form, version: known ? known.version + 1 : 1 }
  await saveFormRow(ctx.tx, ctx.caller.countyCode, form)
  ctx.tell('visit.form-saved', { code: form.code })
  return form
}

async function formFor(ctx: Asking, code: string, selector: Selector): Promise<Form> {
  const form = (await findForm(ctx.tx, ctx.caller.countyCode, code)) ?? refuse('form.unknown', 422)
  if (form.isCore || (form.subject !== subjectOf[selector] && !['errand', 'recheck'].includes(form.code)))
    refuse('rule.form-subject', 422)
  return form
}

export async function saveRule(ctx: Ctx, ask: Ask<'saveRule'>): Promise<Rule> {
  const { rule } = ask
  const known = (await listRules(ctx.tx, ctx.caller.countyCode)).find((r) => r.id === rule.id)
  if ((known?.version ?? 0) !== rule.version) refuse('rule.stale', 409, { version: known?.version ?? 0 })
  await matterInForce(ctx, rule.matterId)
  await formFor(ctx, rule.formCode, rule.selector)
  const saved = { ...rule, version: rule.version + 1 }
  await saveRuleRow(ctx.tx, ctx.caller.countyCode, saved)
  if (saved.isOn) await runRule(ctx, saved)
  ctx.tell('visit.rule-saved', { selector: rule.selector, periodDays: rule.periodDays, isOn: rule.isOn }, rule.id)
  return saved
}

export async function orderTask(ctx: Ctx, ask: Ask<'orderTask'>): Reply<'orderTask'> {
  const today = dayOf(ctx.now)
  if (ask.dueOn < today) refuse('task.date', 422)
  await matterInForce(ctx, ask.matterId)
  const tree = placeTree()
  let tasks = 0
  for (const gridId of new Set(ask.gridIds)) {
    if (tree.get(gridId)?.tier !== 'grid') refuse('place.unknown', 422)
    may(ctx, 'task.order', gridId, tree.contains)
    tasks += await makeTasks(
      ctx,
      ask.matterId,
      {
        origin: 'order',
        originId: ask.id,
        originName: ctx.caller.posts[0]?.officeName ?? '',
        formCode: 'patrol',
        title: ask.title,
        note: ask.note,
        minutes: ask.minutes,
        priority: 6,
        windowFrom: ask.windowFrom,
        windowTo: ask.windowTo,
      },
      oneSubject(ctx, { kind: 'grid', id: gridId, gridId }, today, ask.dueOn),
    )
  }
  return { tasks }
}

export async function dropTask(ctx: Ctx, ask: Ask<'dropTask'>): Reply<'dropTask'> {
  const county = ctx.caller.countyCode
  const isMine = await rowOf(
    ctx.tx,
    sql`select 1 from visits.task t where t.id = ${ask.id} and ${inReach(ctx.caller, 'task.order')}`,
  )
  const task = isMine === undefined ? undefined : await lockTask(ctx.tx, county, ask.id)
  if (!task) return refuse('task.unknown', 404)
  if (task.state !== 'open') refuse('task.closed', 409)
  await closeTask(ctx.tx, county, ask.id, {
    state: 'dropped',
    on: dayOf(ctx.now),
    by: ctx.caller.accountId,
    reason: ask.reason,
  })
  ctx.tell('task.dropped', { reason: ask.reason }, ask.id)
  return done
}

export async function saveCampaign(ctx: Ctx, ask: Ask<'saveCampaign'>): Reply<'saveCampaign'> {
  const today = dayOf(ctx.now),
    county = ctx.caller.countyCode,
    tree = placeTree()
  if (ask.toOn < ask.fromOn || ask.toOn < today) refuse('campaign.dates', 422)
  const matter = await matterInForce(ctx, ask.matterId)
  if (matter.validTo !== null && matter.validTo < ask.toOn)
    refuse('matter.not-in-force', 422, { code: matter.code, name: matter.name, validTo: matter.validTo })
  if (!tree.get(ask.placeId)) refuse('place.unknown', 422)
  const post = may(ctx, 'task.order', ask.placeId, tree.contains)
  await formFor(ctx, ask.formCode, ask.selector)
  await run(
    ctx.tx,
    sql`
      insert into visits.campaign (
          county_code, id, matter_id, name, place_id, selector, form_code, from_on, to_on, note, made_by, made_at
        )
      values
        (
          ${county}, ${ask.id}, ${ask.matterId}, ${ask.name}, ${ask.placeId}, ${ask.selector}, ${ask.formCode},
          ${ask.fromOn}, ${ask.toOn}, ${ask.note}, ${ctx.caller.accountId}, ${new Date(ctx.now)}
        )
    `,
  )
  const found = subjectsOf(county, ask.selector, ask.formCode, today, insidePlace(ask.placeId))
  const inside =
    ask.selector === 'grid'
      ? sql`
        where
          s0.subject_id = any(${tree.get(ask.placeId)!.tier === 'grid' ? [ask.placeId] : tree.below(ask.placeId, 'grid')}::uuid[])
      `
      : sql``
  const tasks = await makeTasks(
    ctx,
    ask.matterId,
    {
      origin: 'campaign',
      originId: ask.id,
      originName: ask.name,
      formCode: ask.formCode,
      title: ask.name,
      note: ask.note,
      minutes: ask.minutes,
      priority: 6,
    },
    sql`
      select
        s0.subject_kind, s0.subject_id, s0.grid_id, s0.village_id, s0.town_id, ${ask.fromOn}::date as earliest_on,
        ${ask.toOn}::date as due_on, coalesce(s0.cautions, '{}') as cautions
      from (${found}) s0 ${inside}
    `,
  )
  ctx.tell('campaign.started', { selector: ask.selector, tasks }, ask.id, post)
  return { id: ask.id, tasks }
}

export async function endCampaign(ctx: Ctx, ask: Ask<'endCampaign'>): Reply<'endCampaign'> {
  const county = ctx.caller.countyCode
  const row = await rowWritten<{ place_id: string }>(
    ctx.tx,
    sql`
      select place_id
      from visits.campaign
      where county_code = ${county} and id = ${ask.id} and is_open
      for update
    `,
  )
  const tree = placeTree()
  if (!row || !postsWith(ctx.caller, 'task.order').some((p) => tree.contains(p.placeId, row.place_id)))
    return refuse('campaign.unknown', 404)
  await run(ctx.tx, sql`update visits.campaign set is_open = false where county_code = ${county} and id = ${ask.id}`)
  await run(
    ctx.tx,
    sql`
      update visits.task
      set state = 'dropped', drop_reason = ${ask.reason}, version = version + 1, wrote_in = pg_current_xact_id()
      where county_code = ${county} and origin_id = ${ask.id} and state = 'open'
    `,
  )
  ctx.tell('campaign.ended', { reason: ask.reason }, ask.id)
  return done
}
