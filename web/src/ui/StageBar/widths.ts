/** How wide the stages of a bar are: by the time they took, none too narrow to read. */

/**
 * Shares that sum up to 1; each at least `least`, the rest by weight among those that are wider.
 * @example shares([1, 99], 0.1) // [0.1, 0.9]
 */
export function shares(weights: readonly number[], least: number): number[] {
  if (weights.length * least >= 1) return weights.map(() => 1 / weights.length)
  const narrow = new Set<number>()
  for (;;) {
    const free = 1 - narrow.size * least
    const weight = weights.reduce((sum, w, i) => (narrow.has(i) ? sum : sum + w), 0)
    const share = (i: number) => (narrow.has(i) || weight === 0 ? least : (weights[i]! / weight) * free)
    const fresh = weights.findIndex((_, i) => !narrow.has(i) && share(i) < least)
    if (fresh === -1) return weights.map((_, i) => share(i))
    narrow.add(fresh)
  }
}
