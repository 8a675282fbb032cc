import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddress, type KnownNames } from '@fengge/domain/registry/addresses/address'
import { estateName, isClose } from '@fengge/domain/registry/addresses/estate-name'
import { oddlyKnown, writeOddAddresses } from './odd-addresses.ts'
import { knownEstates, writeAddresses, type Writing } from './write-addresses.ts'

const known: ReadonlySet<string> = new Set(knownEstates.map(estateName))
const seeds = [1, 2026, 4711]

/** The house that is read: estate, building, unit and room. */
function houseOf(text: string, names?: KnownNames): string {
  const read = readAddress(text, names)
  return [read?.name, read?.building, read?.unit, read?.room].join('|')
}
const meant = ({ home }: Writing) => [estateName(home.estate), home.building, home.unit, home.room].join('|')

for (const styles of ['known', 'held-out'] as const) {
  test(`of 1,000 writings in ${styles} styles at least 995 give the one house where the estates are known`, () => {
    for (const seed of seeds) {
      const missed = writeAddresses(seed, 1000, styles).filter((w) => houseOf(w.text, known) !== meant(w))
      assert.ok(missed.length <= 5, `seed ${seed}: ${missed.length}: ${JSON.stringify(missed.slice(0, 20))}`)
    }
  })
  test(`of 1,000 writings in ${styles} styles at least 980 give it where no estate is known, and none another known one`, () => {
    for (const seed of seeds) {
      const missed = writeAddresses(seed, 1000, styles).filter((w) => houseOf(w.text) !== meant(w))
      assert.ok(missed.length <= 20, `seed ${seed}: ${missed.length}: ${JSON.stringify(missed.slice(0, 20))}`)
      for (const { text } of missed) assert.ok(!known.has(readAddress(text)!.name), text)
    }
  })
}

test('of 1,000 writings with lanes, hamlets, phases, sides, shops and any dash 990 give the one house, and none a second estate unasked', () => {
  const names: ReadonlySet<string> = new Set(oddlyKnown.map(estateName))
  for (const seed of seeds) {
    const missed = writeOddAddresses(seed, 1000).filter((w) => houseOf(w.text, names) !== meant(w))
    assert.ok(missed.length <= 10, `seed ${seed}: ${missed.length}: ${JSON.stringify(missed.slice(0, 20))}`)
    for (const { text, home } of missed) {
      const name = readAddress(text, names)?.name ?? ''
      const isAsked = [...names].some((known) => known !== name && isClose(known, name))
      assert.ok(name === '' || name === estateName(home.estate) || (!names.has(name) && isAsked), text)
    }
  }
})
