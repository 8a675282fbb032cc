/**
 * Whether a request comes from this very machine, and not through a proxy that stands on it: by its address, and by the name
 * that was asked for, which a page of somebody else's can lead here, and a silent proxy hands on.
 */
import { BlockList } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Settings } from './settings.ts'

const here = new BlockList()
here.addSubnet('127.0.0.0', 8, 'ipv4')
here.addAddress('::1', 'ipv6')

const ownNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function isOwnName(host: string | undefined, publicUrl: string | undefined): boolean {
  const asked = URL.parse(`http://${host ?? ''}`)?.hostname
  return (
    asked !== undefined && (ownNames.has(asked) || (publicUrl !== undefined && asked === new URL(publicUrl).hostname))
  )
}

export function isFromHere(request: FastifyRequest, { publicUrl }: Pick<Settings, 'publicUrl'>): boolean {
  const { headers, ip } = request
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined || 'x-real-ip' in headers)
    return false
  if (!isOwnName(headers.host, publicUrl)) return false
  return here.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4')
}
