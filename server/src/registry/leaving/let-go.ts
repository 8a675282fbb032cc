/** Somebody leaves: his homes end, his care ends, his household gets a head, and whoever holds anything of him hears. */
import { dayOf, startOf, addDays, dayLength, type Day } from '@fengge/domain/kernel/time'
import { personLeft } from '@fengge/domain/registry/facts'
import { refuseLeaving } from '@fengge/domain/registry/leaving/leaving'
import type { LeavingKind, Witness } from '@fengge/domain/registry/leaving/terms'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { dayBook } from '../days/day-book.ts'
import { placeOfRow } from '../record-columns.ts'
import type { Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { endCare } from '../store/overlays.ts'
import { endHomes } from './end-homes.ts'
import * as store from './store/leavings.ts'

export interface Going {
  readonly id: string
  readonly kind: LeavingKind
  readonly onDay: Day
  readonly toWhere: string
  readonly seenBy: Witness
  readonly reason: string
  /** Who said it, and when, where that was not the caller now. */
  readonly said?: { readonly accountId: string | null; readonly name: string; readonly at: Date }
}
export interface Gone {
  readonly undoUntil: Date
  readonly newHead: string | null
}

/** What a leaving says, by whom, and of whom. */
export function saidOf(ctx: Ctx, personId: string, going: Going) {
  const { id, kind, onDay, toWhere, seenBy } = going
  const { said = { ...ctx.caller, at: new Date(ctx.now) } } = going
  return {
    id,
    person_id: personId,
    kind,
    on_day: onDay,
    to_sealed: toWhere === '' ? null : ctx.sealer.seal(toWhere, store.wentAt(id)),
    seen_by: seenBy,
    account_id: said.accountId,
    by_name: said.name,
    at: said.at,
  }
}

/** @param person locked, and within reach */
export async function letGo(ctx: Ctx, { row, post }: Reached, going: Going): Promise<Gone> {
  const county = ctx.caller.countyCode
  const { id, kind, onDay, seenBy } = going
  const today = dayOf(ctx.now)
  settle(refuseLeaving(row.state, { onDay, today }))
  const daysOf = await dayBook(ctx, county)
  const { links: ended, heads } = await endHomes(ctx, row.id, kind, onDay)
  const overlays = await endCare(ctx.tx, county, row.id, onDay)
  const undoUntil = new Date(ctx.now + daysOf('undo') * dayLength)
  await store.saveLeaving(ctx.tx, county, {
    ...saidOf(ctx, row.id, going),
    moved: { links: ended.map((l) => ({ id: l.id, isLead: l.is_lead })), overlays, heads: heads.map((h) => h.linkId) },
    undo_until: undoUntil,
    keep_until: addDays(today, daysOf(`keep/${kind}`)),
    state: 'open',
  })
  await store.saveState(ctx.tx, county, { id: row.id, state: 'gone', now: ctx.now })
  await saveChange(ctx, {
    kind: 'person',
    recordId: row.id,
    version: row.version + 1,
    what: 'left',
    source: sourceOf(post?.roleCode),
    reason: going.reason,
    more: { leaving: id, kind, onDay },
  })
  await announce(
    ctx,
    personLeft,
    { personId: row.id, leavingId: id, at: placeOfRow(row) },
    { detail: { leaving: id, kind, onDay, seenBy }, subject: row.id, post: post ?? null },
  )
  return { undoUntil, newHead: heads[0]?.name ?? null }
}

/** Until the end of a day so many days from now. */
export const dueIn = (now: number, days: number): Date => new Date(startOf(addDays(dayOf(now), days)))
