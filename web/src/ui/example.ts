import type { ReactNode } from 'react'
import type { Language } from '../words/terms.ts'

/**
 * One state of a part, as the page of parts shows it and the tests look at it: `web/src/ui/<Part>/examples.tsx` gives
 * `export const examples: readonly Example[]`. Nothing in it names a real person.
 */
export interface Example {
  readonly name: string
  /** A part that is given its words shows them in the language that is asked for. */
  readonly shows: ReactNode | ((language: Language) => ReactNode)
  /** Takes the whole width of the page. */
  readonly isWide?: boolean
}

/** One of two texts of an example. @example said('zh', ['超时', 'Late']) // '超时' */
export const said = (language: Language, [zh, en]: readonly [zh: string, en: string]): string =>
  language === 'zh' ? zh : en
