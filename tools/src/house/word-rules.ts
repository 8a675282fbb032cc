/** Words lie in catalogues by slice (docs/decisions/0011-faces.md): pairs of them in code may only become fewer. */
import { sourcesOf, type House, type HouseRule } from './house.ts'

/** As many as there were when this was last written. Lower it after a screen was taken over; never raise it. */
const pairsBefore = 1556

const pair = /\bt\(\s*['"`]/g
const isScreen = (path: string) => /^(apps|web)\//.test(path) && !/\.test\.tsx?$/.test(path)

const countPairs = (house: House): number =>
  sourcesOf(house)
    .filter(isScreen)
    .reduce((sum, file) => sum + (house.read(file).match(pair)?.length ?? 0), 0)

const catalogues: HouseRule = {
  name: 'words stand in catalogues: pairs in code only become fewer',
  find: (house) => {
    const count = countPairs(house)
    return count > pairsBefore ? [`${count} pairs t('中文', 'English') in code, at most ${pairsBefore}`] : []
  },
  sin: (house) => {
    const one = 'export const said = (t: (zh: string, en: string) => string) => [\n'
    const many = "  t('你好', 'Hello'),\n".repeat(pairsBefore - countPairs(house) + 1)
    return { 'web/src/words/pairs.ts': `${one}${many}]\n` }
  },
}

export const wordRules: readonly HouseRule[] = [catalogues]
