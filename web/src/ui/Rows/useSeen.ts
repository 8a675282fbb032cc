/** Which rows of a box that scrolls can be seen; all are equally high. */
import { useCallback, useEffect, useState, type RefObject } from 'react'

/** Pixels of a row. */
export const height = 40

/** The first and the last row that can be seen, of `count`. @example seenIn({ scrolled: 80, tall: 120 }, 100) // [2, 4] */
export function seenIn(
  { scrolled, tall }: { scrolled: number; tall: number },
  count: number,
): readonly [number, number] {
  const last = Math.max(0, count - 1)
  const first = Math.min(last, Math.floor(scrolled / height))
  return [first, Math.min(last, Math.max(first, Math.ceil((scrolled + tall) / height) - 1))]
}

export function useSeen(box: RefObject<HTMLDivElement | null>, count: number) {
  const [at, setAt] = useState({ scrolled: 0, tall: 0 })
  useEffect(() => {
    const held = box.current
    if (!held) return
    const read = () => setAt({ scrolled: held.scrollTop, tall: held.clientHeight })
    const watched = new ResizeObserver(read)
    watched.observe(held)
    held.addEventListener('scroll', read, { passive: true })
    return () => {
      watched.disconnect()
      held.removeEventListener('scroll', read)
    }
  }, [box])
  /** Brings a row into sight, as little as it takes. */
  const top = useCallback(
    (row: number) => {
      const held = box.current
      if (!held) return
      const [above, below] = [row * height, (row + 1) * height - held.clientHeight]
      if (held.scrollTop > above) held.scrollTo({ top: above })
      else if (held.scrollTop < below) held.scrollTo({ top: below })
    },
    [box],
  )
  const [first, last] = seenIn(at, count)
  return { first, last, top }
}
