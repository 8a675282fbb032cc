/** Somebody lives in a house, or owns it: a link with role, days and basis. Requirement R4. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { linkPerson as promise } from '@fengge/domain/registry/contract'
import { personLinked } from '@fengge/domain/registry/facts'
import { livingRoles, sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeOfRow } from '../record-columns.ts'
import { dutiesOver, lockRecord } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { hasLead, hasOpenLink, moveLead, saveLink } from '../store/links.ts'
import { lockRecords } from '../store/records.ts'

export async function linkPerson(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const house = await lockRecord(ctx, ask.houseId, 'registry.write')
  // A tenant may be registered in another grid: who writes the house links him, and his own grid goes on answering for him.
  const [person] = await lockRecords(ctx.tx, 'person', county, [ask.personId])
  if (!person || house.kind !== 'house' || house.row.state !== 'live' || person.state !== 'live')
    return refuse('record.unknown', 404)
  if (await hasOpenLink(ctx.tx, county, ask)) refuse('link.there', 409)
  const isMine = dutiesOver(ctx, person).duties.has('registry.write')
  const leads = (ask.isLead && isMine) || !(await hasLead(ctx.tx, county, ask.personId))
  const isLead = livingRoles.includes(ask.role) && leads
  if (isLead) await moveLead(ctx.tx, county, ask.personId, placeOfRow(house.row))
  await saveLink(ctx.tx, county, {
    id: ask.id,
    person_id: ask.personId,
    house_id: ask.houseId,
    role: ask.role,
    from_on: ask.fromOn,
    basis: ask.basis,
    is_lead: isLead,
  })
  await saveChange(ctx, {
    kind: 'person',
    recordId: ask.personId,
    version: person.version,
    what: 'link',
    source: sourceOf(house.post?.roleCode),
    reason: '',
    more: { linkId: ask.id, houseId: ask.houseId, role: ask.role },
  })
  ctx.tell(personLinked, { houseId: ask.houseId, role: ask.role, isLead }, ask.personId, house.post)
  return { done: true }
}
