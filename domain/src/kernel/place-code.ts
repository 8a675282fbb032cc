/**
 * Official 12-digit area codes and the grid codes issued under them (domain.md A2).
 * 12 digits for an area, 15 for a grid, 17 for a micro-grid. The kind is never part of the code.
 * Not modelled: building and house codes.
 */
const province = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)'
const area = new RegExp(`^${province}\\d{10}$`)
const grid = new RegExp(`^${province}\\d{10}(?!000)\\d{3}$`)
const micro = new RegExp(`^${province}\\d{10}(?!000)\\d{3}(?!00)\\d{2}$`)

export function isAreaCode(code: string): boolean {
  return area.test(code)
}
export function isGridCode(code: string): boolean {
  return grid.test(code)
}
export function isMicroCode(code: string): boolean {
  return micro.test(code)
}

/** The official level that a 12-digit code stands for, read off its trailing zeros. */
export function areaLevelOf(code: string): 'province' | 'city' | 'county' | 'town' | 'village' {
  if (code.endsWith('0000000000')) return 'province'
  if (code.endsWith('00000000')) return 'city'
  if (code.endsWith('000000')) return 'county'
  if (code.endsWith('000')) return 'town'
  return 'village'
}

/** The code one official level up, or undefined above a province. */
export function parentAreaCode(code: string): string | undefined {
  switch (areaLevelOf(code)) {
    case 'village':
      return `${code.slice(0, 9)}000`
    case 'town':
      return `${code.slice(0, 6)}000000`
    case 'county':
      return `${code.slice(0, 4)}00000000`
    case 'city':
      return `${code.slice(0, 2)}0000000000`
    case 'province':
      return undefined
  }
}

/** Grid code `sequence` (1 to 999) under a village's 12 digits, or micro-grid code (1 to 99) under 15. */
export function composeGridCode(parentCode: string, sequence: number): string | undefined {
  const width = { 12: 3, 15: 2 }[parentCode.length]
  if (width === undefined || sequence < 1 || sequence >= 10 ** width) return undefined
  return parentCode + String(sequence).padStart(width, '0')
}
