import { readAddress, type AddressParts } from './address.ts'
import { estateName, isClose } from './estate-name.ts'

/** The names of a county's estates, as far as whoever reads may know them, and what is near one. */
export class EstateNames {
  private readonly names = new Map<string, string>()
  private readonly nearest = new Map<string, string | undefined>()

  constructor(shown: Iterable<string> = []) {
    for (const name of shown) this.add(name)
  }

  /** @param shown as people are to read it */
  add(shown: string): void {
    const name = estateName(shown)
    if (!this.names.has(name)) this.names.set(name, shown)
  }

  /** An address, where these names are known. */
  read(text: string): AddressParts | undefined {
    return readAddress(text, this)
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  /** A known name that may mean the same place as one that is not known; undefined where none does. */
  nearTo(written: string): string | undefined {
    const name = estateName(written)
    if (!this.nearest.has(name)) this.nearest.set(name, [...this.names].find(([known]) => isClose(known, name))?.[1])
    return this.nearest.get(name)
  }
}
