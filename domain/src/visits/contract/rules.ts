/** Endpoints of visits for whoever keeps forms and rules. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { RequestId } from '../../kernel/id.ts'
import { misfits } from '../../matters/fit.ts'
import { Form } from '../forms.ts'
import { Rule } from '../terms.ts'

const admitted = ['matter.unknown', 'matter.not-in-force', ...misfits] as const

export const listForms = endpoint({
  name: 'listForms',
  method: 'GET',
  path: '/api/visits/forms',
  duty: ['visit.write', 'visit.read', 'visit.rules'],
  summary: '走访表单 Visit forms',
  ask: z.strictObject({}),
  /** `mayEdit`: whoever asks keeps the forms of the county. */
  reply: z.strictObject({ forms: z.array(Form), mayEdit: z.boolean() }),
  refusals: [],
})

export const saveForm = endpoint({
  name: 'saveForm',
  method: 'POST',
  path: '/api/visits/form',
  duty: 'visit.rules',
  summary: '修改表单 Save a form',
  /** Without `isCore` it stays as it was: no field that is left out opens a form. */
  ask: z.strictObject({ requestId: RequestId, form: Form.extend({ isCore: z.boolean().optional() }) }),
  reply: Form,
  refusals: [
    'form.core',
    'form.field-known',
    'form.field-twice',
    'form.choices',
    'form.counts',
    'form.scores',
    'form.stale',
  ],
})

export const listRules = endpoint({
  name: 'listRules',
  method: 'GET',
  path: '/api/visits/rules',
  duty: ['visit.read', 'visit.write', 'visit.rules'],
  summary: '走访规则 Visit rules',
  ask: z.strictObject({}),
  /** `mayEdit`: whoever asks keeps the rules of the county. */
  reply: z.strictObject({ rules: z.array(Rule), mayEdit: z.boolean() }),
  refusals: [],
})

export const saveRule = endpoint({
  name: 'saveRule',
  method: 'POST',
  path: '/api/visits/rule',
  duty: 'visit.rules',
  summary: '修改走访规则 Save a visit rule',
  ask: z.strictObject({ requestId: RequestId, rule: Rule }),
  reply: Rule,
  refusals: [...admitted, 'form.unknown', 'rule.stale', 'rule.form-subject'],
})

export const visitsRulesContract = [listForms, saveForm, listRules, saveRule]
