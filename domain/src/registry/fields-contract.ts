/** Endpoints about which fields a county asks, and on what basis. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { RequestId } from '../kernel/id.ts'
import { Line } from '../kernel/text.ts'
import { RecordKind } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const listFields = endpoint({
  name: 'listFields',
  method: 'GET',
  path: '/api/registry/fields',
  duty: ['registry.read', 'field.edit'],
  summary: '字段与依据 Fields, their basis and purpose',
  ask: z.strictObject({}),
  reply: z.strictObject({
    /** Whether the caller may change them: only who serves the county. */
    canEdit: z.boolean(),
    fields: z.array(
      z.strictObject({
        kind: RecordKind,
        code: z.string(),
        name: z.string(),
        nameEn: z.string(),
        type: z.string(),
        tier: z.enum(['G', 'I', 'C']),
        pi: z.enum(['-', 'p', 's']),
        isOn: z.boolean(),
        isAsked: z.boolean(),
        isRequired: z.boolean(),
        basis: z.string(),
        purpose: z.string(),
        /** Empty where a county wrote it in Chinese alone. */
        purposeEn: z.string(),
        choices: z.array(z.tuple([z.string(), z.string(), z.string()])),
      }),
    ),
  }),
  refusals: [],
})

export const saveField = endpoint({
  name: 'saveField',
  method: 'POST',
  path: '/api/registry/field',
  duty: 'field.edit',
  summary: '启用或停用字段 Switch a field on or off',
  ask: z.strictObject({
    requestId: RequestId,
    kind: RecordKind,
    code: z.string().max(40),
    isOn: z.boolean(),
    isAsked: z.boolean(),
    basis: Line(200, 0),
    purpose: Line(200, 0),
    purposeEn: Line(200, 0).default(''),
    /** Why a sensitive field is switched on now; kept in the journal. */
    reason: Line(200, 0).default(''),
  }),
  reply: Done,
  refusals: ['field.unknown', 'field.no-basis', 'field.needed', 'field.no-reason'],
})

export const fieldsContract = [listFields, saveField]
