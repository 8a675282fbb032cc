import type { Clock } from '../clock.ts'

/** A clock that stands where it is put. */
export function setClock(
  start: string | number,
): Clock & { at: (time: string | number) => void; pass: (ms: number) => void } {
  let time = typeof start === 'number' ? start : Date.parse(start)
  return {
    now: () => time,
    at: (next) => {
      time = typeof next === 'number' ? next : Date.parse(next)
    },
    pass: (ms) => {
      time += ms
    },
  }
}
