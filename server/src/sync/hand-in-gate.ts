/**
 * Where the bodies of phones come in: a few at a time. While somebody waits, who is inside has to come faster, the more
 * wait the faster, and of those who wait the one is next whose account has wasted the least time inside of late. So accounts that
 * keep their places by a trickle lose them within seconds, and stand behind whoever has had no turn. Left out: a line so
 * slow that it is slower than that; its phone tries again when fewer wait.
 */
import { minute } from '@fengge/domain/kernel/time'
import { isTooSlow, slowestLine, type ComingBody } from '../kernel/slow-bodies.ts'

/** No slower than any line, and five minutes at most. */
export const slowest = {
  ...slowestLine,
  atATime: 4,
  mostMs: 5 * minute,
  rememberedMs: 10 * minute,
}

export interface Body extends ComingBody {
  /** The account of the phone. */
  readonly holder: string
}
interface Inside extends Body {
  readonly from: { readonly bytes: number; readonly at: number }
}
interface Waiting extends Body {
  readonly go: () => void
}

export interface HandInGate {
  /** Waits for a place, and leaves it when the line is closed. */
  readonly enter: (body: Body) => Promise<void>
  /** Destroys what comes too slowly: to be called again and again. */
  readonly sweep: () => void
}

export function openHandInGate(pace = slowest, now: () => number = () => performance.now()): HandInGate {
  const inside = new Set<Inside>()
  const line: Waiting[] = []
  const had = new Map<string, { readonly ms: number; readonly at: number }>()
  const hadOf = (holder: string) => {
    const known = had.get(holder)
    return known && now() - known.at < pace.rememberedMs ? known.ms : 0
  }
  // Time in which a good line would have brought as much costs little: nobody falls behind for having much to hand in.
  const costOf = ({ readSoFar, from }: Inside) => {
    const ms = now() - from.at
    return ms / 100 + Math.max(0, ms - (readSoFar() - from.bytes) / pace.mostBytesPerMs)
  }
  const take = (body: Body) => {
    const one: Inside = { ...body, from: { bytes: body.readSoFar(), at: now() } }
    inside.add(one)
    void body.closed.then(() => {
      inside.delete(one)
      had.set(one.holder, { ms: hadOf(one.holder) + costOf(one), at: now() })
      if (had.size > mostRemembered) had.delete(had.keys().next().value!)
      letIn()
    })
  }
  const letIn = () => {
    while (inside.size < pace.atATime && line.length > 0) {
      const least = Math.min(...line.map((w) => hadOf(w.holder)))
      const [next] = line.splice(
        line.findIndex((w) => hadOf(w.holder) === least),
        1,
      )
      take(next!)
      next!.go()
    }
  }
  const isSlow = ({ body, readSoFar, from }: Inside) => {
    if (body.readableEnded || body.destroyed) return false
    const ms = now() - from.at
    return ms > pace.mostMs || isTooSlow({ bytes: readSoFar() - from.bytes, ms }, line.length, pace)
  }
  return {
    enter: (body) =>
      new Promise((resolve) => {
        const waiting: Waiting = { ...body, go: resolve }
        line.push(waiting)
        void body.closed.then(() => {
          const at = line.indexOf(waiting)
          if (at >= 0) line.splice(at, 1)
          resolve()
        })
        letIn()
      }),
    sweep: () => {
      for (const one of inside) if (isSlow(one)) one.body.destroy()
    },
  }
}
const mostRemembered = 10_000
