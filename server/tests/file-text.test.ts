import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { problemOf } from '../src/kernel/problems.ts'
import { decodeText, separatorOf } from '../src/kernel/workbooks/file-text.ts'
import { readTable } from '../src/kernel/workbooks/read-table.ts'
import { readAreas } from '../src/places/area-files/read-areas.ts'

const rows = [
  ['姓名', '地址', '备注'],
  ['张三', '阳光花园3幢2单元501室', '租户，已核'],
  ['李四', '和平里5号;后院', ''],
]
const quoted = (cell: string) => (/[,;\t"]/.test(cell) ? `"${cell}"` : cell)
const textOf = (separator: string) => rows.map((r) => r.map(quoted).join(separator)).join('\r\n')
const writings: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with its mark': (text) => Buffer.from(`\ufeff${text}`),
  GBK: (text) => iconv.encode(text, 'gbk'),
  GB18030: (text) => iconv.encode(text, 'gb18030'),
  'UTF-16 LE with its mark': (text) => iconv.encode(text, 'utf-16le', { addBOM: true }),
  'UTF-16 BE with its mark': (text) => iconv.encode(text, 'utf-16be', { addBOM: true }),
  'UTF-16 LE': (text) => iconv.encode(text, 'utf-16le'),
  'UTF-16 BE': (text) => iconv.encode(text, 'utf-16be'),
}

test('a file is read alike in each common encoding, whatever parts its cells', async () => {
  for (const [name, write] of Object.entries(writings))
    for (const separator of [',', ';', '\t']) {
      assert.equal(decodeText(write(textOf(separator))), textOf(separator), name)
      if (separator !== '\t' && !name.startsWith('UTF-16 ')) continue
      const table = await readTable('x.csv', write(textOf(separator)))
      const cells = [table.header, ...table.rows].map((r) => [...r, '', ''].slice(0, 3))
      assert.deepEqual(cells, rows, `${name}, ${JSON.stringify(separator)}`)
    }
})

test('cells are parted by what most lines have alike', () => {
  assert.equal(separatorOf('姓名;地址\n张三;a,b\n'), ';')
  assert.equal(separatorOf('姓名,地址\n张三,"a;b;c;d"\n李四,x;y\n'), ',')
  assert.equal(separatorOf('惠山区某社区台账\n姓名\t地址\n张三\t一,二\n'), '\t')
  assert.equal(separatorOf('姓名\n张三\n'), ',')
})

test('what cannot be told is said, and an empty file is called empty', async () => {
  for (const bytes of [Buffer.from([0x81, 0x20, 0xff, 0xff, 0x0a]), Buffer.from([1, 0, 0, 1, 2, 0])])
    await assert.rejects(readTable('x.csv', bytes), (e) => problemOf(e)?.problem === 'file.encoding')
  for (const text of ['', '姓名,地址\n'])
    await assert.rejects(readTable('x.csv', Buffer.from(text)), (e) => problemOf(e)?.problem === 'file.empty')
})

test('areas come in from GBK with their names, and a name that was garbled on its way is none', () => {
  const csv = 'code;name;level;parent_code\n320206000000;惠山区;county;320200000000\n'
  const { areas, faults } = readAreas(decodeText(iconv.encode(csv, 'gbk')))
  assert.deepEqual([areas.map((a) => a.name), faults], [['惠山区'], []])
  const garbled = iconv.encode(csv, 'gbk').toString('utf8')
  assert.deepEqual(
    readAreas(garbled).faults.map((f) => [f.column, f.problem]),
    [['name', 'garbled']],
  )
})
