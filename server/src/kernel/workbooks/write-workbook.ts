/** Any list as an .xlsx, written while it is read: a million rows pass through a few megabytes of memory. */
import { Readable } from 'node:stream'
import { showInstant } from '@fengge/domain/kernel/time'
import { ZipFile } from 'yazl'

export type Cell = string | number | null

const escape = (text: string) =>
  text
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')

/** A cell is always text or a number; text that a spreadsheet would run as a formula stays text. */
function cell(value: Cell): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
}
const headingOf = (names: readonly string[]) =>
  `<row>${names.map((name) => cell(name).replace('<c ', '<c s="1" ')).join('')}</row>`
/** As wide as the heading and the usual values of its column need. */
const widthOf = (name: string): number =>
  /标题|地点|内容|水印|说明|地址/.test(name) ? 36 : Math.max(12, name.length * 2.4)
const columnsOf = (names: readonly string[]) =>
  `<cols>${names.map((name, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(name)}" customWidth="1"/>`).join('')}</cols>`
const row = (values: readonly Cell[]) => `<row>${values.map(cell).join('')}</row>`

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const parts: Record<string, string> = {
  '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  // Cells as they are, and those of a heading.
  'xl/styles.xml': `${head}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8F1FF"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/></cellXfs></styleSheet>`,
}

/** The same parts of a workbook that has a second sheet. */
const secondSheet: Record<string, string> = {
  '[Content_Types].xml': parts['[Content_Types].xml']!.replace(
    '<Override PartName="/xl/styles.xml"',
    '<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml"',
  ),
  'xl/workbook.xml': parts['xl/workbook.xml']!.replace(
    '<sheet name="Sheet1" sheetId="1" r:id="r1"/>',
    '<sheet name="清单" sheetId="1" r:id="r1"/><sheet name="导出说明" sheetId="2" r:id="r3"/>',
  ),
  'xl/_rels/workbook.xml.rels': parts['xl/_rels/workbook.xml.rels']!.replace(
    '</Relationships>',
    '<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
  ),
}

export const mostRows = 1_048_575

/** What leaves says of itself on a sheet of its own: who made it, when, what for, of what, and how much. */
export interface About {
  readonly by: string
  readonly at: number
  readonly purpose: string
  /** What was asked for, in words. */
  readonly filter: readonly (readonly [what: string, value: string])[]
  readonly rows: number
}

interface Beside {
  /** What each column says when it is filled in. */
  readonly notes?: readonly (Note | undefined)[]
  readonly about?: About
}

/** A workbook: a sheet with a header, then rows as they come (at most what a sheet holds); what leaves, with a second one about itself. */
export function writeWorkbook(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  { notes = [], about }: Beside = {},
): NodeJS.ReadableStream {
  const zip = new ZipFile()
  const both = about === undefined ? parts : { ...parts, ...secondSheet, [aboutPath]: aboutSheet(about) }
  for (const [name, text] of Object.entries(both)) zip.addBuffer(Buffer.from(text), name)
  zip.addReadStream(
    Readable.from(sheet(header, pages, notes), { objectMode: false, highWaterMark: 65_536 }),
    'xl/worksheets/sheet1.xml',
    { compressionLevel: 1 },
  )
  zip.end()
  return zip.outputStream
}

/** Rows that are at hand, as a workbook takes them. */
export async function* onePage<R>(rows: readonly R[]): AsyncGenerator<readonly R[]> {
  yield rows
}

/** A file under a Chinese name, and under a plain one for programs that know no other. */
export const attachmentNamed = (name: string, plain: string): string =>
  `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`

/** What a cell of a column says when it is entered, and what may be chosen in it. */
export interface Note {
  readonly title: string
  readonly text: string
  readonly choices: readonly string[]
}

const letters = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : letters(Math.floor(i / 26) - 1) + letters(i % 26)

function validations(notes: readonly (Note | undefined)[]): string {
  const rules = notes.flatMap((note, i) => (note ? [validation(note, letters(i))] : []))
  return rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
}

function validation({ title, text, choices }: Note, column: string): string {
  const isList = choices.length > 0
  const attributes = [
    ...(isList ? ['type="list"'] : []),
    'allowBlank="1" showInputMessage="1"',
    `showErrorMessage="${isList ? 1 : 0}"`,
    `promptTitle="${escape(title.slice(0, 32))}"`,
    `prompt="${escape(text.slice(0, 250))}"`,
    `sqref="${column}2:${column}5000"`,
  ]
  const list = isList ? `<formula1>"${escape(choices.join(',').slice(0, 255))}"</formula1>` : ''
  return `<dataValidation ${attributes.join(' ')}>${list}</dataValidation>`
}

const aboutPath = 'xl/worksheets/sheet2.xml'

function aboutSheet({ by, at, purpose, filter, rows }: About): string {
  const lines: readonly (readonly Cell[])[] = [
    ['导出人', by],
    ['导出时间', showInstant(at)],
    ['用途', purpose],
    ['筛选条件', filter.length === 0 ? '无' : filter.map(([what, value]) => `${what}：${value}`).join('；')],
    ['行数', rows],
  ]
  return `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1" width="12" customWidth="1"/><col min="2" max="2" width="80" customWidth="1"/></cols><sheetData>${lines.map(row).join('')}</sheetData></worksheet>`
}

async function* sheet(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  notes: readonly (Note | undefined)[],
): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>${columnsOf(header)}<sheetData>${headingOf(header)}`
  let left = mostRows
  for await (const page of pages) {
    for (let i = 0; i < page.length && left > 0; i += 500, left -= 500)
      yield page
        .slice(i, Math.min(i + 500, i + left))
        .map(row)
        .join('')
    if (left <= 0) break
  }
  yield `</sheetData>${validations(notes)}</worksheet>`
}
