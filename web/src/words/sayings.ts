/**
 * Words of screens by slice. A catalogue is two files, `words/<slice>.zh.ts` (written first, the shape of all others) and
 * `words/<slice>.en.ts satisfies Like<typeof zh>`: a missing word, or one with other arguments, does not type-check. What
 * depends on a number or a day is a function. A third language is a third file for each.
 */
import { useWords } from './language.ts'
import type { Language } from './terms.ts'

export type Saying = string | ((...given: never[]) => string)
export type Sayings = Readonly<Record<string, Saying>>

/** The shape of a catalogue: the same keys; a sentence stays a sentence, a function keeps what it is given. */
export type Like<T extends Sayings> = {
  readonly [K in keyof T]: T[K] extends (...given: infer A) => string ? (...given: A) => string : string
}

/** One slice in every language; the Chinese one gives the shape. */
export type Catalogue<T extends Sayings> = { readonly zh: T } & Readonly<Record<Exclude<Language, 'zh'>, Like<T>>>

/** The words of one slice in the language that is read here. */
export const useSayings = <T extends Sayings>(catalogue: Catalogue<T>): Like<T> =>
  (catalogue as Readonly<Record<Language, Like<T>>>)[useWords().language]

const rules = new Intl.PluralRules('en')

/**
 * English by number.
 * @example plural(1, 'event') // '1 event'
 * @example plural(1204, 'person', 'people') // '1,204 people'
 */
export const plural = (count: number, one: string, other = `${one}s`): string =>
  `${count.toLocaleString('en')} ${rules.select(count) === 'one' ? one : other}`
