import type { ReactNode } from 'react'

/** One state of a part, as the page of parts shows it and the tests look at it. */
export interface Example {
  readonly name: string
  readonly shows: ReactNode
}
