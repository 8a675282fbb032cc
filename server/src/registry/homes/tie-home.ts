/** Somebody becomes linked with a house: the link, the history, the journal, and the grid that answers for him. */
import { personLinked } from '@fengge/domain/registry/facts'
import { livingRoles, sourceOf, type HeadIs, type LinkRole } from '@fengge/domain/registry/terms'
import type { Ctx, Post } from '../../kernel/context.ts'
import { announce } from '../../kernel/reactions.ts'
import { placeTree } from '../../places/door.ts'
import { withdrawArrivals } from '../arriving/store/arrivals.ts'
import { settlePlan, withdrawPlan } from '../leaving/plan-leaving.ts'
import { placeOfRow } from '../record-columns.ts'
import { lapseRequests } from './lapse-requests.ts'
import { settleHead } from './settle-head.ts'
import { placeOf } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { hasLead, moveLead, saveLink } from '../store/links.ts'
import { saveMoved } from '../store/moved.ts'
import type { RecordRow } from '../store/records.ts'

export interface Tie {
  readonly id: string
  readonly person: Pick<RecordRow, 'id' | 'version' | 'grid_id' | 'village_id' | 'town_id'>
  readonly house: Pick<RecordRow, 'id' | 'grid_id' | 'village_id' | 'town_id'>
  readonly role: LinkRole
  readonly fromOn: string
  readonly basis: string
  /** The house is to lead; it does so anyhow where no other home does. */
  readonly isLead: boolean
  readonly post: Post | undefined
  /** He is to leave on a day that has not come: that is off, or stays so. */
  readonly plan?: 'off' | 'stays' | undefined
  readonly headIs?: HeadIs | undefined
}

/** @throws `link.headed` and `link.planned` until what they ask is said */
export async function tieHome(ctx: Ctx, tie: Tie): Promise<void> {
  const county = ctx.caller.countyCode
  const { person, house, post } = tie
  const wish = { personId: person.id, role: tie.role, headIs: tie.headIs }
  const role = await settleHead(ctx, { houseId: house.id, post }, wish)
  if (livingRoles.includes(role)) await withdrawArrivals(ctx.tx, county, person.id)
  const leads = tie.isLead || !(await hasLead(ctx.tx, county, person.id))
  const isLead = livingRoles.includes(role) && leads
  if (isLead) await leaveFormer(ctx, tie)
  if (livingRoles.includes(role)) await settlePlan(ctx, person.id, tie.plan)
  if (isLead) await moveLead(ctx.tx, county, person.id, placeOfRow(house))
  await saveLink(ctx.tx, county, {
    id: tie.id,
    person_id: person.id,
    house_id: house.id,
    role,
    from_on: tie.fromOn,
    basis: tie.basis,
    is_lead: isLead,
  })
  if (role === 'head') await lapseRequests(ctx, [house.id])
  await saveChange(ctx, {
    kind: 'person',
    recordId: person.id,
    version: person.version,
    what: 'link',
    source: sourceOf(post?.roleCode),
    reason: '',
    more: { linkId: tie.id, houseId: house.id, role },
  })
  const from = placeOfRow(person)
  await announce(
    ctx,
    personLinked,
    { personId: person.id, from, to: isLead ? placeOfRow(house) : from },
    { detail: { houseId: house.id, role, isLead }, subject: person.id, post: post ?? null },
  )
}

/** Another place answers for him from now on: what the former one said ahead is over, and who wrote there is told here to nobody. */
async function leaveFormer(ctx: Ctx, { person, house }: Pick<Tie, 'person' | 'house'>): Promise<void> {
  const [from, to] = [placeOf(person), placeOf(house)]
  if (from === null || to === null || placeTree(ctx).contains(from, to)) return
  await withdrawPlan(ctx, person.id)
  await saveMoved(ctx.tx, ctx.caller.countyCode, person.id, { placeId: from, at: new Date(ctx.now) })
}
