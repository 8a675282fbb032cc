/** OpenAPI 3.1 from the contract. */
import { z } from 'zod'
import { showAdmission } from '@fengge/domain/kernel/duty'
import { commonRefusals, type Endpoint } from '@fengge/domain/kernel/endpoint'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

export function openApiOf(contract: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const promise of contract) {
    ;(paths[promise.path] ??= {})[promise.method.toLowerCase()] = operationOf(promise)
    if (promise.isUpload) paths[`${promise.path}/{id}`] = uploadPath(promise)
  }
  return {
    openapi: '3.1.0',
    info: { title: '枫格 Fengge', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'fengge_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

/** What a client of tus (https://tus.io) sends with a first POST. */
const uploadHeaders = [
  ['Tus-Resumable', true, '1.0.0'],
  ['Upload-Length', true, 'Bytes of the whole file'],
  ['Upload-Metadata', true, 'The ask: each key with its value in base64, separated by commas'],
] as const

function operationOf(promise: Endpoint): object {
  const refusals = [...promise.refusals, ...commonRefusals]
  const ask = schemaOf(promise.ask, 'input') as { properties?: Record<string, object>; required?: string[] }
  const parameters = Object.entries(ask.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: ask.required?.includes(name) ?? false,
    schema,
  }))
  return {
    operationId: promise.name,
    summary: promise.summary,
    description: `Duty: \`${showAdmission(promise.duty)}\``,
    'x-duty': showAdmission(promise.duty),
    'x-refusals': refusals,
    security: promise.duty === 'public' ? [] : [{ session: [] }, { bearer: [] }],
    ...inputOf(promise, ask, parameters),
    responses: { ...successOf(promise), default: problemAnswer(refusals) },
  }
}

function inputOf(promise: Endpoint, ask: object, parameters: readonly object[]): object {
  if (promise.isUpload)
    return {
      parameters: uploadHeaders.map(([name, required, description]) => ({
        name,
        in: 'header',
        required,
        description,
        schema: { type: 'string' },
      })),
      'x-upload-metadata': ask,
    }
  if (promise.method === 'GET') return { parameters }
  return { requestBody: { required: true, content: { 'application/json': { schema: ask } } } }
}

function successOf(promise: Endpoint): object {
  if (promise.isUpload)
    return {
      201: {
        description: 'Begun',
        headers: { Location: { description: 'Where it goes on', schema: { type: 'string' } } },
      },
    }
  const content = promise.isStream
    ? { 'application/octet-stream': {} }
    : { 'application/json': { schema: schemaOf(promise.reply, 'output') } }
  return { 200: { description: 'OK', content } }
}

const problemAnswer = (refusals: readonly string[]): object => ({
  description: 'A problem document',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['problem', 'status'],
        properties: {
          problem: { enum: refusals },
          status: { type: 'integer' },
          details: {},
          trace: { type: 'string' },
        },
      },
    },
  },
})

/** How an upload goes on, for the account that began it; for everybody else it is not there. */
function uploadPath(promise: Endpoint): Record<string, object> {
  const steps = [
    ['head', 200, 'How much has come'],
    ['patch', 204, 'More of it; the last piece finishes it'],
    ['delete', 204, 'Given up'],
  ] as const
  const refusals = [...promise.refusals, ...commonRefusals]
  return {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    ...Object.fromEntries(
      steps.map(([method, status, description]) => [
        method,
        {
          operationId: `${promise.name}:${method}`,
          summary: promise.summary,
          security: [{ session: [] }, { bearer: [] }],
          responses: { [status]: { description }, default: problemAnswer(refusals) },
        },
      ]),
    ),
  }
}
