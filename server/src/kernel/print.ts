/** PDF pages with Chinese text: the font is a file of the machine, put into the document only as far as its signs are used. */
import { existsSync } from 'node:fs'
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import { refuse } from './problems.ts'

/** Where systems keep fonts with Chinese signs: file, and the face within a collection. */
const usual: readonly (readonly [file: string, face?: string])[] = [
  ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'NotoSansCJKsc-Regular'],
  ['/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', 'NotoSansCJKsc-Regular'],
  ['/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', 'WenQuanYiMicroHei'],
  ['/System/Library/Fonts/STHeiti Medium.ttc', 'STHeitiSC-Medium'],
  ['C:/Windows/Fonts/simhei.ttf'],
  ['C:/Windows/Fonts/Deng.ttf'],
]

export const mm = (n: number): number => (n * 72) / 25.4
export type Sheet = PDFKit.PDFDocument

/** @throws refusal `print.no-font` when the machine has no such font and the settings name none */
export function openSheet(font: string | undefined, size: 'A4' | 'A3' | [number, number]): Sheet {
  const [file, face] =
    font === undefined ? (usual.find(([f]) => existsSync(f)) ?? refuse('print.no-font', 503)) : [font]
  if (!existsSync(file)) refuse('print.no-font', 503)
  const sheet = new PDFDocument({ size, margin: 0, info: { Producer: 'Fengge', Creator: 'Fengge' }, lang: 'zh-CN' })
  sheet.registerFont('text', file, face)
  return sheet.font('text')
}

export interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
}

/** A QR code as squares, `side` points wide, with its quiet zone inside. */
export function drawCode(sheet: Sheet, text: string, at: Square): void {
  const { x, y, side } = at
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const cell = side / (modules.size + 8)
  sheet.rect(x, y, side, side).fill('#ffffff')
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) sheet.rect(x + (column + 4) * cell, y + (row + 4) * cell, cell + 0.05, cell + 0.05)
  sheet.fill('#000000')
}

export async function finishSheet(sheet: Sheet): Promise<Buffer> {
  const parts: Buffer[] = []
  sheet.on('data', (part: Buffer) => parts.push(part))
  const done = new Promise<void>((resolve, reject) => {
    sheet.on('end', resolve)
    sheet.on('error', reject)
  })
  sheet.end()
  await done
  return Buffer.concat(parts)
}
