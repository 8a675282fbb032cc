import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StoredAnswers, StoredForm, StoredSteps } from './stored.ts'

// One row of each shape there has been, as the database holds it. A new shape adds rows; none is ever changed.
const field = {
  code: 'exit',
  name: '通道',
  nameEn: 'Way out',
  type: 'text',
  choices: [],
  isRequired: true,
  hazardWhen: '',
  why: '',
}
const form = {
  code: 'rental',
  name: '出租房安全',
  nameEn: 'Rental safety',
  subject: 'house',
  fields: [field],
  photoWhy: '',
  categoryCode: '3003',
  isOn: true,
  version: 1,
  isCore: false,
}
const steps = [{ state: 'taken', at: '2026-03-02T01:00:00.000Z', byName: '演员', note: '' }]
const answers = { answers: { exit: 'good', met: true }, note: '无' }

test('forms, steps of services and answers are read in every shape they were kept in', () => {
  const forms: readonly (readonly [stored: unknown, shape: number])[] = [[form, 1]]
  for (const [stored, shape] of forms) assert.deepEqual(StoredForm.read(stored, shape), form)
  const services: readonly (readonly [stored: unknown, shape: number])[] = [[steps, 1]]
  for (const [stored, shape] of services) assert.deepEqual(StoredSteps.read(stored, shape), steps)
  for (const stored of [answers, { ...answers, shape: 1 }]) assert.deepEqual(StoredAnswers.read(stored), answers)
  assert.deepEqual(StoredAnswers.read(StoredAnswers.numbered(answers)), answers)
})

test('what no longer is what it was is told instead of shown', () => {
  assert.throws(() => StoredForm.read({ ...form, fields: 'none' }, 1), /visits\.form of shape 1/)
  assert.throws(() => StoredSteps.read(steps, StoredSteps.now + 1), /this version reads up to/)
  assert.throws(() => StoredAnswers.read({ answers: { exit: 3 }, note: '' }), /answers\.exit/)
})
