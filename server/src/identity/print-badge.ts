/** Cards, badges and stairwell boards as PDF. Measures are millimetres of the paper (kernel/print.ts). */
import type { printBadge as promise } from '@fengge/domain/identity/contract'
import type { GridCard } from '@fengge/domain/identity/contract/cards'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../kernel/context.ts'
import { drawCode, finishSheet, mm, openSheet, type Sheet } from '../kernel/print.ts'
import { refuse } from '../kernel/problems.ts'
import type { Settings } from '../kernel/settings.ts'
import { fullName, placeTree, type Node } from '../places/door.ts'
import { openPhotos } from './badge-photos.ts'
import { shownCard } from './grid-cards.ts'
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
  /** Of the office; empty where none is kept. */
  readonly phone: string
  readonly photo: Buffer | undefined
}

/** A photo with its upper left corner at (x, y), four by five. */
const drawPhoto = (
  sheet: Sheet,
  photo: Buffer,
  at: { readonly x: number; readonly y: number; readonly width: number },
) => sheet.image(photo, at.x, at.y, { width: at.width, height: at.width * 1.25 })

async function printCards(ctx: Asking, ask: Ask, settings: Settings): Promise<Buffer> {
  const row = await findOpenBadge(ctx.tx, ask.id)
  if (!row || !reachesBadgesOf(ctx, row.place_id)) return refuse('badge.unknown', 404)
  const phone = (await shownCard(ctx, row.place_id))?.officePhone ?? ''
  const photo = (await openPhotos(ctx, [row.account_id], ask.what)).get(row.account_id)
  const face = { row, placeName: fullName(ctx, row.place_id), address: addressOf(settings, row.code), phone, photo }
  const sheet = openSheet(settings.font, ask.what === 'badge' ? [mm(86), mm(120)] : 'A4')
  if (ask.what === 'badge') drawBadge(sheet, face)
  else for (let k = 0; k < 10; k++) drawCard(sheet, face, mm(15 + (k % 2) * 90), mm(13.5 + Math.floor(k / 2) * 54))
  return finishSheet(sheet)
}

function drawBadge(sheet: Sheet, { row, placeName, address, phone, photo }: Face): void {
  const whole = { width: mm(86), align: 'center' } as const
  // With a photo what he is called stands beside it.
  const left = photo ? mm(31) : 0
  const up = photo ? mm(4) : 0
  const beside = { width: mm(86) - left, align: 'center' } as const
  if (photo) drawPhoto(sheet, photo, { x: mm(6), y: mm(19), width: mm(24) })
  sheet.rect(0, 0, mm(86), mm(16)).fill('#1456b8')
  sheet.fill('#ffffff').fontSize(15).text('网格服务工作证', 0, mm(5), whole)
  sheet
    .fill('#000000')
    .fontSize(24)
    .text(row.name, left, mm(24) - up, beside)
  sheet
    .fontSize(13)
    .text(row.role_name, left, mm(37) - up, beside)
    .fontSize(photo ? 9 : 13)
    .text(placeName, left + mm(photo ? 1 : 5), mm(44) - up, { width: mm(photo ? 52 : 76), align: 'center' })
  if (phone !== '') sheet.fontSize(11).text(`办公电话 ${phone}`, 0, mm(50), whole)
  drawCode(sheet, address, { x: mm(23), y: mm(56), side: mm(40) })
  sheet
    .fontSize(9)
    .text(`编号 ${row.code}　有效期至 ${row.expires_on}`, 0, mm(98), whole)
    .text('印着的码不能证明身份：请核对手机上的一分钟核验码', 0, mm(104), whole)
  sheet.fontSize(7).text('Printed codes prove nothing: ask for the one-minute code on the phone', 0, mm(110), whole)
}

function drawCard(sheet: Sheet, { row, placeName, address, phone, photo }: Face, x: number, y: number): void {
  const left = { width: mm(48) }
  const aside = photo ? mm(17) : 0
  const beside = { width: mm(48) - aside }
  if (photo) drawPhoto(sheet, photo, { x: x + mm(6), y: y + mm(6), width: mm(14.4) })
  sheet.rect(x, y, mm(90), mm(54)).lineWidth(0.3).stroke('#999999')
  sheet
    .fill('#000000')
    .fontSize(17)
    .text(row.name, x + mm(6) + aside, y + mm(8), beside)
  sheet
    .fontSize(10)
    .text(row.role_name, x + mm(6) + aside, y + mm(18), beside)
    .text(placeName, x + mm(6), y + mm(26), left)
  if (phone !== '') sheet.fontSize(10).text(`办公电话 ${phone}`, x + mm(6), y + mm(36.5), left)
  sheet.fontSize(7.5).text('有事请找我；上门时请核对我手机上的一分钟核验码', x + mm(6), y + mm(45), { width: mm(50) })
  drawCode(sheet, address, { x: x + mm(55), y: y + mm(10), side: mm(31) })
}

/** A sheet drawn for A4, and as many times larger as the paper is. */
interface Board {
  readonly sheet: Sheet
  readonly scale: number
  /** A length on A4, in points of this paper. */
  readonly at: (millimetres: number) => number
}

/** A stairwell board: who serves this grid by name, how to report, and where to check whoever rings. No code of anybody: what hangs in a stairwell is photographed. */
async function printBoard(ctx: Asking, ask: Ask, settings: Settings): Promise<Buffer> {
  const grid = placeTree(ctx).get(ask.id)
  if (!grid || !reachesBadgesOf(ctx, grid.id)) return refuse('place.unknown', 404)
  const people = await listBoardBadges(ctx, grid.id)
  const photos = await openPhotos(
    ctx,
    people.map((p) => p.account_id),
    'board',
  )
  const scale = ask.size === 'A3' ? Math.SQRT2 : 1
  const sheet = openSheet(settings.font, ask.size)
  const board: Board = { sheet, scale, at: (n) => mm(n) * scale }
  drawHead(board, grid, fullName(ctx, grid.id))
  drawOffice(board, await shownCard(ctx, grid.id))
  people.forEach((row, k) => drawPerson(board, { row, photo: photos.get(row.account_id) }, k))
  const whole = { width: board.at(210), align: 'center' } as const
  if (people.length === 0) sheet.fontSize(14 * scale).text('（尚未制发工作证）', 0, board.at(90), whole)
  drawFoot(board, siteOf(settings), grid.id)
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
    .text(name, 0, at(40), whole)
  sheet.fontSize(11 * scale).text(`网格编码 ${grid.code}`, 0, at(52), whole)
}

/** The telephone of the office, and the code of the group where there is one, beside the name of the grid. */
function drawOffice({ sheet, scale, at }: Board, card: GridCard | undefined): void {
  if (!card) return
  if (card.officePhone !== '')
    sheet
      .fill('#000000')
      .fontSize(13 * scale)
      .text(`办公电话 ${card.officePhone}`, 0, at(57.5), { width: at(210), align: 'center' })
  if (card.groupCode === '') return
  drawCode(sheet, card.groupCode, { x: at(172), y: at(36), side: at(24) })
  sheet.fontSize(8 * scale).text(card.groupName === '' ? '扫码进联系群' : card.groupName, at(166), at(60.5), {
    width: at(36),
    align: 'center',
  })
}

/** The k-th of six, in two columns. */
function drawPerson({ sheet, scale, at }: Board, { row, photo }: Pick<Face, 'row' | 'photo'>, k: number): void {
  const x = at(16 + (k % 2) * 92)
  const y = at(66 + Math.floor(k / 2) * 44)
  sheet.rect(x, y, at(86), at(40)).lineWidth(0.6).stroke('#8a93a3')
  const left = x + at(photo ? 33 : 5)
  const beside = { width: at(photo ? 51 : 76) }
  if (photo) drawPhoto(sheet, photo, { x: x + at(4), y: y + at(4), width: at(25.6) })
  sheet
    .fill('#000000')
    .fontSize(22 * scale)
    .text(row.name, left, y + at(9), beside)
  sheet.fontSize(12 * scale).text(row.role_name, left, y + at(24), beside)
}

function drawFoot(board: Board, site: string, gridId: string): void {
  const { sheet, scale, at } = board
  drawWay(board, 16, `${site}/report?grid=${gridId}`, ['有事扫这里', '上报、查进度、找网格员', 'Report something'])
  drawWay(board, 112, `${site}/badge?grid=${gridId}`, [
    '上门核对扫这里',
    '看名单，输入他手机上的核验码',
    'Check who is at the door',
  ])
  const whole = { width: at(210), align: 'center' } as const
  sheet
    .fill('#000000')
    .fontSize(11 * scale)
    .text('公示牌、工作证上印的码谁都能拍，不能证明来人是谁；请核对他手机上的一分钟核验码。', 0, at(254), whole)
    .text('不用注册，不用下载。紧急情况请拨打 110、119、120。', 0, at(262), whole)
  sheet
    .fontSize(8 * scale)
    .text('A printed code proves nothing of who is there: ask for the one-minute code on his phone.', 0, at(270), whole)
}

/** A code to scan, and in two languages what it leads to. */
function drawWay(
  { sheet, scale, at }: Board,
  x: number,
  address: string,
  words: readonly [string, string, string],
): void {
  const [what, more, en] = words
  const right = { width: at(42) }
  drawCode(sheet, address, { x: at(x), y: at(206), side: at(42) })
  sheet
    .fill('#000000')
    .fontSize(15 * scale)
    .text(what, at(x + 44), at(210), right)
  sheet.fontSize(11 * scale).text(more, at(x + 44), at(222), right)
  sheet.fontSize(9 * scale).text(en, at(x + 44), at(238), right)
}
