import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import { ZipFile } from 'yazl'
import { problemOf } from '../src/kernel/problems.ts'
import { streamWorkbook } from '../src/kernel/workbooks/stream-workbook.ts'
import { inflate, listParts } from '../src/kernel/workbooks/zip-parts.ts'
import { numberOf } from './import-files.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'fengge-xlsx-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

async function readAll(path: string, size?: number): Promise<string[][][]> {
  const pages: string[][][] = []
  for await (const page of streamWorkbook(path, { size: size ?? 2000 })) pages.push(page)
  return pages
}

let files = 0
/** A workbook of raw parts. */
async function workbook(parts: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, `${++files}.xlsx`)
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}
const sheetOf = (rows: string) => ({
  'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
})
const problemIn = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => problemOf(error)?.problem ?? String(error),
  )
const refusalOf = async (parts: Readonly<Record<string, string>>) => problemIn(readAll(await workbook(parts)))

test('a large workbook is read row by row as the library reads it: texts, days, numbers, formulas, gaps', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => [
    `名<&>"${i}`,
    i % 3 === 0 ? null : numberOf(i),
    new Date(Date.UTC(1990, i % 12, 1 + (i % 28))),
    13800000000 + i,
    i % 2 === 0,
    '多 行\n文字',
  ])
  const heads = ['姓名', '身份证号', '出生日期', '手机', '标记', '备注']
  const sheet = utils.aoa_to_sheet([heads, ...rows], { UTC: true })
  sheet['F3'] = { t: 'n', f: '1+1', v: 2 }
  for (const bookSST of [true, false]) {
    const path = join(folder, `${bookSST}.xlsx`)
    const book = { SheetNames: ['一'], Sheets: { 一: sheet } }
    writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx', bookSST, compression: true }) as Buffer)
    const pages = await readAll(path, 100)
    const lines = pages.flat()
    assert.deepEqual([pages.length, lines.length, lines[0]], [4, 301, heads])
    assert.deepEqual(lines[1], ['名<&>"0', '', '1990-01-01', '13800000000', '是', '多 行\n文字'])
    assert.deepEqual(lines[2]!.slice(0, 3).concat(lines[2]![5]!), ['名<&>"1', numberOf(1), '1990-02-02', '=formula'])
  }
})

test('pieces of a text are joined, its reading aloud is left out; blank rows are passed over however many', async () => {
  const parts = {
    ...sheetOf(
      `${'<row r="1" spans="1:9"/>'.repeat(200_000)}<row><c t="s"><v>0</v></c><c r="D1" t="inlineStr"><is><t>甲</t><t><![CDATA[<乙>]]></t></is></c><c><v>1.38E+10</v></c><c t="str"><v>a&#x4e00;\u000b</v></c></row>`,
    ),
    'xl/sharedStrings.xml': '<sst><si><r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></si></sst>',
  }
  assert.deepEqual(await readAll(await workbook(parts)), [[['张三', '', '', '甲<乙>', '13800000000', 'a一\u000b']]])
})

test('what is no workbook, or would fill the memory, is refused before it does', async () => {
  const broken = join(folder, 'broken.xlsx')
  writeFileSync(broken, Buffer.from('PK\u0003\u0004 nothing more'))
  assert.equal(await problemIn(readAll(broken)), 'file.broken')
  const long = 'x'.repeat(1000)
  const cell = `<c t="inlineStr"><is>${`<t>${long}</t>`.repeat(3000)}</is></c>`
  const bombs: Record<string, Record<string, string>> = {
    'no sheet': { 'xl/workbook.xml': '<workbook/>' },
    'cut off': { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c><v>1</v></c></row>' },
    'crossed tags': sheetOf('<row><c></row></c>'),
    'a text without an end': sheetOf(`<row><c t="str"><v>${long.repeat(3000)}</v></c></row>`),
    'a text of endless pieces': sheetOf(`<row>${cell}</row>`),
    'a row of endless cells': sheetOf(`<row>${'<c r="A1"><v>1</v></c>'.repeat(200_000)}</row>`),
    'tags in tags': sheetOf('<row>'.repeat(1000)),
    'a column beyond the last': sheetOf('<row><c r="XFE1"><v>1</v></c></row>'),
    'an attribute without an end': sheetOf(`<row r="${long.repeat(3000)}"/>`),
    'entities of its own': {
      'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a "${long}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`,
    },
    'endless shared texts': {
      ...sheetOf(''),
      'xl/sharedStrings.xml': `<sst><si>${`<t>${long}</t>`.repeat(3000)}</si></sst>`,
    },
  }
  for (const [name, parts] of Object.entries(bombs)) assert.equal(await refusalOf(parts), 'file.broken', name)
})

test('a part is inflated as far as it may swell and no further', async () => {
  const path = await workbook({ 'xl/worksheets/sheet1.xml': ' '.repeat(1_000_000) })
  const [part] = await listParts(path)
  let read = 0
  const swell = async () => {
    for await (const piece of inflate(path, part!, 100_000)) read += piece.length
  }
  assert.equal(await problemIn(swell()), 'file.too-large')
  assert.ok(read <= 100_000)
})
