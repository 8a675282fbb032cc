/** Whose turn it is next: a queue by time, kept as a binary heap. */
export interface Timed {
  readonly at: number
}

export function createQueue<T extends Timed>(turns: readonly T[]) {
  const heap = turns.toSorted((a, b) => a.at - b.at)
  return {
    put(turn: T) {
      heap.push(turn)
      for (let i = heap.length - 1, up = (i - 1) >> 1; i > 0 && heap[i]!.at < heap[up]!.at; i = up, up = (i - 1) >> 1)
        [heap[i], heap[up]] = [heap[up]!, heap[i]!]
    },
    take(): T | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || !last) return first
      heap[0] = last
      for (let i = 0; ;) {
        const [l, r] = [2 * i + 1, 2 * i + 2]
        const least = [i, l, r].filter((k) => k < heap.length).toSorted((a, b) => heap[a]!.at - heap[b]!.at)[0]!
        if (least === i) return first
        ;[heap[i], heap[least]] = [heap[least]!, heap[i]!]
        i = least
      }
    },
  }
}
