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
