/** Any list as an .xlsx, written while it is read: a million rows pass through a few megabytes of memory. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

const escape = (text: string) =>
  text
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')

/** A cell is always text or a number; text that a spreadsheet would run as a formula stays text. */
function cell(value: string | number | null): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
}
const row = (values: readonly (string | number | null)[]) => `<row>${values.map(cell).join('')}</row>`

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const parts: Record<string, string> = {
  '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

export const mostRows = 1_048_575

/** A workbook of one sheet: a header, then rows as they come (at most what a sheet holds). */
export function writeWorkbook(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | number | null)[])[]>,
  notes: readonly (Note | undefined)[] = [],
): NodeJS.ReadableStream {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.addReadStream(
    Readable.from(sheet(header, pages, notes), { objectMode: false, highWaterMark: 65_536 }),
    'xl/worksheets/sheet1.xml',
    { compressionLevel: 1 },
  )
  zip.end()
  return zip.outputStream
}

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

async function* sheet(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | number | null)[])[]>,
  notes: readonly (Note | undefined)[],
): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${row(header)}`
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
