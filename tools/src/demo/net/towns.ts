/**
 * How the people of the demo county lie over its towns. Document 000 counts the county; how much of it each town has
 * it does not say: these are rounded shares, stated here and invented as far as they are not known.
 */
const stated: Readonly<Record<string, number>> = {
  '320206001': 15.9, // 堰桥街道
  '320206002': 15.2, // 长安街道
  '320206003': 17.4, // 钱桥街道
  '320206004': 10, // 前洲街道
  '320206005': 9, // 玉祁街道
  '320206102': 20.5, // 洛社镇
  '320206103': 5, // 阳山镇
  '320206401': 4.5, // 惠山经济开发区
  '320206500': 2.5, // 惠山工业转型集聚区
}

interface Town {
  readonly code: string
  readonly villages: number
}

/** The share of each town by its code, one in sum; towns that are not stated share by their villages. */
export function sharesOf(towns: readonly Town[]): ReadonlyMap<string, number> {
  const weights = towns.map((t) => stated[t.code.slice(0, 9)] ?? t.villages)
  const sum = weights.reduce((a, b) => a + b, 0)
  return new Map(towns.map((t, i) => [t.code, weights[i]! / sum]))
}

/** Whole numbers by weight, exact in sum, each at least `least`. */
export function apportion(weights: readonly number[], total: number, least = 0): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (w / sum) * total)
  const shares = exact.map((x) => Math.max(least, Math.floor(x)))
  const byRest = exact.map((x, i) => ({ i, rest: x - Math.floor(x) })).toSorted((a, b) => b.rest - a.rest)
  let left = total - shares.reduce((a, b) => a + b, 0)
  for (let k = 0; left > 0; k = (k + 1) % byRest.length, left--) shares[byRest[k]!.i]!++
  for (let k = byRest.length - 1, kept = 0; left < 0 && kept < byRest.length; k = k === 0 ? byRest.length - 1 : k - 1) {
    const at = byRest[k]!.i
    kept = shares[at]! > least ? 0 : kept + 1
    if (shares[at]! > least) {
      shares[at]!--
      left++
    }
  }
  return shares
}
