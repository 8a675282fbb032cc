import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { compareLedgers } from './compare-files.ts'
import { evaluateLedgers } from './evaluate.ts'
import { inventLedgers } from './invent-ledgers.ts'

test('the comparison keeps its goals on ledgers it has not seen, under both models of noise', () => {
  for (const noise of ['first', 'other'] as const) {
    const v = evaluateLedgers(4711, noise, { employers: 20_000, rentals: 10_000, both: 7_000 })
    assert.ok(
      v.f1 >= 0.97 && v.surePrecision >= 0.999 && v.sureRecall >= 0.85 && v.f1 >= v.baseline + 0.1 && v.review <= 0.12,
      JSON.stringify(v),
    )
  }
})

test('files come in as GBK or UTF-8, under a title row, and rows are numbered as in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-ledgers-'))
  try {
    const { employers, rentals } = inventLedgers(3, { employers: 600, rentals: 300, both: 200 })
    const csv = (rows: typeof employers, header: string, title = '') =>
      `${title}${header}\n${rows.map((r) => [r.name, r.idNo, r.phone, r.address, r.born].join(',')).join('\n')}\n`
    writeFileSync(
      join(folder, 'a.csv'),
      iconv.encode(csv(employers, '姓名,身份证号,手机,地址,出生日期', '某公司务工人员台账,,,,\n'), 'gb18030'),
    )
    writeFileSync(join(folder, 'b.csv'), `\ufeff${csv(rentals, '承租人,证件号码,联系电话,房屋地址,出生年月日')}`)
    const said = await compareLedgers(join(folder, 'a.csv'), join(folder, 'b.csv'), join(folder, 'out'))
    const linked = readFileSync(join(folder, 'out/linked.csv'), 'utf8').trim().split('\n')
    assert.equal(linked[0], 'employer_row,rental_row,probability')
    assert.equal(linked.length - 1, said['linked'])
    assert.equal(
      readFileSync(join(folder, 'out/employer-only.csv'), 'utf8').trim().split('\n').length - 1 + said['linked']!,
      600,
    )
    const [a, b] = linked[1]!.split(',').map(Number)
    assert.ok(employers[a! - 1] && rentals[b! - 1])
    await assert.rejects(compareLedgers(join(folder, 'out/linked.csv'), join(folder, 'b.csv'), folder), /no header/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
