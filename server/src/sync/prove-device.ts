/**
 * A phone that hands in is not signed in: it is known by its token, which stands at the head of what it sends. So the
 * head is read and judged first; of a stranger's body nothing more is read. An account sends one body at a time whatever
 * phones it has; how many come in at once, and how fast they have to, is the gate's to say (hand-in-gate.ts).
 */
import type { Readable } from 'node:stream'
import { minute } from '@fengge/domain/kernel/time'
import { sourceOf, type Ground } from '../kernel/ground.ts'
import { refuse } from '../kernel/problems.ts'
import type { Judge } from '../kernel/serve.ts'
import { hashToken } from '../kernel/sessions.ts'
import { cutOff } from '../kernel/slow-bodies.ts'
import { openHandInGate } from './hand-in-gate.ts'
import { findDevice } from './store/devices.ts'

/** Device and token are the first two fields that a phone writes. */
const longestHead = 400

/** A head comes in one piece. */
const headWithin = minute / 2
const sweepEveryMs = 1000

export function proveDevice(ground: Ground): Judge {
  const gate = openHandInGate()
  setInterval(() => gate.sweep(), sweepEveryMs).unref()
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
    const { socket } = reply.request.raw
    await gate.enter({ holder, body, readSoFar: () => socket.bytesRead, closed })
  }
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
