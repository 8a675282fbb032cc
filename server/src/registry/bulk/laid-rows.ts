/**
 * Pages of rows that are laid aside for a while: the reader ends, and with it its thread. It is opened anew when they are
 * gone on with, and what was read before passes by.
 */
export class LaidRows {
  readonly #open: () => Promise<AsyncGenerator<string[][]>>
  #reader: AsyncGenerator<string[][]> | undefined
  #read = 0

  /** @param open begins anew, and gives the same pages each time */
  constructor(open: () => Promise<AsyncGenerator<string[][]>>) {
    this.#open = open
  }

  /** @returns undefined at the end */
  async next(): Promise<string[][] | undefined> {
    if (!this.#reader) {
      this.#reader = await this.#open()
      for (let passed = 0; passed < this.#read; passed++) await this.#reader.next()
    }
    const { value, done } = await this.#reader.next()
    if (done === true) return undefined
    this.#read++
    return value
  }

  async layAside(): Promise<void> {
    const reader = this.#reader
    this.#reader = undefined
    await reader?.return(undefined)
  }
}
