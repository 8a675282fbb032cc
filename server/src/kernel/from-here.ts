/** Whether a request comes from this very machine, and not through a proxy that stands on it. */
import { BlockList } from 'node:net'
import type { FastifyRequest } from 'fastify'

const here = new BlockList()
here.addSubnet('127.0.0.0', 8, 'ipv4')
here.addAddress('::1', 'ipv6')

export function isFromHere(request: FastifyRequest): boolean {
  const { headers, ip } = request
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined || 'x-real-ip' in headers)
    return false
  return here.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4')
}
