/** OpenAPI 3.1 from the contract. */
import { z } from 'zod'
import { showAdmission } from '@fengge/domain/kernel/duty'
import { commonRefusals, type Endpoint } from '@fengge/domain/kernel/endpoint'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

export function openApiOf(contract: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const promise of contract) (paths[promise.path] ??= {})[promise.method.toLowerCase()] = operationOf(promise)
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
    ...(promise.method === 'GET'
      ? { parameters }
      : { requestBody: { required: true, content: { 'application/json': { schema: ask } } } }),
    responses: {
      200: {
        description: 'OK',
        content: promise.isStream
          ? { 'application/octet-stream': {} }
          : { 'application/json': { schema: schemaOf(promise.reply, 'output') } },
      },
      default: {
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
      },
    },
  }
}
