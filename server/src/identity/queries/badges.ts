/** Badges as rows, as pages show them, and as a scan answers. */
import QRCode from 'qrcode'
import {
  badgeCodeLength,
  badgeStateOf,
  codeGoodUntil,
  lastSigns,
  readBadgeCode,
  type BadgeFacts,
  type BadgeState,
} from '@fengge/domain/identity/badge'
import type * as promises from '@fengge/domain/identity/contract'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { postsWith, type Asking, type Source } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import type { Settings } from '../../kernel/settings.ts'
import { fullName, idsWithin, placeTree, listHeirs } from '../../places/door.ts'
import { headOf, judgeMinuteCode, makeMinuteCode } from '../minute-code.ts'
import { listPosted, type Colleague } from './staff.ts'
import { roleCalled } from '../store/labels.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
type View = ReplyOf<typeof promises.issueBadge>

export type BadgeRow = Pick<
  Row<'identity.badge'>,
  'id' | 'account_id' | 'code' | 'issued_at' | 'expires_on' | 'ended_as' | 'reason'
> &
  Pick<Row<'identity.account'>, 'name' | 'status' | 'county_code'> &
  Pick<Row<'identity.posting'>, 'place_id' | 'to_on'> & {
    readonly role_name: string
    readonly role_name_en: string
    readonly has_photo: boolean
  }

function listRows(reading: Reading, where: RawBuilder<unknown>): Promise<BadgeRow[]> {
  return rowsOf<BadgeRow>(
    reading,
    sql`
      select
        b.id, b.account_id, a.name, ${roleCalled(sql`a.county_code`, 'name')} as role_name,
        ${roleCalled(sql`a.county_code`, 'name_en')} as role_name_en, p.place_id, b.code, b.issued_at, b.expires_on, b.ended_as,
        b.reason, p.to_on, a.status, a.county_code, f.account_id is not null as has_photo
      from identity.badge b
        join identity.account a on a.id = b.account_id
        join identity.posting p on p.id = b.posting_id
        join identity.role r on r.code = p.role_code
        left join identity.badge_photo f on f.account_id = b.account_id
      where ${where}
    `,
  )
}

export async function findBadge(reading: Reading, id: string): Promise<BadgeRow | undefined> {
  return (await listRows(reading, sql`b.id = ${id}`))[0]
}

/** A badge whose code was not ended. */
export async function findOpenBadge(reading: Reading, id: string): Promise<BadgeRow | undefined> {
  return (await listRows(reading, sql`b.id = ${id} and b.ended_at is null`))[0]
}

/** Those of a board: whoever serves in a grid and shows a badge that holds, the longest there first. */
export async function listBoardBadges(ctx: Asking, gridId: string): Promise<BadgeRow[]> {
  const places = [gridId, ...placeTree(ctx).below(gridId, 'micro')]
  const rows = await listRows(
    ctx.tx,
    sql`p.place_id = any(${places}::uuid[]) and b.ended_at is null order by b.issued_at`,
  )
  return rows.filter((r) => stateOf(r, ctx.now) === 'valid').slice(0, 6)
}

const factsOf = (r: BadgeRow): BadgeFacts => ({
  endedAs: r.ended_as === 'replaced' || r.ended_as === 'revoked' ? r.ended_as : '',
  expiresOn: r.expires_on,
  isAccountActive: r.status === 'active',
  postEndsOn: r.to_on,
})
const stateOf = (r: BadgeRow, now: number): BadgeState => badgeStateOf(factsOf(r), dayOf(now))

export function viewBadge(ctx: Asking, r: BadgeRow): View {
  return {
    id: r.id,
    accountId: r.account_id,
    name: r.name,
    roleName: r.role_name,
    placeName: fullName(ctx, r.place_id),
    code: r.code,
    issuedAt: r.issued_at.toISOString(),
    expiresOn: r.expires_on,
    state: stateOf(r, ctx.now),
    reason: r.reason,
  }
}

/** Whether the caller keeps the badges of a place. */
export function reachesBadgesOf(ctx: Asking, placeId: string): boolean {
  const tree = placeTree(ctx)
  return postsWith(ctx.caller, ['badge.issue', 'sync.watch']).some((p) => tree.contains(p.placeId, placeId))
}

/** Where a scan of a code leads. */
export const addressOf = (settings: Pick<Settings, 'publicUrl'>, code: string): string =>
  `${siteOf(settings)}/badge?code=${code}`
export const siteOf = (settings: Pick<Settings, 'publicUrl'>): string => settings.publicUrl?.replace(/\/$/, '') ?? ''

/** The badge of the caller with a code for the door; it is asked anew as that runs out. */
export async function myBadge(ctx: Asking, settings: Settings): Reply<'myBadge'> {
  const [row] = await listRows(ctx.tx, sql`b.account_id = ${ctx.caller.accountId} and b.ended_at is null`)
  if (!row) return { badge: null, picture: '', minute: null }
  const badge = viewBadge(ctx, row)
  if (badge.state !== 'valid') return { badge, picture: '', minute: null }
  const code = makeMinuteCode(settings, row, ctx.now)
  const picture = await QRCode.toString(addressOf(settings, code), { type: 'svg', margin: 2 })
  const site = `${siteOf(settings).replace(/^https?:\/\//, '')}/badge`
  return { badge, picture, minute: { code, goodUntil: codeGoodUntil(ctx.now), site } }
}

export async function listBadges(ctx: Asking, ask: Ask<'listBadges'>): Reply<'listBadges'> {
  const tree = placeTree(ctx)
  const kept = idsWithin(
    tree,
    postsWith(ctx.caller, ['badge.issue', 'sync.watch']).map((p) => p.placeId),
  )
  const places = kept.filter((id) => ask.placeId === undefined || tree.contains(ask.placeId, id))
  const monthAgo = new Date(ctx.now - 30 * dayLength)
  const badges = await listRows(
    ctx.tx,
    sql`
      a.county_code = ${ctx.caller.countyCode}
      and p.place_id = any(${places}::uuid[])
      and (b.ended_at is null or b.ended_at > ${monthAgo})
      order by b.issued_at desc
      limit 700
    `,
  )
  const without = await listWithout(ctx.tx, ctx.caller.countyCode, { places, today: dayOf(ctx.now) })
  return {
    badges: badges.map((r) => viewBadge(ctx, r)),
    without: without.map((p) => ({
      accountId: p.account_id,
      name: p.name,
      roleName: p.role_name,
      placeName: fullName(ctx, p.place_id),
    })),
  }
}

/** Who goes from door to door and has no badge. */
function listWithout(
  reading: Reading,
  county: string,
  { places, today }: { readonly places: readonly string[]; readonly today: string },
): Promise<Pick<BadgeRow, 'account_id' | 'name' | 'role_name' | 'place_id'>[]> {
  return rowsOf(
    reading,
    sql<Pick<BadgeRow, 'account_id' | 'name' | 'role_name' | 'place_id'>>`
      select p.account_id, a.name, ${roleCalled(sql`a.county_code`, 'name')} as role_name, p.place_id
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        and a.county_code = ${county}
        join identity.role r on r.code = p.role_code
        and r.code in ('grid-worker', 'part-time-worker', 'liaison', 'grid-leader')
      where p.place_id = any(${places}::uuid[])
        and p.from_on <= ${today}
        and (p.to_on is null or p.to_on >= ${today})
        and not exists (select 1 from identity.badge b where b.account_id = p.account_id and b.ended_at is null)
      limit 700
    `,
  )
}

export type BadgeAnswer =
  /** A code for the door that is good now: who shows it, and what his badge must end with. */
  | {
      readonly name: string
      readonly roleName: string
      readonly roleNameEn: string
      readonly placeName: string
      readonly endsWith: string
      /** Of whom there is a photo to compare him with. */
      readonly pictured: { readonly accountId: string; readonly countyCode: string } | null
    }
  /** A number as it is printed, of a badge that holds: who serves there. */
  | { readonly printed: Posted }
  | { readonly wrong: 'unknown' | 'ended' | 'late' }
export interface Posted {
  readonly placeName: string
  readonly people: readonly Colleague[]
}

/** What a resident is told: who it is, or that nobody vouches for this code. No phone number and no whole number of a badge. */
export async function checkBadge(from: Source, settings: Settings, text: string): Promise<BadgeAnswer> {
  const code = readBadgeCode(text)
  const [printed] = await listRows(from.tx, sql`b.code = ${code}`)
  if (printed && stateOf(printed, from.now) !== 'valid') return { wrong: 'ended' }
  if (printed) return { printed: await postedAt(from, printed.place_id) }
  const alike = await listRows(from.tx, sql`starts_with(b.code, ${headOf(code)}) and b.ended_at is null`)
  for (const row of code.length < badgeCodeLength ? [] : alike.filter((r) => stateOf(r, from.now) === 'valid')) {
    const verdict = judgeMinuteCode(settings, row, { code, now: from.now })
    if (verdict === 'late') return { wrong: 'late' }
    if (verdict === 'good')
      return {
        name: row.name,
        roleName: row.role_name,
        roleNameEn: row.role_name_en,
        placeName: fullName(from, row.place_id),
        endsWith: lastSigns(row.code),
        pictured: row.has_photo ? { accountId: row.account_id, countyCode: row.county_code } : null,
      }
  }
  return { wrong: 'unknown' }
}

/** Who serves in a grid, as its board says. */
export async function checkBoard(from: Source, gridId: string): Promise<Exclude<BadgeAnswer, { name: string }>> {
  const grid = placeTree(from).get(gridId)
  if (grid?.tier === 'grid') return { printed: await postedAt(from, grid.id) }
  // A board hangs on after its grid was split or merged: it says who serves where it was.
  const heirs = grid ? [] : await listHeirs(from.tx, gridId)
  if (heirs.length === 0) return { wrong: 'unknown' }
  const all = await Promise.all(heirs.map((id) => postedAt(from, id)))
  return { printed: { placeName: all.map((p) => p.placeName).join('、'), people: all.flatMap((p) => p.people) } }
}

async function postedAt(from: Source, placeId: string): Promise<Posted> {
  const places = [placeId, ...placeTree(from).below(placeId, 'micro')]
  return { placeName: fullName(from, placeId), people: await listPosted(from.tx, places, from.now) }
}
