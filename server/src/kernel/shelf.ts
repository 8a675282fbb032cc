/**
 * What a server remembers between requests: a tree, a book of rules, a block of numbers. Each slice keeps its own
 * things; each engine has a shelf of its own, so that two in one process share nothing and a test begins with nothing.
 */
declare const isShelf: unique symbol

export interface Shelf {
  readonly [isShelf]: true
}

/** Whatever carries the shelf: an engine, or the context of a command. */
export interface HasShelf {
  readonly shelf: Shelf
}

export const openShelf = (): Shelf => Object.freeze({}) as Shelf

/**
 * A place on every shelf for one kind of thing, made when first asked for.
 * @example const blocks = keptOnShelf(() => new Map<string, Block>()); blocks(ctx).get(county)
 */
export function keptOnShelf<T extends object>(make: () => T): (holder: HasShelf) => T {
  const things = new WeakMap<Shelf, T>()
  return ({ shelf }) => {
    const known = things.get(shelf)
    if (known) return known
    const made = make()
    things.set(shelf, made)
    return made
  }
}

/** Copies of what the database says, by a key: loaded once however many ask at the same time, and used for a while. */
export interface Copies<T> {
  readonly get: (holder: HasShelf, key: string, load: () => Promise<T>) => Promise<T>
  readonly forget: (holder: HasShelf, key: string) => void
}

/** So many of a kind at once; one more, and all are made anew. */
const mostCopies = 5000

/** @param ms how long a copy is used, counted by the process itself: a clock that is set back keeps none longer */
export function keptFor<T>(ms: number): Copies<T> {
  const shelf = keptOnShelf(() => new Map<string, { readonly copy: Promise<T>; readonly until: number }>())
  return {
    get: (holder, key, load) => {
      const copies = shelf(holder)
      const now = performance.now()
      const known = copies.get(key)
      if (known && known.until > now) return known.copy
      if (copies.size >= mostCopies) copies.clear()
      const made = { copy: load(), until: now + ms }
      copies.set(key, made)
      // What could not be loaded is asked for again.
      made.copy.catch(() => copies.get(key) === made && copies.delete(key))
      return made.copy
    },
    forget: (holder, key) => shelf(holder).delete(key),
  }
}
