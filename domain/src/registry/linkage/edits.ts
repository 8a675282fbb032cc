/** Edits between two texts (change, add, drop, exchange of neighbours), or more than `most`. */
export function distance(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  const [s, t] = trimShared(a, b)
  if (s.length + t.length > 4 * most + 2) return most + 1
  if (s.length === 0 || t.length === 0) return Math.max(s.length, t.length)
  return countEdits(s, t)
}

/** Two texts without what they begin and end with alike. */
function trimShared(a: string, b: string): [string, string] {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let x = a.length,
    y = b.length
  while (x > start && y > start && a[x - 1] === b[y - 1]) {
    x--
    y--
  }
  return [a.slice(start, x), b.slice(start, y)]
}

/** Optimal string alignment over the whole table; both texts are short by now. */
function countEdits(s: string, t: string): number {
  const width = t.length + 1
  const edits = new Uint16Array((s.length + 1) * width)
  const at = (i: number, j: number) => edits[i * width + j]!
  for (let i = 0; i <= s.length; i++) edits[i * width] = i
  for (let j = 0; j <= t.length; j++) edits[j] = j
  for (let i = 1; i <= s.length; i++) {
    for (let j = 1; j <= t.length; j++) {
      const cost = s[i - 1] === t[j - 1] ? 0 : 1
      const best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost)
      const isExchanged = i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]
      edits[i * width + j] = isExchanged ? Math.min(best, at(i - 2, j - 2) + 1) : best
    }
  }
  return at(s.length, t.length)
}
