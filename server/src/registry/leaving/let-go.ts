/** Somebody leaves: his homes end, his care ends, his household gets a head, and whoever holds anything of him hears. */
import { dayOf, startOf, addDays, dayLength, type Day } from '@fengge/domain/kernel/time'
import { personLeft } from '@fengge/domain/registry/facts'
import { leavesHome, nextHead, refuseLeaving } from '@fengge/domain/registry/leaving/leaving'
import type { LeavingKind, Witness } from '@fengge/domain/registry/leaving/terms'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { dayBook } from '../days/day-book.ts'
import { placeOfRow } from '../record-columns.ts'
import type { Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import type { LinkRow } from '../store/links.ts'
import * as store from './store/leavings.ts'

export interface Going {
  readonly id: string
  readonly kind: LeavingKind
  readonly onDay: Day
  readonly toWhere: string
  readonly seenBy: Witness
  readonly reason: string
}
export interface Gone {
  readonly undoUntil: Date
  readonly newHead: string | null
}

/** @param person locked, and within reach */
export async function letGo(ctx: Ctx, { row, post }: Reached, going: Going): Promise<Gone> {
  const county = ctx.caller.countyCode
  const { id, kind, onDay, seenBy } = going
  const today = dayOf(ctx.now)
  settle(refuseLeaving(row.state, { onDay, today }))
  const daysOf = await dayBook(ctx, county)
  const open = await store.lockOpenLinks(ctx.tx, county, row.id)
  const ended = open.filter((l) => leavesHome(kind, l.role))
  const heads = await passOn(ctx, row.id, ended)
  await store.endLinks(
    ctx.tx,
    county,
    ended.map((l) => l.id),
    onDay,
  )
  const overlays = await store.endCare(ctx.tx, county, row.id, onDay)
  const undoUntil = new Date(ctx.now + daysOf('undo') * dayLength)
  await store.saveLeaving(ctx.tx, county, {
    id,
    person_id: row.id,
    kind,
    on_day: onDay,
    to_sealed: going.toWhere === '' ? null : ctx.sealer.seal(going.toWhere, store.wentAt(id)),
    seen_by: seenBy,
    moved: { links: ended.map((l) => ({ id: l.id, isLead: l.is_lead })), overlays, heads: heads.map((h) => h.linkId) },
    account_id: ctx.caller.accountId,
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
    undo_until: undoUntil,
    keep_until: addDays(today, daysOf(`keep/${kind}`)),
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

/** Whoever heads the houses that he headed from now on. */
async function passOn(ctx: Ctx, personId: string, ended: readonly LinkRow[]): Promise<store.Housemate[]> {
  const county = ctx.caller.countyCode
  const headed = ended.filter((l) => l.role === 'head').map((l) => l.house_id)
  const people = headed.length === 0 ? [] : await store.listHousemates(ctx.tx, county, headed, personId)
  const heads: store.Housemate[] = []
  for (const houseId of headed) {
    const mates = people.filter((p) => p.houseId === houseId)
    const next = mates.some((p) => p.role === 'head') ? undefined : nextHead(mates, dayOf(ctx.now))
    const mate = mates.find((p) => p.linkId === next?.linkId)
    if (!mate) continue
    await store.saveRole(ctx.tx, county, mate.linkId, 'head')
    heads.push(mate)
  }
  return heads
}

/** Until the end of a day so many days from now. */
export const dueIn = (now: number, days: number): Date => new Date(startOf(addDays(dayOf(now), days)))
