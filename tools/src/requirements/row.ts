/** What the papers ask for, row by row, and what carries each: checked against contract, screens and tests. */

/** full: what the row says can be done. part: some of it, `lacks` says what not. none: not yet. */
export type State = 'full' | 'part' | 'none'

export interface Row {
  /** As the rows are numbered: G1 … U2. */
  readonly row: string
  /** What is asked, in the words of the field. */
  readonly asks: string
  readonly state: State
  /** What of it is not there; empty where all is. */
  readonly lacks: string
  /** Names of endpoints of the contract. */
  readonly calls: readonly string[]
  /** Files of screens, and addresses of pages for residents, for example `/badge`. */
  readonly screens: readonly string[]
  /** `file: title` of the tests that hold it. */
  readonly tests: readonly string[]
}

type Carriers = Partial<Pick<Row, 'calls' | 'screens' | 'tests'>>

export const full = (row: string, asks: string, by: Carriers): Row => ({
  row,
  asks,
  state: 'full',
  lacks: '',
  calls: [],
  screens: [],
  tests: [],
  ...by,
})
export const part = (row: string, asks: string, lacks: string, by: Carriers): Row => ({
  ...full(row, asks, by),
  state: 'part',
  lacks,
})
export const none = (row: string, asks: string): Row => ({ ...full(row, asks, {}), state: 'none' })

/** How many rows each letter has. */
export const counts: Readonly<Record<string, number>> = {
  G: 8,
  W: 8,
  R: 9,
  E: 10,
  V: 5,
  A: 5,
  S: 6,
  P: 4,
  T: 4,
  X: 3,
  F: 2,
  C: 5,
  K: 5,
  D: 4,
  U: 2,
}
