/** Who lives where and who owns what: links with role, days and basis. Requirement R4. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { endLink, linkPerson } from '@fengge/domain/registry/contract'
import { livingRoles } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { rowOf, sql, run, rowWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { findRecords } from '../store/records.ts'
import { dutiesOver, reachRecord } from '../sight.ts'
import { saveChange } from './save-record.ts'

export interface LinkRow {
  id: string
  person_id: string
  house_id: string
  role: 'head' | 'member' | 'tenant' | 'owner' | 'co-resident'
  from_on: string
  to_on: string | null
  basis: string
  is_lead: boolean
}

export async function link(ctx: Ctx, ask: AskOf<typeof linkPerson>): Promise<ReplyOf<typeof linkPerson>> {
  const county = ctx.caller.countyCode
  const house = await reachRecord(ctx, ask.houseId, 'registry.write', true)
  // A tenant may be registered in another grid: who writes the house links him, and his own grid goes on answering for him.
  const [person] = await findRecords(ctx.tx, 'person', county, [ask.personId], true)
  if (!person || house.kind !== 'house' || house.row.state !== 'live' || person.state !== 'live')
    return refuse('record.unknown', 404)
  const isMine = dutiesOver(ctx.caller, person).duties.has('registry.write')
  if (
    await rowOf(
      ctx.tx,
      sql`
        select 1
        from registry.link
        where county_code = ${county}
          and person_id = ${ask.personId}
          and house_id = ${ask.houseId}
          and role = ${ask.role}
          and to_on is null
      `,
    )
  )
    refuse('link.there', 409)
  const hasLead = await rowOf(
    ctx.tx,
    sql`
      select 1
      from registry.link
      where county_code = ${county} and person_id = ${ask.personId} and is_lead and to_on is null
    `,
  )
  const isLead = livingRoles.includes(ask.role) && ((ask.isLead && isMine) || !hasLead)
  if (isLead) await moveLead(ctx, ask.personId, house.row)
  await run(
    ctx.tx,
    sql`
      insert into registry.link (county_code, id, person_id, house_id, role, from_on, to_on, basis, is_lead)
      values
        (${county}, ${ask.id}, ${ask.personId}, ${ask.houseId}, ${ask.role}, ${ask.fromOn}, null, ${ask.basis}, ${isLead})
    `,
  )
  await saveChange(
    ctx,
    'person',
    ask.personId,
    person.version,
    'link',
    {},
    { source: 'grid-worker', reason: '' },
    { linkId: ask.id, houseId: ask.houseId, role: ask.role },
  )
  ctx.tell('registry.linked', { houseId: ask.houseId, role: ask.role, isLead }, ask.personId, house.post)
  return { done: true }
}

/** The grid of the lead home answers for the person. */
async function moveLead(
  ctx: Ctx,
  personId: string,
  house: { grid_id: string | null; village_id: string | null; town_id: string | null },
): Promise<void> {
  const county = ctx.caller.countyCode
  await run(
    ctx.tx,
    sql`
      update registry.link
      set is_lead = false
      where county_code = ${county} and person_id = ${personId} and is_lead
    `,
  )
  await run(
    ctx.tx,
    sql`
      update registry.person
      set grid_id = ${house.grid_id}, village_id = ${house.village_id}, town_id = ${house.town_id}
      where county_code = ${county}
        and id = ${personId}
        and (grid_id, village_id, town_id) is distinct from (${house.grid_id}::uuid, ${house.village_id}::uuid, ${house.town_id}::uuid)
    `,
  )
}

export async function unlink(ctx: Ctx, ask: AskOf<typeof endLink>): Promise<ReplyOf<typeof endLink>> {
  const county = ctx.caller.countyCode
  const row =
    (await rowWritten<LinkRow>(
      ctx.tx,
      sql`
        select id, person_id, house_id, role, from_on, to_on, basis, is_lead
        from registry.link
        where county_code = ${county} and id = ${ask.id} and to_on is null
        for update
      `,
    )) ?? refuse('record.unknown', 404)
  const { post } = await reachRecord(ctx, row.house_id, 'registry.write')
  if (ask.toOn < row.from_on) refuse('link.dates', 422)
  await run(
    ctx.tx,
    sql`
      update registry.link
      set to_on = ${ask.toOn}, is_lead = false
      where county_code = ${county} and id = ${ask.id}
    `,
  )
  if (row.is_lead)
    await run(
      ctx.tx,
      sql`
        update registry.link
        set is_lead = true
        where county_code = ${county}
          and id = (
            select id
            from registry.link
            where county_code = ${county} and person_id = ${row.person_id} and to_on is null and role <> 'owner'
            order by from_on desc, id
            limit 1
          )
      `,
    )
  await saveChange(
    ctx,
    'person',
    row.person_id,
    0,
    'unlink',
    {},
    { source: 'grid-worker', reason: ask.reason },
    { linkId: ask.id, houseId: row.house_id },
  )
  ctx.tell('registry.unlinked', { houseId: row.house_id, reason: ask.reason }, row.person_id, post)
  return { done: true }
}
