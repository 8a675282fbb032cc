/**
 * Reading a statement in every shape it can take. The reading is one deterministic run that asks an oracle wherever
 * the source branches; the run is repeated until every option of every question was taken at least once.
 */
export interface Oracle {
  /** Decides for one of the options; the same key gets the same answer in a whole run. */
  readonly choose: (key: string, options: readonly string[]) => string
  /** What was decided for a key, if anything. */
  readonly decided: (key: string) => string | undefined
}

/** More shapes than this of one statement are not read: the source is then too free to be checked this way. */
const mostRuns = 600

export interface Explored<T> {
  readonly results: readonly T[]
  /** Whether every option was taken. */
  readonly isWhole: boolean
}

export function explore<T>(run: (oracle: Oracle) => T): Explored<T> {
  const results: T[] = []
  const seen = new Set<string>()
  const waiting: ReadonlyMap<string, string>[] = [new Map()]
  while (waiting.length > 0 && results.length < mostRuns) {
    const forced = waiting.shift()!
    const asked = new Map<string, { readonly options: readonly string[]; readonly picked: string }>()
    const choose = (key: string, options: readonly string[]) => {
      const before = asked.get(key)
      if (before) return before.picked
      const wish = forced.get(key)
      const picked = wish !== undefined && options.includes(wish) ? wish : options[0]!
      asked.set(key, { options, picked })
      return picked
    }
    results.push(run({ choose, decided: (key) => asked.get(key)?.picked }))
    const before = new Map<string, string>()
    for (const [key, { options, picked }] of asked) {
      seen.add(`${key}\n${picked}`)
      for (const other of options) {
        if (seen.has(`${key}\n${other}`)) continue
        seen.add(`${key}\n${other}`)
        waiting.push(new Map([...before, [key, other]]))
      }
      before.set(key, picked)
    }
  }
  return { results, isWhole: waiting.length === 0 }
}
