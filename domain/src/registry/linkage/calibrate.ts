/** What people decided makes later probabilities truer: Platt scaling over the log-odds, from enough decisions of both kinds. */
export interface Decision {
  readonly probability: number
  readonly isSame: boolean
}
export interface Scale {
  readonly slope: number
  readonly shift: number
}

export const plainScale: Scale = { slope: 1, shift: 0 }
const least = 40
const oddsOf = (p: number) => {
  const q = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(q / (1 - q))
}

/** Fits by Newton steps, held towards the plain scale so that a few odd decisions do not turn it over. */
export function learnScale(decisions: readonly Decision[]): Scale {
  const same = decisions.filter((d) => d.isSame).length
  if (decisions.length < least || same < 5 || decisions.length - same < 5) return plainScale
  let slope = 1,
    shift = 0
  for (let round = 0; round < 25; round++) {
    // Pulls towards (1, 0) with the weight of five decisions.
    let ga = 5 * (slope - 1),
      gb = 5 * shift,
      haa = 5,
      hab = 0,
      hbb = 5
    for (const d of decisions) {
      const x = oddsOf(d.probability),
        p = 1 / (1 + Math.exp(-(slope * x + shift))),
        r = p - (d.isSame ? 1 : 0),
        w = Math.max(1e-9, p * (1 - p))
      ga += r * x
      gb += r
      haa += w * x * x
      hab += w * x
      hbb += w
    }
    const det = haa * hbb - hab * hab
    const da = (hbb * ga - hab * gb) / det,
      db = (haa * gb - hab * ga) / det
    slope -= da
    shift -= db
    if (Math.abs(da) + Math.abs(db) < 1e-6) break
  }
  return slope > 0.05 ? { slope, shift } : plainScale
}

export const scaled = (p: number, s: Scale): number => 1 / (1 + Math.exp(-(s.slope * oddsOf(p) + s.shift)))
