/** Cards, badges and stairwell boards as PDF. Measures are millimetres of the paper (kernel/print.ts). */
import type { printBadge as promise } from '@fengge/domain/identity/contract'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../kernel/context.ts'
import { drawCode, finishSheet, mm, openSheet, type Sheet } from '../kernel/print.ts'
import { refuse } from '../kernel/problems.ts'
import type { Settings } from '../kernel/settings.ts'
import { fullName, placeTree, type Node } from '../places/door.ts'
import { addressOf, findOpenBadge, listBoardBadges, reachesBadgesOf, siteOf, type BadgeRow } from './queries/badges.ts'

type Ask = AskOf<typeof promise>

/** One badge, or its ten cards, or the board of a grid. @throws refusals of an id out of reach, and of a missing font */
export function printBadge(ctx: Asking, ask: Ask, settings: Settings): Promise<Buffer> {
  return ask.what === 'board' ? printBoard(ctx, ask, settings) : printCards(ctx, ask, settings)
}

/** What stands on a badge or a card. */
interface Face {
  readonly row: BadgeRow
  readonly placeName: string
  readonly address: string
}

async function printCards(ctx: Asking, ask: Ask, settings: Settings): Promise<Buffer> {
  const row = await findOpenBadge(ctx.tx, ask.id)
  if (!row || !reachesBadgesOf(ctx, row.place_id)) return refuse('badge.unknown', 404)
  const face = { row, placeName: fullName(ctx, row.place_id), address: addressOf(settings, row.code) }
  const sheet = openSheet(settings.font, ask.what === 'badge' ? [mm(86), mm(120)] : 'A4')
  if (ask.what === 'badge') drawBadge(sheet, face)
  else for (let k = 0; k < 10; k++) drawCard(sheet, face, mm(15 + (k % 2) * 90), mm(13.5 + Math.floor(k / 2) * 54))
  return finishSheet(sheet)
}

function drawBadge(sheet: Sheet, { row, placeName, address }: Face): void {
  const whole = { width: mm(86), align: 'center' } as const
  sheet.rect(0, 0, mm(86), mm(16)).fill('#1456b8')
  sheet.fill('#ffffff').fontSize(15).text('网格服务工作证', 0, mm(5), whole)
  sheet.fill('#000000').fontSize(24).text(row.name, 0, mm(24), whole)
  sheet
    .fontSize(13)
    .text(row.role_name, 0, mm(37), whole)
    .text(placeName, mm(5), mm(44), { width: mm(76), align: 'center' })
  drawCode(sheet, address, { x: mm(23), y: mm(56), side: mm(40) })
  sheet
    .fontSize(9)
    .text('扫码核验身份；显示“是”才是本人', 0, mm(99), whole)
    .text(`编号 ${row.code}　有效期至 ${row.expires_on}`, 0, mm(105), whole)
}

function drawCard(sheet: Sheet, { row, placeName, address }: Face, x: number, y: number): void {
  const left = { width: mm(48) }
  sheet.rect(x, y, mm(90), mm(54)).lineWidth(0.3).stroke('#999999')
  sheet
    .fill('#000000')
    .fontSize(17)
    .text(row.name, x + mm(6), y + mm(8), left)
  sheet
    .fontSize(10)
    .text(row.role_name, x + mm(6), y + mm(19), left)
    .text(placeName, x + mm(6), y + mm(26), left)
  sheet.fontSize(7.5).text('有事请找我；扫码可核验身份、上报事情', x + mm(6), y + mm(45), { width: mm(50) })
  drawCode(sheet, address, { x: x + mm(55), y: y + mm(10), side: mm(31) })
}

/** A sheet drawn for A4, and as many times larger as the paper is. */
interface Board {
  readonly sheet: Sheet
  readonly scale: number
  /** A length on A4, in points of this paper. */
  readonly at: (millimetres: number) => number
}

/** A stairwell board: who serves this grid, how to report, and a code for each to check whoever rings. */
async function printBoard(ctx: Asking, ask: Ask, settings: Settings): Promise<Buffer> {
  const grid = placeTree(ctx).get(ask.id)
  if (!grid || !reachesBadgesOf(ctx, grid.id)) return refuse('place.unknown', 404)
  const people = await listBoardBadges(ctx, grid.id)
  const scale = ask.size === 'A3' ? Math.SQRT2 : 1
  const sheet = openSheet(settings.font, ask.size)
  const board: Board = { sheet, scale, at: (n) => mm(n) * scale }
  drawHead(board, grid, fullName(ctx, grid.id))
  people.forEach((row, k) => drawPerson(board, row, k, addressOf(settings, row.code)))
  const whole = { width: board.at(210), align: 'center' } as const
  if (people.length === 0) sheet.fontSize(14 * scale).text('（尚未制发工作证）', 0, board.at(90), whole)
  drawFoot(board, `${siteOf(settings)}/report?grid=${grid.id}`)
  return finishSheet(sheet)
}

function drawHead({ sheet, scale, at }: Board, grid: Node, name: string): void {
  const whole = { width: at(210), align: 'center' } as const
  sheet.rect(0, 0, at(210), at(34)).fill('#1456b8')
  sheet
    .fill('#ffffff')
    .fontSize(30 * scale)
    .text('网格服务公示牌', 0, at(8), whole)
  sheet
    .fill('#000000')
    .fontSize(20 * scale)
    .text(name, 0, at(42), whole)
  sheet.fontSize(11 * scale).text(`网格编码 ${grid.code}`, 0, at(54), whole)
}

/** The k-th of six, in two columns. */
function drawPerson({ sheet, scale, at }: Board, row: BadgeRow, k: number, address: string): void {
  const x = at(16 + (k % 2) * 92)
  const y = at(66 + Math.floor(k / 2) * 44)
  sheet.rect(x, y, at(86), at(40)).lineWidth(0.6).stroke('#8a93a3')
  sheet
    .fill('#000000')
    .fontSize(18 * scale)
    .text(row.name, x + at(5), y + at(7), { width: at(48) })
  sheet.fontSize(11 * scale).text(row.role_name, x + at(5), y + at(19), { width: at(48) })
  drawCode(sheet, address, { x: x + at(50), y: y + at(3), side: at(34) })
}

function drawFoot({ sheet, scale, at }: Board, reportAddress: string): void {
  const left = { width: at(120) }
  sheet
    .fill('#000000')
    .fontSize(16 * scale)
    .text('有事扫这里：上报、查进度、找网格员', at(16), at(214), left)
  sheet
    .fontSize(11 * scale)
    .text('不用注册，不用下载。紧急情况请拨打 110、119、120。', at(16), at(228), left)
    .text('上门的人请他出示工作证，扫上面的码核对。', at(16), at(238), left)
  drawCode(sheet, reportAddress, { x: at(144), y: at(208), side: at(50) })
}
