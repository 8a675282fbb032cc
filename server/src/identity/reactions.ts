/** Staff follow their grids (G5). */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import type { Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { on } from '../kernel/reactions.ts'
import { endPostingsAt, listPostingsAt, savePosting } from './store/postings.ts'

export function identityReactions(): void {
  on(netChanged, followNet)
}

/** Whoever served in a grid that was split, merged or closed serves on in those that follow it; old posts keep their dates. */
async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  const ended = change.from.filter((id) => !change.to.includes(id))
  const opened = change.to.filter((id) => !change.from.includes(id))
  if (ended.length === 0) return
  for (const p of await listPostingsAt(ctx.tx, ended, change.on))
    for (const placeId of opened)
      await savePosting(ctx.tx, {
        id: freshId(ctx.now),
        accountId: p.account_id,
        roleCode: p.role_code,
        roleKind: p.role_kind,
        placeId,
        departmentId: p.department_id,
        fromOn: change.on,
        toOn: p.to_on,
      })
  await endPostingsAt(ctx.tx, ended, change.on)
}
