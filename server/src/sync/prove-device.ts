/**
 * A phone that hands in is not signed in: it is known by its token, which stands at the head of what it sends. So the
 * head is read and judged first; of a stranger's body nothing more is read. Only so many hand in at a time, an account one
 * body whatever phones it has, and no slower than any line is.
 */
import type { Readable } from 'node:stream'
import { minute } from '@fengge/domain/kernel/time'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { refuse } from '../kernel/problems.ts'
import type { Judge } from '../kernel/serve.ts'
import { hashToken } from '../kernel/sessions.ts'
import { openGate } from '../kernel/turns.ts'
import { findDevice } from './store/devices.ts'

/** Device and token are the first two fields that a phone writes. */
const longestHead = 400

const atATime = 4
/** A head comes in one piece. */
const headWithin = minute / 2

export function proveDevice(ground: Ground): Judge {
  const gate = openGate(atATime)
  const underWay = new Map<string, Readable>()
  return async (reply, body) => {
    const closed = new Promise<void>((resolve) => void reply.raw.once('close', resolve))
    const stopHead = cutOff(body, headWithin)
    const said = await headOf(body)
    const device = said && (await findDevice(sourceOf(ground).tx, said.device))
    stopHead()
    if (!said || device?.token_hash !== hashToken(said.token)) {
      void reply.header('connection', 'close')
      return refuse('device.unknown', 404)
    }
    // Who begins anew has given up what he began before, on whichever phone.
    const holder = device.account_id
    underWay.get(holder)?.destroy()
    underWay.set(holder, body)
    void closed.then(() => underWay.get(holder) === body && underWay.delete(holder))
    const leave = await gate.enter()
    const { socket } = reply.request.raw
    const stop = cutSlow(body, () => socket.bytesRead)
    void closed.then(() => {
      stop()
      leave()
    })
  }
}

/** Sixteen bytes a millisecond are less than any line; ten seconds are given for nothing, five minutes at most. */
export const slowest = { bytesPerMs: 16, graceMs: minute / 6, mostMs: 5 * minute, everyMs: 2000 }

/** Destroys a body that comes too slowly, so that nobody holds a place by a trickle. @returns what stops the watch */
export function cutSlow(body: Readable, readSoFar: () => number, pace = slowest): () => void {
  const from = { bytes: readSoFar(), at: performance.now() }
  const timer = setInterval(() => {
    const ms = performance.now() - from.at
    const least = (ms - pace.graceMs) * pace.bytesPerMs
    if (body.readableEnded || body.destroyed) clearInterval(timer)
    else if (ms > pace.mostMs || readSoFar() - from.bytes < least) body.destroy()
  }, pace.everyMs).unref()
  return () => clearInterval(timer)
}

/** Destroys a body that is not at its end in time. @returns what stops the watch */
export function cutOff(body: Readable, ms: number): () => void {
  const timer = setTimeout(() => {
    if (!body.readableEnded) body.destroy()
  }, ms).unref()
  return () => clearTimeout(timer)
}

interface Head {
  readonly device: string
  readonly token: string
}

/** Reads the head of a body and puts it back, so that the body is read as if nobody had looked. */
async function headOf(body: Readable): Promise<Head | undefined> {
  let read = Buffer.alloc(0)
  while (read.length < longestHead) {
    const piece = body.read() as Buffer | null
    if (piece === null) {
      if (await isOver(body)) return undefined
      continue
    }
    read = Buffer.concat([read, piece])
    const head = readHead(read.toString('latin1', 0, longestHead))
    if (!head) continue
    body.unshift(read)
    return head
  }
  return undefined
}

function readHead(text: string): Head | undefined {
  const device = /"device"\s*:\s*"([0-9a-f-]{36})"/i.exec(text)?.[1]
  const token = /"token"\s*:\s*"([\w-]{1,100})"/.exec(text)?.[1]
  return device !== undefined && token !== undefined ? { device, token } : undefined
}

/** Waits until there is more to read, or nothing more comes. */
function isOver(body: Readable): Promise<boolean> {
  if (body.readableEnded || body.destroyed) return Promise.resolve(true)
  return new Promise((resolve) => {
    const names = ['readable', 'end', 'close', 'error'] as const
    const settle = () => {
      for (const name of names) body.removeListener(name, settle)
      resolve(body.readableEnded || body.destroyed)
    }
    for (const name of names) body.on(name, settle)
  })
}
