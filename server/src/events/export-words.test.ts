import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelWords, queueWords, sourceWords, statusWords, supervisionWords } from '@fengge/web/words/terms.ts'
import { levelNames, queueNames, sourceNames, statusNames, supervisionNames } from './export-words.ts'

test('a workbook says what the screens say', () => {
  const zh = (table: Readonly<Record<string, readonly [string, string]>>) =>
    Object.fromEntries(Object.entries(table).map(([code, [name]]) => [code, name]))
  assert.deepEqual(
    [queueNames, statusNames, sourceNames, levelNames, supervisionNames],
    [queueWords, statusWords, sourceWords, levelWords, supervisionWords].map(zh),
  )
})
