import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findArticles } from '../library/find.ts'
import { isInForce, judgeMatter } from '../matters/terms.ts'
import { weekOf, writeWeek } from '../worklog/sentences.ts'
import { judgeForm, readAnswers, readyForms } from './forms.ts'
import { serviceNumber } from './terms.ts'

test('a service number follows from its id, and close ids have numbers apart', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      assert.match(serviceNumber(a, '2026-11-21'), /^代20261121-[0-9A-HJKMNP-TV-Z]{8}$/)
      if (a.slice(-10) !== b.slice(-10)) assert.notEqual(serviceNumber(a, '2026-11-21'), serviceNumber(b, '2026-11-21'))
    }),
  )
})

test('a matter holds on its last day and not after; what a grid may not do is not one', () => {
  assert.ok(isInForce({ validFrom: '2026-01-01', validTo: '2026-03-02' }, '2026-03-02'))
  assert.ok(!isInForce({ validFrom: '2026-01-01', validTo: '2026-03-02' }, '2026-03-03'))
  assert.equal(
    judgeMatter({
      name: '协助执法处罚',
      kind: 'regular',
      evidence: 'none',
      evidenceWhy: '',
      validFrom: '2026-01-01',
      validTo: null,
    }),
    'matter.forbidden',
  )
  assert.equal(
    judgeMatter({
      name: '清雪',
      kind: 'temporary',
      evidence: 'none',
      evidenceWhy: '',
      validFrom: '2026-01-01',
      validTo: '2026-06-01',
    }),
    'matter.too-long',
  )
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
  assert.deepEqual(readAnswers(base, { exit: 'bad', power: 'good', gas: 'none', extra: 1 }), {
    fault: 'answer.unknown',
    field: 'extra',
  })
})

test('the week is said in sentences, and a week is Monday to Sunday', () => {
  assert.deepEqual(weekOf('2026-03-01'), { from: '2026-02-23', to: '2026-03-01' })
  const none = {
    visits: [],
    reported: [],
    checked: { passed: 0, sentBack: 0, ids: [] },
    confirmed: { houses: 0, people: 0 },
    hazards: { found: 0, cleared: 0, open: 0 },
    services: { taken: 0, told: 0 },
    meetings: 0,
  }
  assert.deepEqual(writeWeek(none), [])
  const lines = writeWeek({
    ...none,
    visits: [{ formName: '独居老人走访', formNameEn: 'x', met: 5, missed: 1, ids: [] }],
    reported: [{ category: '道路破损', categoryEn: 'x', count: 2, ids: [] }],
    checked: { passed: 1, sentBack: 1, ids: [] },
  })
  assert.deepEqual(
    lines.map((l) => l.text),
    [
      '独居老人走访 5 次，另有 1 次未遇到人。',
      '上报事件 2 件：道路破损 2 件。',
      '核查办结事件 2 件，通过 1 件，退回返工 1 件。',
    ],
  )
})

test('a question in plain words finds its article, titles first', () => {
  const articles = [
    { title: '没有信号怎么上报', keywords: '离线 断网', body: '照常填写' },
    { title: '什么时候要拍照', keywords: '照片', body: '没有写明的不用拍' },
  ]
  assert.equal(findArticles(articles, '没有信号')[0]!.title, '没有信号怎么上报')
  assert.equal(findArticles(articles, '断网')[0]!.title, '没有信号怎么上报')
  assert.equal(findArticles(articles, '要不要拍照片')[0]!.title, '什么时候要拍照')
  assert.deepEqual(findArticles(articles, '养老金'), [])
})
