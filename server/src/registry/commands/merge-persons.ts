/**
 * Two records of one person become one, and can be taken apart again without loss: the dropped record stays
 * with all it held, its links move and are remembered, and every field that was taken is a change like any other.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { keepApart, mergePersons, unmergePersons } from '@fengge/domain/registry/contract'
import { mergeEdit, undoEdit } from '@fengge/domain/registry/editing'
import type { Values } from '@fengge/domain/registry/terms'
import type { Ctx, Asking } from '../../kernel/context.ts'
import { rowsOf, sql, rowsWritten, run } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { openChanges, openValues, updateRecord } from '../store/records.ts'
import { reachRecord } from '../sight.ts'
import { lockChange, markUndone, saveChange } from './save-record.ts'

/** Locks both in the order of their ids, so that two mergers cannot block each other. */
async function lockBoth(ctx: Asking, first: string, second: string) {
  const reached = new Map<string, Awaited<ReturnType<typeof reachRecord>>>()
  for (const id of [first, second].toSorted()) {
    const one = await reachRecord(ctx, id, 'registry.merge', true)
    if (one.kind !== 'person') refuse('record.unknown', 404)
    reached.set(id, one)
  }
  return [reached.get(first)!, reached.get(second)!] as const
}

export async function merge(ctx: Ctx, ask: AskOf<typeof mergePersons>): Promise<ReplyOf<typeof mergePersons>> {
  if (ask.keepId === ask.dropId) refuse('record.unknown', 404)
  const [keep, drop] = await lockBoth(ctx, ask.keepId, ask.dropId)
  for (const [one, version] of [
    [keep, ask.keepVersion],
    [drop, ask.dropVersion],
  ] as const)
    if (one.row.state !== 'live' || one.row.version !== version)
      refuse('record.stale', 409, { version: one.row.version })
  const mine = openValues(keep.row, ctx.sealer),
    theirs = openValues(drop.row, ctx.sealer)
  if (mine['idNo'] && theirs['idNo'] && mine['idNo'] !== theirs['idNo'] && !ask.take.includes('idNo'))
    refuse('merge.two-numbers', 409)
  // What the kept record lacks comes from the other; what both have is chosen by the person who merges.
  const wanted: Values = Object.fromEntries(
    Object.entries(theirs).filter(
      ([code, v]) => v !== null && ((mine[code] ?? null) === null || ask.take.includes(code)),
    ),
  )
  const { values, changes } = mergeEdit(mine, wanted, new Set())
  const county = ctx.caller.countyCode
  const moved = await rowsWritten<{ id: string; is_lead: boolean }>(
    ctx.tx,
    sql`
      select id, is_lead
      from registry.link
      where county_code = ${county} and person_id = ${ask.dropId}
      order by id
      for update
    `,
  )
  const hasLead =
    (
      await rowsOf(
        ctx.tx,
        sql`
          select 1
          from registry.link
          where county_code = ${county} and person_id = ${ask.keepId} and is_lead
        `,
      )
    ).length > 0
  await run(
    ctx.tx,
    sql`
      update registry.link
      set person_id = ${ask.keepId}, is_lead = is_lead and not ${hasLead}::boolean
      where county_code = ${county} and person_id = ${ask.dropId}
    `,
  )
  await run(
    ctx.tx,
    sql`
      update registry.overlay
      set person_id = ${ask.keepId}
      where county_code = ${county} and person_id = ${ask.dropId}
    `,
  )
  await updateRecord(
    ctx.tx,
    'person',
    keep.row,
    values,
    new Set(Object.keys(changes)),
    { ...drop.row.origin, ...keep.row.origin },
    ctx.now,
    ctx.sealer,
    false,
  )
  await run(
    ctx.tx,
    sql`
      update registry.person
      set state = 'merged', merged_into = ${ask.keepId}, version = version + 1, changed_at = ${new Date(ctx.now)}
      where county_code = ${county} and id = ${ask.dropId}
    `,
  )
  const changeId = await saveChange(
    ctx,
    'person',
    ask.keepId,
    keep.row.version + 1,
    'merge',
    changes,
    { source: 'grid-worker', reason: ask.reason },
    { dropId: ask.dropId, links: moved, origin: keep.row.origin },
  )
  ctx.tell(
    'registry.merged',
    { dropId: ask.dropId, reason: ask.reason, fields: Object.keys(changes) },
    ask.keepId,
    keep.post,
  )
  return { changeId, version: keep.row.version + 1 }
}

export async function unmerge(ctx: Ctx, ask: AskOf<typeof unmergePersons>): Promise<ReplyOf<typeof unmergePersons>> {
  const change = await lockChange(ctx, ask.changeId)
  if (change.what !== 'merge' || change.undone_by !== null) refuse('change.not-undoable', 409)
  const { dropId, links, origin } = change.more as {
    dropId: string
    links: { id: string; is_lead: boolean }[]
    origin: Record<string, never>
  }
  const [keep, drop] = await lockBoth(ctx, change.record_id, dropId)
  if (drop.row.state !== 'merged') refuse('change.not-undoable', 409)
  const county = ctx.caller.countyCode
  for (const l of links)
    await run(
      ctx.tx,
      sql`
        update registry.link
        set person_id = ${dropId}, is_lead = ${l.is_lead}
        where county_code = ${county} and id = ${l.id}
      `,
    )
  const back = undoEdit(openValues(keep.row, ctx.sealer), openChanges('person', change.fields, ctx.sealer))
  await updateRecord(
    ctx.tx,
    'person',
    keep.row,
    back.values,
    new Set(Object.keys(back.changes)),
    back.kept.length === 0 ? origin : keep.row.origin,
    ctx.now,
    ctx.sealer,
    false,
  )
  await run(
    ctx.tx,
    sql`
      update registry.person
      set state = 'live', merged_into = null, version = version + 1, changed_at = ${new Date(ctx.now)}
      where county_code = ${county} and id = ${dropId}
    `,
  )
  const id = await saveChange(
    ctx,
    'person',
    keep.row.id,
    keep.row.version + 1,
    'unmerge',
    back.changes,
    { source: 'grid-worker', reason: ask.reason },
    { of: change.id, dropId },
  )
  await markUndone(ctx, change.id, id)
  ctx.tell('registry.unmerged', { dropId, reason: ask.reason }, keep.row.id, keep.post)
  return { keptFields: [...back.kept] }
}

export async function apart(ctx: Ctx, ask: AskOf<typeof keepApart>): Promise<ReplyOf<typeof keepApart>> {
  const [a, b] = [ask.aId, ask.bId].toSorted() as [string, string]
  await lockBoth(ctx, a, b)
  await run(
    ctx.tx,
    sql`
      insert into registry.apart
      values (${ctx.caller.countyCode}, ${a}, ${b}, ${ask.reason}, ${ctx.caller.accountId}, ${new Date(ctx.now)})
      on conflict do nothing
    `,
  )
  ctx.tell('registry.kept-apart', { other: b, reason: ask.reason }, a)
  return { done: true }
}
