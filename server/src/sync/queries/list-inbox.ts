/** Acts that lie with the desk of the place, so that a person can judge each: whose, about what, and what it would change. */
import { dutiesOf } from '@fengge/domain/kernel/duty'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { wordsIn, wordsOf } from '@fengge/domain/sync/act-words'
import type { InboxRow, listInbox as promise } from '@fengge/domain/sync/contract'
import { actPromises } from '@fengge/domain/sync/contract/acts'
import { readAsk, type Act } from '@fengge/domain/sync/terms'
import type { z } from 'zod'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { packCursor, readCursor } from '../../kernel/cursor.ts'
import { titleOf } from '../../events/door.ts'
import { listHolders } from '../../identity/door.ts'
import { fullName, placeTree } from '../../places/door.ts'
import { nameRecords, previewEdit } from '../../registry/door.ts'
import { aboutIn } from '../about.ts'
import { confidedTo } from '../confided.ts'
import { isShownTo, placesKept, watchedPlaces } from '../reach.ts'
import { askAt, countKept, listKept, markShown, type InboxRow as Kept, type KeptMark } from '../store/inbox.ts'
import { listPhotos } from '../store/photos.ts'

const most = { rows: 100, signs: 4_000_000 }
type Row = z.output<typeof InboxRow>

export async function listInbox(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const filter = {
    county: ctx.caller.countyCode,
    only: ask.state,
    places: watchedPlaces(ctx),
    keptAt: placesKept(ctx),
  }
  const rows = await listKept(ctx.tx, filter, most, ask.after === undefined ? undefined : markOf(ask.after))
  const total = await countKept(ctx.tx, filter)
  const seen = rows
    .filter((r) => isShownTo(ctx, r))
    .toSorted((a, b) => b.received_at.getTime() - a.received_at.getTime())
  if (seen.length > 0) ctx.look('sync.inbox-looked', ctx.caller.countyCode, { acts: seen.length })
  const beside = await gatherBeside(ctx, seen)
  const views: Row[] = []
  for (const row of seen) views.push(await viewKept(ctx, row, beside))
  const read = new Set(views.filter((v) => v.confided === null).map((v) => v.id))
  const fresh = seen.filter((r) => r.shown_at === null && read.has(r.id)).map((r) => r.id)
  if (fresh.length > 0) await ctx.apart((tx) => markShown(tx, ctx.caller.countyCode, fresh, new Date(ctx.now)))
  const last = rows.at(-1)
  const isWhole = last === undefined || (ask.after === undefined && rows.length === total)
  return { rows: views, total, next: isWhole ? null : packCursor(last.turn, last.received_at, last.id) }
}

function markOf(after: string): KeptMark {
  const [turn, at, id] = readCursor(after, ['number', 'moment', 'id'])
  return { turn: Number(turn), at: new Date(at!), id: id! }
}

/** What all of them need: who made them, and their photos. */
async function gatherBeside(ctx: Asking, rows: readonly Kept[]) {
  const holders = await listHolders(ctx.tx, [...new Set(rows.map((r) => r.account_id))])
  const acts = rows.map((r) => r.id)
  return {
    holders: new Map(holders.map((h) => [h.accountId, h])),
    photos: Map.groupBy(await listPhotos(ctx.tx, ctx.caller.countyCode, acts), (p) => p.act_id),
  }
}

async function viewKept(ctx: Asking, row: Kept, beside: Awaited<ReturnType<typeof gatherBeside>>): Promise<Row> {
  const ask = readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id)))
  const confided = await confidedTo(ctx, row, ask)
  if (confided) return { ...sealedView(row), confided }
  const holder = beside.holders.get(row.account_id)
  const at = holder?.lastPlaceId ?? null
  return {
    id: row.id,
    name: row.name,
    holder: row.holder,
    subject: '',
    problem: row.problem,
    madeAt: row.made_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    text: wordsOf(row.name, ask),
    state: row.state,
    reason: row.reason,
    canApply: row.state === 'open',
    mayApply: postsWith(ctx.caller, dutiesOf(actPromises[row.name].duty)).length > 0,
    post: [at === null ? '' : fullName(ctx, at), holder?.lastRole ?? ''].filter((x) => x !== '').join(' '),
    isFromOutside: !isNear(ctx, at, row.place_id),
    placeName: row.place_id === null ? '' : fullName(ctx, row.place_id),
    about: await nameAbout(ctx, row.name, ask),
    changes: row.name === 'saveRecord' ? await previewEdit(ctx, ask) : [],
    told: wordsIn(row.name, ask),
    photos: (beside.photos.get(row.id) ?? []).map((p) => ({ id: p.id, hasCome: p.digest !== '', digest: p.digest })),
    confided: null,
  }
}

/** That there is one, and since when: neither what it is, nor whose, nor about whom. */
const sealedView = (row: Kept): Omit<Row, 'confided'> => ({
  id: row.id,
  name: '',
  holder: '',
  subject: '',
  problem: '',
  madeAt: row.made_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  text: '',
  state: row.state,
  reason: '',
  canApply: false,
  mayApply: false,
  post: '',
  isFromOutside: false,
  placeName: '',
  about: [],
  changes: [],
  told: [],
  photos: [],
})

/** One of the two places holds the other. */
function isNear(ctx: Asking, one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  const tree = placeTree(ctx)
  return tree.contains(one, other) || tree.contains(other, one)
}

async function nameAbout(ctx: Asking, name: Act['name'], ask: Act['ask']): Promise<Row['about']> {
  const { eventId, recordIds } = aboutIn(name, ask)
  const title = eventId === undefined ? undefined : await titleOf(ctx, eventId)
  const records = await nameRecords(ctx, recordIds)
  return [
    ...(eventId === undefined || title === undefined ? [] : [{ kind: 'event' as const, id: eventId, name: title }]),
    ...records,
  ]
}
