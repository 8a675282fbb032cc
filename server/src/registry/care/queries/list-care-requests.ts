/** Requests to read what is sealed of key populations: one's own, and those that one decides. Why he is cared for shows to nobody here. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listCareRequests as promise } from '@fengge/domain/registry/care/contract'
import type { Asking } from '../../../kernel/context.ts'
import { dutiesOver, gridName } from '../../sight.ts'
import { listCareRequestRows } from '../../store/care-teams.ts'
import { findRecords } from '../../store/records.ts'
import { within } from '../../store/within.ts'

export async function listCareRequests(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { accountId } = ctx.caller
  const rows = await listCareRequestRows(ctx.tx, county, { accountId, people: within(ctx, 'registry.approve') })
  const people = await findRecords(ctx.tx, 'person', county, [...new Set(rows.map((q) => q.person_id))])
  const byId = new Map(people.map((p) => [p.id, p]))
  if (rows.length > 0) ctx.look('registry.overlay-requests-looked', county, { people: byId.size })
  const requests = rows.flatMap((q) => {
    const person = byId.get(q.person_id)
    if (!person || ctx.caller.unseen?.has(person.id)) return []
    const isMine = q.asked_by === accountId
    const { duties } = dutiesOver(ctx, person)
    const decides = duties.has('registry.approve')
    // Who moved away is somebody else's: where to, and as whom he is known there, is not told to who asked here.
    const isHere = decides || duties.has('overlay.keep')
    return [
      {
        id: q.id,
        state: q.state,
        personName: isHere ? person.name : '',
        gridName: isHere ? gridName(ctx, person) : null,
        purpose: q.purpose,
        note: q.note,
        askedBy: q.asked_by_name,
        askedAt: q.asked_at.toISOString(),
        reason: q.reason,
        openUntil: q.open_until?.toISOString() ?? null,
        isMine,
        canDecide: q.state === 'open' && decides && !isMine,
      },
    ]
  })
  return { requests, waiting: requests.filter((q) => q.canDecide).length }
}
