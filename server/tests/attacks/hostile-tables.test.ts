/** Tables that are made to stop the server or to fill its memory: nobody waits for them, and they hold no more than is allowed. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { ZipFile } from 'yazl'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { batchOf, sendFile } from '../import-files.ts'
import { openWorld, type World } from '../world.ts'
import { bars, measured } from './measured.ts'

let world: World
let folder: string
before(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'fengge-hostile-'))
  // Threads, parsers and stores are there before anything is measured.
  await byLedgers(Buffer.from('姓名\n甲\n'), 'a.csv')()
})
after(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
/** A workbook of parts, each a head, something said many times, and a foot. */
async function workbook(
  parts: Readonly<Record<string, readonly [head: string, said: string, times: number, foot: string]>>,
) {
  const path = join(folder, `${++files}.xlsx`)
  const zip = new ZipFile()
  for (const [name, [head, said, times, foot]] of Object.entries(parts)) {
    const block = said.repeat(Math.max(1, Math.floor(100_000 / said.length)))
    const blocks = Math.ceil((times * said.length) / block.length)
    zip.addReadStream(
      Readable.from(
        (function* () {
          yield Buffer.from(head)
          for (let i = 0; i < blocks; i++) yield Buffer.from(block)
          yield Buffer.from(foot)
        })(),
        { objectMode: false },
      ),
      name,
    )
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return readFileSync(path)
}
const sheet = (said: string, times: number) =>
  ['<worksheet><sheetData>', said, times, '</sheetData></worksheet>'] as const
const cell = '<c t="inlineStr"><is><t>xxxxxxxxxx</t></is></c>'
const shared = (said: string, times: number) => ['<sst>', said, times, '</sst>'] as const
const first = 'xl/worksheets/sheet1.xml'

const workbooks: Readonly<Record<string, () => Promise<Buffer>>> = {
  'a sheet that swells a hundredfold': () => workbook({ [first]: sheet(`<row>${cell.repeat(20)}</row>`, 60_000) }),
  'rows with a cell in the last column': () =>
    workbook({ [first]: sheet('<row><c r="XFD1"><v>1</v></c></row>', 60_000) }),
  'rows without anything': () => workbook({ [first]: sheet('<row></row>', 2_000_000) }),
  'shared texts without end': () =>
    workbook({
      [first]: sheet(`<row>${cell}</row>`, 2),
      'xl/sharedStrings.xml': shared('<si><t>a</t></si>', 1_500_000),
    }),
  'styles without end': () =>
    workbook({
      [first]: sheet(`<row>${cell}</row>`, 2),
      'xl/styles.xml': ['<styleSheet><cellXfs>', '<xf numFmtId="14"/>', 1_000_000, '</cellXfs></styleSheet>'],
    }),
  'a text that never ends': () =>
    workbook({ [first]: ['<worksheet><sheetData><row><c t="str"><v>', 'x', 20_000_000, ''] }),
}
const csvs: Readonly<Record<string, () => Buffer>> = {
  'nothing but commas': () => Buffer.alloc(3_000_000, ','),
  'a quote that is never closed': () => Buffer.concat([Buffer.from('姓名,"'), Buffer.alloc(3_000_000, 'x\n')]),
  'lines of nothing': () => Buffer.concat([Buffer.from('姓名\n'), Buffer.alloc(3_000_000, ' \n')]),
  'half signs of another encoding': () => Buffer.alloc(3_000_000, 0x81),
}

/** What is sent stands ready before anything is measured: whoever sends it writes it, no turn of the server. */
type Sending<T> = () => Promise<T>

function toHotline(bytes: Buffer, fileName: string, more: object = {}) {
  const ask = { requestId: freshId(), fileName, base64: bytes.toString('base64'), ...more }
  const payload = Buffer.from(JSON.stringify(ask))
  const headers = { authorization: 'Bearer token-hotline', 'content-type': 'application/json' }
  return () => world.app.inject({ method: 'POST', url: '/api/hotline/import', headers, payload })
}
function byHotline(bytes: Buffer, fileName: string): Sending<number> {
  const send = toHotline(bytes, fileName)
  return async () => (await send()).statusCode
}
function byLedgers(bytes: Buffer, fileName: string): Sending<number> {
  const line = '----fengge-test'
  const open = (name: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="id"\r\n\r\n${freshId()}\r\n`),
    Buffer.from(open('employers')),
    bytes,
    Buffer.from(`\r\n${open('rentals')}`),
    bytes,
    Buffer.from(`\r\n--${line}--\r\n`),
  ])
  const headers = { authorization: 'Bearer token-village', 'content-type': `multipart/form-data; boundary=${line}` }
  return async () =>
    (await world.app.inject({ method: 'POST', url: '/api/registry/ledgers', headers, payload })).statusCode
}
const byImport =
  (bytes: Buffer, name: string): Sending<number> =>
  async () => {
    const { status, id } = await sendFile(world, 'village', { name, bytes })
    if (status !== 200) return status
    const { state } = await batchOf(world, id)
    return state === 'failed' || state === 'refused' ? 422 : 200
  }
const ways = { hotline: byHotline, ledgers: byLedgers, import: byImport }

/** All by one way, and of each sort one by the others: they share the reader, not what comes after it. */
const sent = [
  ...Object.keys({ ...workbooks, ...csvs }).map((name) => [name, 'hotline'] as const),
  ...(['ledgers', 'import'] as const).flatMap((way) =>
    ['a sheet that swells a hundredfold', 'nothing but commas', 'lines of nothing'].map((name) => [name, way] as const),
  ),
]
for (const [name, way] of sent)
  test(`${name}, by ${way}: refused without holding anybody up, and within its memory`, async (t) => {
    const bytes = await (workbooks[name] ?? csvs[name])!()
    const fileName = name in workbooks ? 'a.xlsx' : 'a.csv'
    const { value, longest, grown } = await measured(() => ways[way](bytes, fileName))
    t.diagnostic(`${bytes.length} bytes: ${value}, longest turn ${longest} ms, ${grown} MB more`)
    assert.ok(value >= 400 && value < 500, `answered ${value}`)
    assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
    assert.ok(grown < bars.megabytes, `${grown} MB more`)
  })

const han = (i: number) => String.fromCodePoint(0x4e00 + i)
const longName = (i: number) => Array.from({ length: 29 }, (_, k) => han((i * 57 + k * 131) % 20_000)).join('')
/** Honest by their form: what they cost lies in what is asked of each cell, or of each row with all others. */
const crafted: Readonly<Record<string, readonly [way: (text: string) => Sending<number>, text: () => string]>> = {
  'a house whose building is a text of a hundred thousand signs': [
    byHouses,
    () => `小区,幢号,室号\n地下空间,${'号'.repeat(100_000)}x,101\n`,
  ],
  'three thousand houses, each of an estate of its own': [
    byHouses,
    () =>
      `小区,幢号,室号\n${Array.from({ length: 3000 }, (_, i) => `阳光花园${han(i)}${han(i + 5000)},1,101`).join('\n')}`,
  ],
  'a ledger whose addresses are nothing but numbers': [
    (text) => byLedgers(Buffer.from(text), 'a.csv'),
    () =>
      `姓名,手机,地址\n${Array.from({ length: 1000 }, (_, i) => `王${han(i)},1380000${1000 + i},${'1号'.repeat(95)}${i}`).join('\n')}`,
  ],
  'calls whose every cell is twenty thousand signs': [
    (text) => byHotline(Buffer.from(text), 'a.csv'),
    () =>
      `工单号,标题,内容\n${Array.from({ length: 150 }, (_, i) => `H-${i},${'水'.repeat(20_000)},${'管'.repeat(20_000)}`).join('\n')}`,
  ],
  'five thousand estates and more, of thirty signs': [
    byHouses,
    () => `小区,幢号,室号\n${Array.from({ length: 5200 }, (_, i) => `${longName(i)}苑,1,101`).join('\n')}`,
  ],
  'ledgers in which four hundred at a time are alike': [
    (text) => byLedgers(Buffer.from(text), 'a.csv'),
    () => {
      const row = (i: number) =>
        `王${han(Math.floor(i / 400))},1990-01-01,1380000${1000 + (i % 400)},阳光花园${Math.floor(i / 400)}幢`
      return `姓名,出生日期,手机,地址\n${Array.from({ length: 4000 }, (_, i) => row(i)).join('\n')}`
    },
  ],
  'an area whose code is eighty thousand zeros and a one': [
    byAreas,
    () => `code,name,level,parent_code\n${'0'.repeat(80_000)}1,甲,town,320206000000\n`,
  ],
}
function byHouses(text: string): Sending<number> {
  return async () => {
    const { status, id } = await sendFile(
      world,
      'village',
      { name: 'a.csv', bytes: text },
      { kind: 'house', mode: 'trial' },
    )
    return status === 200 ? (await batchOf(world, id), 200) : status
  }
}
function byAreas(csv: string): Sending<number> {
  const payload = Buffer.from(JSON.stringify({ requestId: freshId(), csv, isTrial: true }))
  const headers = { authorization: 'Bearer token-net', 'content-type': 'application/json' }
  return async () =>
    (await world.app.inject({ method: 'POST', url: '/api/places/import-areas', headers, payload })).statusCode
}
for (const [name, [way, text]] of Object.entries(crafted))
  test(`${name}: nobody is held up, and it takes no more memory than others`, async (t) => {
    const { value, longest, grown } = await measured(() => way(text()))
    t.diagnostic(`answered ${value}, longest turn ${longest} ms, ${grown} MB more`)
    assert.ok(value < 500, `answered ${value}`)
    assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
    assert.ok(grown < bars.megabytes, `${grown} MB more`)
  })

test('an honest table of twenty thousand rows holds nobody up either', async (t) => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `H-${100_000 + i},停水,一号楼停水,1380000${1000 + (i % 9000)}`)
  const bytes = Buffer.from(`工单号,标题,内容,联系电话\n${rows.join('\n')}\n`)
  const { value, longest } = await measured(() => toHotline(bytes, 'a.csv', { isTrial: true }))
  t.diagnostic(`${bytes.length} bytes: longest turn ${longest} ms`)
  assert.deepEqual([value.statusCode, value.json().errors], [200, []])
  assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
})
