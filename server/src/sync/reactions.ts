/** What waits for a desk: it follows the net (G5), and what was said ahead by who serves there no more joins it. */
import { netChanged, type NetChange } from '@fengge/domain/places/facts'
import { heirOf } from '@fengge/domain/places/rehoming'
import { leavingLapsed, personsDeleted, type SaidAhead } from '@fengge/domain/registry/facts'
import type { Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { on } from '../kernel/reactions.ts'
import { forgetAbout } from './forget-decided.ts'
import { askAt, followInbox, saveKept } from './store/inbox.ts'

export function syncReactions(): void {
  on(netChanged, followNet)
  on(leavingLapsed, keepLapsed)
  on(personsDeleted, (ctx, { personIds }) => forgetAbout(ctx, personIds))
}

async function followNet(ctx: Ctx, change: NetChange): Promise<void> {
  for (const id of change.ended) {
    const heir = heirOf(change, id)
    if (heir !== null) await followInbox(ctx.tx, ctx.caller.countyCode, id, heir)
  }
}

async function keepLapsed(ctx: Ctx, { leavingId: id, said, accountId, name, at, placeId }: SaidAhead): Promise<void> {
  if (accountId === null) return
  const ask = { requestId: freshId(ctx.now), id: freshId(ctx.now), ...said }
  await saveKept(ctx.tx, {
    county_code: ctx.caller.countyCode,
    id,
    account_id: accountId,
    holder: name,
    device_id: null,
    place_id: placeId,
    name: 'leavePerson',
    subject: '',
    ask_sealed: ctx.sealer.seal(JSON.stringify(ask), askAt(id)),
    problem: 'not-allowed',
    made_at: at,
    received_at: new Date(ctx.now),
    event_id: null,
    kept_for: 'desk',
  })
}
