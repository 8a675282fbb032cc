/**
 * Room for bodies that are held in memory while they come: a few of one sender at a time, so many of all. Whoever sends
 * more waits before his is read, and what comes slower than any line is cut off, the sooner the more wait: half a body keeps
 * no place. Source: issue
 * of secrets, "nobody without a session can fill the disk", said of memory.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import { AccountGate, type Bars } from '../db/account-gate.ts'
import type { Asker } from '../door-line.ts'
import { isTooSlow, type ComingBody } from '../slow-bodies.ts'

/** What is no larger is held without a word. */
const smallest = 65_536
const sweepEveryMs = 1000

interface Inside extends ComingBody {
  /** Since when what comes is counted; anew each while that others wait, so that much at first buys no place for later. */
  from: { readonly bytes: number; readonly at: number }
}

const countedForMs = 6000

export class BodyRoom {
  readonly #gate: AccountGate
  readonly #inside = new Set<Inside>()
  readonly #now: () => number

  constructor(bars: Bars, now: () => number = () => performance.now()) {
    this.#gate = new AccountGate(bars)
    this.#now = now
  }

  /** Waits for a place and keeps it until its line is closed. @throws Refusal where the line is full, or it took too long */
  enter(who: string, body: ComingBody): Promise<void> {
    return new Promise((resolve, reject) => {
      const stay = async () => {
        const one = { ...body, from: { bytes: body.readSoFar(), at: this.#now() } }
        this.#inside.add(one)
        resolve()
        await body.closed
        this.#inside.delete(one)
      }
      this.#gate.pass(who, stay).catch(reject)
    })
  }

  /** Cuts off what comes too slowly: to be called again and again. */
  sweep(): void {
    for (const one of this.#inside) if (this.#isSlow(one)) one.body.destroy()
  }

  #isSlow(one: Inside): boolean {
    if (isOver(one.body)) return false
    const { waiting } = this.#gate
    const now = this.#now()
    const came = { bytes: one.readSoFar() - one.from.bytes, ms: now - one.from.at }
    if (isTooSlow(came, waiting)) return true
    if (waiting > 0 && came.ms >= countedForMs) one.from = { bytes: one.readSoFar(), at: now }
    return false
  }
}

const isOver = (body: ComingBody['body']): boolean => body.destroyed || body.readableEnded === true

const rooms = {
  staff: new BodyRoom({ own: 2, all: 12, waiting: 20 }),
  strangers: new BodyRoom({ own: 3, all: 24, waiting: 12 }),
}
setInterval(() => [...Object.values(rooms), answers].forEach((room) => room.sweep()), sweepEveryMs).unref()

/** Files that are held in memory whole until they are read at the other end. */
const answers = new BodyRoom({ own: 3, all: 24, waiting: 40 })

/** Before a file is read that is answered whole: an answer that nobody reads keeps a place for its own account alone. @throws Refusal */
export async function holdAnswer(who: string, reply: FastifyReply): Promise<void> {
  const { socket } = reply.raw
  if (!socket) return
  const closed = new Promise<void>((resolve) => void reply.raw.once('finish', resolve).once('close', resolve))
  await answers.enter(who, { body: reply.raw, readSoFar: () => socket.bytesWritten, closed })
}

/** Whether a body is a form with files, by its head: the framework says so only when it begins to read. */
export const isFormWithFiles = (headers: IncomingHttpHeaders): boolean =>
  /^multipart\/form-data *(;|$)/i.test(headers['content-type'] ?? '')

/** Bytes of a body, as far as its head says; what has neither length nor pieces has no body. */
export const lengthOf = (headers: IncomingHttpHeaders): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity

/** Before a body is read that is held in memory whole. @throws Refusal */
export async function holdBody({ who, isKnown }: Asker, reply: FastifyReply): Promise<void> {
  const { raw } = reply.request
  if (lengthOf(raw.headers) <= smallest) return
  const { socket } = raw
  const closed = new Promise<void>((resolve) => void reply.raw.once('close', resolve))
  await rooms[isKnown ? 'staff' : 'strangers'].enter(who, { body: raw, readSoFar: () => socket.bytesRead, closed })
}
