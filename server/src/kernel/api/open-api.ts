/**
 * OpenAPI 3.1 from the contract: one operation a promise, with the problem documents it may answer, by status.
 * What a client cannot know from it: which of the refusals that share a status an act meets first.
 */
import { z } from 'zod'
import { showAdmission } from '@fengge/domain/kernel/duty'
import { commonRefusals, paceOf, type Endpoint } from '@fengge/domain/kernel/endpoint'
import type { RefusalCode } from '@fengge/domain/kernel/refusal-codes'
import { contractTags, tagOf } from '@fengge/domain/contract-tags'
import { refusalStatuses } from './refusal-statuses.ts'
import { tidy } from './tidy-schema.ts'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  tidy(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))

export function openApiOf(contract: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const promise of contract) {
    ;(paths[promise.path] ??= {})[promise.method.toLowerCase()] = operationOf(promise)
    if (promise.isUpload) paths[`${promise.path}/{id}`] = uploadPath(promise)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '枫格 Fengge',
      version: '0.1.0',
      summary: '网格治理平台的接口 The API of a platform for community grid governance',
      description:
        '每个接口写明权责与可能的拒绝。写操作带 requestId，重发得到第一次的答复。\n\n' +
        'Each operation names the duty it takes and the refusals it may give. A write carries a requestId; sent again, ' +
        'it gets its first answer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: '本服务器 The server this document came from' }],
    tags: contractTags,
    paths,
    components: {
      schemas: { Problem: problemSchema },
      responses: Object.fromEntries(Object.entries(commonByStatus).map(([s, codes]) => [`Common${s}`, answer(codes)])),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'fengge_session',
          description:
            '登录后的浏览器（https 下名为 __Host-fengge_session） A browser that signed in; by https it is __Host-fengge_session',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: '手机、接口账号，或设备密钥 A phone, an account of a machine, or the key of a device',
        },
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
  return {
    operationId: promise.name,
    tags: [tagOf(promise.path)],
    summary: promise.summary,
    description: `Duty: \`${showAdmission(promise.duty)}\``,
    'x-duty': showAdmission(promise.duty),
    'x-pace': paceOf(promise),
    'x-refusals': [...promise.refusals, ...commonRefusals],
    security: securityOf(promise),
    ...inputOf(promise),
    responses: { ...successOf(promise), ...refusalsOf(promise) },
  }
}

function securityOf({ duty }: Endpoint) {
  if (duty === 'public') return []
  return duty === 'device' ? [{ bearer: [] }] : [{ session: [] }, { bearer: [] }]
}

function inputOf(promise: Endpoint): object {
  const ask = schemaOf(promise.ask, 'input')
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
  if (promise.method === 'GET')
    return {
      parameters: Object.entries(ask.properties ?? {}).map(([name, schema]) => ({
        name,
        in: 'query',
        required: ask.required?.includes(name) ?? false,
        schema,
      })),
    }
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

const problemSchema = {
  type: 'object',
  description: '拒绝 A refusal: a code, the status it has, and what a screen may need to say it',
  required: ['problem', 'status'],
  properties: {
    problem: { type: 'string', description: 'Dotted code of the refusal' },
    status: { type: 'integer' },
    details: { type: 'object', additionalProperties: true },
    trace: { type: 'string', description: 'To be found in the log of the server' },
  },
} as const

/** A code whose status is not told by where it is made may have any. */
const statusesOf = (code: RefusalCode) => (refusalStatuses[code] ?? ['4XX']).map(String)

/** Codes by the status they are answered with; `4XX` holds those whose status depends on the case. */
function byStatus(codes: readonly RefusalCode[]): Record<string, RefusalCode[]> {
  const found: Record<string, RefusalCode[]> = {}
  for (const code of new Set(codes)) for (const s of statusesOf(code)) (found[s] ??= []).push(code)
  return found
}

/** Those that some part of the server makes. */
const commonByStatus = byStatus(commonRefusals.filter((code) => code in refusalStatuses))

function answer(codes: readonly RefusalCode[]): object {
  const [first = 'server.failed'] = codes
  const [status] = statusesOf(first)
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { problem: { type: 'string', enum: codes } } },
          ],
        },
        example: { problem: first, status: Number.isInteger(Number(status)) ? Number(status) : 422 },
      },
    },
  }
}

/** Refusals of its own beside those that every operation may give. */
function refusalsOf(promise: Endpoint): Record<string, object> {
  const own = byStatus(promise.refusals.filter((code) => !(commonRefusals as readonly string[]).includes(code)))
  const statuses = new Set([...Object.keys(own), ...Object.keys(commonByStatus)])
  return Object.fromEntries(
    [...statuses]
      .toSorted()
      .map((s) => [
        s,
        own[s] ? answer([...own[s], ...(commonByStatus[s] ?? [])]) : { $ref: `#/components/responses/Common${s}` },
      ]),
  )
}

/** How an upload goes on, for the account that began it; for everybody else it is not there. */
function uploadPath(promise: Endpoint): Record<string, object> {
  const steps = [
    ['head', 200, 'How much has come'],
    ['patch', 204, 'More of it; the last piece finishes it'],
    ['delete', 204, 'Given up'],
  ] as const
  return {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    ...Object.fromEntries(
      steps.map(([method, status, description]) => [
        method,
        {
          operationId: `${promise.name}-${method}`,
          tags: [tagOf(promise.path)],
          summary: promise.summary,
          security: securityOf(promise),
          responses: { [status]: { description }, ...refusalsOf(promise) },
        },
      ]),
    ),
  }
}
