/** 歇业、迁出、拆除、登记错误: said by whoever passes, or by the desk. Requirements R2, R6. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { refuseClosing } from '@fengge/domain/registry/closing/closing'
import type { closeRecord as promise } from '@fengge/domain/registry/closing/contract'
import { recordClosed } from '@fengge/domain/registry/facts'
import { sourceOf } from '@fengge/domain/registry/terms'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { dayBook } from '../days/day-book.ts'
import { endLinks } from '../leaving/store/leavings.ts'
import { lapseRequests } from '../homes/lapse-requests.ts'
import { lockRecord, type Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { hasChildren } from '../store/children.ts'
import type { LinkRow } from '../store/links.ts'
import { saveStates } from '../store/records.ts'
import * as store from './store.ts'

/** What goes: the record, the rooms that go along, and what somebody has in any of them. */
interface Going {
  readonly rooms: readonly string[]
  readonly links: readonly LinkRow[]
  readonly hasChildren: boolean
}

export async function closeRecord(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const record = await lockRecord(ctx, ask.recordId, 'registry.write')
  const { row, kind, post, duties } = record
  const today = dayOf(ctx.now)
  const made = await store.countClosed(ctx.tx, county, accountOf(ctx.caller), today)
  const going = await goingWith(ctx, record)
  const isLivedIn = store.isLiving(going.links)
  const given = { recordKind: kind, state: row.state, today, isLivedIn, hasChildren: going.hasChildren, duties, made }
  settle(refuseClosing(ask.kind, ask.onDay, given))
  const daysOf = await dayBook(ctx, county)
  const undoUntil = new Date(ctx.now + daysOf('undo') * dayLength)
  const links = going.links.map((l) => ({ id: l.id, isLead: l.is_lead }))
  const linkIds = links.map((l) => l.id)
  await endLinks(ctx.tx, county, linkIds, ask.onDay)
  const houses = kind === 'house' ? [row.id] : going.rooms
  if (houses.length > 0) await lapseRequests(ctx, houses)
  await store.saveClosing(ctx.tx, county, {
    id: ask.id,
    record_kind: kind,
    record_id: row.id,
    kind: ask.kind,
    on_day: ask.onDay,
    reason: ask.reason,
    rooms: [...going.rooms],
    links,
    account_id: accountOf(ctx.caller),
    by_name: ctx.caller.name,
    at: new Date(ctx.now),
    undo_until: undoUntil,
  })
  await saveStates(ctx.tx, 'house', county, { ids: going.rooms, state: 'gone', now: ctx.now })
  await saveStates(ctx.tx, kind, county, { ids: [row.id], state: 'gone', now: ctx.now })
  await saveChange(ctx, {
    kind,
    recordId: row.id,
    version: row.version + 1,
    what: 'closed',
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { closing: ask.id, kind: ask.kind, onDay: ask.onDay },
  })
  const rooms = going.rooms.length
  await announce(
    ctx,
    recordClosed,
    { closingId: ask.id, recordIds: [row.id, ...going.rooms] },
    { detail: { closing: ask.id, kind: ask.kind, onDay: ask.onDay, rooms }, subject: row.id, post: post ?? null },
  )
  return { done: true, undoUntil: undoUntil.toISOString(), rooms }
}

async function goingWith(ctx: Ctx, { row, kind }: Reached): Promise<Going> {
  const county = ctx.caller.countyCode
  const rooms = kind === 'building' ? await store.lockRooms(ctx.tx, county, row.id) : []
  const houses = kind === 'house' ? [row.id] : rooms
  return {
    rooms,
    links: await store.lockLinksOf(ctx.tx, county, houses),
    hasChildren:
      kind === 'building'
        ? await store.hasOthersIn(ctx.tx, county, [row.id, ...rooms])
        : await hasChildren(ctx.tx, county, row.id),
  }
}
