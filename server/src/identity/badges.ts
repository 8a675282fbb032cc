/** Badges and boards: who serves here, checked by a code that is rotated and revoked. Requirements W5, C1. */
import { randomInt } from 'node:crypto'
import QRCode from 'qrcode'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as c from '@fengge/domain/identity/contract'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { postsWith, type Caller, type Ctx, type Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql, type RawBuilder, run } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import type { Engine } from '../kernel/engine.ts'
import { drawCode, finishSheet, mm, openSheet, type Sheet } from '../kernel/print.ts'
import { refuse } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { placeTree } from '../places/door.ts'
import * as promises from '@fengge/domain/identity/contract'
import { badgeIssued, badgeRevoked } from '@fengge/domain/identity/facts'

type Ask<P extends keyof typeof c> = AskOf<(typeof c)[P]>
type Reply<P extends keyof typeof c> = Promise<ReplyOf<(typeof c)[P]>>
type View = ReplyOf<typeof c.issueBadge>

export function badgeRoutes(serve: Serve, engine: Engine): void {
  serve.read(promises.myBadge, (ctx) => myBadge(ctx, engine))
  serve.write(promises.issueBadge, issueBadge)
  serve.write(promises.revokeBadge, revokeBadge)
  serve.read(promises.listBadges, listBadges)
  serve.stream(promises.printBadge, async (ctx, ask, reply) => {
    const pdf = await printSheet(ctx, ask, engine)
    return reply.type('application/pdf').header('content-disposition', `inline; filename="${ask.what}.pdf"`).send(pdf)
  })
}

interface Row {
  id: string
  account_id: string
  name: string
  role_name: string
  place_id: string
  code: string
  issued_at: Date
  expires_on: string
  ended_as: string
  reason: string
  to_on: string | null
  status: string
}
const rows = (tx: Reading, where: RawBuilder<unknown>) =>
  rowsOf<Row>(
    tx,
    sql`
      select
        b.id, b.account_id, a.name, r.name as role_name, p.place_id, b.code, b.issued_at, b.expires_on, b.ended_as,
        b.reason, p.to_on, a.status
      from identity.badge b
        join identity.account a on a.id = b.account_id
        join identity.posting p on p.id = b.posting_id
        join identity.role r on r.code = p.role_code
      where ${where}
    `,
  )

/** A badge holds while its code was not ended, its day has not come, and its bearer still has the post. */
const stateOf = (r: Row, today: string): View['state'] =>
  r.ended_as !== ''
    ? (r.ended_as as 'replaced' | 'revoked')
    : r.expires_on < today
      ? 'expired'
      : r.status !== 'active' || (r.to_on !== null && r.to_on < today)
        ? 'revoked'
        : 'valid'
const view = (r: Row, now: number): View => ({
  id: r.id,
  accountId: r.account_id,
  name: r.name,
  roleName: r.role_name,
  placeName: fullName(r.place_id),
  code: r.code,
  issuedAt: r.issued_at.toISOString(),
  expiresOn: r.expires_on,
  state: stateOf(r, dayOf(now)),
  reason: r.reason,
})
const fullName = (placeId: string) => {
  const tree = placeTree(),
    node = tree.get(placeId)
  return node?.tier === 'grid' || node?.tier === 'micro'
    ? `${tree.ancestor(placeId, 'village')?.name ?? ''}${node.name}`
    : (node?.name ?? '')
}
const reaches = (caller: Caller, placeId: string) =>
  postsWith(caller, ['badge.issue', 'sync.watch']).some((p) => placeTree().contains(p.placeId, placeId))

/** Ten signs without look-alikes: some 49 bits. */
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const makeCode = () => Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join('')

async function myBadge(ctx: Asking, engine: Engine): Reply<'myBadge'> {
  const [row] = await rows(ctx.tx, sql`b.account_id = ${ctx.caller.accountId} and b.ended_at is null`)
  return {
    badge: row ? view(row, ctx.now) : null,
    picture: row ? await QRCode.toString(addressOf(engine, row.code), { type: 'svg', margin: 2 }) : '',
  }
}
const addressOf = (engine: Engine, code: string) =>
  `${engine.settings.publicUrl?.replace(/\/$/, '') ?? ''}/badge?code=${code}`

async function issueBadge(ctx: Ctx, ask: Ask<'issueBadge'>): Reply<'issueBadge'> {
  const today = dayOf(ctx.now)
  const post = await rowOf<{ id: string; place_id: string; to_on: string | null }>(
    ctx.tx,
    sql`
      select p.id, p.place_id, p.to_on
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        and a.county_code = ${ctx.caller.countyCode}
        join identity.role r on r.code = p.role_code
        and r.kind = 'business'
      where p.account_id = ${ask.accountId}
        and p.department_id is null
        and p.from_on <= ${today}
        and (p.to_on is null or p.to_on >= ${today})
      order by p.from_on desc
      limit 1
    `,
  )
  if (!post || !reaches(ctx.caller, post.place_id)) return refuse('badge.no-post', 422)
  await run(
    ctx.tx,
    sql`
      update identity.badge
      set ended_at = ${new Date(ctx.now)}, ended_as = 'replaced'
      where account_id = ${ask.accountId} and ended_at is null
    `,
  )
  const until = addDays(today, ask.months * 30)
  await run(
    ctx.tx,
    sql`
      insert into identity.badge (id, account_id, posting_id, code, issued_at, issued_by, expires_on)
      values
        (${ask.id}, ${ask.accountId}, ${post.id}, ${makeCode()}, ${new Date(ctx.now)}, ${ctx.caller.accountId}, ${post.to_on !== null && post.to_on < until ? post.to_on : until})
    `,
  )
  ctx.tell(badgeIssued, {}, ask.accountId)
  return view((await rows(ctx.tx, sql`b.id = ${ask.id}`))[0]!, ctx.now)
}

async function revokeBadge(ctx: Ctx, ask: Ask<'revokeBadge'>): Reply<'revokeBadge'> {
  const [row] = await rows(ctx.tx, sql`b.id = ${ask.id} and b.ended_at is null`)
  if (!row || !reaches(ctx.caller, row.place_id)) return refuse('badge.unknown', 404)
  await run(
    ctx.tx,
    sql`
      update identity.badge
      set ended_at = ${new Date(ctx.now)}, ended_as = 'revoked', reason = ${ask.reason}
      where id = ${ask.id}
    `,
  )
  ctx.tell(badgeRevoked, { reason: ask.reason }, row.account_id)
  return { done: true }
}

async function listBadges(ctx: Asking, ask: Ask<'listBadges'>): Reply<'listBadges'> {
  const tree = placeTree(),
    today = dayOf(ctx.now)
  const isHere = (placeId: string) =>
    reaches(ctx.caller, placeId) && (ask.placeId === undefined || tree.contains(ask.placeId, placeId))
  const found = (
    await rows(
      ctx.tx,
      sql`
        a.county_code = ${ctx.caller.countyCode}
        and (b.ended_at is null or b.ended_at > ${new Date(ctx.now - 30 * 86_400_000)})
        order by b.issued_at desc
        limit 3000
      `,
    )
  ).filter((r) => isHere(r.place_id))
  const posted = await rowsOf<{ account_id: string; name: string; role_name: string; place_id: string }>(
    ctx.tx,
    sql`
      select p.account_id, a.name, r.name as role_name, p.place_id
      from identity.posting p
        join identity.account a on a.id = p.account_id
        and a.status = 'active'
        and a.county_code = ${ctx.caller.countyCode}
        join identity.role r on r.code = p.role_code
        and r.code in ('grid-worker', 'part-time-worker', 'liaison', 'grid-leader')
      where p.from_on <= ${today}
        and (p.to_on is null or p.to_on >= ${today})
        and not exists (select 1 from identity.badge b where b.account_id = p.account_id and b.ended_at is null)
      limit 3000
    `,
  )
  return {
    badges: found.slice(0, 700).map((r) => view(r, ctx.now)),
    without: posted
      .filter((p) => isHere(p.place_id))
      .slice(0, 700)
      .map((p) => ({ accountId: p.account_id, name: p.name, roleName: p.role_name, placeName: fullName(p.place_id) })),
  }
}

/** What a scan tells a resident: who it is, or that nobody vouches for this code. The phone number is not told. */
export async function checkBadge(
  tx: Reading,
  code: string,
  now: number,
): Promise<{ name: string; roleName: string; placeName: string; expiresOn: string } | { wrong: 'unknown' | 'ended' }> {
  const clean = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 20)
  const [row] = await rows(tx, sql`b.code = ${clean}`)
  if (!row) return { wrong: 'unknown' }
  return stateOf(row, dayOf(now)) === 'valid'
    ? { name: row.name, roleName: row.role_name, placeName: fullName(row.place_id), expiresOn: row.expires_on }
    : { wrong: 'ended' }
}

async function printSheet(ctx: Asking, ask: Ask<'printBadge'>, engine: Engine): Promise<Buffer> {
  if (ask.what === 'board') return printBoard(ctx, ask, engine)
  const [row] = await rows(ctx.tx, sql`b.id = ${ask.id} and b.ended_at is null`)
  if (!row || !reaches(ctx.caller, row.place_id)) return refuse('badge.unknown', 404)
  const sheet = openSheet(engine.settings.font, ask.what === 'badge' ? [mm(86), mm(120)] : 'A4')
  if (ask.what === 'badge') drawBadge(sheet, row, addressOf(engine, row.code))
  else
    for (let k = 0; k < 10; k++)
      drawCard(sheet, row, addressOf(engine, row.code), mm(15 + (k % 2) * 90), mm(13.5 + Math.floor(k / 2) * 54))
  return finishSheet(sheet)
}

function drawBadge(sheet: Sheet, row: Row, address: string): void {
  sheet.rect(0, 0, mm(86), mm(16)).fill('#1456b8')
  sheet
    .fill('#ffffff')
    .fontSize(15)
    .text('网格服务工作证', 0, mm(5), { width: mm(86), align: 'center' })
  sheet
    .fill('#000000')
    .fontSize(24)
    .text(row.name, 0, mm(24), { width: mm(86), align: 'center' })
  sheet
    .fontSize(13)
    .text(row.role_name, 0, mm(37), { width: mm(86), align: 'center' })
    .text(fullName(row.place_id), mm(5), mm(44), { width: mm(76), align: 'center' })
  drawCode(sheet, address, mm(23), mm(56), mm(40))
  sheet
    .fontSize(9)
    .text('扫码核验身份；显示“是”才是本人', 0, mm(99), { width: mm(86), align: 'center' })
    .text(`编号 ${row.code}　有效期至 ${row.expires_on}`, 0, mm(105), { width: mm(86), align: 'center' })
}

function drawCard(sheet: Sheet, row: Row, address: string, x: number, y: number): void {
  sheet.rect(x, y, mm(90), mm(54)).lineWidth(0.3).stroke('#999999')
  sheet
    .fill('#000000')
    .fontSize(17)
    .text(row.name, x + mm(6), y + mm(8), { width: mm(48) })
  sheet
    .fontSize(10)
    .text(row.role_name, x + mm(6), y + mm(19), { width: mm(48) })
    .text(fullName(row.place_id), x + mm(6), y + mm(26), { width: mm(48) })
  sheet.fontSize(7.5).text('有事请找我；扫码可核验身份、上报事情', x + mm(6), y + mm(45), { width: mm(50) })
  drawCode(sheet, address, x + mm(55), y + mm(10), mm(31))
}

/** A stairwell board: who serves this grid, how to report, and a code for each to check whoever rings. */
async function printBoard(ctx: Asking, ask: Ask<'printBadge'>, engine: Engine): Promise<Buffer> {
  const tree = placeTree(),
    grid = tree.get(ask.id)
  if (!grid || !reaches(ctx.caller, grid.id)) return refuse('place.unknown', 404)
  const people = (
    await rows(
      ctx.tx,
      sql`
        p.place_id = any(${[grid.id, ...tree.below(grid.id, 'micro')]}::uuid[])
        and b.ended_at is null
        order by b.issued_at
      `,
    )
  )
    .filter((r) => stateOf(r, dayOf(ctx.now)) === 'valid')
    .slice(0, 6)
  const scale = ask.size === 'A3' ? Math.SQRT2 : 1
  const sheet = openSheet(engine.settings.font, ask.size)
  const [w, at] = [mm(210) * scale, (n: number) => mm(n) * scale]
  sheet.rect(0, 0, w, at(34)).fill('#1456b8')
  sheet
    .fill('#ffffff')
    .fontSize(30 * scale)
    .text('网格服务公示牌', 0, at(8), { width: w, align: 'center' })
  sheet
    .fill('#000000')
    .fontSize(20 * scale)
    .text(fullName(grid.id), 0, at(42), { width: w, align: 'center' })
  sheet.fontSize(11 * scale).text(`网格编码 ${grid.code}`, 0, at(54), { width: w, align: 'center' })
  people.forEach((p, k) => {
    const x = at(16 + (k % 2) * 92),
      y = at(66 + Math.floor(k / 2) * 44)
    sheet.rect(x, y, at(86), at(40)).lineWidth(0.6).stroke('#8a93a3')
    sheet
      .fill('#000000')
      .fontSize(18 * scale)
      .text(p.name, x + at(5), y + at(7), { width: at(48) })
    sheet.fontSize(11 * scale).text(p.role_name, x + at(5), y + at(19), { width: at(48) })
    drawCode(sheet, addressOf(engine, p.code), x + at(50), y + at(3), at(34))
  })
  if (people.length === 0)
    sheet.fontSize(14 * scale).text('（尚未制发工作证）', 0, at(90), { width: w, align: 'center' })
  sheet
    .fill('#000000')
    .fontSize(16 * scale)
    .text('有事扫这里：上报、查进度、找网格员', at(16), at(214), { width: at(120) })
  sheet
    .fontSize(11 * scale)
    .text('不用注册，不用下载。紧急情况请拨打 110、119、120。', at(16), at(228), { width: at(120) })
    .text('上门的人请他出示工作证，扫上面的码核对。', at(16), at(238), { width: at(120) })
  drawCode(
    sheet,
    `${engine.settings.publicUrl?.replace(/\/$/, '') ?? ''}/report?grid=${grid.id}`,
    at(144),
    at(208),
    at(50),
  )
  return finishSheet(sheet)
}
