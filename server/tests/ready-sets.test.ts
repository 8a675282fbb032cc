import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confirmingCodes, confirmingMatter } from '@fengge/domain/matters/terms'
import { readySet, setCodes } from '../src/matters/ready-sets.ts'

test('the matters of households are known by codes that the ready sets have', () => {
  const sets = new Map(setCodes().map((code) => [code, readySet(code, '2026-01-01', '2026-01-01')]))
  const codes = [...sets.values()].flat().map((m) => m.code)
  for (const code of confirmingCodes) assert.ok(codes.includes(code), code)
  for (const code of ['000', '001', 'jiangsu']) assert.match(confirmingMatter(sets.get(code)!)!.name, /采集/, code)
})
