/**
 * What an estate is called besides. It names the estate and nothing in it: what ends as a building or a room does would
 * carry off addresses of an estate whose building that is.
 */
import { estateName, plainName } from './estate-name.ts'

/** So many an estate has; what stands behind them is not looked at. */
export const mostAliases = 8

const asBuilding = /\d(?:幢|栋|座|号楼|楼|单元|室|#)?$/

/** Whether a name is a part of an address. @example isPartOfAddress('远处小区8幢') // true */
export const isPartOfAddress = (written: string): boolean => asBuilding.test(plainName(written))

/** Names in a list as people write it, each once however it is written. */
export function readAliases(text: string): string[] {
  const names = text.split(/[、,，;；]/).map((name) => name.trim())
  return [...new Map(names.filter((name) => name !== '').map((name) => [estateName(name), name])).values()]
}

/** Those by which an estate is found. */
export const usedAliases = (text: string): string[] =>
  readAliases(text)
    .filter((name) => !isPartOfAddress(name))
    .slice(0, mostAliases)

/** What of some names stands in none of the others. */
export function namesBeyond(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(estateName))
  return names.filter((name) => !known.has(estateName(name)))
}
