import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { judgeForm, readAnswers, suits } from './forms.ts'
import { readyForms } from './ready-forms.ts'
import { believedTime, effectOn, type TaskEffect } from './recording.ts'
import { serviceMoves, serviceNumber, serviceStates } from './services.ts'
import { outcomes, type Outcome, type TaskState } from './terms.ts'

test('a service number follows from its id, and close ids have numbers apart', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      assert.match(serviceNumber(a, '2026-11-21'), /^代20261121-[0-9A-HJKMNP-TV-Z]{8}$/)
      if (a.slice(-10) !== b.slice(-10)) assert.notEqual(serviceNumber(a, '2026-11-21'), serviceNumber(b, '2026-11-21'))
    }),
  )
})

test('a service moves on until the resident was told, and from there nowhere', () => {
  const reached = new Set(['taken'])
  for (let turn = 0; turn < serviceStates.length; turn++)
    for (const from of serviceStates) if (reached.has(from)) for (const to of serviceMoves[from]) reached.add(to)
  assert.deepEqual([...reached].toSorted(), [...serviceStates].toSorted())
  assert.ok(!serviceMoves.taken.includes('told'), 'nobody is told what nobody answered')
  assert.deepEqual([serviceMoves.told, serviceMoves.withdrawn], [[], []])
})

test('forms score nobody, count nothing, and ask nothing twice; answers are read strictly', () => {
  const known = () => new Set(['phone', '联系电话'])
  for (const form of readyForms) assert.equal(judgeForm(form, known), undefined, form.code)
  const base = readyForms.find((f) => f.code === 'rental')!
  const with_ = (name: string, code = 'x') =>
    judgeForm(
      {
        ...base,
        fields: [{ code, name, nameEn: 'x', type: 'text', choices: [], isRequired: false, hazardWhen: '', why: '' }],
      },
      known,
    )?.fault
  assert.equal(with_('风险等级'), 'form.scores')
  assert.equal(with_('上报事件数'), 'form.counts')
  assert.equal(with_('电话', 'phone'), 'form.field-known')
  assert.deepEqual(readAnswers(base, { exit: 'bad', power: 'good', gas: 'none' }), {
    answers: { exit: 'bad', power: 'good', gas: 'none' },
    hazards: ['exit'],
  })
  assert.deepEqual(readAnswers(base, { exit: 'bad' }), { fault: 'answer.required', field: 'power' })
  assert.deepEqual(readAnswers(base, { exit: 'bad', power: 'good', gas: 'none', extra: '1' }), {
    fault: 'answer.unknown',
    field: 'extra',
  })
})

test('a form is asked of its own kind, two of anybody, and one of the strictest tier of nobody', () => {
  const form = (code: string) => readyForms.find((f) => f.code === code)!
  assert.ok(suits(form('rental'), 'house-group') && !suits(form('rental'), 'grid'))
  assert.ok(suits(form('recheck'), 'grid') && suits(form('errand'), 'unit-shop'))
  assert.ok(!suits(form('released'), 'care'))
})

test('a visit that met somebody does its task, one that met nobody is counted, and a closed task stays closed', () => {
  const examples: readonly (readonly [TaskState | undefined, Outcome, TaskEffect])[] = [
    ['open', 'met', { does: 'close', taskState: 'done', note: '' }],
    ['open', 'done', { does: 'close', taskState: 'done', note: '' }],
    ['open', 'not-home', { does: 'count-try', taskState: 'open', note: '' }],
    ['open', 'refused', { does: 'count-try', taskState: 'open', note: '' }],
    ['done', 'met', { does: 'nothing', taskState: 'done', note: 'task.already-done' }],
    ['dropped', 'not-home', { does: 'nothing', taskState: 'dropped', note: 'task.dropped' }],
    [undefined, 'met', { does: 'nothing', taskState: 'none', note: '' }],
  ]
  for (const [task, outcome, effect] of examples) assert.deepEqual(effectOn(task, outcome), effect)
  for (const outcome of outcomes) assert.equal(effectOn('done', outcome).does, 'nothing')
})

test('a phone is believed back to a season and never beyond now', () => {
  const day = 86_400_000
  const now = 200 * day
  assert.deepEqual(
    [now + day, now - day, now - 91 * day].map((said) => believedTime(said, now)),
    [now, now - day, now - 90 * day],
  )
})
