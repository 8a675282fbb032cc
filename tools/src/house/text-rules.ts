/** What a text of the tree must not hold: a clock in a rule, a name that says nothing, a real person. */
import { basename } from 'node:path'
import { sourcesOf, type House, type HouseRule } from './house.ts'

const impure = /\bDate\.now\(|new Date\(\)|Math\.random|\bcrypto\.|\bfetch\(|\bprocess\.|\basync /
const isRule = (path: string) => path.startsWith('domain/src') && !path.endsWith('.test.ts')

const purity: HouseRule = {
  name: 'rules know no clock, no chance, no network',
  find: (house) => sourcesOf(house).filter((f) => isRule(f) && impure.test(house.read(f))),
  sin: () => ({ 'domain/src/worklog/lucky.ts': 'export const isLucky = () => Math.random() > 0.5\n' }),
}

const sayNothing = /^(utils|helpers|common|misc|types|constants|manager|service|index)\.tsx?$/

const names: HouseRule = {
  name: 'no file has a name that says nothing',
  find: (house) => sourcesOf(house).filter((f) => sayNothing.test(basename(f))),
  sin: () => ({ 'server/src/library/utils.ts': 'export const n = 1\n' }),
}

const promises: HouseRule = {
  name: 'what is put off names its issue',
  find: (house) =>
    sourcesOf(house).filter((f) => /\bTODO\b(?!\(#\d+\))/.test(house.read(f)) && !f.endsWith('rules.ts')),
  sin: () => ({ 'server/src/library/later.ts': '// TODO some day\nexport const n = 1\n' }),
}

const migrations: HouseRule = {
  name: 'migrations are numbered without gaps and HEAD names the last',
  find: (house) => {
    const files = house.paths
      .filter((p) => p.startsWith('server/migrations/') && p.endsWith('.sql'))
      .map((p) => basename(p))
      .toSorted()
    const gaps = files.filter((f, i) => !f.startsWith(String(i + 1).padStart(4, '0')))
    const head = house.read('server/migrations/HEAD').trim()
    return head === files.at(-1) ? gaps : [...gaps, `HEAD names ${head}`]
  },
  sin: () => ({ 'server/migrations/9001_leap.sql': 'select 1;\n' }),
}

/** Invented people have numbers of places that begin with 9, which no real place does. */
const identityNumber = /\b[1-8]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]\b/
const mayHoldNumbers = (path: string) => path.endsWith('checksum.ts') || path.endsWith('kernel.test.ts')
const texts = (house: House) => [
  ...sourcesOf(house),
  ...house.paths.filter((p) => /^docs\/.*\.(md|csv)$|^README/.test(p)),
]

const people: HouseRule = {
  name: 'no real-looking identity number is in the repository',
  find: (house) => texts(house).filter((f) => !mayHoldNumbers(f) && identityNumber.test(house.read(f))),
  sin: () => ({ 'docs/use/example.md': `Number: ${'110101'}${'19900307'}${'1234'}\n` }),
}

/** Who takes ids by a schema of his own takes them in capitals, which is two writings of one. */
const idSchema = /\bz\.(?:uuid|guid|uuidv[4-7])\(|\.uuid\(\)/

const ids: HouseRule = {
  name: 'ids come in by the one schema that knows one writing',
  find: (house) =>
    sourcesOf(house).filter(
      (f) => f !== 'domain/src/kernel/id.ts' && !f.endsWith('.test.ts') && idSchema.test(house.read(f)),
    ),
  sin: () => ({ 'server/src/library/own-id.ts': "import { z } from 'zod'\nexport const Own = z." + 'uuid()\n' }),
}

export const textRules: readonly HouseRule[] = [purity, names, promises, migrations, people, ids]
