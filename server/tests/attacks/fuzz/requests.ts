/** Hostile requests: over the contract, over the pages of residents, over uploads and files, and over no route at all. */
import type { InjectOptions } from 'fastify'
import { contract } from '@fengge/domain/contract'
import { dutiesOf } from '@fengge/domain/kernel/duty'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { uuidOf, type Dice } from './dice.ts'
import { Drawing, type Known } from './draw-ask.ts'
import { hostileValues, rawTexts, spoil } from './hostile.ts'

export interface Hostile {
  readonly name: string
  readonly request: InjectOptions
}
export interface Given {
  readonly dice: Dice
  readonly known: Known
  /** Tokens of every role. */
  readonly tokens: readonly string[]
  /** Tokens of those who hold a duty. */
  readonly holders: ReadonlyMap<string, readonly string[]>
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
const types = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/xml',
  'application/offset+octet-stream',
  '',
  'x',
]

/** Mostly by somebody who may, so that what comes behind the door is asked as well. */
function headersOf({ dice, tokens, holders }: Given, duty: Endpoint['duty'] = 'signed-in'): Record<string, string> {
  const headers: Record<string, string> = {}
  const who = dutiesOf(duty).flatMap((d) => holders.get(d) ?? [])
  const fitting = who.length > 0 && dice.chance(0.8) ? who : tokens
  if (dice.chance(0.92)) headers['authorization'] = `Bearer ${dice.pick(fitting)}`
  else if (dice.chance(0.3))
    headers['authorization'] = dice.pick(['Bearer ', 'Basic eA==', 'Bearer %00', `Bearer ${'x'.repeat(500)}`])
  if (dice.chance(0.05))
    headers['cookie'] = dice.pick(['fengge_session=%ZZ', 'fengge_session=', '__Host-fengge_session=x; a=b; ;', '='])
  if (dice.chance(0.03)) headers['accept-language'] = dice.pick(['en', '*', 'zh;q=x', '%00'])
  if (dice.chance(0.02)) headers['content-encoding'] = dice.pick(['gzip', 'br', 'x'])
  if (dice.chance(0.02)) headers['x-forwarded-for'] = dice.pick(['1.2.3.4', ',,,', 'x'.repeat(300)])
  if (dice.chance(0.02)) headers['range'] = dice.pick(['bytes=0-', 'bytes=-1', 'bytes=9-1', 'x'])
  return headers
}

/** Parameters of an address; now and then one comes twice. */
function addressOf(dice: Dice, path: string, ask: Record<string, unknown>): string {
  const pairs = Object.entries(ask).flatMap(([key, value]) => {
    const pair: [string, string] = [key, textOf(value)]
    return dice.chance(0.03) ? [pair, pair] : [pair]
  })
  // Halves of signs cannot be written into an address.
  const query = pairs.map(([k, v]) => `${encodeURIComponent(k.toWellFormed())}=${encodeURIComponent(v.toWellFormed())}`)
  if (dice.chance(0.02)) query.push(dice.pick(['%', '%zz=1', '&&&=', 'a[b]=c', '__proto__=1', '%00=%00', 'a=%ff']))
  return `${path}?${query.join('&')}`
}

const asked = contract.filter((p) => !p.isUpload)

export function contractRequest(given: Given, promise: Endpoint = given.dice.pick(asked)): Hostile {
  const { dice, known } = given
  const drawn = new Drawing(dice, known).draw(promise.ask)
  const ask = (typeof drawn === 'object' && drawn !== null ? drawn : {}) as Record<string, unknown>
  for (let i = dice.chance(0.4) ? 0 : 1 + dice.int(3); i > 0; i--) spoil(dice, ask)
  const headers = headersOf(given, promise.duty)
  if (promise.method === 'GET')
    return { name: promise.name, request: { method: 'GET', url: addressOf(dice, promise.path, ask), headers } }
  if (promise.isForm) return multipartRequest(given, promise)
  const text = dice.chance(0.05) ? dice.pick(rawTexts) : JSON.stringify(ask)
  const payload = dice.chance(0.04) ? text.slice(0, dice.int(text.length + 1)) : text
  headers['content-type'] = dice.chance(0.95) ? 'application/json' : dice.pick(types)
  const url = dice.chance(0.02) ? `${promise.path}?a=1&a=2` : promise.path
  return { name: promise.name, request: { method: 'POST', url, headers, payload } }
}

const fileBytes: readonly Buffer[] = [
  Buffer.from(''),
  Buffer.from('姓名,身份证号\n甲,1\n'),
  Buffer.from('\0\0\0'),
  Buffer.from('PK\u0003\u0004nothing', 'latin1'),
  Buffer.from('%PDF-1.7\n/J#61vaScript'),
  Buffer.from('\u00ff\u00d8\u00ff\u00e0broken', 'latin1'),
  Buffer.from('GIF89a'),
  Buffer.from('<svg onload=alert(1)>'),
  Buffer.from(`a,"${'x'.repeat(5000)}`),
  Buffer.alloc(3000, ','),
]
const fileNames = [
  'a.csv',
  'a.xlsx',
  'a.jpg',
  'a',
  '',
  '../../a.csv',
  'a\0.csv',
  'a.csv.exe',
  '𠮷.csv',
  'x'.repeat(400),
]

function multipartRequest(
  given: Given,
  promise: { readonly name: string; readonly path: string; readonly duty?: Endpoint['duty'] },
): Hostile {
  const { dice } = given
  const line = 'fuzz-line'
  const fields = [
    'id',
    'kind',
    'mode',
    'placeId',
    'title',
    'content',
    'category',
    'name',
    'phone',
    'county',
    'place',
    'grid',
  ]
  const values = [uuidOf(dice), 'person', 'good', 'trial', '甲', '5001', '320206', ...hostileValues.map(textOf)]
  const parts: Buffer[] = []
  for (const field of fields)
    if (dice.chance(0.7))
      parts.push(
        Buffer.from(
          `--${line}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${dice.pick(values).slice(0, 6000)}\r\n`,
        ),
      )
  for (const field of ['file', 'employers', 'rentals', 'photo'])
    if (dice.chance(0.5))
      parts.push(
        Buffer.from(
          `--${line}\r\ncontent-disposition: form-data; name="${field}"; filename="${dice.pick(fileNames)}"\r\ncontent-type: ${dice.pick(['text/csv', 'image/jpeg', 'x', ''])}\r\n\r\n`,
        ),
        dice.pick(fileBytes),
        Buffer.from('\r\n'),
      )
  if (dice.chance(0.9)) parts.push(Buffer.from(`--${line}--\r\n`))
  const whole = Buffer.concat(parts)
  const payload = dice.chance(0.1) ? whole.subarray(0, dice.int(whole.length + 1)) : whole
  const headers = headersOf(given, promise.duty)
  headers['content-type'] = dice.chance(0.95) ? `multipart/form-data; boundary=${line}` : dice.pick(types)
  return { name: promise.name, request: { method: 'POST', url: promise.path, headers, payload } }
}

const pages = [
  '/',
  '/report',
  '/follow',
  '/badge',
  '/grid',
  '/openapi.json',
  '/api-docs',
  '/healthz',
  '/readyz',
  '/console/',
  '/field/',
]

export function pageRequest(given: Given): Hostile {
  const { dice, known } = given
  const odd = () => (dice.chance(0.5) ? textOf(dice.pick(hostileValues)) : dice.pick(known['place'] ?? ['']))
  const keys = [
    'lang',
    'code',
    'text',
    'grid',
    'county',
    'score',
    'solved',
    'note',
    'id',
    'title',
    'content',
    'category',
    'place',
    'phone',
  ]
  const form = Object.fromEntries(keys.filter(() => dice.chance(0.5)).map((key) => [key, odd()]))
  const headers = headersOf(given)
  if (dice.chance(0.5)) {
    const path = dice.chance(0.8) ? dice.pick(pages) : oddPath(dice)
    return { name: 'page', request: { method: 'GET', url: addressOf(dice, path, form), headers } }
  }
  const url = dice.pick([
    '/report',
    '/follow',
    '/follow/rate',
    '/follow/cancel',
    '/follow/urge',
    '/follow/appeal',
    '/grid',
    '/',
  ])
  if (dice.chance(0.3)) return multipartRequest(given, { name: 'page', path: '/report' })
  headers['content-type'] = dice.chance(0.9) ? 'application/x-www-form-urlencoded' : dice.pick(types)
  if (dice.chance(0.5)) headers['origin'] = dice.pick(['null', 'https://evil.example', 'http://localhost'])
  return { name: 'page', request: { method: 'POST', url, headers, payload: addressOf(dice, '', form).slice(1) } }
}

const oddPath = (dice: Dice) =>
  dice.pick([
    '/%00',
    '/%ff',
    '/%',
    '/..%2f..%2fetc%2fpasswd',
    '/console/..%2f..%2fpackage.json',
    '/console/%00',
    '/field/%2e%2e/%2e%2e/server/package.json',
    '/api',
    '/api/nothing',
    '/api/events/one/',
    '//evil.example',
    `/${'x'.repeat(3000)}`,
    '/api/files/%00',
    '/.git/config',
  ])

export function uploadRequest(given: Given): Hostile {
  const { dice, known } = given
  const headers = headersOf(given, 'event.report')
  const id = dice.chance(0.5) ? uuidOf(dice) : textOf(dice.pick(hostileValues))
  const b64 = (text: string) => Buffer.from(text).toString('base64')
  const meta = [
    `id ${b64(id)},name ${b64(textOf(dice.pick(hostileValues)))},phase ${b64(dice.pick(['before', 'after', 'x']))},type ${b64('image/jpeg')}`,
    `id ${b64(id)},id ${b64(id)}`,
    'id',
    ',,,',
    'id ****',
    `eventId ${b64(dice.pick(known['event'] ?? ['']))}`,
    '',
  ]
  if (dice.chance(0.9)) headers['tus-resumable'] = dice.pick(['1.0.0', '1.0.0', '0.2.2', 'x'])
  if (dice.chance(0.8)) headers['upload-length'] = dice.pick(['10', '0', '-1', '99999999999999999999', 'x', '1e3'])
  if (dice.chance(0.8)) headers['upload-metadata'] = dice.pick(meta)
  if (dice.chance(0.5)) headers['upload-offset'] = dice.pick(['0', '5', '-1', 'x', '99999999999'])
  if (dice.chance(0.2)) headers['upload-concat'] = dice.pick(['partial', 'final;/api/files/a /api/files/b', 'x'])
  if (dice.chance(0.2)) headers['x-http-method-override'] = dice.pick(['DELETE', 'PATCH', 'x'])
  const method = dice.pick(['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', 'GET', 'PUT'] as const)
  const path = method === 'POST' ? '/api/files' : `/api/files/${encodeURIComponent(id.toWellFormed()).slice(0, 300)}`
  headers['content-type'] = dice.chance(0.8) ? 'application/offset+octet-stream' : dice.pick(types)
  const body = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? {} : { payload: dice.pick(fileBytes) }
  return { name: 'upload', request: { method, url: path, headers, ...body } }
}

/** Headers that a client cannot even send are left out. */
function sendable({ name, request }: Hostile): Hostile {
  const headers = Object.entries(request.headers as Record<string, string>).filter(([, v]) =>
    /^[\t\x20-\x7e\x80-\xff]*$/.test(v),
  )
  return { name, request: { ...request, headers: Object.fromEntries(headers) } }
}

export function hostileRequest(given: Given): Hostile {
  const kind = given.dice.roll()
  if (kind < 0.8) return sendable(contractRequest(given))
  return sendable(kind < 0.93 ? pageRequest(given) : uploadRequest(given))
}
