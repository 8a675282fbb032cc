/** A request that somebody of another place be linked with a house. It waits for the desk of his own place. */
import { dayOf, startOf } from '@fengge/domain/kernel/time'
import { linkAsked } from '@fengge/domain/registry/facts'
import { linkQuota } from '@fengge/domain/registry/link-contract'
import type { HeadIs, LinkRole } from '@fengge/domain/registry/terms'
import { accountOf, type Asking, type Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'
import { dutiesOver, type Reached } from './sight.ts'
import { lockHeads } from './store/heads.ts'
import { countLinkRequests, hasOpenRequest, saveLinkRequest } from './store/link-requests.ts'
import type { RecordRow } from './store/records.ts'

export interface LinkWish {
  readonly id: string
  readonly person: Pick<RecordRow, 'id'>
  readonly house: Reached
  readonly role: LinkRole
  readonly fromOn: string
  readonly basis: string
  readonly headIs?: HeadIs | undefined
  /** As whoever asks wrote him. */
  readonly askedName: string
}

export async function requestLink(ctx: Ctx, wish: LinkWish): Promise<void> {
  const county = ctx.caller.countyCode
  const { person, house } = wish
  const role = await roleOf(ctx, wish)
  const about = { person_id: person.id, house_id: house.row.id, role, asked_by: accountOf(ctx.caller) }
  // Whom he may not see is asked for as anybody is, and nobody hears of it: neither her desk, nor he that it does not.
  const isAside = ctx.caller.unseen?.has(person.id) === true
  const today = new Date(startOf(dayOf(ctx.now)))
  const made = await countLinkRequests(ctx.tx, county, about.asked_by, today)
  if (await hasOpenRequest(ctx.tx, county, about)) refuse('link.there', 409)
  if (made >= linkQuota) refuse('link.quota', 429, { quota: linkQuota })
  await saveLinkRequest(ctx.tx, county, {
    ...about,
    id: wish.id,
    from_on: wish.fromOn,
    basis: wish.basis,
    asked_name: wish.askedName,
    asked_by_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
    is_aside: isAside,
  })
  if (!isAside) ctx.tell(linkAsked, { houseId: house.row.id, role }, person.id, house.post)
}

/** That he heads a house which has a head is said when he lives there: until his place agreed, nothing changes in it. */
async function roleOf(ctx: Ctx, { house, role, headIs }: LinkWish): Promise<LinkRole> {
  if (role !== 'head' || !(await isHeaded(ctx, house))) return role
  if (headIs !== 'member') return refuse('link.headed', 409, { isAsked: true })
  return headIs
}

/** Asked with the house held: nobody becomes its head beside. */
const isHeaded = async (ctx: Ctx, house: Reached): Promise<boolean> =>
  (await lockHeads(ctx.tx, ctx.caller.countyCode, [house.row.id])).length > 0

type Placed = Pick<RecordRow, 'grid_id' | 'village_id' | 'town_id'>

/** Who decides for a person: the desk of the place that answers for him, or did last; of who has none, that of the county. */
export function decidesFor(ctx: Asking, person: Placed): boolean {
  if (person.grid_id !== null || person.village_id !== null || person.town_id !== null)
    return dutiesOver(ctx, person).duties.has('registry.correct')
  return isCountyDesk(ctx)
}

export const isCountyDesk = (ctx: Asking): boolean =>
  ctx.caller.posts.some(
    (p) =>
      p.departmentId === null && p.duties.has('registry.correct') && placeTree(ctx).get(p.placeId)?.tier === 'county',
  )
