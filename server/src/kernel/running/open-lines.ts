/**
 * Connections that are open at a time: so many of one address, of its network and of all. Where one more comes than there
 * may be, the one that has lain idle longest is closed to make room, of those it counts among: whoever holds many that say
 * nothing loses his own first. Where all are at work the new one is closed. Proxies that are listed and this machine itself
 * speak for many and count among all alone. Source: issue of secrets, "one sender stops nobody".
 */
import { readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { BlockList, isIPv6, type Socket } from 'node:net'
import { Counter, Gauge } from 'prom-client'
import { networkOfAddress, placeOfAddress } from '@fengge/domain/kernel/address'

/** So many connections at a time. */
export interface LineBars {
  readonly address: number
  readonly network: number
  readonly all: number
}

type Among = keyof LineBars

/** Connections that are counted together; those that lie idle in the order in which they began to. */
interface Group {
  readonly among: Among
  readonly name: string
  open: number
  readonly idle: Set<Line>
}

interface Line {
  readonly socket: Socket
  readonly groups: readonly Group[]
  /** Requests of it that are under way. */
  asked: number
}

export const openLines = new Gauge({ name: 'fengge_lines_open', help: 'Connections that are open', registers: [] })
export const mostLines = new Gauge({ name: 'fengge_lines_most', help: 'So many may be', registers: [] })
export const closedLines = new Counter({
  name: 'fengge_lines_closed_total',
  help: 'Connections that were closed because there were too many: idle ones to make room, or new ones (by what was full)',
  labelNames: ['full', 'which'],
  registers: [],
})

/** Descriptors that are left to the database, files and backups. */
const keptFree = 1024
const mostOfAll = 10_000

/** What there is room for, by the descriptors that this process may have. */
export function roomyBars(descriptors = readDescriptors()): LineBars {
  const all = Math.min(mostOfAll, Math.max(descriptors - keptFree, Math.floor(descriptors / 2)))
  return { address: Math.ceil(all / 8), network: Math.ceil(all / 4), all }
}

/** As Linux says it; elsewhere what other systems give at the least. */
function readDescriptors(): number {
  try {
    const [, most] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return most === undefined ? mostOfAll * 2 : Number(most)
  } catch {
    return 2048
  }
}

/** Whether an address speaks for many: a listed proxy, or this machine. */
export function speaksForMany(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ['127.0.0.0/8', '::1', ...proxies]) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** @param isExempt whether an address counts among all alone */
export function guardLines(server: Server, bars: LineBars, isExempt: (address: string) => boolean): void {
  const lines = new WeakMap<Socket, Line>()
  const groups = new Map<string, Group>()
  const all: Group = { among: 'all', name: '', open: 0, idle: new Set() }
  const groupOf = (among: Among, name: string) => {
    const key = `${among} ${name}`
    const group = groups.get(key) ?? { among, name: key, open: 0, idle: new Set() }
    groups.set(key, group)
    return group
  }
  const leave = (line: Line) => {
    if (!lines.delete(line.socket)) return
    openLines.dec()
    for (const group of line.groups) {
      group.idle.delete(line)
      group.open--
      if (group.open === 0) groups.delete(group.name)
    }
  }
  const close = (line: Line, full: Among, which: 'idle' | 'new') => {
    closedLines.inc({ full, which })
    leave(line)
    line.socket.destroy()
  }
  const rest = (line: Line) => {
    if (lines.has(line.socket)) for (const group of line.groups) group.idle.add(line)
  }
  mostLines.set(bars.all)
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const own = isExempt(address)
      ? []
      : [groupOf('address', placeOfAddress(address)), groupOf('network', networkOfAddress(address))]
    const line: Line = { socket, groups: [...own, all], asked: 0 }
    lines.set(socket, line)
    openLines.inc()
    for (const group of line.groups) group.open++
    socket.once('close', () => leave(line))
    for (const group of line.groups) {
      if (group.open <= bars[group.among]) continue
      const [oldest] = group.idle
      close(oldest ?? line, group.among, oldest ? 'idle' : 'new')
      if (!oldest) return
    }
    rest(line)
  })
  server.on('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    const line = lines.get(socket)
    if (!line) return
    line.asked++
    for (const group of line.groups) group.idle.delete(line)
    answer.once('close', () => {
      line.asked--
      if (line.asked === 0) rest(line)
    })
  })
}
