import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { wipeDevice as promise } from '@fengge/domain/sync/contract'
import { deviceWipeAsked } from '@fengge/domain/sync/facts'
import { dayOf } from '@fengge/domain/kernel/time'
import { endSessionsOnPhones, listPlacesOf } from '../../identity/door.ts'
import { postsWith, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { askWipe, findDevice } from '../store/devices.ts'

/**
 * A phone that was lost is told to wipe itself when it is heard of again: by a desk of the place its holder serves, or
 * served last. All that its holder opened on phones ends at once: whoever holds it may have gone on from it to another.
 * What waits on it comes by the phone's own token (hand-in.ts).
 */
export async function wipeDevice(ctx: Ctx, { id, reason }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const device = await findDevice(ctx.tx, id)
  if (device?.county_code !== ctx.caller.countyCode || !(await isOurs(ctx, device.account_id)))
    refuse('device.unknown', 404)
  if (!(await askWipe(ctx.tx, ctx.caller.countyCode, id, reason))) refuse('device.unknown', 404)
  await endSessionsOnPhones(ctx.tx, { accountId: device.account_id, phone: device.name, at: new Date(ctx.now) })
  ctx.tell(deviceWipeAsked, { reason }, id)
  return { done: true }
}

async function isOurs(ctx: Ctx, accountId: string): Promise<boolean> {
  const tree = placeTree(ctx)
  const places = await listPlacesOf(ctx.tx, accountId, dayOf(ctx.now))
  return postsWith(ctx.caller, ['sync.watch', 'account.manage']).some((post) =>
    // Whose phone belongs to no place is the county's.
    places.length === 0
      ? tree.get(post.placeId)?.tier === 'county'
      : places.some((place) => tree.contains(post.placeId, place)),
  )
}
